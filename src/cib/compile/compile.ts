// SPDX-License-Identifier: GPL-2.0-or-later
/** A parsed text to changes of a draft: all of it or, if something in it is wrong, nothing. */
import { blocksLoad, DiagnosticSink, type CommentedStatement, type Diagnostic, type Parsed, type Statement, type Word } from '../../language/index.ts';
import { XmlComment, type XmlElement } from '../xml/index.ts';
import type { AgentFacts } from './agent-facts.ts';
import { Building } from './building.ts';
import { hasPromotedRole, type CompileContext, type CompileSettings } from './context.ts';
import { wordsOf } from './continuity.ts';
import type { CibDraft, CibObject } from './draft.ts';
import { assignIds } from './ids.ts';
import { printOrder, type ObjectKind } from './kinds.ts';
import { withJoinedSets } from './joined-sets.ts';
import { mergeSet } from './merge.ts';
import { withoutMaster } from './ms-statement.ts';
import { compileMonitor } from './monitor.ts';
import { mergeNode } from './node.ts';
import { adoptMembers } from './membership.ts';
import { checkReferences, namedBefore, resolveReferences } from './references.ts';
import { withTodaysOptions } from './retired-options.ts';
import { withSplitLocations } from './split-location.ts';
import { buildObject, namedObject, type ObjectStatement } from './statement.ts';
import { applyXml, xmlObject } from './xml-statement.ts';

export interface CompileResult {
  /** Whether the draft was changed; when not, it is exactly as before. */
  readonly isApplied: boolean;
  /** In the order of the text; those of the reading included. */
  readonly diagnostics: readonly Diagnostic[];
  /** Keys of the objects that were made or changed. */
  readonly keys: readonly string[];
  /** The statement that each of the objects was made from; of those given as XML none. */
  readonly statements: ReadonlyMap<string, Statement>;
}

export interface CompileRequest {
  readonly parsed: Parsed;
  readonly draft: CibDraft;
  readonly agents: AgentFacts;
  readonly settings: CompileSettings;
}

/** What tells of a change that was made. */
const CHANGES: ReadonlySet<string> = new Set(['reference-moved', 'object-changed']);

export function compile(request: CompileRequest): CompileResult {
  const { parsed, draft } = request;
  const mark = draft.mark();
  const sink = new DiagnosticSink(parsed.file);
  const context: CompileContext = { ...request.settings, draft, agents: request.agents, unread: new Set(parsed.unread), sink, ranks: new Map(), hasPromotedRole: hasPromotedRole(draft.schema) };
  const keys = new Set<string>();
  const before = namedBefore(parsed.statements, context);
  for (const one of inCreationOrder(distinct(inTodaysWords(parsed.statements, context), context))) apply(one, context, keys);
  resolveReferences(keys, context);
  if (context.mode === 'file') checkReferences(keys, parsed.statements, before, context);
  sink.found.unshift(...parsed.diagnostics);
  const diagnostics = sink.sorted();
  const isApplied = !diagnostics.some(blocksLoad);
  if (isApplied) return { isApplied, diagnostics, keys: [...keys], statements: statementsByKey(parsed.statements, context) };
  draft.rollback(mark);
  return { isApplied, diagnostics: diagnostics.filter((one) => !CHANGES.has(one.code)), keys: [], statements: new Map() };
}

/** Statements that the schema does not know any more, as it says the same. */
function inTodaysWords(statements: readonly CommentedStatement[], context: CompileContext): readonly CommentedStatement[] {
  const today = withTodaysOptions(withSplitLocations(statements.map((one) => withoutMaster(one, context)), context), context);
  return context.joinsSets === true ? withJoinedSets(today, context) : today;
}

function statementsByKey(statements: readonly CommentedStatement[], context: CompileContext): Map<string, Statement> {
  const found = new Map<string, Statement>();
  for (const { statement } of statements) {
    if (statement.kind !== 'xml' && statement.kind !== 'monitor') found.set(namedObject(statement, context).key, statement);
  }
  return found;
}

/** Without the second definition of anything: that is an error. */
function distinct(statements: readonly CommentedStatement[], context: CompileContext): CommentedStatement[] {
  const seen = new Set<string>();
  return statements.filter(({ statement }) => {
    if (statement.kind === 'monitor') return true;
    const named = statement.kind === 'xml' ? xmlObject(statement, context) : namedObject(statement, context);
    if (named === undefined) return false;
    if (!seen.has(named.key)) {
      seen.add(named.key);
      if (context.draft.get(named.key) === undefined) context.ranks.set(named.key, context.draft.reserveRank());
      return true;
    }
    const name = named.key.replace(/^node:/, '');
    context.sink.add('duplicate-object', named.at, `${named.kind} ${name} is defined twice`, { object: name, repair: 'put both definitions into one' });
    return false;
  });
}

/** Objects are made before those that name them, whatever the order of the text. */
function inCreationOrder(statements: readonly CommentedStatement[]): CommentedStatement[] {
  const rank = new Map(statements.map((one) => [one, creationRank(one.statement)]));
  return [...statements].sort((a, b) => rank.get(a)! - rank.get(b)!);
}

/** XML of a kind comes with that kind; monitor operations follow the primitives. */
function creationRank(statement: Statement): number {
  if (statement.kind === 'monitor') return printOrder('primitive') + 0.5;
  if (statement.kind === 'xml') return printOrder(XML_KINDS.get(/<\s*([\w-]+)/.exec(statement.xml.text)?.[1] ?? '') ?? 'alert');
  return printOrder(statement.kind);
}

