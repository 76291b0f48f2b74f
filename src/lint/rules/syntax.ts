// SPDX-License-Identifier: GPL-2.0-or-later
/** SYN006 to SYN029: traps of the language that parse, but not as the writer meant. */
import type { NvPair, Operation, Statement, Term } from '../../language/index.ts';
import type { Edit, Report } from '../finding.ts';
import { sectionsOf, type LintModel } from '../model/index.ts';
import { isKnownMeta } from './known-names.ts';
import { nearest } from '../nearest.ts';
import { removeStatement, replaceWord, written } from '../repair.ts';
import { rule } from '../rule.ts';

const SECTION_WORDS = ['params', 'meta', 'utilization', 'operations', 'op', 'attributes'];
const RULE_OPERATORS = new Set(['lt', 'gt', 'lte', 'gte', 'eq', 'ne', 'defined', 'not_defined', 'in', 'spec', 'in_range', 'date_spec']);
const OPERATION_ATTRIBUTES = new Set(['name', 'interval', 'timeout', 'start-delay', 'interval-origin', 'on-fail', 'role', 'enabled', 'record-pending', 'requires', 'description']);

export const syntaxRules = [
  rule('SYN006', 'warning', 'A bare word stands in an attribute list.', 'It is stored as a name without a value; usually a value was torn off or a name misspelt.', 'Write name=value, or quote a value that holds blanks.', bareWords),
  rule('SYN007', 'error', 'A bare word is nearly a section keyword.', 'Everything behind it lands in the wrong section.', 'Write the keyword (automatic).', misspeltSections),
  rule('SYN018', 'error', 'A section of a primitive stands in a group.', 'A group has no operations and no utilization; the words are taken for members.', 'Put the section on the member.', sectionsInGroup),
  rule('SYN019', 'error', 'A meta attribute stands in a parameter list.', 'Without the keyword meta it sets a parameter that no agent reads, and has no effect.', 'Insert meta (automatic).', metaAmongParams),
  rule('SYN020', 'warning', 'The same set of properties or defaults stands in two statements.', 'Loading a file refuses the second one, while the prompt merges them.', 'Merge the statements (automatic).', splitSettings),
  rule('SYN021', 'error', 'An id or a node name is defined twice.', 'The second definition is refused, and the whole file with it.', 'Delete or rename one (automatic where both are equal, or where a constraint has the id of a resource).', doubleIds),
  rule('SYN022', 'error', 'A known attribute of an operation stands behind an attribute of the agent.', 'The operation is refused: its own attributes come first.', 'Move it to the front (automatic).', operationOrder),
  rule('SYN023', 'error', 'A rule mixes and with or.', 'One rule has one operator; the mixture is refused.', 'Split it into several rules.', mixedOperators),
  rule('SYN024', 'error', 'A rule operator is not in lower case.', 'It is stored as written and then invalid.', 'Write it in lower case (automatic).', upperCaseOperators),
  rule('SYN026', 'error', 'An id is no XML id.', 'Ids start with a letter or an underscore and hold letters, digits, dots, hyphens and underscores.', 'Choose another id.', invalidIds),
  rule('SYN028', 'warning', 'A name is given twice in one list.', 'Two pairs get one id; only one of the values counts.', 'Delete one of them.', doubleNames),
  rule('SYN029', 'warning', 'An order has a number instead of a kind.', 'The number is lost: 0 becomes Optional, anything else Mandatory.', 'Write the kind (automatic).', numericKinds),
];

function* bareWords(model: LintModel): Iterable<Report> {
  for (const pair of barePairs(model)) {
    if (meantSection(pair.name.text) === undefined) yield { span: pair, message: `"${pair.name.text}" has no value` };
  }
}

function* misspeltSections(model: LintModel): Iterable<Report> {
  for (const pair of barePairs(model)) {
    const meant = meantSection(pair.name.text);
    if (meant !== undefined) yield { span: pair, message: `"${pair.name.text}" begins no section; did you mean "${meant}"?`, repair: [replaceWord(pair, meant)] };
  }
}

function barePairs(model: LintModel): NvPair[] {
  return model.itemLists.flatMap((items) => items.filter((item): item is NvPair => item.kind === 'pair' && item.value === undefined));
}

function meantSection(word: string): string | undefined {
  const bare = word.replace(/:$/, '').toLowerCase();
  if (SECTION_WORDS.includes(bare)) return bare;
  return bare.length < 4 ? undefined : nearest(bare, SECTION_WORDS, 1);
}

function* sectionsInGroup(model: LintModel): Iterable<Report> {
  for (const statement of model.statements) {
    if (statement.kind !== 'group') continue;
    const word = statement.members.find((member) => ['op', 'operations', 'utilization'].includes(member.text) && !model.resources.has(member.text));
    if (word !== undefined) yield { span: word, message: `"${word.text}" in a group is taken for a member` };
  }
}

function* metaAmongParams(model: LintModel): Iterable<Report> {
  for (const statement of model.statements) {
    if (!('sections' in statement) || statement.kind === 'node') continue;
    for (const set of statement.sections) {
      if (set.kind !== 'set' || set.section !== 'params' || set.isNamed) continue;
      const first = set.items.find((item): item is NvPair => item.kind === 'pair' && isKnownMeta(item.name.text));
      if (first !== undefined && statement.kind !== 'primitive') yield { span: first, message: `"${first.name.text}" without the keyword meta is a parameter`, repair: [{ start: first.start, end: first.start, text: 'meta ' }] };
    }
  }
}

