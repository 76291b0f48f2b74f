// SPDX-License-Identifier: GPL-2.0-or-later
/** The program as users get it, built into a directory of its own, and a cluster of it with stand-ins for public agents. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BUILD_PLACE } from '../build-place.ts';
import type { Answer } from './conversation.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const STAND_INS = join(import.meta.dirname, 'stand-ins');
/** Longer than any command waits by itself. */
const COMMAND_LIMIT_MS = 300_000;

export interface ProgramUnderTest {
  /** `extra` is put into the environment. */
  run(program: string, args: readonly string[], input?: readonly string[], extra?: Readonly<Record<string, string>>): Promise<Answer>;
  /** The same, and a way to kill it (SIGKILL). */
  launch(program: string, args: readonly string[], input?: readonly string[], extra?: Readonly<Record<string, string>>): { readonly answer: Promise<Answer>; kill(): void };
  /** Directory for files that commands read; `state` below it is the state directory. */
  readonly directory: string;
  /** Stops the cluster, if one runs, and removes everything. */
  stop(): Promise<void>;
}

export interface ClusterUnderTest extends ProgramUnderTest {
  /** Where an address of a stand-in is served: `192.168.100.100` at port `port` of `127.168.100.100`. */
  readonly port: number;
}

let built: string | undefined;

/** What the sources make now; built once for all programs of a run. */
function freshBuild(): string {
  if (built !== undefined) return built;
  const directory = process.env[BUILD_PLACE] ?? ownPlace();
  // The name of the build is written last, when everything else is there.
  if (!existsSync(join(directory, 'current'))) {
    const done = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), directory], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`the program cannot be built: ${done.stderr}`);
  }
  return (built = directory);
}

/** Outside a run of the tests. */
function ownPlace(): string {
  const directory = mkdtempSync(join(tmpdir(), 'quorate-build-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Directory `bin` of a program of its own. */
export function buildProgram(directory: string): string {
  cpSync(join(ROOT, 'bin'), join(directory, 'bin'), { recursive: true, filter: (path) => !path.endsWith('.ts') });
  copyFileSync(join(ROOT, 'package.json'), join(directory, 'package.json'));
  for (const name of ['agents', 'templates', 'node_modules']) symlinkSync(join(ROOT, name), join(directory, name));
  symlinkSync(freshBuild(), join(directory, 'dist'));
  return join(directory, 'bin');
}

/** The program in a directory with a blank in its name, and no cluster yet. */
export function aProgram(additions: Readonly<Record<string, string>> = {}): ProgramUnderTest {
  const directory = mkdtempSync(join(tmpdir(), 'quorate scenario '));
  const bin = buildProgram(directory);
  const usual: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: directory,
    XDG_CONFIG_DIRS: directory,
    CIB_shadow_dir: directory,
    LC_ALL: 'C',
    TZ: 'UTC',
    QUORATE_DIR: join(directory, 'state'),
    OCF_ROOT: join(directory, 'ocf'),
    QUORATE_INIT_DIR: join(directory, 'init.d'),
    ...additions,
  };
  const launch: ProgramUnderTest['launch'] = (program, args, input = [], extra = {}) => {
    const child = spawn(process.execPath, [join(bin, program), ...args], { env: { ...usual, ...extra }, cwd: directory, stdio: 'pipe', timeout: COMMAND_LIMIT_MS });
    const answer = new Promise<Answer>((resolve) => {
      const heard = { out: '', err: '' };
      for (const [stream, name] of [[child.stdout, 'out'], [child.stderr, 'err']] as const) stream.setEncoding('utf8').on('data', (part) => (heard[name] += part));
      child.on('close', (code) => resolve({ ...heard, code: code ?? 255 }));
      // It may end, or be killed, without reading.
      child.stdin.on('error', () => {});
      child.stdin.end(input.map((line) => `${line}\n`).join(''));
    });
    return { answer, kill: () => void child.kill('SIGKILL') };
  };
  const run: ProgramUnderTest['run'] = (...words) => launch(...words).answer;
  const stop = async (): Promise<void> => {
    await run('crm', ['cluster', 'stop']);
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  return { run, launch, directory, stop };
}

/** `initScripts`: names of scripts; those that end in `-` are there but cannot be executed. */
export async function aCluster(nodes: readonly string[], initScripts: readonly string[] = []): Promise<ClusterUnderTest> {
  const port = await freePort();
  const program = aProgram({ STAND_IN_PORT: String(port), STAND_IN_AGENTS: join(ROOT, 'agents') });
  writeStandIns(program.directory, initScripts);
  const started = await program.run('crm', ['cluster', 'start', ...nodes]);
  if (started.code !== 0) {
    await program.stop();
    throw new Error(`the cluster did not start: ${started.out}${started.err}`);
  }
  return { ...program, port };
}

function writeStandIns(directory: string, initScripts: readonly string[]): void {
  const agents = readdirSync(STAND_INS).filter((name) => name.endsWith('.xml')).map((name) => name.slice(0, -'.xml'.length));
  for (const [provider, types] of [['heartbeat', agents], ['pacemaker', ['Dummy']], ['redhat', ['Dummy']]] as const) {
    const place = join(directory, 'ocf/resource.d', provider);
    mkdirSync(place, { recursive: true });
    for (const type of types) {
      copyFileSync(join(STAND_INS, 'stand-in'), join(place, type));
      copyFileSync(join(STAND_INS, `${type}.xml`), join(place, `${type}.xml`));
    }
  }
  mkdirSync(join(directory, 'init.d'));
  for (const name of initScripts) {
    const path = join(directory, 'init.d', name.replace(/-$/, ''));
    if (name.endsWith('-')) writeFileSync(path, 'text\n');
    else copyFileSync(join(STAND_INS, 'init-script'), path);
    chmodSync(path, name.endsWith('-') ? 0o644 : 0o755);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
