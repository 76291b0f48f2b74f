// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Keeps what happened, so that it can be looked at and run again: what the scheduler was asked, each input with its time, numbered; and
 * the ends of fencings, with the input after which they came.
 */
import { writeXml } from '../../cib/index.ts';
import type { Disk } from '../../platform/index.ts';
import type { Schedule } from '../controller/conductor.ts';
import { isSameFencing, type FencingEvent } from '../fencer/event.ts';

/** Some days of an ordinary cluster; the oldest go first. */
const KEPT_INPUTS = 1000;
const KEPT_FENCINGS = 1000;
const NAME = /^pe-input-(\d+)\.xml$/;
const PRIVATE_FILE = 0o600;
const PRIVATE_DIRECTORY = 0o700;

/** A fencing that has ended, as it stands in `fencing.json`. */
export interface FencingRecord extends FencingEvent {
  /** Number of the newest input then; null when there was none. */
  readonly transition: number | null;
}

export class HistoryRecord {
  private readonly disk: Disk;
  private readonly directory: string;
  /** Unknown until something is recorded. */
  private next: number | undefined;

  constructor(disk: Disk, directory: string) {
    this.disk = disk;
    this.directory = directory;
  }

  /** The scheduler with a record. The time of the decision stands in the input, as in Pacemaker's. */
  of(schedule: Schedule): Schedule {
    return (cib, epochMs) => {
      const number = this.nextNumber();
      const input = cib.with('execution-date', String(Math.floor(epochMs / 1000)));
      this.write(`pe-input-${number}.xml`, writeXml(input, { indent: 2 }));
      this.disk.remove(`${this.directory}/pe-input-${number - KEPT_INPUTS}.xml`);
      this.next = number + 1;
      return schedule(cib, epochMs);
    };
  }

  /** All nodes hear of a fencing: it is kept once. */
  fenced(event: FencingEvent): void {
    if (event.state === 'pending') return;
    const newest = this.nextNumber() - 1;
    const known = readFencings(this.disk.read(`${this.directory}/fencing.json`));
    if (known.some((one) => isSameFencing(one, event))) return;
    const record: FencingRecord = { ...event, transition: newest < 0 ? null : newest };
    this.write('fencing.json', `${JSON.stringify([...known, record].slice(-KEPT_FENCINGS), null, 1)}\n`);
  }

  /** Under a name of its own first: a reader never sees half a file. */
  private write(name: string, text: string): void {
    this.disk.write(`${this.directory}/.new`, text, PRIVATE_FILE);
    this.disk.rename(`${this.directory}/.new`, `${this.directory}/${name}`);
  }

  private nextNumber(): number {
    if (this.next !== undefined) return this.next;
    this.disk.makeDirectory(this.directory, PRIVATE_DIRECTORY);
    const numbers = this.disk.list(this.directory).map((name) => Number(NAME.exec(name)?.[1] ?? '-1'));
    return (this.next = Math.max(-1, ...numbers) + 1);
  }
}

/** Oldest first; what a crash cut short is left out. */
export function readFencings(text: string | undefined): readonly FencingRecord[] {
  try {
    const found: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(found) ? (found as FencingRecord[]).filter((one) => typeof one.target === 'string' && typeof one.epochMs === 'number') : [];
  } catch {
    // Half a file is no record; the next fencing begins a new one.
    return [];
  }
}
