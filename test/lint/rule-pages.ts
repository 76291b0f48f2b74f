// SPDX-License-Identifier: GPL-2.0-or-later
/** Examples of the rules and the pages made from them; `npx tsx test/lint/rule-pages.ts` writes `docs/rules`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCatalogue } from '../../src/agents/index.ts';
import { catalogueSource, fix, ruleOf, rules, textRules, type AgentSource, type Target } from '../../src/lint/index.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const PAGES = join(ROOT, 'docs', 'rules');

export interface RuleExample {
  readonly code: string;
  readonly target: Target;
  /** Lines that are reported, and the whole text they stand in. */
  readonly bad: string;
  readonly badText: string;
  /** Lines that are right; undefined where the automatic repair gives them. */
  readonly good: string | undefined;
  readonly goodText: string;
}

const NODES = ['node 1: paris', 'node 2: london', 'node 3: rome'];
const DEVICE = 'primitive fence-disk stonith:fence_sbd params devices=/dev/disk/by-id/scsi-sbd op monitor interval=600s timeout=60s';
const PROPERTIES: Readonly<Record<Target, string>> = {
  '2.1': 'property cib-bootstrap-options: stonith-enabled=true stonith-timeout=150s',
  '3.0': 'property cib-bootstrap-options: fencing-enabled=true',
};
const DEFAULTS = 'rsc_defaults rsc-options: resource-stickiness=100';

let agents: AgentSource | undefined;

export function catalogueAgents(): AgentSource {
  agents ??= catalogueSource(readCatalogue(readFileSync(join(ROOT, 'agents', 'catalogue.json'), 'utf8')));
  return agents;
}

export function ruleExamples(): RuleExample[] {
  const text = readFileSync(join(PAGES, 'examples.txt'), 'utf8');
  return text.split(/^== /m).slice(1).map(readExample);
}

function readExample(block: string): RuleExample {
  const head = block.slice(0, block.indexOf('\n'));
  const [code, ...marks] = head.split(' ');
  const target: Target = marks.includes('3.0') ? '3.0' : '2.1';
  const [bad, good] = block.slice(block.indexOf('\n') + 1).split(/^\+\+\n/m) as [string, string | undefined];
  const badText = whole(bad, marks, target);
  const goodText = good === undefined ? fix(badText, { agents: catalogueAgents(), target }) : whole(good, [], target);
  return { code: code!, target, bad, badText, good, goodText };
}

/** The lines in a configuration that is in order otherwise. */
function whole(lines: string, marks: readonly string[], target: Target): string {
  const has = (pattern: RegExp): boolean => pattern.test(lines);
  const nodes = has(/^node /m) ? [] : marks.includes('two') ? NODES.slice(0, 2) : NODES;
  const isAboutFencing = marks.includes('diskless') || has(/ stonith:|stonith-enabled=(?:false|true$)/m);
  return [
    ...nodes,
    ...(isAboutFencing ? [] : [DEVICE]),
    ...(has(/^property /m) ? [] : [PROPERTIES[target]]),
    ...(has(/^rsc_defaults /m) ? [] : [DEFAULTS]),
    lines,
  ].join('\n');
}

/** The page of a rule. */
export function rulePage(example: RuleExample): string {
  const row = ruleOf(example.code)!;
  const notes = [row.severity, ...(row.isOff === true ? ['off unless enabled'] : []), ...(row.since === undefined ? [] : [`names of Pacemaker ${row.since}`])];
  const good = example.good ?? addedLines(example);
  return [`# ${row.code}: ${row.title}`, '', `${notes.join(', ')}.`, '', `**Why.** ${row.why}`, '', `**Repair.** ${row.advice}`, '', 'Reported:', '', '```', example.bad.trimEnd(), '```', '', 'Right:', '', '```', good.trimEnd(), '```', ''].join('\n');
}

/** Lines of the repaired text that the lines around the example do not have. */
function addedLines(example: RuleExample): string {
  const around = new Set(example.badText.slice(0, example.badText.length - example.bad.length).split('\n'));
  return example.goodText.split('\n').filter((line) => !around.has(line)).join('\n');
}

export function indexPage(): string {
  const rows = [...textRules, ...rules].map((row) => ({ ...row })).sort((a, b) => (a.code < b.code ? -1 : 1));
  return [
    '# Rules of crm configure lint',
    '',
    `${rows.length} rules. \`crm configure lint --explain CODE\` says the same at the prompt. These pages are made from the table of rules and from \`examples.txt\`; the examples are executed in tests.`,
    '',
    '| code | severity | what |',
    '|---|---|---|',
    ...rows.map((row) => `| [${row.code}](${row.code}.md) | ${row.severity}${row.isOff === true ? ' (off)' : ''} | ${row.title} |`),
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const example of ruleExamples()) writeFileSync(join(PAGES, `${example.code}.md`), rulePage(example));
  writeFileSync(join(PAGES, 'README.md'), indexPage());
}
