// SPDX-License-Identifier: GPL-2.0-or-later
/** Syntax tree to text. What is printed reads back as the same tree, and printing that gives the same text. */
import type {
  AclStatement, AlertStatement, AttributeSet, BundleMapping, BundlePart, BundleStatement, NvItem, NvPair, Operation, OperationsHead, PropertyStatement, Section, Statement,
  TopologyItem, TopologyStatement, Word,
} from '../../grammar/index.ts';
import { printConstraint, printLocation } from './print-constraint.ts';
import { printRule } from './print-rule.ts';
import { isLabel, quoteInside, quoteMember, quoteName, quoteTail, quoteValue, quoteWord } from './quote.ts';
import type { CommentedStatement, Document } from './syntax.ts';
import { NO_RIGHTS } from './vocabulary.ts';

/** `lines`: one section per line, as `show` prints; `line`: everything on one line, as `filter` sees it. */
export type Layout = 'lines' | 'line';

/** A whole document with its comments. */
export function printDocument(document: Pick<Document, 'statements' | 'trailing'>, layout: Layout = 'lines'): string {
  const lines = document.statements.map((one) => printCommented(one, layout));
  return [...lines, ...document.trailing.map((comment) => comment.text)].map((line) => `${line}\n`).join('');
}

export function printCommented(one: CommentedStatement, layout: Layout = 'lines'): string {
  const text = printStatement(one.statement, layout);
  return one.comments.length === 0 ? text : [...one.comments.map((comment) => comment.text), text].join('\n');
}

function printStatement(statement: Statement, layout: Layout = 'lines'): string {
  if (statement.kind === 'xml') return printXml(statement.xml.text, layout);
  const parts = sectionsOf(statement);
  return layout === 'line' ? parts.map((part) => part.replace(/^\t/, '')).join(' ') : parts.join(' \\\n\t');
}

/** The head of a statement and each of its sections as one string. */
function sectionsOf(statement: Exclude<Statement, { kind: 'xml' }>): string[] {
  switch (statement.kind) {
    case 'node': {
      const id = statement.id === undefined ? [] : [isLabel(statement.id.text) ? `${statement.id.text}:` : `$id=${quoteValue(statement.id.text)}`];
      const score = statement.score === undefined ? [] : [`${statement.score.text}:`];
      return [['node', ...id, plain(statement.name), ...score].join(' '), ...described(statement.description), ...statement.sections.flatMap(printSection)];
    }
    case 'primitive':
    case 'rsc_template':
      return [`${statement.kind} ${plain(statement.id)} ${printAgent(statement.agent.text)}`, ...described(statement.description), ...statement.sections.flatMap(printSection)];
    case 'group':
    case 'clone':
    case 'ms':
      return [[statement.kind, plain(statement.id), ...statement.members.map((one) => quoteMember(one.text))].join(' '), ...described(statement.description), ...statement.sections.flatMap(printSection)];
    case 'bundle':
      return [`bundle ${quoteInside(statement.id.text)}`, ...described(statement.description), ...bundleParts(statement)];
    case 'location':
      return printLocation(statement);
    case 'colocation':
    case 'order':
    case 'rsc_ticket':
      return printConstraint(statement);
    case 'tag':
      return [['tag', ...[statement.id, ...statement.members].map(plain)].join(' ')];
    case 'property':
    case 'rsc_defaults':
    case 'op_defaults':
      return printProperty(statement);
    case 'fencing_topology':
      return printTopology(statement);
    case 'role':
    case 'user':
      return printAcl(statement);
    case 'acl_target':
    case 'acl_group':
      return [[statement.kind, plain(statement.id), ...statement.options.map(printPair)].join(' '), ...statement.roles.map(plain)];
    case 'alert':
      return printAlert(statement);
    case 'monitor':
      return [`monitor ${plain(statement.target)} ${plain(statement.times)}`];
  }
}

/** Ids, agents and members are not quoted unless they could not be read otherwise. */
function plain(word: Word): string {
  return quoteWord(word.text);
}

function printAgent(text: string): string {
  return text.startsWith('@') ? printReference(text.slice(1)) : quoteWord(text);
}

function described(description: Word | undefined): string[] {
  return description === undefined ? [] : [`description=${quoteValue(description.text)}`];
}

function printItem(item: NvItem): string {
  if (item.kind === 'reference') return printReference(`${item.target.text}${item.name === undefined ? '' : `:${item.name.text}`}`);
  const name = item.id === undefined ? quoteName(item.name.text) : `$${item.id.text}:${quoteName(item.name.text)}`;
  return item.value === undefined ? name : `${name}=${quoteValue(item.value.text)}`;
}

/** A reference that holds blanks stands in quotes as a whole. */
function printReference(text: string): string {
  return quoteTail(text) === text ? `@${text}` : `"@${text}"`;
}

function printSection(section: Section): string[] {
  switch (section.kind) {
    case 'set':
      return [printSet(section)];
    case 'operations':
      return [printOperationsHead(section)];
    case 'op':
      return printOperation(section);
  }
}

function printOperationsHead({ id, reference }: OperationsHead): string {
  const own = id === undefined ? '' : ` $id=${quoteValue(id.text)}`;
  if (reference === undefined) return `operations${own}`;
  // Two blanks before a reference alone: existing tools that compare texts expect the peer's spelling.
  return `operations${own === '' ? ' ' : own} $id-ref=${quoteValue(reference.text)}`;
}

function printOperation(op: Operation): string[] {
  return [['op', quoteName(op.name.text), ...op.items.map(printItem)].join(' '), ...op.sets.map(printSet)];
}

