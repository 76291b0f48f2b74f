// SPDX-License-Identifier: GPL-2.0-or-later
/** Capacities of nodes, and what is taken from them by what is assigned. */
import type { Node } from '../model/index.ts';

/** Negative when `a` has more to offer: each attribute in which one node has more counts once. */
export function compareCapacities(a: Node, b: Node): number {
  let balance = 0;
  for (const [name, capacity] of a.utilization) balance += Math.sign((b.utilization.get(name) ?? 0) - capacity);
  for (const [name, capacity] of b.utilization) if (!a.utilization.has(name)) balance += Math.sign(capacity);
  return balance;
}

/** Whether a node has room for every amount. */
export function hasRoom(node: Node, needed: ReadonlyMap<string, number>): boolean {
  for (const [name, amount] of needed) if ((node.utilization.get(name) ?? 0) < amount) return false;
  return true;
}

/** Takes capacity from a node. What it has never had any of is 0 afterwards. */
export function consume(node: Node, amounts: ReadonlyMap<string, number>): void {
  for (const [name, amount] of amounts) {
    const present = node.utilization.get(name);
    node.utilization.set(name, present === undefined ? 0 : present - amount);
  }
}

/** Gives capacity back, also what was not taken because there was none: the reference does so. */
export function release(node: Node, amounts: ReadonlyMap<string, number>): void {
  for (const [name, amount] of amounts) node.utilization.set(name, (node.utilization.get(name) ?? 0) + amount);
}
