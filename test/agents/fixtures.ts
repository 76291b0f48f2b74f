// SPDX-License-Identifier: GPL-2.0-or-later
/** Agents on a disk made of lines, and the recorded meta-data where it is at hand. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AgentDisk, AgentFile, AgentPlaces } from '../../src/agents/index.ts';

const root = resolve(process.env.QUORATE_FIXTURES ?? '../shared/fixtures');

/** Path of recorded data, undefined when it is not at hand (the test is then skipped). */
export function recorded(path: string): string | undefined {
  const full = join(root, path);
  return existsSync(full) ? full : undefined;
}

/** A disk holding programs (`/dir/name`), texts (`/dir/name -`), directories being implied. */
export function aDisk(lines: readonly string[], texts: ReadonlyMap<string, string> = new Map()): AgentDisk {
  const entries = new Map<string, Map<string, AgentFile>>();
  const add = (path: string, kind: AgentFile['kind'], isExecutable: boolean): void => {
    const slash = path.lastIndexOf('/');
    const parent = path.slice(0, slash);
    const known = entries.get(parent) ?? new Map<string, AgentFile>();
    known.set(path.slice(slash + 1), { name: path.slice(slash + 1), kind, isExecutable });
    entries.set(parent, known);
    if (parent !== '' && !entries.get(parent.slice(0, parent.lastIndexOf('/')))?.has(parent.slice(parent.lastIndexOf('/') + 1))) add(parent, 'directory', true);
  };
  for (const line of lines) {
    const [path, mark] = line.split(' ');
    add(path!, 'file', mark !== '-');
  }
  return { entries: (directory) => [...(entries.get(directory)?.values() ?? [])], read: (path) => texts.get(path) };
}

export const PLACES: AgentPlaces = {
  ocfRoot: '/ocf',
  ocfDirectories: ['/bundled/ocf', '/ocf/resource.d', '/other/resource.d'],
  initDirectory: '/init',
  heartbeatDirectory: '/ha.d',
  systemdDirectories: ['/units'],
  systemdRuntime: '/systemd',
  fenceDirectories: ['/bundled/stonith', '/sbin'],
};
