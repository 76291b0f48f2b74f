// SPDX-License-Identifier: GPL-2.0-or-later
/** Implicit constraints of a bundle: between it, its replicas and the implicit clone of the inner resource. */
import { INFINITY } from '../../../cib/index.ts';
import { OrderKind, Role, type Bundle, type Replica, type Resource, type Scheduler } from '../../model/index.ts';
import { addColocation } from '../../unpack/constraints/add-colocation.ts';
import { orderTasks } from '../ordering.ts';
import { orderPromotableRestart } from './clone.ts';
import { constrainResource } from './implicit.ts';

const { block, graphFirst, graphThen, guestOk, implyFirst } = OrderKind;

export function constrainBundle(scheduler: Scheduler, bundle: Bundle): void {
  for (const replica of bundle.replicas) constrainReplica(scheduler, bundle, replica);
  const inner = bundle.clone;
  if (inner === undefined) return;
  const relate = (first: Resource, firstTask: string, then: Resource, thenTask: string, kinds: number): void =>
    orderTasks(scheduler, first, firstTask, then, thenTask, kinds, bundle.id);
  relate(bundle, 'start', inner, 'start', graphFirst);
  relate(inner, 'running', bundle, 'running', graphThen);
  relate(bundle, 'stop', inner, 'stop', graphFirst);
  relate(inner, 'stopped', bundle, 'stopped', graphThen);
  constrainResource(scheduler, inner);
  if (!inner.isPromotable) return;
  orderPromotableRestart(scheduler, bundle);
  relate(bundle, 'demote', inner, 'demote', graphFirst);
  relate(inner, 'demoted', bundle, 'demoted', graphThen);
  relate(bundle, 'promote', inner, 'promote', graphFirst);
  relate(inner, 'promoted', bundle, 'promoted', graphThen);
}

function constrainReplica(scheduler: Scheduler, bundle: Bundle, { container, ip, remote, inner }: Replica): void {
  const relate = (first: Resource, firstTask: string, then: Resource, thenTask: string, kinds: number): void =>
    orderTasks(scheduler, first, firstTask, then, thenTask, kinds, bundle.id);
  constrainResource(scheduler, container);
  relate(bundle, 'start', container, 'start', block | graphFirst);
  if (inner !== undefined) relate(bundle, 'stop', inner, 'stop', graphFirst);
  relate(bundle, 'stop', container, 'stop', graphFirst);
  relate(container, 'start', bundle, 'running', graphThen);
  relate(container, 'stop', bundle, 'stopped', graphThen);
  if (ip !== undefined) {
    constrainResource(scheduler, ip);
    relate(ip, 'start', container, 'start', block | guestOk);
    relate(container, 'stop', ip, 'stop', implyFirst | guestOk);
    addColocation(scheduler, {
      id: '#ip-with-container',
      dependent: ip,
      primary: container,
      dependentRole: Role.unknown,
      primaryRole: Role.unknown,
      score: INFINITY,
      nodeAttribute: '#uname',
      hasInfluence: true,
      isExplicit: false,
    });
  }
  if (remote !== undefined) constrainResource(scheduler, remote);
}