const XML_KINDS: ReadonlyMap<string, ObjectKind> = new Map<string, ObjectKind>([
  ['node', 'node'], ['template', 'rsc_template'], ['primitive', 'primitive'], ['bundle', 'bundle'], ['group', 'group'], ['master', 'ms'], ['clone', 'clone'], ['tag', 'tag'],
  ['rsc_location', 'location'], ['rsc_colocation', 'colocation'], ['rsc_order', 'order'], ['rsc_ticket', 'rsc_ticket'], ['fencing-topology', 'fencing_topology'],
  ['cluster_property_set', 'property'], ['rsc_defaults', 'rsc_defaults'], ['op_defaults', 'op_defaults'], ['acl_role', 'role'],
]);

function apply(one: CommentedStatement, context: CompileContext, keys: Set<string>): void {
  const { statement } = one;
  if (statement.kind === 'xml') applyXml(statement, one.comments, context, keys);
  else if (statement.kind === 'monitor') {
    const made = compileMonitor(statement, context);
    if (made !== undefined) putBuilding(made, statement.target.text.split(':')[0]!, 'primitive', context, keys);
  } else applyObject(statement, one, context, keys);
}

const MERGED: ReadonlySet<string> = new Set<ObjectKind>(['node', 'property', 'rsc_defaults', 'op_defaults']);

function applyObject(statement: ObjectStatement, one: CommentedStatement, context: CompileContext, keys: Set<string>): void {
  const { draft, sink } = context;
  const { key, kind, at } = namedObject(statement, context);
  const old = draft.get(key);
  const name = key.replace(/^node:/, '');
  if (old !== undefined && old.kind !== kind) {
    sink.add('id-clash', at, `${name} is a ${old.kind} already`, { object: name, repair: `choose another id, or delete ${name} first` });
    return;
  }
  if (old !== undefined && context.mode === 'typed' && !MERGED.has(kind)) {
    sink.add('duplicate-object', at, `${kind} ${name} exists already`, { object: name, repair: `change it with: edit ${name}` });
    return;
  }
  if (old === undefined && kind !== 'node' && draft.isTaken(key)) {
    sink.add('id-clash', at, `the id ${name} belongs to a part of ${draft.ownerOf(key)?.replace(/^node:/, '')}`, { object: name, repair: 'choose another id' });
    return;
  }
  const made = buildObject(statement, key, context);
  if (old !== undefined && MERGED.has(kind) && context.replacesSets !== true) {
    mergeObject(statement, made, old, context, keys, one.comments);
    return;
  }
  const kept = one.comments.length === 0 && context.keepsComments === true && old !== undefined ? leadingComments(old.element) : [];
  made.children.unshift(...kept, ...one.comments.map((comment) => new XmlComment(comment.text)));
  putBuilding(made, key, kind, context, keys);
}

function mergeObject(statement: ObjectStatement, made: Building, old: CibObject, context: CompileContext, keys: Set<string>, comments: readonly Word[]): void {
  const merged = old.kind === 'node' ? mergeNode(old.key, old.element, made, context) : mergeProperties(statement, made, old, context);
  if (merged === undefined) return;
  if (old.kind === 'node' && comments.length > 0) merged.children.splice(0, leadingComments(old.element).length, ...comments.map((comment) => new XmlComment(comment.text)));
  else if (comments.length > 0) {
    const known = new Set(leadingComments(old.element).map((comment) => wordsOf(comment.text)));
    const dropped = comments.find((comment) => !known.has(wordsOf(comment.text)));
    if (dropped !== undefined) context.sink.add('comment-dropped', dropped, `${old.key} exists: the comment is not taken over with the values`, { object: old.key, repair: `put it there with: edit ${old.key}` });
  }
  context.draft.put({ ...old, element: merged.seal() });
  keys.add(old.key);
}

/** Comments that stand above everything else in an object, where the text shows them. */
export function leadingComments(element: XmlElement): XmlComment[] {
  const end = element.children.findIndex((child) => child.kind !== 'comment');
  return element.children.slice(0, end < 0 ? element.children.length : end).filter((child) => child.kind === 'comment');
}

/** Properties or defaults as they were with the new values; undefined when that would change what the others mean. */
function mergeProperties(statement: ObjectStatement, made: Building, old: CibObject, context: CompileContext): Building | undefined {
  const rules = made.parts().filter((part) => part.name === 'rule');
  if (rules.length > 0 && old.element.first('rule') === undefined && old.element.first('nvpair') !== undefined) {
    context.sink.add('rule-dropped', statement.keyword, `${old.key} exists; a rule would apply to everything in it`, { repair: `give the rule a set of its own: ${old.kind} ID: rule ...` });
    return undefined;
  }
  // The rules of a set that has some are those that are written now, with the ids they had.
  if (rules.length > 0) context.draft.release(old.key);
  assignIds(made, rules.length > 0 ? old.element : undefined, context.draft);
  const merged = Building.of(old.element);
  mergeSet(merged, made);
  if (rules.length === 0) return merged;
  const others = merged.children.filter((child) => !(child instanceof Building) || child.name !== 'rule');
  others.splice(leadingComments(old.element).length + made.parts().indexOf(rules[0]!), 0, ...rules);
  merged.children.splice(0, merged.children.length, ...others);
  return merged;
}

/** Gives the parts their ids and puts the object into the draft, with its members. */
function putBuilding(made: Building, key: string, kind: ObjectKind, context: CompileContext, keys: Set<string>): void {
  const { draft } = context;
  const old = draft.get(key);
  draft.release(key);
  assignIds(made, old?.element, draft);
  const { rank, parent } = old ?? { rank: context.ranks.get(key), parent: undefined };
  const object = draft.put({ key, kind, element: made.seal(), parent, ...(rank === undefined ? {} : { rank }) });
  keys.add(key);
  adoptMembers(object, old, context);
}

