// SPDX-License-Identifier: GPL-2.0-or-later
/** Marks a process so that another one can tell later whether it still lives: numbers are given again, so its start counts, too. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export interface ProcessMark {
  readonly host: string;
  /** Differs after each boot; empty where the system does not tell. */
  readonly boot: string;
  /** Numbers of processes mean the same only within one of these. */
  readonly namespace: string;
  readonly pid: number;
  /** Start of the process in ticks since the boot; empty where the system does not tell. */
  readonly started: string;
}

export function ownMark(): ProcessMark {
  return { host: hostname(), boot: bootId(), namespace: pidNamespace(), pid: process.pid, started: startOf(process.pid) };
}

/** Whether a process of this machine and container, and so surely known to live. */
export function isAliveHere(mark: ProcessMark): boolean {
  return mark.host === hostname() && mark.namespace === pidNamespace() && !isDead(mark);
}

/** True only when it is certain: not of a process of another machine or container. */
export function isDead(mark: ProcessMark): boolean {
  if (mark.host !== hostname() || mark.namespace !== pidNamespace()) return false;
  if (mark.boot !== bootId()) return true;
  if (!isProcess(mark.pid)) return true;
  return mark.started !== '' && startOf(mark.pid) !== mark.started;
}

/** Undefined for what is no mark. */
export function parseMark(text: string | undefined): ProcessMark | undefined {
  try {
    const found = JSON.parse(text ?? '') as Partial<ProcessMark>;
    const { host, boot, namespace, pid, started } = found;
    if (typeof host !== 'string' || typeof boot !== 'string' || typeof namespace !== 'string' || typeof started !== 'string' || !Number.isInteger(pid)) return undefined;
    return { host, boot, namespace, pid: pid!, started };
  } catch {
    // Written by an earlier release, or cut short.
    return undefined;
  }
}

function isProcess(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // One of another user is there all the same.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function bootId(): string {
  return told(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
}

function pidNamespace(): string {
  return told(() => readlinkSync('/proc/self/ns/pid'));
}

/** Field 22 of `stat`; the name in field 2 may hold anything, brackets too. A process that has ended and is not yet collected counts as gone. */
function startOf(pid: number): string {
  const fields = told(() => readFileSync(`/proc/${pid}/stat`, 'latin1')).replace(/^.*\)\s*/s, '').split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : (fields[19] ?? '');
}

function told(read: () => string): string {
  try {
    return read();
  } catch {
    // Only Linux tells; without it the number alone decides.
    return '';
  }
}
