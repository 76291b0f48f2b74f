// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { notifySuffix, operationKey, parseSuffix, suffixOf } from '../../src/scheduler/order/keys.ts';

describe('operation keys', () => {
  it('join resource, task and interval', () => {
    expect(operationKey('web', suffixOf('monitor', 10000))).toBe('web_monitor_10000');
    expect(operationKey('web', notifySuffix('confirmed-post', 'running'))).toBe('web_confirmed-post_notify_running_0');
  });

  const READINGS: readonly [string, string, number][] = [
    ['start_0', 'start', 0],
    ['monitor_10000', 'monitor', 10000],
    ['migrate_to_0', 'migrate_to', 0],
    ['migrate_from_0', 'migrate_from', 0],
    ['reload-agent_0', 'reload-agent', 0],
    ['pre_notify_start_0', 'pre_notify_start', 0],
    ['confirmed-post_notify_running_0', 'confirmed-post_notify_running', 0],
    ['lrm_delete_0', 'delete', 0],
    ['clear_failcount_0', 'failcount', 0],
  ];
  it.each(READINGS)('%s reads as task %s with interval %i', (suffix, task, intervalMs) => {
    expect(parseSuffix(suffix)).toEqual({ task, intervalMs });
  });

  it('without an interval cannot be read', () => {
    expect(parseSuffix('start')).toBeUndefined();
    expect(parseSuffix('start_soon')).toBeUndefined();
  });
});
