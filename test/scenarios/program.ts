// SPDX-License-Identifier: GPL-2.0-or-later
/** The program as users get it, built into a directory of its own, and a cluster of it with stand-ins for public agents. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Answer } from './conversation.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const STAND_INS = join(import.meta.dirname, 'stand-ins');
const COMMAND_LIMIT_MS = 60_000;

export interface ClusterUnderTest {
  run(program: string, args: readonly string[], input?: readonly string[]): Answer;
  /** The same in the background. */
  begin(program: string, args: readonly string[], input?: readonly string[]): Promise<Answer>;
  /** The same, and a way to kill it (SIGKILL). */
  launch(program: string, args: readonly string[], input?: readonly string[]): { readonly answer: Promise<Answer>; kill(): void };
  /** Directory for files that commands read. */
  readonly directory: string;
  /** Where an address of a stand-in is served: `192.168.100.100` at port `port` of `127.168.100.100`. */
  readonly port: number;
  stop(): void;
}

/** Directory `bin` of a fresh build. */
export function buildProgram(directory: string): string {
  cpSync(join(ROOT, 'bin'), join(directory, 'bin'), { recursive: true, filter: (path) => !path.endsWith('.ts') });
  copyFileSync(join(ROOT, 'package.json'), join(directory, 'package.json'));
  for (const name of ['agents', 'templates', 'node_modules']) symlinkSync(join(ROOT, name), join(directory, name));
  const built = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), join(directory, 'dist')], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`the program cannot be built: ${built.stderr}`);
  return join(directory, 'bin');
}

/** `initScripts`: names of scripts; those that end in `-` are there but cannot be executed. */
export async function aCluster(nodes: readonly string[], initScripts: readonly string[] = []): Promise<ClusterUnderTest> {
  const directory = mkdtempSync(join(tmpdir(), 'quorate scenario '));
  const bin = buildProgram(directory);
  const port = await freePort();
  writeStandIns(directory, initScripts);
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: directory,
    XDG_CONFIG_DIRS: directory,
    CIB_shadow_dir: directory,
    LC_ALL: 'C',
    TZ: 'UTC',
    QUORATE_DIR: join(directory, 'state'),
    OCF_ROOT: join(directory, 'ocf'),
    QUORATE_INIT_DIR: join(directory, 'init.d'),
    STAND_IN_PORT: String(port),
    STAND_IN_AGENTS: join(ROOT, 'agents'),
  };
  const run = (program: string, args: readonly string[], input: readonly string[] = []): Answer => {
    const text = input.map((line) => `${line}\n`).join('');
    const done = spawnSync(process.execPath, [join(bin, program), ...args], { env, cwd: directory, encoding: 'utf8', input: text, timeout: COMMAND_LIMIT_MS });
    return { code: done.status ?? 255, out: done.stdout, err: done.stderr };
  };
  const launch: ClusterUnderTest['launch'] = (program, args, input = []) => {
    const child = spawn(process.execPath, [join(bin, program), ...args], { env, cwd: directory, stdio: 'pipe' });
    const answer = new Promise<Answer>((resolve) => {
      const heard = { out: '', err: '' };
      child.stdout.on('data', (part) => (heard.out += String(part)));
      child.stderr.on('data', (part) => (heard.err += String(part)));
      child.on('close', (code) => resolve({ ...heard, code: code ?? 255 }));
      // One that was killed does not read any more.
      child.stdin.on('error', () => {});
      child.stdin.end(input.map((line) => `${line}\n`).join(''));
    });
    return { answer, kill: () => void child.kill('SIGKILL') };
  };
  const stop = (): void => {
    run('crm', ['cluster', 'stop']);
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  const started = run('crm', ['cluster', 'start', ...nodes]);
  if (started.code !== 0) {
    stop();
    throw new Error(`the cluster did not start: ${started.out}${started.err}`);
  }
  return { run, begin: (...words) => launch(...words).answer, launch, directory, port, stop };
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
