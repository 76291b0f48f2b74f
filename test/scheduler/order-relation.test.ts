// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { Action, ActionFlag, OrderKind } from '../../src/scheduler/index.ts';
import { addRelation } from '../../src/scheduler/order/relation.ts';

const { order, implyThen, block } = OrderKind;

function anAction(id: number): Action {
  return new Action(id, `A${id}_start_0`, 'start_0', 'start', undefined, undefined, ActionFlag.runnable);
}

describe('a relation between two actions', () => {
  it('is refused when the pair already has one that shares a kind', () => {
    const [first, then] = [anAction(1), anAction(2)];
    expect(addRelation(first, then, order | implyThen)).toBe(true);
    expect(addRelation(first, then, order | block)).toBe(false);
    expect(then.before).toHaveLength(1);
  });

  it('is added beside one of other kinds', () => {
    const [first, then] = [anAction(1), anAction(2)];
    addRelation(first, then, order);
    expect(addRelation(first, then, implyThen)).toBe(true);
    expect(then.before.map((relation) => relation.kinds)).toEqual([order, implyThen]);
  });

  it('cannot be added again after it was dropped', () => {
    const [first, then] = [anAction(1), anAction(2)];
    addRelation(first, then, order);
    then.before[0]!.kinds = OrderKind.none;
    expect(addRelation(first, then, order)).toBe(false);
  });

  it('without kinds or without one side is none', () => {
    expect(addRelation(anAction(1), anAction(2), OrderKind.none)).toBe(false);
    expect(addRelation(undefined, anAction(2), order)).toBe(false);
  });

  it('is found among many successors as among few', () => {
    const first = anAction(1);
    const others = Array.from({ length: 100 }, (_, i) => anAction(i + 2));
    for (const then of others) expect(addRelation(first, then, order)).toBe(true);
    for (const then of others) expect(addRelation(first, then, order)).toBe(false);
    for (const then of others) expect(addRelation(first, then, implyThen)).toBe(true);
    expect(first.after).toHaveLength(200);
  });

  it('of an action to itself is refused', () => {
    const action = anAction(1);
    expect(addRelation(action, action, order)).toBe(false);
    expect(action.before).toEqual([]);
  });
});
