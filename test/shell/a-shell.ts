// SPDX-License-Identifier: GPL-2.0-or-later
/** A shell on a disk in memory, with its output caught: `await aShell().run('ra', 'classes')`. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { chooseBackend } from '../../src/backends/index.ts';
import { runShell, type ShellContext, type ShellDisk } from '../../src/shell/index.ts';
import { tools } from '../../src/tools/index.ts';

export const EMPTY_CIB = '<cib validate-with="pacemaker-4.0" epoch="1" num_updates="0" admin_epoch="0"><configuration><crm_config/><nodes><node id="1" uname="node1"/><node id="2" uname="node2"/></nodes><resources/><constraints/></configuration><status/></cib>';

export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface ShellUnderTest {
  readonly files: Map<string, string>;
  /** A file of the repository. */
  read(path: string): string;
  /** One command. */
  run(...argv: string[]): Promise<Result>;
  /** The shell or one of the tools, with lines on standard input. */
  program(name: string, args: readonly string[], input: readonly string[]): Promise<Result>;
  /** Text on standard input. */
  feed(text: string, ...argv: string[]): Promise<Result>;
  /** A person at a terminal: lines typed, then answers to questions. */
  type(lines: readonly string[], answers?: readonly string[], ...argv: readonly string[]): Promise<Result>;
}

export function aShell(setup: { readonly cib?: string; readonly env?: Record<string, string>; readonly files?: Record<string, string> } = {}): ShellUnderTest {
  const files = new Map(Object.entries(setup.files ?? {}));
  files.set('/cib.xml', setup.cib ?? EMPTY_CIB);
  const env = new Map(Object.entries({ HOME: '/home/u', PATH: process.env['PATH'] ?? '', CIB_file: '/cib.xml', CIB_shadow_dir: '/shadows', ...setup.env }));
  const start = async (argv: readonly string[], input: string | undefined, typed?: { readonly lines: readonly string[]; readonly answers: readonly string[] }): Promise<Result> => {
    const result = { code: 0, out: '', err: '' };
    const context = contextOf(files, env, input, typed, result);
    const code = await runShell(argv, context);
    return { ...result, code };
  };
  return {
    files,
    read: (path) => readFileSync(resolve(path), 'utf8'),
    run: (...argv) => start(argv, ''),
    program: async (name, args, input) => {
      const text = input.length === 0 ? '' : `${input.join('\n')}\n`;
      if (name === 'crm') return start(args, text);
      const result = { code: 0, out: '', err: '' };
      const code = await contextOf(files, env, text, undefined, result).runTool(name, args, { shadow: undefined });
      return { ...result, code };
    },
    feed: (text, ...argv) => start(argv, text),
    type: (lines, answers = [], ...argv) => start(argv, undefined, { lines, answers }),
  };
}

function contextOf(files: Map<string, string>, env: ReadonlyMap<string, string>, input: string | undefined, typed: { lines: readonly string[]; answers: readonly string[] } | undefined, result: { out: string; err: string }): ShellContext {
  const disk = memoryDisk(files);
  const lines = [...(typed?.lines ?? [])];
  const answers = [...(typed?.answers ?? [])];
  const unused = (): never => {
    throw new Error('not part of this test');
  };
  const context: ShellContext = {
    version: '0.0.0',
    env,
    cwd: '/work',
    userName: 'tester',
    hostName: 'here',
    processId: 1,
    programDirectory: resolve('.'),
    terminal: { isInput: input === undefined, isOutput: false, columns: 80, rows: 24 },
    disk,
    out: (text) => void (result.out += text),
    err: (text) => void (result.err += text),
    readInput: async () => input ?? '',
    inputLines: async function* () {
      yield* (input ?? '').split('\n');
    },
    epochMs: () => 1_700_000_000_000,
    zoneOffsetSeconds: () => 0,
    sleep: async () => {},
    spawn: async (request) => context.spawnSync(request),
    spawnSync: ({ program, args, input: text, env: given }) => {
      const done = spawnSync(program, [...args], { encoding: 'utf8', input: text, ...(given === undefined ? {} : { env: Object.fromEntries(given) }) });
      return { code: done.status ?? 127, stdout: done.stdout ?? '', stderr: done.stderr ?? '' };
    },
    openBackend: ({ shadow }) => chooseBackend({ env: shadow === undefined ? env : new Map([...env, ['CIB_shadow', shadow]]), disk, cwd: '/work', userName: 'tester', readInput: async () => '' }),
    launcher: { start: unused, stop: async () => false, isRunning: async () => false, request: unused },
    runTool: async (name, args, choice) => {
      const tool = await tools.get(name)?.();
      if (tool === undefined) throw new Error(`no tool ${name}`);
      return tool(args, { ...context, out: choice.out ?? context.out, openBackend: () => context.openBackend(choice) });
    },
    startBackground: () => {},
    startProfile: async () => {
      const began = result.out.length;
      return async () => `profile of ${result.out.length - began} characters`;
    },
    openLineEditor: () => ({ readLine: async () => lines.shift(), close: () => {} }),
    ask: async (question) => {
      const answer = answers.shift() ?? 'n';
      result.out += `${question}${answer}\n`;
      return answer;
    },
  };
  return context;
}

function memoryDisk(files: Map<string, string>): ShellDisk {
  const roots = [resolve('agents'), resolve('templates')];
  const isReal = (path: string): boolean => roots.some((root) => path.startsWith(root));
  return {
    read: (path) => files.get(path) ?? (isReal(path) ? readReal(path) : undefined),
    write: (path, text) => void files.set(path, text),
    append: (path, text) => void files.set(path, (files.get(path) ?? '') + text),
    list: (path) => (isReal(path) ? listReal(path) : [...new Set([...files.keys()].filter((name) => name.startsWith(`${path}/`)).map((name) => name.slice(path.length + 1).split('/')[0]!))]),
    status: (path) => (isReal(path) ? statusReal(path) : statusOf(files, path)),
    remove: (path) => void files.delete(path),
  };
}

function statusOf(files: Map<string, string>, path: string): ReturnType<ShellDisk['status']> {
  const text = files.get(path);
  if (text !== undefined) return { kind: 'file', isExecutable: text.startsWith('#!'), size: text.length, modifiedEpochMs: 0 };
  return [...files.keys()].some((name) => name.startsWith(`${path}/`)) ? { kind: 'directory', isExecutable: true, size: 0, modifiedEpochMs: 0 } : undefined;
}

/** The bundled agents are real files. */
import { readFileSync, readdirSync, statSync } from 'node:fs';

function readReal(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function listReal(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function statusReal(path: string): ReturnType<ShellDisk['status']> {
  try {
    const status = statSync(path);
    return { kind: status.isDirectory() ? 'directory' : 'file', isExecutable: (status.mode & 0o111) !== 0, size: status.size, modifiedEpochMs: status.mtimeMs };
  } catch {
    return undefined;
  }
}
