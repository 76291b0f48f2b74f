// SPDX-License-Identifier: GPL-2.0-or-later
/** Order constraints, simple and with sets. */
import { parseBoolean, parseInteger, type XmlElement } from '../../../cib/index.ts';
import { OrderKind, type Resource, type Scheduler } from '../../model/index.ts';
import { actionSide, addOrdering, orderTasks, side } from '../../order/ordering.ts';
import { requestPseudo } from '../../order/request.ts';
import { invertTask, orderKinds, readKind, readSymmetry, type ConstraintKind } from './order-kind.ts';
import { unpackOrderSets } from './order-sets.ts';
import { constraintResource, expandSets, referenceKinds, sidesToSets, type SideAttributes } from './references.ts';

const FIRST: SideAttributes = { name: 'first', role: 'first-action', setRole: 'action' };
const THEN: SideAttributes = { name: 'then', role: 'then-action', setRole: 'action' };

export function unpackOrder(scheduler: Scheduler, given: XmlElement): void {
  const expanded = expandSets(scheduler, given);
  if (expanded.first('resource_set') !== undefined) {
    unpackOrderSets(scheduler, expanded);
    return;
  }
  switch (referenceKinds(scheduler, expanded, [FIRST, THEN])) {
    case 'unknown':
      return;
    case 'resources':
      unpackSimple(scheduler, expanded);
      return;
    case 'tags':
      unpackOrderSets(scheduler, sidesToSets(scheduler, expanded, [FIRST, THEN]));
  }
}

function unpackSimple(scheduler: Scheduler, xml: XmlElement): void {
  const first = constraintResource(scheduler, xml.get('first'));
  const then = constraintResource(scheduler, xml.get('then'));
  if (first === undefined || then === undefined) return;
  const kind = readKind(scheduler, xml);
  const symmetry = readSymmetry(xml, kind);
  const firstTask = xml.get('first-action') ?? 'start';
  const thenTask = xml.get('then-action') ?? firstTask;
  const kinds = orderKinds(kind, firstTask, symmetry);
  const id = xml.id ?? '';
  const needed = neededInstances(first, xml);
  if (needed > 0) orderAfterSome(scheduler, id, { first, firstTask, needed }, then, thenTask, kinds);
  else orderTasks(scheduler, first, firstTask, then, thenTask, kinds, id);
  if (symmetry === 'symmetric') orderInverse(scheduler, id, kind, { resource: first, task: firstTask }, { resource: then, task: thenTask });
}

function orderInverse(scheduler: Scheduler, id: string, kind: ConstraintKind, first: { resource: Resource; task: string }, then: { resource: Resource; task: string }): void {
  const undoThen = invertTask(then.task);
  const undoFirst = invertTask(first.task);
  if (undoThen === undefined || undoFirst === undefined) return;
  orderTasks(scheduler, then.resource, undoThen, first.resource, undoFirst, orderKinds(kind, undoThen, 'inverse'), id);
}

/** How many instances of a clone are enough; 0 when the clone counts as a whole. */
function neededInstances(first: Resource, xml: XmlElement): number {
  if (first.kind !== 'clone') return 0;
  const cloneMin = first.meta.get('clone-min');
  if (cloneMin !== undefined) return Math.max(0, parseInteger(cloneMin) ?? 0);
  return parseBoolean(xml.get('require-all') ?? '') === false ? 1 : 0;
}

interface SomeInstances {
  readonly first: Resource;
  readonly firstTask: string;
  readonly needed: number;
}

/** Orders a resource after enough instances of a clone, by way of a pseudo-action that counts them. */
function orderAfterSome(scheduler: Scheduler, id: string, { first, firstTask, needed }: SomeInstances, then: Resource, thenTask: string, kinds: number): void {
  const met = requestPseudo(scheduler, `clone-one-or-more:${id}`, id);
  met.requiredRunnableBefore = needed;
  for (const instance of first.children) {
    addOrdering(scheduler, side(instance, firstTask), actionSide(met), OrderKind.min | OrderKind.graphThen, id);
  }
  addOrdering(scheduler, actionSide(met), side(then, thenTask), kinds | OrderKind.block, id);
}
