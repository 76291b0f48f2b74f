// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { agentId, parseAgent, shortAgentId } from '../../src/agents/index.ts';

const INSTALLED = new Map([
  ['IPaddr2', ['heartbeat']],
  ['Dummy', ['heartbeat', 'pacemaker', 'quorate']],
  ['Stateful', ['pacemaker', 'quorate']],
  ['drbd', ['linbit', 'other']],
  ['web', ['quorate']],
]);
const providersOf = (type: string): readonly string[] => INSTALLED.get(type) ?? [];

describe('agent names', () => {
  it.each([
    ['IPaddr2', 'ocf:heartbeat:IPaddr2', 'IPaddr2'],
    ['ocf:heartbeat:IPaddr2', 'ocf:heartbeat:IPaddr2', 'IPaddr2'],
    ['ocf:Dummy', 'ocf:heartbeat:Dummy', 'Dummy'],
    ['Stateful', 'ocf:pacemaker:Stateful', 'ocf:pacemaker:Stateful'],
    ['drbd', 'ocf:linbit:drbd', 'ocf:linbit:drbd'],
    ['nosuch', 'ocf:heartbeat:nosuch', 'nosuch'],
    ['web', 'ocf:heartbeat:web', 'web'],
    ['ocf:quorate:web', 'ocf:quorate:web', 'ocf:quorate:web'],
    ['fence_xvm', 'stonith:fence_xvm', 'stonith:fence_xvm'],
    ['stonith:external/ipmi', 'stonith:external/ipmi', 'stonith:external/ipmi'],
    ['lsb:exim', 'lsb:exim', 'lsb:exim'],
    ['systemd:haproxy', 'systemd:haproxy', 'systemd:haproxy'],
  ])('%s means %s and prints as %s', (text, id, short) => {
    const agent = parseAgent(text, providersOf)!;
    expect(agentId(agent)).toBe(id);
    expect(shortAgentId(agent)).toBe(short);
  });

  it.each(['', 'ocf:', 'a:b:c:d', ':x', 'ocf::Dummy'])('%j names no agent', (text) => {
    expect(parseAgent(text, providersOf)).toBeUndefined();
  });
});
