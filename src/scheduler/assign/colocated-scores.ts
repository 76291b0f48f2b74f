// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Scores that colocated resources have for nodes, added to those of the resource being placed. Wishes travel over
 * chains of colocations, at each step weakened by the score of the colocation.
 */
import { addScores, INFINITY } from '../../cib/index.ts';
import { ABSENT, type NodeTable, type Colocation, type Node, type Resource, type Scheduler } from '../model/index.ts';
import { hasUsableNode } from './availability.ts';
import { colocationValue } from './colocation-attribute.ts';
import { thisWithColocations, withThisColocations } from './colocation-lists.ts';
import { hasInfluence } from './influence.ts';
import { isNeutral, isSettled } from './neutral.ts';

export interface SelectMode {
  /** A positive score must not become negative; such nodes end up just allowed. */
  readonly nonNegative: boolean;
  /** Scores are dropped when they leave no node to be active on. */
  readonly active: boolean;
  /** Follow the colocations in which the source is the dependent, not those in which it is the primary. */
  readonly thisWith: boolean;
}

export const PLAIN: SelectMode = { nonNegative: false, active: false, thisWith: false };

/** Nodes are the same place when they have the same name, unless the colocation says otherwise. */
const NAME = '#uname';

/** Marks a node that would have become negative. */
const UNUSABLE = -100 * INFINITY;

export interface ColocatedScores {
  readonly source: Resource;
  /** The resource being placed; the source itself when there is no table yet. */
  readonly target: Resource | undefined;
  readonly colocation: Colocation | undefined;
  readonly factor: number;
  readonly mode: SelectMode;
}

/**
 * The table with the source's scores added; the given one when they are not to be used. Chains of colocations can be as long
 * as the configuration, so what is under way is kept on a list instead of the call stack.
 */
export function withColocatedScores(scheduler: Scheduler, table: NodeTable | undefined, request: ColocatedScores): NodeTable | undefined {
  const first = begin(scheduler, table, request);
  if (first === undefined) return table;
  const underWay = [first];
  try {
    for (let here = first; ; ) {
      const next = follow(scheduler, here);
      if (next !== undefined) {
        underWay.push(next);
        here = next;
        continue;
      }
      const result = end(here);
      underWay.pop();
      const behind = underWay.at(-1);
      if (behind === undefined) return result;
      behind.work = result;
      here = behind;
    }
  } finally {
    for (const merge of underWay) release(merge);
  }
}

/** One source whose scores, and those of what is colocated with it, are being added. */
interface Merge {
  readonly request: ColocatedScores;
  readonly target: Resource;
  /** The group that the source speaks for. */
  readonly group: Resource | undefined;
  /** What the scores are dropped for when they leave no usable node. */
  readonly unchanged: NodeTable | undefined;
  work: NodeTable;
  /** Colocations to follow, and how far that has come. */
  readonly colocations: readonly Colocation[];
  at: number;
}

/** Undefined when the source adds nothing. */
function begin(scheduler: Scheduler, table: NodeTable | undefined, request: ColocatedScores): Merge | undefined {
  if (isWithoutEffect(scheduler, table, request)) return undefined;
  const member = speaker(table, request.source);
  if (member === undefined) return undefined;
  const group = member === request.source ? undefined : request.source;
  const ofMember = group === undefined ? request : { ...request, source: member };
  if (group !== undefined && isWithoutEffect(scheduler, table, ofMember)) return undefined;
  member.isMerging = true;
  if (group !== undefined) group.isMerging = true;
  const target = table === undefined ? member : request.target!;
  const work = (table ?? member.allowedNodes).copy();
  if (table !== undefined) addMatching(scheduler, work, ofMember, target);
  const isUsable = hasUsableNode(work);
  const colocations = !isUsable ? [] : request.mode.thisWith ? thisWithColocations(member) : withThisColocations(member);
  return { request: ofMember, target, group, unchanged: !isUsable && request.mode.active ? table : undefined, work, colocations, at: 0 };
}

function isWithoutEffect(scheduler: Scheduler, table: NodeTable | undefined, request: ColocatedScores): boolean {
  return request.source.isMerging || (table !== undefined && !request.mode.thisWith && hasNoEffect(scheduler, table, request));
}

/** Long chains of resources without any wishes would otherwise be walked for every resource at their head. */
function hasNoEffect(scheduler: Scheduler, table: NodeTable, { source, colocation }: ColocatedScores): boolean {
  // Members of a group that are dependents themselves take the group's locations along.
  if (colocation?.isExplicit === true && colocation.dependent === source && source.parent?.kind === 'group') return false;
  return isNeutral(scheduler, source) && isSettled(table);
}

