// SPDX-License-Identifier: GPL-2.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNaturally, insertSorted, sortList } from '../../src/scheduler/model/index.ts';
import { NodeLayout } from '../../src/scheduler/model/node-layout.ts';
import { Node } from '../../src/scheduler/model/node.ts';
import { readPattern } from '../../src/scheduler/unpack/constraints/resource-pattern.ts';
import { replicaAddresses } from '../../src/scheduler/unpack/resources/bundle-addresses.ts';

describe('natural order', () => {
  it.each([
    ['node2', 'node10', -1],
    ['NODE2', 'node2', 0],
    ['a01', 'a1', 1],
    ['a', 'ab', -1],
    ['b1', 'a2', 1],
  ])('compares %s with %s as %i', (a, b, sign) => {
    expect(Math.sign(compareNaturally(a, b))).toBe(sign);
  });

  it('is antisymmetric', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => Math.sign(compareNaturally(a, b)) + Math.sign(compareNaturally(b, a)) === 0));
  });
});

describe('lists', () => {
  it('take a new item before its equals', () => {
    const list = [{ key: 1, name: 'old' }, { key: 2, name: 'old' }];
    insertSorted(list, { key: 1, name: 'new' }, (a, b) => a.key - b.key);
    expect(list.map(({ key, name }) => `${key}${name}`)).toEqual(['1new', '1old', '2old']);
  });

  it('sort like any stable sort where the order is total', () => {
    const byKey = (a: readonly [number, number], b: readonly [number, number]): number => a[0] - b[0];
    fc.assert(
      fc.property(fc.array(fc.nat(4)), (keys) => {
        const items = keys.map((key, i) => [key, i] as const);
        expect(sortList(items, byKey)).toEqual([...items].sort(byKey));
      }),
    );
  });

  it('compare the halves of a list before they merge them, which shows where an order is not transitive', () => {
    const compared: string[] = [];
    sortList(['a', 'b', 'c', 'd'], (a, b) => {
      compared.push(a + b);
      return 0;
    });
    expect(compared).toEqual(['ab', 'cd', 'ac', 'bc']);
  });
});

describe('the walk over a table of nodes', () => {
  const walk = (ids: readonly string[]): string[] => ids.reduce((layout, id, i) => layout.with(new Node(i, id, id, 'member', 0)), NodeLayout.root()).order().map((node) => node.id);

  it.each([
    [['1', '2', '3', '4'], ['1', '3', '2', '4']],
    [['zz1', 'zz2', 'zz3', 'zz4'], ['zz2', 'zz4', 'zz1', 'zz3']],
  ])('over %s goes %s, as the reference does', (ids, order) => {
    expect(walk(ids)).toEqual(order);
  });

  it('meets every node once, whatever was removed in between', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 60 }), fc.array(fc.nat(59)), (ids, removed) => {
        const nodes = ids.map((id, i) => new Node(i, id, id, 'member', 0));
        let layout = nodes.reduce((here, node) => here.with(node), NodeLayout.root());
        const gone = new Set(removed.filter((i) => i < nodes.length));
        for (const i of gone) layout = layout.without(nodes[i]!);
        const left = nodes.filter((_, i) => !gone.has(i)).map((node) => node.id);
        expect(layout.order().map((node) => node.id).sort()).toEqual(left.sort());
      }),
    );
  });
});

describe('patterns of resource ids', () => {
  it.each([
    ['^web([0-9]+)$', 'web12', ['web12', '12']],
    ['^web', 'db1', undefined],
    ['!^web', 'db1', []],
    ['!^web', 'web1', undefined],
    ['^[[:alpha:]]+$', 'abc', ['abc']],
  ])('%s against %s', (pattern, id, expected) => {
    expect(readPattern(pattern)?.match(id)).toEqual(expected);
  });

  it('that are no expression are refused', () => {
    expect(readPattern('(')).toBeUndefined();
  });
});

describe('addresses of replicas', () => {
  it.each([
    ['10.0.0.253', ['10.0.0.253', '10.0.0.254', '10.0.1.1']],
    ['10.0.254.254', ['10.0.254.254', undefined, '10.0.254.254']],
    [undefined, [undefined, undefined, undefined]],
  ])('from %s on', (start, expected) => {
    expect(replicaAddresses(start, 3)).toEqual(expected);
  });
});
