// SPDX-License-Identifier: GPL-2.0-or-later
/** A resource of the text as the rules look at it: its sets merged by name, its operations read, its place in the tree. */
import type { AgentName } from '../../agents/index.ts';
import { parseInterval } from '../../cib/index.ts';
import type { AttributeSet, BundleStatement, ContainerStatement, MonitorStatement, NvPair, Operation, PrimitiveStatement, Section, SetKeyword, Word } from '../../language/index.ts';
import type { AgentFactsEntry } from './agent-source.ts';

export interface Attribute {
  readonly name: string;
  /** Empty for a bare name. */
  readonly value: string;
  readonly pair: NvPair;
  readonly set: AttributeSet;
}

export interface OperationFacts {
  readonly name: string;
  readonly operation: Operation;
  readonly attributes: ReadonlyMap<string, NvPair>;
  /** Milliseconds; 0 when absent, undefined when it cannot be read. */
  readonly intervalMs: number | undefined;
  readonly timeoutMs: number | undefined;
  /** `promoted`, `unpromoted`, `started`, `stopped`; undefined when absent. */
  readonly role: string | undefined;
  readonly depth: string | undefined;
}

export interface Resource {
  readonly id: string;
  readonly kind: 'primitive' | 'template' | 'group' | 'clone' | 'bundle';
  readonly statement: PrimitiveStatement | ContainerStatement | BundleStatement;
  readonly agentWord: Word | undefined;
  readonly agent: AgentName | undefined;
  readonly facts: AgentFactsEntry | undefined;
  readonly templateId: string | undefined;
  template: Resource | undefined;
  parent: Resource | undefined;
  readonly children: Resource[];
  readonly memberWords: readonly Word[];
  readonly params: readonly Attribute[];
  readonly meta: readonly Attribute[];
  readonly utilization: readonly Attribute[];
  readonly operations: readonly OperationFacts[];
  /** Some set refers to another one, so that what is given cannot be listed. */
  readonly hasReferences: boolean;
}

export function attributesOf(sections: readonly Section[], keyword: SetKeyword): Attribute[] {
  return sections
    .filter((section): section is AttributeSet => section.kind === 'set' && section.section === keyword)
    .flatMap((set) => set.items.flatMap((item) => (item.kind === 'pair' ? [{ name: item.name.text, value: item.value?.text ?? '', pair: item, set }] : [])));
}

export function hasReferences(sections: readonly Section[]): boolean {
  return sections.some((section) => (section.kind === 'set' && (section.reference !== undefined || section.items.some((item) => item.kind === 'reference'))) || (section.kind === 'operations' && section.reference !== undefined));
}

export function operationFacts(operation: Operation): OperationFacts {
  const attributes = new Map<string, NvPair>();
  for (const item of [...operation.items, ...operation.sets.flatMap((set) => set.items)]) {
    if (item.kind === 'pair' && !attributes.has(item.name.text)) attributes.set(item.name.text, item);
  }
  const text = (name: string): string | undefined => attributes.get(name)?.value?.text;
  return {
    name: operation.name.text,
    operation,
    attributes,
    intervalMs: text('interval') === undefined ? 0 : timeMs(text('interval')!),
    timeoutMs: text('timeout') === undefined ? undefined : timeMs(text('timeout')!),
    role: normalRole(text('role')),
    depth: text('OCF_CHECK_LEVEL'),
  };
}

/** `monitor RSC[:ROLE] INTERVAL[:TIMEOUT]` as the operation that it gives the resource. */
export function monitorOperation({ keyword, target, times, start, end }: MonitorStatement): { readonly resource: string; readonly operation: Operation } {
  const [resource, role] = parts(target);
  const [interval, timeout] = parts(times);
  const named: readonly (readonly [string, Word | undefined])[] = [['interval', interval], ['timeout', timeout], ['role', role]];
  const items = named.flatMap(([name, value]): NvPair[] => (value === undefined ? [] : [{ kind: 'pair', id: undefined, name: { ...value, text: name }, value, start: value.start, end: value.end }]));
  return { resource: resource!.text, operation: { kind: 'op', name: keyword, items, sets: [], start, end } };
}

