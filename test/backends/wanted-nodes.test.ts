// SPDX-License-Identifier: GPL-2.0-or-later
/** Which nodes a start of the embedded cluster means, with what is known of the last time. */
import { describe, expect, it } from 'vitest';
import { wantedNodes } from '../../src/backends/index.ts';

describe('crm cluster start', () => {
  it.each([
    ['', '', 'node1 node2 node3', 'node1 node2 node3'],
    ['2', '', 'node1 node2', 'node1 node2'],
    ['b a', '', 'b a', 'b a'],
    ['4:b 2:a', '', '4:b 2:a', 'b a'],
    ['', '1:a 5:b', '1:a 5:b', 'a b'],
    // Who is not named belongs to the cluster all the same, and stays off.
    ['b', '1:a 5:b', '1:a 5:b', 'b'],
    ['2', '1:node1 2:node2 3:node3', '3:node3 1:node1 2:node2', 'node1 node2'],
    ['a c', '1:a 5:b', '5:b 1:a c', 'a c'],
    ['3', '1:node1 3:node3', '1:node1 node2 3:node3', 'node1 node2 node3'],
  ])('"%s" with "%s" remembered means %s, with %s switched on', (words, remembered, nodes, booted) => {
    const split = (text: string): string[] => text.split(' ').filter((word) => word !== '');
    expect(wantedNodes(split(words), split(remembered))).toEqual({ nodes: split(nodes), booted: split(booted) });
  });

  it.each([
    ['0', '', 'a cluster has 1 to 32 nodes, not 0'],
    ['33', '', 'a cluster has 1 to 32 nodes, not 33'],
    ['a a', '', 'node a is named twice'],
    ['x y', '1:a', 'there is a cluster of a already: "crm cluster start" starts it, "crm cluster add" gives it more nodes, another QUORATE_DIR holds another cluster'],
    ['1:b a', '1:a', 'two nodes have the id 1'],
  ])('"%s" with "%s" remembered is refused', (words, remembered, message) => {
    const split = (text: string): string[] => text.split(' ').filter((word) => word !== '');
    expect(wantedNodes(split(words), split(remembered))).toBe(message);
  });
});
