// SPDX-License-Identifier: GPL-2.0-or-later
/** Keeps what the scheduler was asked: each input with its time, numbered, so that a decision can be looked at and run again. */
import { writeXml } from '../../cib/index.ts';
import type { Disk } from '../../platform/index.ts';
import type { Schedule } from '../controller/conductor.ts';

/** Some days of an ordinary cluster; the oldest go first. */
const KEPT_INPUTS = 1000;
const NAME = /^pe-input-(\d+)\.xml$/;

/** The scheduler with a record in `directory`. The time of the decision stands in the input, as in Pacemaker's. */
export function recordingSchedule(disk: Disk, directory: string, schedule: Schedule): Schedule {
  let next: number | undefined;
  return (cib, epochMs) => {
    if (next === undefined) {
      disk.makeDirectory(directory, 0o700);
      next = nextNumber(disk.list(directory));
    }
    const input = cib.with('execution-date', String(Math.floor(epochMs / 1000)));
    // Under a name of its own first: a reader never sees half an input.
    disk.write(`${directory}/.new`, writeXml(input, { indent: 2 }), 0o600);
    disk.rename(`${directory}/.new`, `${directory}/pe-input-${next}.xml`);
    disk.remove(`${directory}/pe-input-${next - KEPT_INPUTS}.xml`);
    next++;
    return schedule(cib, epochMs);
  };
}

function nextNumber(names: readonly string[]): number {
  let largest = -1;
  for (const name of names) largest = Math.max(largest, Number(NAME.exec(name)?.[1] ?? '-1'));
  return largest + 1;
}