/** What stands between the colons of a word. */
function parts(word: Word): Word[] {
  let start = word.start;
  return word.text.split(':').map((text) => {
    const part = { text, start, end: start + text.length };
    start = part.end + 1;
    return part;
  });
}

/** Roles without regard to old or new names and to case. */
export function normalRole(role: string | undefined): string | undefined {
  switch (role?.toLowerCase()) {
    case 'master':
    case 'promoted':
      return 'promoted';
    case 'slave':
    case 'unpromoted':
      return 'unpromoted';
    default:
      return role?.toLowerCase();
  }
}

/** Times are compared as times: `20`, `20s` and `20000ms` are equal. Undefined when it cannot be read. */
export function timeMs(text: string): number | undefined {
  const match = /^\s*(\d+)\s*(ms|msec|us|usec|s|sec|m|min|h|hr)?\s*$/i.exec(text);
  if (match !== null) return Number(match[1]) * (UNIT_MS.get((match[2] ?? 's').toLowerCase()) ?? 0);
  return /^\s*P/.test(text) ? parseInterval(text) : undefined;
}

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['us', 0.001], ['usec', 0.001], ['ms', 1], ['msec', 1], ['s', 1000], ['sec', 1000], ['m', 60_000], ['min', 60_000], ['h', 3_600_000], ['hr', 3_600_000],
]);

/** The attribute that counts: the resource's own, else its template's. */
export function parameter(resource: Resource, name: string): Attribute | undefined {
  return resource.params.find((one) => one.name === name) ?? resource.template?.params.find((one) => one.name === name);
}

export function ownMeta(resource: Resource, name: string): Attribute | undefined {
  return resource.meta.find((one) => one.name === name) ?? resource.template?.meta.find((one) => one.name === name);
}

/** Operations that count: the resource's own and those of its template that it does not name itself. */
export function effectiveOperations(resource: Resource): readonly OperationFacts[] {
  const inherited = resource.template?.operations ?? [];
  if (inherited.length === 0) return resource.operations;
  const own = new Set(resource.operations.map((one) => `${one.name} ${one.intervalMs} ${one.role}`));
  return [...resource.operations, ...inherited.filter((one) => !own.has(`${one.name} ${one.intervalMs} ${one.role}`))];
}

export function agentOf(resource: Resource): AgentName | undefined {
  return resource.agent ?? resource.template?.agent;
}

export function factsOf(resource: Resource): AgentFactsEntry | undefined {
  return resource.facts ?? resource.template?.facts;
}

/** Type of the agent, as most rules know it: `IPaddr2`, `fence_sbd`. */
export function typeOf(resource: Resource): string {
  return agentOf(resource)?.type ?? '';
}

export function isFenceDevice(resource: Resource): boolean {
  return agentOf(resource)?.class === 'stonith';
}

/** The clone or bundle the resource stands in, through a group if need be. */
export function cloneOf(resource: Resource): Resource | undefined {
  for (let here = resource.parent; here !== undefined; here = here.parent) if (here.kind === 'clone') return here;
  return undefined;
}

export function groupOf(resource: Resource): Resource | undefined {
  return resource.parent?.kind === 'group' ? resource.parent : undefined;
}

/** The outermost container, or the resource itself. */
export function topOf(resource: Resource): Resource {
  let here = resource;
  while (here.parent !== undefined) here = here.parent;
  return here;
}

/** All primitives at or below a resource. */
export function leavesOf(resource: Resource): Resource[] {
  return resource.kind === 'primitive' ? [resource] : resource.children.flatMap(leavesOf);
}

/** Whether it is known of all agents inside that none of them offers promote. */
export function leavesCannotPromote(clone: Resource): boolean {
  const leaves = leavesOf(clone);
  return leaves.length > 0 && leaves.every((leaf) => (factsOf(leaf)?.actions.length ?? 0) > 0 && factsOf(leaf)!.actions.every((one) => one.name !== 'promote'));
}

/** A clone that says `promotable=true`, or an `ms`. */
export function isPromotableClone(resource: Resource): boolean {
  if (resource.kind !== 'clone') return false;
  if (resource.statement.kind === 'ms') return true;
  return /^(?:true|yes|on|1|y)$/i.test(ownMeta(resource, 'promotable')?.value ?? '');
}
