// SPDX-License-Identifier: GPL-2.0-or-later
/** Locations, colocations, orders and tickets. */
import { booleanOf, isLabel, isWord, optionalWord, pair, word, type LocationStatement, type NvPair, type ResourceGroup, type Rule, type SetConstraintStatement, type SetMember, type Word } from '../../language/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { elementsOf, inexpressible, onlyAttributes, shownId, type DecompileContext } from './context.ts';
import { label } from './attribute-set.ts';
import { decompileRule, explicitLabel, scoreLabel } from './rule.ts';

const NOWHERE = { start: -1, end: -1 };

export function decompileLocation(element: XmlElement, context: DecompileContext): LocationStatement {
  onlyAttributes(element, ['id', 'rsc', 'rsc-pattern', 'role', 'resource-discovery', 'score', 'score-attribute', 'node']);
  const { lifetime, children } = withoutLifetime(element, context);
  const sets = children.filter((child) => child.name === 'resource_set');
  const rules = children.filter((child) => child.name === 'rule').map((rule) => decompileRule(rule, context));
  if (children.length !== sets.length + rules.length || children.slice(0, sets.length).some((child) => child.name !== 'resource_set')) inexpressible('content of a location');
  const node = element.get('node');
  if (node !== undefined && !isWord(node)) inexpressible('the name of a node');
  const score = scoreLabel(element.get('score'), element.get('score-attribute'));
  if ((node !== undefined) === rules.length > 0 || (score !== undefined) !== (node !== undefined)) inexpressible('neither score and node nor rules');
  return {
    kind: 'location',
    keyword: word('location'),
    id: word(element.id!),
    target: sets.length > 0 ? undefined : targetOf(element),
    sets: sets.length > 0 ? groupsOf(sets, 'role', context) : undefined,
    options: ['role', 'resource-discovery'].flatMap((name) => (element.has(name) ? [pair(name, element.get(name))] : [])),
    score,
    node: optionalWord(node),
    rules,
    lifetime,
    ...NOWHERE,
  };
}

/** The rules of a lifetime, which has nothing else, and the other children; it stands last in a location and first elsewhere. */
function withoutLifetime(element: XmlElement, context: DecompileContext): { readonly lifetime: Rule[]; readonly children: readonly XmlElement[] } {
  const all = elementsOf(element);
  const at = element.name === 'rsc_location' ? all.length - 1 : 0;
  const found = all[at];
  if (found?.name !== 'lifetime') return { lifetime: [], children: all };
  onlyAttributes(found, []);
  const rules = elementsOf(found).map((rule) => (rule.name === 'rule' ? decompileRule(rule, context) : inexpressible(`${rule.name} in a lifetime`)));
  return { lifetime: rules.length === 0 ? inexpressible('an empty lifetime') : rules, children: all.filter((_child, i) => i !== at) };
}

function targetOf(element: XmlElement): Word {
  const [resource, pattern] = [element.get('rsc'), element.get('rsc-pattern')];
  if ((resource === undefined) === (pattern === undefined)) inexpressible('neither resource nor pattern');
  if (pattern !== undefined) return pattern === '' ? inexpressible('an empty pattern') : word(`/${pattern}/`);
  return resource === '' || resource!.startsWith('/') || resource!.startsWith('{') ? inexpressible('the name of a resource') : word(resource!);
}

interface Shape {
  readonly kind: SetConstraintStatement['kind'];
  readonly names: readonly string[];
  readonly qualifier: 'role' | 'action';
  readonly attributes: readonly string[];
  readonly options: readonly string[];
}

const COLOCATION: Shape = {
  kind: 'colocation',
  names: ['rsc', 'with-rsc'],
  qualifier: 'role',
  attributes: ['score', 'score-attribute', 'rsc-instance', 'with-rsc-instance'],
  options: ['node-attribute', 'influence', 'score-attribute-mangle'],
};
const ORDER: Shape = { kind: 'order', names: ['first', 'then'], qualifier: 'action', attributes: ['kind', 'score'], options: ['symmetrical', 'require-all'] };
const TICKET: Shape = { kind: 'rsc_ticket', names: ['rsc'], qualifier: 'role', attributes: ['ticket', 'rsc-role-instance'], options: ['loss-policy'] };

