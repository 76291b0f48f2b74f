// SPDX-License-Identifier: GPL-2.0-or-later
/** SYN006 to SYN029: traps of the language that parse, but not as the writer meant. */
import type { AttributeSet, NvPair, Operation, PropertyStatement, Statement, Term } from '../../language/index.ts';
import type { Edit, Report } from '../finding.ts';
import { factsOf, leavesOf, sectionsOf, type LintModel, type Resource } from '../model/index.ts';
import { isKnownMeta } from './known-names.ts';
import { nearest } from '../nearest.ts';
import { removeStatement, replaceWord, written } from '../repair.ts';
import { rule } from '../rule.ts';

const SECTION_WORDS = ['params', 'meta', 'utilization', 'operations', 'op', 'attributes'];
const RULE_OPERATORS = new Set(['lt', 'gt', 'lte', 'gte', 'eq', 'ne', 'defined', 'not_defined', 'in', 'spec', 'in_range', 'date_spec']);
const OPERATION_ATTRIBUTES = new Set(['name', 'interval', 'timeout', 'start-delay', 'interval-origin', 'on-fail', 'role', 'enabled', 'record-pending', 'requires', 'description']);

export const syntaxRules = [
  rule('SYN006', 'warning', 'A bare word stands in an attribute list.', 'It is stored as a name without a value; usually a value was torn off or a name misspelt.', 'Write name=value, or quote a value that holds blanks.', bareWords),
  rule('SYN007', 'error', 'A bare word is nearly a section keyword.', 'Everything behind it lands in the wrong section.', 'Write the keyword (automatic).', misspeltSections, { heals: true }),
  rule('SYN018', 'error', 'A section of a primitive stands in a group.', 'A group has no operations and no utilization; the words are taken for members.', 'Put the section on the member.', sectionsInGroup),
  rule('SYN019', 'error', 'A meta attribute stands in a parameter list.', 'Without the keyword meta it sets a parameter that no agent reads, and has no effect.', 'Insert meta (automatic).', metaAmongParams, { heals: true }),
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
  for (const set of model.statements.flatMap(sectionsOf)) {
    // "params:" is read as the score of a set.
    const label = set.kind === 'set' ? set.score : undefined;
    const meant = label === undefined ? undefined : meantSection(label.text);
    if (label === undefined || meant === undefined) continue;
    const span = { start: label.start, end: model.text[label.end] === ':' ? label.end + 1 : label.end };
    yield { span, message: `"${written(model, span)}" begins no section; did you mean "${meant}"?`, repair: [replaceWord(span, meant)] };
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
    const word = statement.members.find((member) => isSectionOfPrimitive(member.text) && !model.resources.has(member.text));
    if (word !== undefined) yield { span: word, message: `"${word.text}" in a group is taken for a member` };
  }
}

/** Keywords of sections that no group has. */
export function isSectionOfPrimitive(word: string): boolean {
  return word === 'op' || word === 'operations' || word === 'utilization';
}

function* metaAmongParams(model: LintModel): Iterable<Report> {
  for (const resource of model.all) {
    if (!('sections' in resource.statement)) continue;
    const isLeaf = resource.kind === 'primitive' || resource.kind === 'template';
    for (const set of resource.statement.sections) {
      // What a primitive has in a section that is named params is said by AGT103.
      if (set.kind !== 'set' || set.section !== 'params' || (set.isNamed && isLeaf)) continue;
      const strays = set.items.filter((item): item is NvPair => item.kind === 'pair' && isKnownMeta(item.name.text) && !mayBeParameter(resource, item.name.text));
      const first = strays[0];
      if (first !== undefined) yield { span: first, message: `"${first.name.text}" without the keyword meta is a parameter`, repair: moveToMeta(model, set, strays) };
    }
  }
}

/** Agents may have a parameter of the same name; of an unknown agent's own words those with hyphens are meta attributes. */
function mayBeParameter(resource: Resource, name: string): boolean {
  if (resource.kind !== 'primitive' && resource.kind !== 'template') return leavesOf(resource).some((leaf) => hasParameter(leaf, name) === true);
  return hasParameter(resource, name) ?? !name.includes('-');
}

function hasParameter(leaf: Resource, name: string): boolean | undefined {
  const facts = factsOf(leaf);
  return facts === undefined || facts.isPartial ? undefined : facts.parameters.some((one) => one.name === name);
}

/** The keyword before the first of them; when parameters stand behind it they change places. */
function moveToMeta(model: LintModel, set: AttributeSet, strays: readonly NvPair[]): Edit[] {
  const from = set.items.indexOf(strays[0]!);
  if (set.isNamed && strays.length === set.items.length && set.rules.length === 0) return [{ start: set.start, end: set.start + set.section.length, text: 'meta' }];
  const behind = set.items.slice(from);
  if (behind.length === strays.length) return [{ start: strays[0]!.start, end: strays[0]!.start, text: 'meta ' }];
  const sorted = [...behind.filter((item) => !strays.includes(item as NvPair)), ...strays];
  return behind.map((item, i) => replaceWord(item, `${sorted[i] === strays[0] ? 'meta ' : ''}${written(model, sorted[i]!)}`));
}

/** The set that a statement without an id means. */
const DEFAULT_IDS = { property: 'cib-bootstrap-options', rsc_defaults: 'rsc-options', op_defaults: 'op-options' } as const;

/** Of two values of one name the later one counts, as at the prompt. */
function mergedSettings(model: LintModel, first: PropertyStatement, second: PropertyStatement): Edit[] {
  const edits: Edit[] = [];
  const added: string[] = [];
  for (const item of second.items) {
    const earlier = item.kind === 'pair' ? first.items.find((one) => one.kind === 'pair' && one.name.text === item.name.text) : undefined;
    if (earlier === undefined) added.push(written(model, item));
    else edits.push(replaceWord(earlier, written(model, item)));
  }
  if (added.length > 0) edits.push({ start: first.end, end: first.end, text: ` ${added.join(' ')}` });
  return [...edits, removeStatement(model, second)];
}

function* splitSettings(model: LintModel): Iterable<Report> {
  const seen = new Map<string, PropertyStatement>();
  for (const statement of model.statements) {
    if (statement.kind !== 'property' && statement.kind !== 'rsc_defaults' && statement.kind !== 'op_defaults') continue;
    if (statement.rules.length > 0) continue;
    const key = `${statement.kind} ${statement.id?.text ?? DEFAULT_IDS[statement.kind]}`;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, statement);
      continue;
    }
    yield { span: statement.keyword, message: `${statement.id === undefined ? statement.kind : key} is set by an earlier statement as well`, repair: mergedSettings(model, first, statement) };
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
    if (operators.size > 1) yield { span: expression, message: 'one rule mixes "and" with "or"' };
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
