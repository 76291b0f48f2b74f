// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/language/index.ts';

describe('the word that was probably meant', () => {
  it.each([
    ['primitve', ['primitive', 'property'], undefined, 'primitive'],
    ['Node1', ['node1', 'node22'], undefined, 'node1'],
    ['wbe', ['web', 'vip'], undefined, 'web'],
    ['Vpi', ['vip', 'db'], undefined, 'vip'],
    ['nodex', ['node1', 'node2'], undefined, undefined],
    ['nodex', ['node1', 'node1'], undefined, 'node1'],
    ['nodex', ['node1', 'node2', 'nodes'], undefined, undefined],
    ['nodees', ['node1', 'nodes'], undefined, 'nodes'],
    ['ab', ['ac'], undefined, undefined],
    ['ab', ['ac'], 1, 'ac'],
    ['stonith', ['fencing'], 2, undefined],
    ['ip', [], undefined, undefined],
    ['meta', ['meta'], undefined, undefined],
  ])('%j among %j within %j is %j', (written, candidates, limit, expected) => {
    expect(nearest(written, candidates, limit)).toBe(expected);
  });
});
