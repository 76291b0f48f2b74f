// SPDX-License-Identifier: GPL-2.0-or-later
/** Loops in a directed graph. */

/** Nodes of the first loop met, in the order of the edges; empty when there is none. Linear in the edges. */
export function cycleMembers(edges: readonly (readonly [string, string])[]): ReadonlySet<string> {
  const next = new Map<string, string[]>();
  for (const [from, to] of edges) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  for (const start of next.keys()) {
    const loop = loopFrom(start, next, done);
    if (loop !== undefined) return loop;
  }
  return new Set();
}

function loopFrom(start: string, next: ReadonlyMap<string, readonly string[]>, done: Set<string>): Set<string> | undefined {
  const path: string[] = [];
  const onPath = new Set<string>();
  // An explicit stack: chains of thousands of constraints are real. Each entry is a node and the edge to try.
  const stack: { node: string; edge: number }[] = [{ node: start, edge: 0 }];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    if (top.edge === 0) {
      if (done.has(top.node)) {
        stack.pop();
        continue;
      }
      path.push(top.node);
      onPath.add(top.node);
    }
    const to = next.get(top.node)?.[top.edge++];
    if (to === undefined) {
      done.add(top.node);
      onPath.delete(path.pop()!);
      stack.pop();
    } else if (onPath.has(to)) return new Set(path.slice(path.indexOf(to)));
    else stack.push({ node: to, edge: 0 });
  }
  return undefined;
}
