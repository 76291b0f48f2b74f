// SPDX-License-Identifier: GPL-2.0-or-later
/** A world for tools in tests: files in memory, a frozen clock, captured streams. */
import { dirname } from 'node:path';
import { chooseBackend } from '../../src/backends/index.ts';
import type { Backend } from '../../src/backends/index.ts';
import type { FaceDisk } from '../../src/platform/index.ts';
import type { Tool, ToolContext } from '../../src/tools/index.ts';

export interface ToolWorld {
  readonly files: Map<string, string>;
  readonly directories?: Set<string>;
  readonly env?: ReadonlyMap<string, string>;
  readonly nowEpochMs?: number;
  readonly input?: string;
  readonly cwd?: string;
  readonly userName?: string;
  /** A running cluster; without it only files can be worked on. */
  readonly cluster?: () => Promise<Backend>;
  readonly spawn?: ToolContext['spawn'];
}

export interface ToolOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runTool(tools: ReadonlyMap<string, () => Promise<Tool>>, name: string, argv: readonly string[], world: ToolWorld): Promise<ToolOutcome> {
  const load = tools.get(name);
  if (load === undefined) throw new Error(`no tool called ${name}`);
  let stdout = '';
  let stderr = '';
  const context = toolContext(world, (text) => (stdout += text), (text) => (stderr += text));
  const code = await (await load())(argv, context);
  return { code, stdout, stderr };
}

export function toolContext(world: ToolWorld, out: (text: string) => void, err: (text: string) => void): ToolContext {
  const env = world.env ?? new Map<string, string>();
  const disk = memoryDisk(world.files, world.directories ?? new Set([...world.files.keys()].map((path) => dirname(path))));
  const readInput = (): Promise<string> => Promise.resolve(world.input ?? '');
  const nothing = { code: 127, stdout: '', stderr: '' };
  return {
    version: '0.0.0',
    env,
    cwd: world.cwd ?? '/',
    userName: world.userName ?? 'root',
    hostName: 'testhost',
    processId: 4711,
    programDirectory: '/program',
    terminal: { isInput: false, isOutput: false, columns: 80, rows: 24 },
    disk,
    out,
    err,
    readInput,
    epochMs: () => world.nowEpochMs ?? Date.parse('2024-06-01T12:00:00Z'),
    zoneOffsetSeconds: (epochSeconds) => zoneOffset(env.get('TZ') ?? 'UTC', epochSeconds),
    sleep: () => Promise.resolve(),
    spawn: world.spawn ?? (({ program }) => Promise.resolve(program === '/bin/true' ? { ...nothing, code: 0 } : nothing)),
    spawnSync: () => nothing,
    openBackend: (choice) => chooseBackend({ ...choice, env, disk, cwd: world.cwd ?? '/', userName: world.userName ?? 'root', readInput, ...(world.cluster === undefined ? {} : { connect: world.cluster }) }),
  };
}

export function memoryDisk(files: Map<string, string>, directories: Set<string>): FaceDisk {
  return {
    read: (path) => files.get(path),
    write(path, text) {
      if (path.startsWith('/nonexistent/')) throw new Error('No such file or directory');
      files.set(path, text);
      directories.add(dirname(path));
    },
    append: (path, text) => void files.set(path, (files.get(path) ?? '') + text),
    list: (path) => [...files.keys()].filter((file) => dirname(file) === path).map((file) => file.slice(path.length + 1)),
    status(path) {
      const text = files.get(path);
      if (text !== undefined) return { kind: 'file', isExecutable: false, size: text.length, modifiedEpochMs: 0 };
      return directories.has(path) ? { kind: 'directory', isExecutable: true, size: 0, modifiedEpochMs: 0 } : undefined;
    },
    remove: (path) => void files.delete(path),
  };
}

/** Seconds east of UTC of a named zone at a time. */
function zoneOffset(zone: string, epochSeconds: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(new Date(epochSeconds * 1000));
  const value = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(value('year'), value('month') - 1, value('day'), value('hour'), value('minute'), value('second')) / 1000 - epochSeconds;
}