function* splitSettings(model: LintModel): Iterable<Report> {
  const seen = new Map<string, Statement>();
  for (const statement of model.statements) {
    if (statement.kind !== 'property' && statement.kind !== 'rsc_defaults' && statement.kind !== 'op_defaults') continue;
    if (statement.rules.length > 0) continue;
    const key = `${statement.kind} ${statement.id?.text ?? ''}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, statement);
      continue;
    }
    const from = statement.items[0];
    const pairs = from === undefined ? '' : ` ${model.text.slice(from.start, statement.end)}`;
    yield { span: statement.keyword, message: `${key.trim()} is set by an earlier statement as well`, repair: [{ start: first.end, end: first.end, text: pairs }, removeStatement(model, statement)] };
  }
}

function* doubleIds(model: LintModel): Iterable<Report> {
  const seen = new Map<string, Statement>();
  for (const statement of model.statements) {
    const word = idOf(statement);
    if (word === undefined) continue;
    const name = statement.kind === 'node' ? `node ${word.text.split(':')[0]}` : word.text;
    const first = seen.get(name);
    if (first === undefined) seen.set(name, statement);
    else yield { span: word, message: `"${word.text}" is defined by an earlier statement`, ...withRepair(doubleIdRepair(model, first, statement)) };
  }
}

function doubleIdRepair(model: LintModel, first: Statement, second: Statement): Edit[] | undefined {
  if (written(model, first).replace(/\s+/g, ' ') === written(model, second).replace(/\s+/g, ' ')) return [removeStatement(model, second)];
  if (second.kind !== 'location' || second.target === undefined) return undefined;
  return [replaceWord(second.id, `loc-${second.target.text.replace(/[^\w.-]/g, '')}`)];
}

function withRepair(repair: Edit[] | undefined): { repair?: Edit[] } {
  return repair === undefined ? {} : { repair };
}

function idOf(statement: Statement): { readonly text: string; readonly start: number; readonly end: number } | undefined {
  if (statement.kind === 'node') return statement.name;
  if (statement.kind === 'property' || statement.kind === 'rsc_defaults' || statement.kind === 'op_defaults' || statement.kind === 'acl_target' || statement.kind === 'user') return undefined;
  return 'id' in statement ? statement.id : undefined;
}

function* operationOrder(model: LintModel): Iterable<Report> {
  for (const operation of model.statements.flatMap((statement) => sectionsOf(statement).filter((section): section is Operation => section.kind === 'op'))) {
    const pairs = operation.items.filter((item): item is NvPair => item.kind === 'pair');
    const foreign = pairs.findIndex((pair) => !OPERATION_ATTRIBUTES.has(pair.name.text));
    const late = foreign < 0 ? undefined : pairs.slice(foreign).find((pair) => OPERATION_ATTRIBUTES.has(pair.name.text));
    if (late === undefined) continue;
    const sorted = [...pairs.filter((pair) => OPERATION_ATTRIBUTES.has(pair.name.text)), ...pairs.filter((pair) => !OPERATION_ATTRIBUTES.has(pair.name.text))];
    const repair = pairs.map((pair, i) => replaceWord(pair, written(model, sorted[i]!)));
    yield { span: late, message: `"${late.name.text}" belongs before "${pairs[foreign]!.name.text}"`, repair };
  }
}

function* mixedOperators(model: LintModel): Iterable<Report> {
  for (const { expression } of model.expressions) {
    const operators = new Set(expression.operators.map((word) => word.text.toLowerCase()));
    if (operators.size > 1) yield { span: expression, message: 'and and or are mixed' };
  }
}

function* upperCaseOperators(model: LintModel): Iterable<Report> {
  for (const { expression } of model.expressions) {
    for (const term of expression.terms) {
      const operator = operatorOf(term);
      if (operator === undefined || operator.text === operator.text.toLowerCase()) continue;
      const lower = operator.text.toLowerCase();
      if (RULE_OPERATORS.has(lower.split(':').pop()!)) yield { span: operator, message: `operators are written in lower case: "${lower}"`, repair: [replaceWord(operator, lower)] };
    }
  }
}

function operatorOf(term: Term): { readonly text: string; readonly start: number; readonly end: number } | undefined {
  return 'operator' in term ? term.operator : undefined;
}

function* invalidIds(model: LintModel): Iterable<Report> {
  for (const statement of model.statements) {
    const word = statement.kind === 'node' ? undefined : idOf(statement);
    if (word !== undefined && word.text !== '' && !/^[\p{L}_][\p{L}\p{N}._-]*$/u.test(word.text)) yield { span: word, message: `"${word.text}" is no valid id` };
  }
}

function* doubleNames(model: LintModel): Iterable<Report> {
  for (const items of model.itemLists) {
    const seen = new Set<string>();
    for (const item of items) {
      if (item.kind !== 'pair' || item.value === undefined) continue;
      if (seen.has(item.name.text)) yield { span: item, message: `"${item.name.text}" is given twice` };
      seen.add(item.name.text);
    }
  }
}

function* numericKinds(model: LintModel): Iterable<Report> {
  for (const statement of model.statements) {
    if (statement.kind !== 'order' || statement.label === undefined) continue;
    const text = statement.label.text.replace(/:$/, '');
    if (!/^[+-]?(?:\d+|inf|infinity)$/i.test(text)) continue;
    const kind = Number(text) === 0 ? 'Optional' : 'Mandatory';
    const colon = written(model, statement.label).endsWith(':') ? ':' : '';
    yield { span: statement.label, message: `an order has a kind, not a score: ${kind}`, repair: [replaceWord(statement.label, `${kind}${colon}`)] };
  }
}