export function decompileColocation(element: XmlElement, context: DecompileContext): SetConstraintStatement {
  const score = scoreLabel(element.get('score'), element.get('score-attribute'));
  return decompileSets(element, COLOCATION, score ?? word('score=none'), context);
}

export function decompileOrder(element: XmlElement, context: DecompileContext): SetConstraintStatement {
  const kind = element.get('kind');
  if (kind !== undefined && !/^(?:Mandatory|Optional|Serialize)$/.test(kind)) inexpressible(`kind ${kind}`);
  const score = explicitLabel(element);
  if (kind !== undefined && score !== undefined) inexpressible('a kind and a score');
  return decompileSets(element, ORDER, score ?? optionalWord(kind), context);
}

export function decompileTicket(element: XmlElement, context: DecompileContext): SetConstraintStatement {
  const policy = element.get('loss-policy');
  if (policy !== undefined && !/^(?:stop|demote|fence|freeze)$/.test(policy)) inexpressible(`loss-policy ${policy}`);
  return decompileSets(element, TICKET, label(element.get('ticket')) ?? inexpressible('a ticket without name'), context);
}

function decompileSets(element: XmlElement, shape: Shape, name: Word | undefined, context: DecompileContext): SetConstraintStatement {
  onlyAttributes(element, ['id', ...shape.names, ...shape.names.map((one) => `${one}-${shape.qualifier}`), ...shape.attributes, ...shape.options]);
  const { lifetime, children } = withoutLifetime(element, context);
  if (lifetime.length > 0 && shape.kind === 'rsc_ticket') inexpressible('the lifetime of a ticket');
  if (children.some((child) => child.name !== 'resource_set')) inexpressible('content of a constraint');
  const options: NvPair[] = shape.options.flatMap((option) => (element.has(option) ? [pair(option, BOOLEANS.has(option) ? booleanIn(element, option, context) : element.get(option))] : []));
  const simple = shape.names.map((one) => simpleMember(element, one, shape.qualifier));
  const isSimple = simple.every((one) => one !== undefined);
  if (children.length > 0 && simple.some((one) => one !== undefined)) inexpressible('sets and resources');
  if (children.length === 0 && !isSimple) inexpressible('no resources');
  const base = { kind: shape.kind, keyword: word(shape.kind), id: word(element.id!), label: name, options, lifetime, ...NOWHERE };
  if (children.length === 0) return { ...base, isMarked: false, sets: [{ bracket: '', members: simple as SetMember[], ...NOWHERE }] };
  return { ...base, isMarked: looksSimple(children, shape), sets: groupsOf(children, shape.qualifier, context) };
}

const BOOLEANS: ReadonlySet<string> = new Set(['symmetrical', 'require-all']);

/** `true` or `false`; another spelling comes back when the text replaces the object. */
function booleanIn(element: XmlElement, name: string, context: DecompileContext): 'true' | 'false' {
  const text = element.get(name)!;
  const value = booleanOf(text);
  return value === undefined || (value !== text && context.detail === 'whole') ? inexpressible(name) : value;
}

function simpleMember(element: XmlElement, name: string, qualifier: string): SetMember | undefined {
  const resource = element.get(name);
  if (resource === undefined) return undefined;
  const [written, instance] = [element.get(`${name}-${qualifier}`), element.get(`${name}-instance`)];
  if (written !== undefined && instance !== undefined) inexpressible('a role and an instance');
  return member(resource, qualifierWord(written, qualifier) ?? instance);
}

const QUALIFIERS: Readonly<Record<string, RegExp>> = {
  role: /^(?:Started|Stopped|Promoted|Unpromoted|Master|Slave)$/,
  action: /^(?:start|stop|promote|demote)$/,
};

