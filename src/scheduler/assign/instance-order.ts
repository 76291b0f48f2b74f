// SPDX-License-Identifier: GPL-2.0-or-later
/** The order in which instances of a clone, or containers of a bundle, are given nodes. */
import { activeNodes, NodeTable, sortList, type Node, type Resource, type Scheduler } from '../model/index.ts';
import { colocationFactor, PLAIN, withColocatedScores } from './colocated-scores.ts';
import { thisWithColocations, withThisColocations } from './colocation-lists.ts';
import { hasInfluence } from './influence.ts';

/** Sorts in place. */
export function sortInstances(scheduler: Scheduler, instances: Resource[]): void {
  instances.splice(0, instances.length, ...sortList(instances, instanceOrder(scheduler)));
}

/** A comparison for one sort; what is looked up for an instance is kept, because nothing changes meanwhile. */
export function instanceOrder(scheduler: Scheduler): (a: Resource, b: Resource) => number {
  const situations = new Map<Resource, Situation>();
  const situationOf = (instance: Resource): Situation => {
    let known = situations.get(instance);
    if (known === undefined) situations.set(instance, (known = new Situation(scheduler, instance)));
    return known;
  };
  return (a, b) => compareInstances(situationOf(a), situationOf(b));
}

/** What matters about one instance. */
class Situation {
  readonly instance: Resource;
  readonly activeCount: number;
  readonly canStay: boolean;
  /** Current node, unless the instance must leave it. */
  readonly node: Node | undefined;
  readonly hasFailed: boolean;
  readonly number: number;
  readonly #scheduler: Scheduler;
  #colocated: number | undefined;

  constructor(scheduler: Scheduler, instance: Resource) {
    const { current, all } = activeNodes(instance);
    this.#scheduler = scheduler;
    this.instance = instance;
    this.activeCount = all;
    this.canStay = current === undefined || (instance.allowedNodes.has(current) && instance.allowedNodes.score(current) >= 0);
    this.node = this.canStay ? current : undefined;
    this.hasFailed = hasFailed(instance);
    this.number = instanceNumber(instance);
  }

  /** Score of the current node by colocations alone. */
  get colocated(): number {
    return (this.#colocated ??= colocatedScore(this.#scheduler, this.instance));
  }
}

function compareInstances(a: Situation, b: Situation): number {
  if (a.activeCount > 0 && b.activeCount > 0 && a.activeCount !== b.activeCount) return a.activeCount - b.activeCount;
  if (a.canStay !== b.canStay) return a.canStay ? -1 : 1;
  if (a.instance.priority !== b.instance.priority) return b.instance.priority - a.instance.priority;
  if (a.node === undefined || b.node === undefined) return presence(a.node, b.node);
  if (a.node.isAvailable !== b.node.isAvailable) return a.node.isAvailable ? -1 : 1;
  const tables = [a.instance.parent?.allowedNodes, b.instance.parent?.allowedNodes] as const;
  const [allowedA, allowedB] = [tables[0]?.has(a.node) === true, tables[1]?.has(b.node) === true];
  if (!allowedA || !allowedB) return allowedA === allowedB ? 0 : allowedA ? -1 : 1;
  const counts = tables[0]!.count(a.node) - tables[1]!.count(b.node);
  if (counts !== 0) return counts;
  if (a.hasFailed !== b.hasFailed) return a.hasFailed ? 1 : -1;
  if (a.colocated !== b.colocated) return b.colocated - a.colocated;
  return a.number - b.number;
}

/** With a node before without. */
function presence(a: Node | undefined, b: Node | undefined): number {
  if (a === undefined && b === undefined) return 0;
  return a === undefined ? 1 : -1;
}

function hasFailed(resource: Resource): boolean {
  return resource.isFailed || resource.children.some(hasFailed);
}

/** Digits after the last `:` of an instance, or after the last `-` of a container. */
export function instanceNumber(instance: Resource): number {
  const separator = instance.parent?.kind === 'bundle' ? '-' : ':';
  const digits = instance.id.slice(instance.id.lastIndexOf(separator) + 1);
  return /^\d+$/.test(digits) ? Number(digits) : -1;
}

function colocatedScore(scheduler: Scheduler, instance: Resource): number {
  const node = activeNodes(instance).current!;
  let table = NodeTable.empty(scheduler.nodesByIndex, scheduler.layout);
  table.put(node, node.score);
  const add = (source: Resource, colocation: Parameters<typeof hasInfluence>[0], nonNegative: boolean): void => {
    const request = { source, target: instance, colocation, factor: colocationFactor(colocation), mode: { ...PLAIN, nonNegative } };
    table = withColocatedScores(scheduler, table, request) ?? table;
  };
  for (const colocation of thisWithColocations(instance)) add(colocation.primary, colocation, false);
  for (const colocation of withThisColocations(instance)) if (hasInfluence(colocation, instance)) add(colocation.dependent, colocation, true);
  return table.score(node);
}
