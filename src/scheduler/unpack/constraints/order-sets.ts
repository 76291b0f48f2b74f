// SPDX-License-Identifier: GPL-2.0-or-later
/** Order constraints with resource sets: inside each set, then between each set and the one before it. */
import { isTrue, parseBoolean, type XmlElement } from '../../../cib/index.ts';
import { OrderKind, type Resource, type Scheduler } from '../../model/index.ts';
import { actionSide, addOrdering, orderTasks, side } from '../../order/ordering.ts';
import { requestPseudo } from '../../order/request.ts';
import { invertTask, orderKinds, readKind, readSymmetry, type ConstraintKind, type Symmetry } from './order-kind.ts';
import { setMembers } from './references.ts';

export function unpackOrderSets(scheduler: Scheduler, xml: XmlElement): void {
  const kind = readKind(scheduler, xml);
  const symmetry = readSymmetry(xml, kind);
  const id = xml.id ?? '';
  let last: OrderedSet | undefined;
  for (const element of xml.elements('resource_set')) {
    const members = setMembers(scheduler, element);
    if (members === undefined) return;
    const set: OrderedSet = { xml: element, members, task: element.get('action') ?? 'start' };
    orderMembers(scheduler, id, set, { kind, symmetrical: xml.get('symmetrical') });
    if (last !== undefined) {
      orderSets(scheduler, id, last, set, kind, symmetry);
      if (symmetry === 'symmetric') orderSets(scheduler, id, set, last, kind, 'inverse');
    }
    last = set;
  }
}

interface OrderedSet {
  readonly xml: XmlElement;
  readonly members: readonly Resource[];
  readonly task: string;
}

interface Inherited {
  readonly kind: ConstraintKind;
  readonly symmetrical: string | undefined;
}

function orderMembers(scheduler: Scheduler, id: string, { xml, members, task }: OrderedSet, inherited: Inherited): void {
  if (members.length < 2) return;
  const kind = xml.has('kind') ? readKind(scheduler, xml) : inherited.kind;
  const symmetry = readSymmetry(xml, kind, inherited.symmetrical);
  const isSequential = parseBoolean(xml.get('sequential') ?? '') ?? true;
  const kinds = orderKinds(kind, task, symmetry);
  if (kind === 'Serialize') serialize(scheduler, id, members, task, kinds);
  else if (isSequential) eachPair(members, (first, then) => orderTasks(scheduler, first, task, then, task, kinds, id));
  const undo = invertTask(task);
  if (symmetry === 'asymmetric' || !isSequential || undo === undefined) return;
  const inverse = orderKinds(kind, undo, 'inverse');
  eachPair(members, (first, then) => orderTasks(scheduler, then, undo, first, undo, inverse, id));
}

/** Any two of the members must not act at the same time, so every pair gets an ordering. */
function serialize(scheduler: Scheduler, id: string, members: readonly Resource[], task: string, kinds: number): void {
  members.forEach((first, i) => {
    for (const then of members.slice(i + 1)) orderTasks(scheduler, first, task, then, task, kinds, id);
  });
}

function eachPair(members: readonly Resource[], visit: (first: Resource, then: Resource) => void): void {
  for (let i = 1; i < members.length; i++) visit(members[i - 1]!, members[i]!);
}

function orderSets(scheduler: Scheduler, id: string, first: OrderedSet, then: OrderedSet, kind: ConstraintKind, symmetry: Symmetry): void {
  const isInverse = symmetry === 'inverse';
  const firstTask = isInverse ? invertTask(first.task) : first.task;
  const thenTask = isInverse ? invertTask(then.task) : then.task;
  if (firstTask === undefined || thenTask === undefined) return;
  const kinds = orderKinds(kind, firstTask, symmetry);
  // Whether one is enough matters only on the way up: on the way down all have to wait.
  const isDown = firstTask === 'stop' || firstTask === 'demote';
  if (!isDown && parseBoolean(first.xml.get('require-all') ?? '') === false) {
    orderAfterAny(scheduler, id, { ...first, task: firstTask }, { ...then, task: thenTask }, kinds);
    return;
  }
  for (const a of edge(first, isInverse ? 'first' : 'last')) {
    for (const b of edge(then, isInverse ? 'last' : 'first')) orderTasks(scheduler, a, firstTask, b, thenTask, kinds, id);
  }
}

/** A set that says it is sequential is represented by one member; any other by all. */
function edge({ xml, members }: OrderedSet, which: 'first' | 'last'): readonly Resource[] {
  if (!isTrue(xml.get('sequential'))) return members;
  return which === 'first' ? members.slice(0, 1) : members.slice(-1);
}

function orderAfterAny(scheduler: Scheduler, id: string, first: OrderedSet, then: OrderedSet, kinds: number): void {
  const any = requestPseudo(scheduler, `one-or-more:${first.xml.id ?? ''}`, id);
  any.requiredRunnableBefore = 1;
  for (const member of first.members) addOrdering(scheduler, side(member, first.task), actionSide(any), OrderKind.min | OrderKind.graphThen, id);
  for (const member of then.members) addOrdering(scheduler, actionSide(any), side(member, then.task), kinds | OrderKind.block, id);
}
