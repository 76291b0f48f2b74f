// SPDX-License-Identifier: GPL-2.0-or-later
/** Implicit constraints of a group and its members. */
import { INFINITY } from '../../../cib/index.ts';
import { OrderKind, Role, topResource, type Group, type Resource, type Scheduler } from '../../model/index.ts';
import { addColocation } from '../../unpack/constraints/add-colocation.ts';
import { orderTasks } from '../ordering.ts';
import { constrainResource } from './implicit.ts';

const { order, implyThen, implyFirst, block, restart, graphFirst, graphThen, none } = OrderKind;

/** Where in the row of members the walk is. */
interface Position {
  readonly scheduler: Scheduler;
  readonly group: Group;
  readonly isPromotable: boolean;
  previous: Resource | undefined;
  lastActive: Resource | undefined;
}

export function constrainGroup(scheduler: Scheduler, group: Group): void {
  orderTasks(scheduler, group, 'stop', group, 'stopped', block, group.id);
  orderTasks(scheduler, group, 'stopped', group, 'start', order, group.id);
  orderTasks(scheduler, group, 'start', group, 'running', block, group.id);
  const isPromotable = topResource(group).isPromotable;
  const position: Position = { scheduler, group, isPromotable, previous: undefined, lastActive: undefined };
  for (const member of group.children) constrainMember(position, member);
}

function constrainMember(position: Position, member: Resource): void {
  const { scheduler, group, isPromotable, previous } = position;
  constrainResource(scheduler, member);
  if (previous !== undefined && group.isColocated) colocate(scheduler, group, member, previous);
  const isFirstOrdered = previous === undefined && group.isOrdered;
  const down = graphFirst | (isFirstOrdered ? order : 0);
  const afterDown = isFirstOrdered ? implyThen : graphThen;
  const up = block | implyThen | graphThen;
  const relate = relation(position);
  if (isPromotable) {
    relate(group, 'demote', member, 'demote', down);
    relate(member, 'demote', group, 'demoted', afterDown);
    relate(member, 'promote', group, 'promoted', up);
    relate(group, 'promote', member, 'promote', graphFirst);
  }
  relate(group, 'stop', member, 'stop', down);
  relate(member, 'stop', group, 'stopped', afterDown);
  relate(group, 'start', member, 'start', graphFirst);
  relate(member, 'start', group, 'running', up);
  if (!group.isOrdered) followGroup(position, member, implyThen | block | graphFirst);
  else if (previous === undefined) followGroup(position, member, none);
  else followPrevious(position, member, previous);
  stopPartsInSequence(position, member);
  position.previous = member;
}

type Relate = (first: Resource, firstTask: string, then: Resource, thenTask: string, kinds: number) => void;

function relation({ scheduler, group }: Position): Relate {
  return (first, firstTask, then, thenTask, kinds) => orderTasks(scheduler, first, firstTask, then, thenTask, kinds, group.id);
}

function colocate(scheduler: Scheduler, group: Group, member: Resource, previous: Resource): void {
  addColocation(scheduler, {
    id: `#group-members:${group.id}`,
    dependent: member,
    primary: previous,
    dependentRole: Role.unknown,
    primaryRole: Role.unknown,
    score: INFINITY,
    nodeAttribute: '#uname',
    hasInfluence: member.isCritical,
    isExplicit: false,
  });
}

function followGroup(position: Position, member: Resource, kinds: number): void {
  const relate = relation(position);
  relate(position.group, 'start', member, 'start', kinds);
  if (position.isPromotable) relate(position.group, 'promote', member, 'promote', kinds);
}

function followPrevious(position: Position, member: Resource, previous: Resource): void {
  const relate = relation(position);
  relate(previous, 'start', member, 'start', implyThen | block);
  relate(member, 'stop', previous, 'stop', order | restart);
  // A member put into the middle of a running group starts only after the later ones have stopped.
  if (member.runningOn.length > 0 && previous.runningOn.length === 0) relate(member, 'stop', previous, 'start', implyFirst | block);
  if (!position.isPromotable) return;
  relate(previous, 'promote', member, 'promote', implyThen | block);
  relate(member, 'demote', previous, 'demote', order);
}

/** A partly active group stops in sequence over the gaps. */
function stopPartsInSequence(position: Position, member: Resource): void {
  if (member.runningOn.length === 0) return;
  const { group, previous, lastActive } = position;
  if (group.isOrdered && previous !== undefined && previous.runningOn.length === 0 && lastActive !== undefined) {
    relation(position)(member, 'stop', lastActive, 'stop', order);
  }
  position.lastActive = member;
}