/** Members are chained to each other, so one end of the chain speaks for the group. */
function speaker(table: NodeTable | undefined, source: Resource): Resource | undefined {
  if (source.kind !== 'group') return source;
  return table === undefined ? source.children.at(-1) : source.children[0];
}

/** The next of what is colocated with the source; undefined when all have been added. */
function follow(scheduler: Scheduler, here: Merge): Merge | undefined {
  const { factor } = here.request;
  const mode = { ...here.request.mode, active: true };
  for (let colocation = here.colocations[here.at++]; colocation !== undefined; colocation = here.colocations[here.at++]) {
    if (!mode.thisWith && !hasInfluence(colocation)) continue;
    const source = mode.thisWith ? colocation.primary : colocation.dependent;
    const next = begin(scheduler, here.work, { source, target: here.target, colocation, factor: colocationFactor(colocation, factor), mode });
    if (next !== undefined) return next;
  }
  return undefined;
}

function end(here: Merge): NodeTable {
  release(here);
  if (here.unchanged !== undefined) return here.unchanged;
  const { work } = here;
  if (here.request.mode.nonNegative) for (const node of work.nodes()) if (work.score(node) === UNUSABLE) work.setScore(node, 1);
  return work;
}

function release({ request, group }: Merge): void {
  request.source.isMerging = false;
  if (group !== undefined) group.isMerging = false;
}

/** The reference calculates in single precision, and scores show it. */
export function colocationFactor(colocation: Colocation, factor = 1): number {
  return Math.fround(Math.fround(Math.fround(factor) * colocation.score) / INFINITY);
}

function addMatching(scheduler: Scheduler, work: NodeTable, request: ColocatedScores, target: Resource): void {
  const { source, colocation, factor, mode } = request;

  const bestFor = bestScores(scheduler, source, colocation);
  for (const node of work.nodes()) {
    const score = bestFor(node, target);
    if (factor < 0 && score < 0 && !mayAvoidShared(colocation, score)) continue;
    const present = work.score(node);
    if (present === UNUSABLE) continue;
    const delta = scaled(factor, score);
    const sum = addScores(delta, present);
    if (mode.nonNegative && sum < 0 && present >= 0) {
      if (present > 0) work.setScore(node, UNUSABLE);
      continue;
    }
    work.setScore(node, sum);
  }
}

/**
 * A dependent that must be elsewhere and avoids a node does not make the primary like that node, unless the dependent
 * has no other choice than the node the primary may leave.
 */
function mayAvoidShared(colocation: Colocation | undefined, score: number): boolean {
  if (colocation === undefined || colocation.primary.stickiness >= -score || !hasInfluence(colocation)) return false;
  const { allowedNodes } = colocation.dependent;
  return allowedNodes.nodes().filter((node) => allowedNodes.score(node) >= 0).length === 1;
}

/** Rounded half away from zero; something small counts at least 1. */
function scaled(factor: number, score: number): number {
  const exact = Math.fround(factor * score);
  const rounded = Math.trunc(exact < 0 ? exact - 0.5 : exact + 0.5);
  if (rounded !== 0 || score === 0 || factor === 0) return rounded + 0;
  return factor > 0 ? 1 : -1;
}

type BestScore = (node: Node, target: Resource) => number;

/** The best score the source has for any usable node that counts as the same place. */
function bestScores(scheduler: Scheduler, source: Resource, colocation: Colocation | undefined): BestScore {
  const attribute = colocation?.nodeAttribute ?? NAME;
  const table = tableWithGroupLocations(source, colocation);
  // Without Pacemaker Remote nodes a name means just one node.
  if (attribute === NAME && !scheduler.hasRemoteNodes) {
    return (node) => (node.isAvailable ? Math.max(-INFINITY, table.score(node)) : -INFINITY);
  }
  const best = new Map<string | undefined, number>();
  for (const node of table.nodes()) {
    if (!node.isAvailable) continue;
    const value = colocationValue(node, attribute, source);
    best.set(value, Math.max(best.get(value) ?? -INFINITY, table.score(node)));
  }
  return (node, target) => best.get(colocationValue(node, attribute, target)) ?? -INFINITY;
}

/** A group's locations reach only its first member, so for another one that is a dependent itself they are added here. */
function tableWithGroupLocations(source: Resource, colocation: Colocation | undefined): NodeTable {
  const group = source.parent;
  const isLater = group?.kind === 'group' && group.children[0] !== source;
  if (!isLater || colocation?.dependent !== source || !colocation.isExplicit) return source.allowedNodes;
  const table = source.allowedNodes.copy();
  for (const location of group.locations) {
    if (location.role !== 0 && location.role !== source.nextRole) continue;
    for (const { node, score } of location.nodes) table.put(node, table.score(node) === ABSENT ? score : addScores(table.score(node), score), table.probeMode(node));
  }
  return table;
}
