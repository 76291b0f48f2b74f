// SPDX-License-Identifier: GPL-2.0-or-later
/** Which agents a machine has: classes, providers, types, and the file behind a name (seed-requirements RA-1 to RA-9). */
import type { AgentDisk, AgentFile, AgentPlaces } from './disk.ts';
import type { AgentName } from './name.ts';

/** Sorted as the classes are listed; heartbeat and systemd only where they exist. */
export function classesOf(places: AgentPlaces, disk: AgentDisk): readonly string[] {
  const classes = ['lsb', 'ocf', 'service', 'stonith'];
  if (disk.entries(places.heartbeatDirectory).length > 0) classes.push('heartbeat');
  if (hasSystemd(places, disk)) classes.push('systemd');
  return classes.sort(byteOrder);
}

export function providersIn(places: AgentPlaces, disk: AgentDisk): readonly string[] {
  const names = places.ocfDirectories.flatMap((directory) => disk.entries(directory).filter(isVisibleDirectory).map((entry) => entry.name));
  return sortedOnce(names);
}

/** Types of a class (and provider), ASCII order, capitals first. */
export function typesOf(places: AgentPlaces, disk: AgentDisk, agentClass: string, provider?: string): readonly string[] {
  switch (agentClass) {
    case 'ocf':
      return sortedOnce(
        (provider === undefined ? providersIn(places, disk) : [provider]).flatMap((name) =>
          places.ocfDirectories.flatMap((directory) => programs(disk, `${directory}/${name}`)),
        ),
      );
    case 'lsb':
      return sortedOnce(programs(disk, places.initDirectory).filter(isInitScript));
    case 'heartbeat':
      return sortedOnce(programs(disk, places.heartbeatDirectory));
    case 'systemd':
      return systemdUnits(places, disk);
    case 'service':
      return sortedOnce([...systemdUnits(places, disk), ...programs(disk, places.initDirectory).filter(isInitScript)]);
    case 'stonith':
      return sortedOnce(places.fenceDirectories.flatMap((directory) => programs(disk, directory).filter((name) => name.startsWith('fence_'))));
    default:
      return [];
  }
}

/** The class that really runs `service:X`: systemd if it has the unit, else lsb (RA-8). */
export function resolveService(places: AgentPlaces, disk: AgentDisk, agent: AgentName): AgentName {
  if (agent.class !== 'service') return agent;
  const isUnit = systemdUnits(places, disk).includes(agent.type);
  return { class: isUnit ? 'systemd' : 'lsb', provider: undefined, type: agent.type };
}

/** The program of an agent; undefined when it is not installed or (systemd) has none. */
export function agentPath(places: AgentPlaces, disk: AgentDisk, agent: AgentName): string | undefined {
  const { class: agentClass, provider, type } = resolveService(places, disk, agent);
  if (type.includes('/') || type.startsWith('.') || (provider ?? '').includes('/')) return undefined;
  switch (agentClass) {
    case 'ocf':
      return firstProgram(disk, places.ocfDirectories.map((directory) => `${directory}/${provider ?? 'heartbeat'}`), type);
    case 'lsb':
      return firstProgram(disk, [places.initDirectory], type);
    case 'heartbeat':
      return firstProgram(disk, [places.heartbeatDirectory], type);
    case 'stonith':
      return firstProgram(disk, places.fenceDirectories, type);
    default:
      return undefined;
  }
}

/** True when the agent can be run here; systemd units have no program of their own. */
export function isInstalled(places: AgentPlaces, disk: AgentDisk, agent: AgentName): boolean {
  const real = resolveService(places, disk, agent);
  return real.class === 'systemd' ? systemdUnits(places, disk).includes(real.type) : agentPath(places, disk, real) !== undefined;
}

function systemdUnits(places: AgentPlaces, disk: AgentDisk): readonly string[] {
  if (!hasSystemd(places, disk)) return [];
  const names = places.systemdDirectories.flatMap((directory) =>
    disk.entries(directory).filter((entry) => entry.kind !== 'directory' && entry.name.endsWith('.service')).map((entry) => entry.name.slice(0, -'.service'.length)),
  );
  return sortedOnce(names);
}

function hasSystemd(places: AgentPlaces, disk: AgentDisk): boolean {
  return disk.entries(places.systemdRuntime).length > 0;
}

function programs(disk: AgentDisk, directory: string): string[] {
  return disk.entries(directory).filter(isProgram).map((entry) => entry.name);
}

function firstProgram(disk: AgentDisk, directories: readonly string[], type: string): string | undefined {
  const directory = directories.find((one) => disk.entries(one).some((entry) => entry.name === type && isProgram(entry)));
  return directory === undefined ? undefined : `${directory}/${type}`;
}

function isProgram(entry: AgentFile): boolean {
  return entry.kind === 'file' && entry.isExecutable && !entry.name.startsWith('.');
}

function isVisibleDirectory(entry: AgentFile): boolean {
  return entry.kind === 'directory' && !entry.name.startsWith('.');
}

/** The directory of init scripts also holds a template, a text and what package managers and editors leave behind (RA-3). */
function isInitScript(name: string): boolean {
  return name !== 'README' && name !== 'skeleton' && name !== 'functions' && !/(~|\.bak|\.orig|\.rej|\.swp|\.old|\.dpkg-\w+|\.ucf-\w+|\.rpm\w+)$/.test(name);
}

function sortedOnce(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort(byteOrder);
}

function byteOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