function qualifierWord(text: string | undefined, qualifier: string): string | undefined {
  return text === undefined || QUALIFIERS[qualifier]!.test(text) ? text : inexpressible(`${qualifier} ${text}`);
}

function member(resource: string, qualifier: string | undefined): SetMember {
  if (!isLabel(resource)) inexpressible(`the name ${resource}`);
  return { kind: 'resource', word: word(qualifier === undefined ? resource : `${resource}:${qualifier}`) };
}

/** Two members (one in a ticket), the last of them in a set without brackets: a marker says that sets are meant. */
function looksSimple(sets: readonly XmlElement[], shape: Shape): boolean {
  if (sets.some((set) => set.has('id-ref'))) return false;
  const count = sets.reduce((sum, set) => sum + set.children.length, 0);
  const last = sets[sets.length - 1]!;
  return count === shape.names.length && isTrue(last, 'sequential') && isTrue(last, 'require-all');
}

/** What a set is when it does not say otherwise. */
function isTrue(set: XmlElement, name: string): boolean {
  return booleanOf(set.get(name) ?? 'true') !== 'false';
}

const SET_OPTIONS = ['ordering', 'score', 'kind'];

function groupsOf(sets: readonly XmlElement[], qualifier: 'role' | 'action', context: DecompileContext): ResourceGroup[] {
  return sets.map((set, i) => {
    if (set.has('id-ref')) return referredSet(set);
    onlyAttributes(set, ['id', 'sequential', 'require-all', 'role', 'action', ...SET_OPTIONS]);
    for (const name of ['sequential', 'require-all']) {
      if (set.has(name) && booleanIn(set, name, context) === 'true' && context.detail === 'whole') inexpressible('a default spelled out');
    }
    const [isSequential, needsAll] = [isTrue(set, 'sequential'), isTrue(set, 'require-all')];
    const members: SetMember[] = elementsOf(set).map((one) => {
      onlyAttributes(one, ['id']);
      return one.name === 'resource_ref' ? member(one.id ?? '', qualifierWord(set.get(qualifier), qualifier)) : inexpressible(`${one.name} in a set`);
    });
    if (members.length === 0) inexpressible('an empty set');
    if (!needsAll && isSequential) members.push({ kind: 'option', pair: pair('sequential', 'true') });
    for (const name of optionsOf(qualifier)) if (set.has(name)) members.push({ kind: 'option', pair: pair(name, set.get(name)) });
    const id = shownId(set, context) ?? (isGlued(sets, i, qualifier) ? set.id : undefined);
    if (id !== undefined) members.unshift({ kind: 'id', word: word(id) });
    return { bracket: needsAll ? (isSequential ? '' : '(') : '[', members, ...NOWHERE };
  });
}

/** The other one of role and action means nothing here, and is an option like any other. */
function optionsOf(qualifier: string): readonly string[] {
  return [...SET_OPTIONS, qualifier === 'role' ? 'action' : 'role'];
}

function referredSet(set: XmlElement): ResourceGroup {
  onlyAttributes(set, ['id-ref']);
  if (set.children.length > 0) inexpressible('content of a reference');
  return { bracket: '', members: [{ kind: 'reference', word: word(set.get('id-ref')!) }], ...NOWHERE };
}

/** Without something between them, two sets without brackets would be read as one, or share their options. */
function isGlued(sets: readonly XmlElement[], i: number, qualifier: string): boolean {
  const [before, here] = [sets[i - 1], sets[i]!];
  if (before === undefined || before.has('id-ref')) return false;
  const isBare = (set: XmlElement): boolean => isTrue(set, 'sequential') && isTrue(set, 'require-all');
  const hasOptions = (set: XmlElement): boolean => optionsOf(qualifier).some((name) => set.has(name));
  return isBare(before) && isBare(here) && (before.get(qualifier) === here.get(qualifier) || hasOptions(before) || hasOptions(here));
}
