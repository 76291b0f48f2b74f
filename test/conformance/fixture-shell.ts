// SPDX-License-Identifier: GPL-2.0-or-later
/** The shell on files in memory, with the agents that the recorded cases assume (`agents.json`). */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { chooseBackend } from '../../src/backends/index.ts';
import { runShell, type ShellContext } from '../../src/shell/index.ts';
import { tools } from '../../src/tools/index.ts';

export interface AgentFixture {
  readonly agents: Readonly<Record<string, AgentFacts>>;
}

interface AgentFacts {
  readonly parameters: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly actions: readonly Readonly<Record<string, string>>[];
}

export interface ShellRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface FixtureShell {
  readonly files: Map<string, string>;
  /** Lines on standard input of `crm ARGV`. */
  feed(lines: string, ...argv: readonly string[]): Promise<ShellRun>;
}

/** Agents are programs on a disk that exists only here; asked for meta-data, they say what the fixture says of them. */
export function fixtureShell(cib: string, fixture: AgentFixture): FixtureShell {
  const files = new Map<string, string>([['/cib.xml', cib]]);
  const programs = new Map<string, string>();
  for (const [id, facts] of Object.entries(fixture.agents)) programs.set(pathOf(id), metadataText(id, facts));
  return {
    files,
    feed: async (lines, ...argv) => {
      const said = { out: '', err: '' };
      const code = await runShell(argv, contextOf(files, programs, lines, said));
      return { code, ...said };
    },
  };
}

function pathOf(id: string): string {
  const [agentClass, ...rest] = id.split(':');
  return agentClass === 'stonith' ? `/usr/sbin/${rest[0]}` : `/usr/lib/ocf/resource.d/${rest.join('/')}`;
}

function metadataText(id: string, facts: AgentFacts): string {
  const parameters = Object.entries(facts.parameters).map(([name, { type = 'string', default: initial, ...more }]) => {
    const content = initial === undefined ? '' : ` default="${escaped(initial)}"`;
    return `<parameter name="${name}"${attributes(more)}><content type="${type}"${content}/></parameter>`;
  });
  const actions = facts.actions.map((action) => `<action${attributes(action)}/>`);
  return `<?xml version="1.0"?><resource-agent name="${id.split(':').pop()}"><parameters>${parameters.join('')}</parameters><actions>${actions.join('')}</actions></resource-agent>`;
}

function attributes(facts: Readonly<Record<string, string>>): string {
  return Object.entries(facts).map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function contextOf(files: Map<string, string>, programs: ReadonlyMap<string, string>, lines: string, said: { out: string; err: string }): ShellContext {
  const env = new Map([['HOME', '/home/user'], ['PATH', process.env['PATH'] ?? ''], ['CIB_file', '/cib.xml']]);
  const unused = (): never => {
    throw new Error('defect: not part of a recorded case');
  };
  const names = [...files.keys(), ...programs.keys()];
  const disk: ShellContext['disk'] = {
    read: (path) => files.get(path),
    write: (path, text) => void files.set(path, text),
    append: (path, text) => void files.set(path, (files.get(path) ?? '') + text),
    list: (path) => [...new Set(names.filter((name) => name.startsWith(`${path}/`)).map((name) => name.slice(path.length + 1).split('/')[0]!))],
    status: (path) => {
      if (programs.has(path)) return { kind: 'file', isExecutable: true, size: 1, modifiedEpochMs: 0 };
      const text = files.get(path);
      if (text !== undefined) return { kind: 'file', isExecutable: false, size: text.length, modifiedEpochMs: 0 };
      return names.some((name) => name.startsWith(`${path}/`)) ? { kind: 'directory', isExecutable: true, size: 0, modifiedEpochMs: 0 } : undefined;
    },
    remove: (path) => void files.delete(path),
  };
  const spawn: ShellContext['spawnSync'] = ({ program, args, input }) => {
    const metadata = programs.get(program);
    if (metadata !== undefined) return { code: 0, stdout: metadata, stderr: '' };
    const done = spawnSync(program, [...args], { encoding: 'utf8', input });
    return { code: done.status ?? 127, stdout: done.stdout ?? '', stderr: done.stderr ?? '' };
  };
  const context: ShellContext = {
    version: '0.0.0',
    env,
    cwd: '',
    userName: 'judge',
    hostName: 'node1',
    processId: 1,
    programDirectory: resolve('nowhere'),
    terminal: { isInput: false, isOutput: false, columns: 80, rows: 24 },
    disk,
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    readInput: async () => lines,
    inputLines: async function* () {
      yield* lines.split('\n');
    },
    epochMs: () => 1_700_000_000_000,
    zoneOffsetSeconds: () => 0,
    sleep: async () => {},
    spawn: async (request) => spawn(request),
    spawnSync: spawn,
    openBackend: ({ shadow }) => chooseBackend({ env: shadow === undefined ? env : new Map([...env, ['CIB_shadow', shadow]]), disk, cwd: '/', userName: 'judge', readInput: async () => '' }),
    launcher: { start: unused, stop: async () => false, isRunning: async () => false, request: unused },
    runTool: async (name, args, choice) => {
      const tool = await tools.get(name)?.();
      if (tool === undefined) throw new Error(`no tool ${name}`);
      return tool(args, { ...context, openBackend: () => context.openBackend(choice) });
    },
    startBackground: unused,
    startProfile: unused,
    openLineEditor: unused,
    ask: async () => 'n',
  };
  return context;
}