function printSet(set: AttributeSet): string {
  const id = set.reference !== undefined ? [`$id-ref=${quoteValue(set.reference.text)}`] : set.id !== undefined ? [`$id=${quoteValue(set.id.text)}`] : [];
  const score = set.score === undefined ? [] : [`${set.score.text}:`];
  return [set.section, ...id, ...score, ...printList(set)].join(' ');
}

/** Rules and pairs in their order. */
function printList({ rules, items, itemsBeforeRules }: Pick<AttributeSet, 'rules' | 'items' | 'itemsBeforeRules'>): string[] {
  return [...items.slice(0, itemsBeforeRules).map(printItem), ...rules.map(printRule), ...items.slice(itemsBeforeRules).map(printItem)];
}

function printProperty(statement: PropertyStatement): string[] {
  const id = statement.id === undefined ? [] : [`${statement.id.text}:`];
  const reference = statement.reference === undefined ? [] : [`$id-ref=${quoteValue(statement.reference.text)}`];
  const score = statement.score === undefined ? [] : [`${statement.score.text}:`];
  return [[statement.kind, ...id, ...reference, ...score].join(' '), ...printList(statement)];
}

function bundleParts(statement: BundleStatement): string[] {
  return statement.parts.flatMap((part) => (part.kind === 'set' ? [printSet(part)] : part.kind === 'primitive' ? [`primitive ${part.words.map((one) => quoteInside(one.text)).join(' ')}`] : bundlePart(part)));
}

/** The first attribute (the image, say) stands beside the keyword, the others and the mappings below it. */
function bundlePart(part: Exclude<BundlePart, AttributeSet | { kind: 'primitive' }>): string[] {
  const [first, ...others] = part.pairs;
  const head = first === undefined ? part.kind : `${part.kind} ${printPair(first)}`;
  return [head, ...others.map((one) => `\t${printPair(one)}`), ...part.mappings.map((one) => `\t${printMapping(one)}`)];
}

function printMapping(mapping: BundleMapping): string {
  return [mapping.kind, ...mapping.pairs.map(printPair)].join(' ');
}

function printPair(pair: NvPair): string {
  return `${quoteName(pair.name.text)}=${quoteValue(pair.value?.text ?? '')}`;
}

/** Levels without a target stand on the first line; every target begins a line. */
function printTopology(statement: TopologyStatement): string[] {
  const lines: string[][] = [['fencing_topology']];
  for (const item of statement.items) {
    if (item.kind !== 'level') lines.push([]);
    lines[lines.length - 1]!.push(printTopologyItem(item));
  }
  return lines.map((line) => line.join(' '));
}

function printTopologyItem(item: TopologyItem): string {
  switch (item.kind) {
    case 'node':
      return `${item.word.text}:`;
    case 'attribute':
      return `attr:${item.name.text}=${quoteTail(item.value.text)}`;
    case 'pattern':
      return `pattern:${quoteTail(item.word.text)}`;
    case 'level': {
      const id = item.id === undefined ? '' : `$id=${quoteValue(item.id.text)} `;
      return `${id}${item.index === undefined ? '' : `index=${quoteValue(item.index.text)} `}${plain(item.devices)}`;
    }
  }
}

function printAcl(statement: AclStatement): string[] {
  const rights = statement.rights.map((right) => {
    const id = right.id === undefined ? [] : [`${right.id.text}:`];
    return [right.right.text.toLowerCase(), ...id, ...described(right.description), ...right.targets.map(printAclTarget)].join(' ');
  });
  const head = `${statement.kind} ${quoteInside(statement.id.text)}`;
  const lines = [...described(statement.description), ...statement.roles.map(plain), ...rights];
  return lines.length === 1 && lines[0] === NO_RIGHTS ? [`${head} ${NO_RIGHTS}`] : [head, ...lines];
}

function printAclTarget(target: Word): string {
  const match = /^(xpath):([^]*)$/.exec(target.text);
  if (match !== null) return `${match[1]}:${quoteValue(match[2]!)}`;
  return quoteWord(target.text);
}

function printAlert(statement: AlertStatement): string[] {
  const parts = statement.parts.map((part, i) => {
    if (part.kind === 'set') return printSet(part);
    if (part.kind === 'select') return ['select', ...part.parts.map(printSelectPart)].join(' ');
    const inner = [...(part.id === undefined ? [] : [`$id=${quoteValue(part.id.text)}`]), quoteValue(part.value.text), ...described(part.description), ...part.sets.map(printSet)];
    // Without braces a set of the alert that follows would be read as a set of the recipient.
    return statement.parts[i + 1]?.kind === 'set' ? ['to', '{', ...inner, '}'].join(' ') : ['to', ...inner].join(' ');
  });
  return [`alert ${plain(statement.id)} ${quoteValue(statement.path.text)}`, ...described(statement.description), ...parts];
}

function printSelectPart(part: { readonly kind: string; readonly names: readonly { readonly id: Word | undefined; readonly name: Word }[] }): string {
  if (part.kind !== 'attributes') return part.kind;
  const names = part.names.map((one) => (one.id === undefined ? quoteName(one.name.text) : `$id=${quoteValue(one.id.text)} ${quoteName(one.name.text)}`));
  return ['attributes', '{', ...names, '}'].join(' ');
}

/** XML rows as they are, each continued; without continuation on one line. */
function printXml(xml: string, layout: Layout): string {
  const lines = xml.split('\n').filter((line) => line !== '');
  return layout === 'line' ? `xml ${lines.map((line) => line.trim()).join('')}` : `xml ${lines.join(' \\\n')}`;
}
