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

/** The table with the source's scores added; the given one when they are not to be used. */
export function withColocatedScores(scheduler: Scheduler, table: NodeTable | undefined, request: ColocatedScores): NodeTable | undefined {
  const { source } = request;
  if (source.isMerging) return table;
  if (table !== undefined && !request.mode.thisWith && hasNoEffect(scheduler, table, request)) return table;
  if (source.kind === 'group') return throughMember(scheduler, table, request);
  source.isMerging = true;
  try {
    return merge(scheduler, table, request);
  } finally {
    source.isMerging = false;
  }
}

/** Long chains of resources without any wishes would otherwise be walked for every resource at their head. */
function hasNoEffect(scheduler: Scheduler, table: NodeTable, { source, colocation }: ColocatedScores): boolean {
  // Members of a group that are dependents themselves take the group's locations along.
  if (colocation?.isExplicit === true && colocation.dependent === source && source.parent?.kind === 'group') return false;
  return isNeutral(scheduler, source) && isSettled(table);
}

/** Members are chained to each other, so one end of the chain speaks for the group. */
function throughMember(scheduler: Scheduler, table: NodeTable | undefined, request: ColocatedScores): NodeTable | undefined {
  const group = request.source;
  const member = table === undefined ? group.children[group.children.length - 1] : group.children[0];
  if (member === undefined) return table;
  group.isMerging = true;
  try {
    return withColocatedScores(scheduler, table, { ...request, source: member });
  } finally {
    group.isMerging = false;
  }
}

function merge(scheduler: Scheduler, table: NodeTable | undefined, request: ColocatedScores): NodeTable | undefined {
  const { source, mode } = request;
  const target = table === undefined ? source : request.target!;
  let work = (table ?? source.allowedNodes).copy();
  if (table !== undefined) addMatching(scheduler, work, request, target);
  if (hasUsableNode(work)) work = follow(scheduler, work, request, target);
  else if (mode.active) return table;
  if (mode.nonNegative) for (const node of work.nodes()) if (work.score(node) === UNUSABLE) work.setScore(node, 1);
  return work;
}

/** Adds the scores of what is colocated with the source. */
function follow(scheduler: Scheduler, table: NodeTable, request: ColocatedScores, target: Resource): NodeTable {
  const { source, factor } = request;
  const mode = { ...request.mode, active: true };
  let work = table;
  for (const colocation of mode.thisWith ? thisWithColocations(source) : withThisColocations(source)) {
    if (!mode.thisWith && !hasInfluence(colocation)) continue;
    const other = mode.thisWith ? colocation.primary : colocation.dependent;
    const weaker = colocationFactor(colocation, factor);
    work = withColocatedScores(scheduler, work, { source: other, target, colocation, factor: weaker, mode }) ?? work;
  }
  return work;
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
    if (delta !== 0) scheduler.recorder?.note({ kind: 'score', resource: target.id, node: node.name, score: delta, cause: colocation?.id ?? source.id });
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
