// SPDX-License-Identifier: GPL-2.0-or-later
/** Implicit constraints of a clone and its instances. */
import { OrderKind, type Clone, type Resource, type Scheduler } from '../../model/index.ts';
import { orderTasks } from '../ordering.ts';
import { sortByInstanceNumber } from '../instance-number.ts';
import { constrainResource } from './implicit.ts';

const { order, block, graphFirst, graphThen } = OrderKind;

export function constrainClone(scheduler: Scheduler, clone: Clone): void {
  const relate = (first: Resource, firstTask: string, then: Resource, thenTask: string, kinds: number): void =>
    orderTasks(scheduler, first, firstTask, then, thenTask, kinds, clone.id);
  relate(clone, 'stopped', clone, 'start', order);
  relate(clone, 'start', clone, 'running', block);
  relate(clone, 'stop', clone, 'stopped', block);
  if (clone.isPromotable) {
    relate(clone, 'demoted', clone, 'stop', order);
    relate(clone, 'running', clone, 'promote', block);
  }
  if (clone.isOrdered) sortByInstanceNumber(clone);
  clone.children.forEach((instance, at) => {
    constrainResource(scheduler, instance);
    relate(clone, 'start', instance, 'start', block | graphFirst);
    relate(instance, 'start', clone, 'running', graphThen);
    relate(clone, 'stop', instance, 'stop', graphFirst);
    relate(instance, 'stop', clone, 'stopped', graphThen);
    if (!clone.isOrdered) return;
    // Only some instances may start or stop, so each is ordered against every later one: as many as there are pairs.
    for (let i = at + 1; i < clone.children.length; i++) {
      relate(instance, 'start', clone.children[i]!, 'start', order);
      relate(clone.children[i]!, 'stop', instance, 'stop', order);
    }
  });
  if (clone.isPromotable) orderPromotion(scheduler, clone);
}

/** Demote, stop, start, promote: in this order for the whole collective. */
export function orderPromotableRestart(scheduler: Scheduler, collective: Resource): void {
  const steps = [
    ['stopped', 'start'],
    ['stopped', 'promote'],
    ['demoted', 'stop'],
    ['demoted', 'start'],
    ['demoted', 'promote'],
    ['running', 'promote'],
    ['demote', 'demoted'],
  ] as const;
  for (const [first, then] of steps) orderTasks(scheduler, collective, first, collective, then, order, collective.id);
}

function orderPromotion(scheduler: Scheduler, clone: Clone): void {
  orderPromotableRestart(scheduler, clone);
  let previous: Resource | undefined;
  for (const instance of clone.children) {
    const relate = (first: Resource, firstTask: string, then: Resource, thenTask: string, kinds: number): void =>
      orderTasks(scheduler, first, firstTask, then, thenTask, kinds, clone.id);
    relate(instance, 'demote', instance, 'promote', order);
    relate(clone, 'promote', instance, 'promote', order);
    relate(instance, 'promote', clone, 'promoted', order);
    if (previous !== undefined && clone.isOrdered) relate(previous, 'promote', instance, 'promote', order);
    relate(clone, 'demote', instance, 'demote', graphFirst);
    relate(instance, 'demote', clone, 'demoted', graphThen);
    if (previous !== undefined && clone.isOrdered) relate(instance, 'demote', previous, 'demote', order);
    previous = instance;
  }
}
