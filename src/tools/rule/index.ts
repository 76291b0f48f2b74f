// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_rule: whether a rule with a date is in effect. */
import { element, evaluateDateExpression, parseDateTime, readXml, type DateTime, type RuleResult, type XmlElement } from '../../cib/index.ts';
import { EXIT } from '../exit/codes.ts';
import { localNow } from '../iso8601/index.ts';
import { withBackend } from '../live.ts';
import type { OptionTable } from '../options/index.ts';
import { tool, ToolFailure, type ToolRun } from '../run.ts';

export const table: OptionTable = {
  tool: 'crm_rule',
  summary: 'Check whether rules with dates are in effect.',
  usage: '--check --rule=ID... [options]',
  groups: [
    { key: 'modes', title: 'Mode' },
    { key: 'additional', title: 'Additional options' },
  ],
  options: [
    { name: 'check', short: 'c', group: 'modes', summary: 'Check whether the rules are in effect' },
    { name: 'rule', short: 'r', argument: 'ID', group: 'additional', summary: 'Rule to check; may be given several times' },
    { name: 'date', short: 'd', argument: 'DATE', group: 'additional', summary: 'Check for this time instead of now' },
    { name: 'xml-text', short: 'X', argument: 'XML', group: 'additional', summary: 'Look for the rule in this XML (- reads standard input) instead of the CIB' },
  ],
  formats: ['text', 'xml', 'json'],
  examples: [
    { text: 'Is a lifetime over', command: 'crm_rule --check --rule cli-prefer-rule-ClusterIP' },
    { text: 'Will it be in effect at new year', command: 'crm_rule --check --rule cli-prefer-rule-ClusterIP --date 2031-01-01' },
  ],
};

/** What checking a rule comes to: a verdict, or the reason why there is none. */
type Verdict = { readonly result: RuleResult; readonly isSpecification: boolean } | { readonly code: number; readonly problem: string };

export const run = tool(table, async (run) => {
  const { options } = run;
  if (!options.has('check')) return run.fail(EXIT.usage, 'No mode operation given');
  const ids = options.values('rule');
  if (ids.length === 0) return run.fail(EXIT.usage, '--check requires use of --rule=');
  const now = chosenTime(run);
  const document = await chosenDocument(run);
  let code: number = EXIT.ok;
  for (const id of ids) {
    const verdict = check(document, id, now);
    const own = show(run, id, verdict);
    if (own !== EXIT.ok || isWithinRange(verdict)) code = own;
  }
  return code;
});

/** The exit code is that of the last rule, but a specification that is satisfied leaves that of the rules before it: so does the reference. */
function isWithinRange(verdict: Verdict): boolean {
  return 'result' in verdict && verdict.result === 'satisfied' && !verdict.isSpecification;
}

function chosenTime({ options, context }: ToolRun): DateTime {
  const now = localNow(context);
  const text = options.value('date');
  if (text === undefined) return now;
  const date = parseDateTime(text, now);
  if (date === undefined) throw new ToolFailure(EXIT.dataError, `Invalid date specified: '${text}'`);
  return date;
}

async function chosenDocument(run: ToolRun): Promise<XmlElement> {
  const text = run.options.value('xml-text');
  if (text === undefined) return withBackend(run, (backend) => backend.query());
  const result = readXml(text === '-' ? await run.context.readInput() : text);
  if (!result.ok) throw new ToolFailure(EXIT.dataError, text === '-' ? "Couldn't parse input from STDIN" : `Couldn't parse input string: ${text}`);
  return result.root;
}

function check(document: XmlElement, id: string, now: DateTime): Verdict {
  const rule = [...document.descendants()].find((one) => one.name === 'rule' && one.id === id);
  if (rule === undefined) return { code: EXIT.noSuch, problem: 'Rule not found' };
  const dates = [...rule.descendants()].filter((one) => one.name === 'date_expression');
  if (dates.length > 1) return { code: EXIT.unimplemented, problem: 'Rule has more than one date expression' };
  const date = dates[0];
  if (date === undefined) return { code: EXIT.unimplemented, problem: 'Rule does not have a date expression' };
  const isSpecification = date.get('operation') === 'date_spec';
  if (isSpecification && date.first('date_spec')?.has('years') !== true) {
    return { code: EXIT.unimplemented, problem: 'Rule must either not use date_spec, or use date_spec with years=' };
  }
  const result = evaluateDateExpression(date, { now });
  return result === 'unparsable' ? { code: EXIT.invalidConfiguration, problem: 'Error parsing rule' } : { result, isSpecification };
}

function show({ output }: ToolRun, id: string, verdict: Verdict): number {
  const code = 'problem' in verdict ? verdict.code : CODES[verdict.result];
  if ('problem' in verdict) output.error(`Could not determine whether rule ${id} is in effect: ${verdict.problem}`);
  else output.text(`Rule ${id} ${sentence(verdict.result, verdict.isSpecification)}`);
  output.element(element('rule-check', { 'rule-id': id, rc: String(code) }));
  return code;
}

const CODES: Readonly<Record<RuleResult, number>> = {
  satisfied: EXIT.ok,
  'before-range': EXIT.notYetInEffect,
  'after-range': EXIT.expired,
  unsatisfied: EXIT.unsatisfied,
  undetermined: EXIT.indeterminate,
  unsupported: EXIT.unimplemented,
  unparsable: EXIT.invalidConfiguration,
};

function sentence(result: RuleResult, isSpecification: boolean): string {
  switch (result) {
    case 'satisfied':
      return isSpecification ? 'satisfies conditions' : 'is still in effect';
    case 'after-range':
      return 'is expired';
    case 'before-range':
      return 'has not yet taken effect';
    default:
      return 'does not satisfy conditions';
  }
}
