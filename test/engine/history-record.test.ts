// SPDX-License-Identifier: GPL-2.0-or-later
/** What is kept of the decisions and fencings of a cluster. */
import { describe, expect, it } from 'vitest';
import type { FencingEvent } from '../../src/engine/fencer/event.ts';
import { HistoryRecord, readFencings } from '../../src/engine/supervisor/history-record.ts';
import { Simulation } from '../../src/platform/sim/index.ts';
import { xml } from './cluster-in-simulation.ts';
import { tinySchedule } from './tiny-scheduler.ts';

const EVENT: FencingEvent = { target: 'node1', action: 'reboot', device: 'watchdog', origin: 'node2', client: 'pacemaker-controld', state: 'success', epochMs: 5000 };
const CIB = xml('<cib epoch="1" num_updates="0" admin_epoch="0"><configuration><crm_config/><nodes/><resources/><constraints/></configuration><status/></cib>');

describe('the record of a cluster', () => {
  it('keeps a fencing once, whoever tells it, with the input after which it ended', () => {
    const { disk } = new Simulation(1);
    const record = new HistoryRecord(disk, '/h');
    const schedule = record.of(tinySchedule);
    schedule(CIB, 1000);
    schedule(CIB, 2000);
    for (let node = 0; node < 3; node++) record.fenced(EVENT);
    record.fenced({ ...EVENT, epochMs: 9000 });
    expect(readFencings(disk.read('/h/fencing.json')).map(({ epochMs, transition }) => [epochMs, transition])).toEqual([[5000, 1], [9000, 1]]);
  });

  it('goes on where it ended when the daemon begins anew', () => {
    const { disk } = new Simulation(1);
    new HistoryRecord(disk, '/h').of(tinySchedule)(CIB, 1000);
    const again = new HistoryRecord(disk, '/h');
    again.fenced(EVENT);
    again.of(tinySchedule)(CIB, 2000);
    expect(disk.list('/h').filter((name) => name.startsWith('pe-')).sort()).toEqual(['pe-input-0.xml', 'pe-input-1.xml']);
    expect(readFencings(disk.read('/h/fencing.json'))[0]).toMatchObject({ target: 'node1', transition: 0 });
  });

  it('keeps no fencing that has not ended, and reads nothing from half a file', () => {
    const { disk } = new Simulation(1);
    const record = new HistoryRecord(disk, '/h');
    record.fenced({ ...EVENT, state: 'pending' });
    expect(disk.read('/h/fencing.json')).toBeUndefined();
    expect(readFencings('[{"target": "no')).toEqual([]);
    record.fenced(EVENT);
    expect(readFencings(disk.read('/h/fencing.json'))[0]).toMatchObject({ transition: null });
  });
});
