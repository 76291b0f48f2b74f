// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { Cables } from '../../src/engine/supervisor/cables.ts';

describe('cables between virtual hosts', () => {
  it('carry between nodes of one side only, and to the sender itself always', () => {
    const cables = new Cables();
    expect(cables.carries(1, 2)).toBe(true);
    cables.partition([3]);
    expect([cables.carries(1, 2), cables.carries(1, 3), cables.carries(3, 1), cables.carries(3, 3)]).toEqual([true, false, false, true]);
    cables.partition([1]);
    expect([cables.carries(1, 3), cables.carries(2, 1)]).toEqual([false, false]);
    cables.heal();
    expect(cables.carries(1, 3)).toBe(true);
  });

  it('of one node can be pulled and plugged', () => {
    const cables = new Cables();
    cables.pull(2);
    expect([cables.carries(1, 2), cables.carries(2, 1), cables.carries(2, 2), cables.carries(1, 3)]).toEqual([false, false, true, true]);
    cables.plug(2);
    expect(cables.carries(1, 2)).toBe(true);
  });
});
