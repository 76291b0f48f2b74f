// SPDX-License-Identifier: GPL-2.0-or-later
/** Nodes of an embedded cluster as words: `NAME`, or `ID:NAME` where the id has to stay what it was because other nodes have gone. */
import type { ClusterNode } from '../membership/membership.ts';

const WORD = /^(?:([1-9]\d{0,8}):)?([A-Za-z0-9][A-Za-z0-9._-]{0,62})$/;
/** More virtual nodes than this in one process would only wait for each other. */
export const NODE_LIMIT = 32;

/** In the order of their ids; those without one get the lowest that is free, in the order of the words. A sentence when the words do not fit. */
export function readNodeWords(words: readonly string[]): readonly ClusterNode[] | string {
  const found = words.map((word) => WORD.exec(word));
  const wrong = words.find((_, i) => found[i] === null);
  if (wrong !== undefined) return `"${wrong}" cannot be the name of a node: letters, digits, ".", "_" and "-" can stand in it`;
  if (words.length < 1 || words.length > NODE_LIMIT) return `a cluster has 1 to ${NODE_LIMIT} nodes, not ${words.length}`;
  const given = found.map((match) => ({ id: match![1] === undefined ? undefined : Number(match![1]), name: match![2]! }));
  const twice = given.find(({ id, name }, i) => given.slice(0, i).some((other) => other.name === name || (id !== undefined && other.id === id)));
  if (twice !== undefined) return given.filter(({ name }) => name === twice.name).length > 1 ? `node ${twice.name} is named twice` : `two nodes have the id ${twice.id}`;
  const taken = new Set(given.map(({ id }) => id));
  let next = 1;
  const nodes = given.map(({ id, name }) => {
    if (id !== undefined) return { id, name };
    while (taken.has(next)) next++;
    return { id: next++, name };
  });
  return nodes.sort((a, b) => a.id - b.id);
}

/** So many nodes, node1 and on, without names that are taken. */
export function numberedNames(count: number, taken: readonly string[] = []): string[] {
  const names: string[] = [];
  for (let number = 1; names.length < count; number++) if (!taken.includes(`node${number}`)) names.push(`node${number}`);
  return names;
}
