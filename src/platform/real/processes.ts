// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Real child processes, each the leader of a group of its own so that a timeout reaches all it started. A brand in
 * the environment finds, on Linux, even those that made a session of their own (web servers, databases).
 */
import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import type { Processes, ProcessResult, RunningProcess, SpawnRequest } from '../platform.ts';
import { codeOf } from './disk.ts';

/** What is kept of an agent's output: enough for meta-data and messages, not for a runaway log. */
const OUTPUT_LIMIT = 1024 * 1024;
const BRAND_VARIABLE = 'QUORATE_BRAND';
/** Agents leave processes that hold their output open; their leader's exit is waited on, the output only so long. */
const OUTPUT_GRACE_MS = 100;
const KILL_ROUND_MS = 20;
/** A process in uninterruptible sleep cannot be waited for for ever; after this many rounds it is reported as gone. */
const KILL_ROUNDS = 250;

/** Process groups that may still hold members, by brand. */
const groupsOfBrand = new Map<string, Set<number>>();

export const realProcesses: Processes = {
  spawn: startProcess,
  killBranded(brand, onDone) {
    killRound(brand, KILL_ROUNDS, onDone);
  },
  killGroup(groupId, brand) {
    if (isBranded(String(groupId), `${BRAND_VARIABLE}=${brand}`)) killGroup(groupId);
  },
  load: () => ({ cores: os.availableParallelism(), average: os.loadavg()[0] ?? 0 }),
};

function startProcess(request: SpawnRequest, onEnd: (result: ProcessResult) => void): RunningProcess {
  const startedAt = process.hrtime.bigint();
  const problem = startProblem(request);
  if (problem !== undefined) return refuse(problem, '', onEnd);
  let child: ChildProcess;
  try {
    child = launch(request);
  } catch (error) {
    // For example an environment that is too long for this system.
    return refuse('forbidden', `${request.path}: ${String(error)}`, onEnd);
  }
  const output = { stdout: collect(child.stdout), stderr: collect(child.stderr) };
  let isTimedOut = false;
  let isOver = false;
  let exit: { code: number | null } | undefined;
  const expire = (): void => {
    if (exit !== undefined) return;
    isTimedOut = true;
    killGroup(child.pid);
  };
  // When this process itself was held up, the child may have ended in time and the news of it be waiting.
  const timer = setTimeout(() => setImmediate(expire), Math.min(request.timeoutMs, 2 ** 31 - 1));
  const end = (kind: ProcessResult['kind'], code: number): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    const durationMs = Number((process.hrtime.bigint() - startedAt) / 1_000_000n);
    onEnd({ kind: isTimedOut ? 'timeout' : kind, code, stdout: output.stdout(), stderr: output.stderr(), durationMs });
  };
  const finish = (): void => end(exit?.code === null ? 'signaled' : 'exited', exit?.code ?? -1);
  child.on('error', (error) => end(codeOf(error) === 'EACCES' ? 'forbidden' : 'missing', -1));
  child.on('exit', (code) => {
    exit = { code };
    forgetEmptyGroup(request.brand, child.pid);
    const close = (): void => {
      child.stdout?.destroy();
      child.stderr?.destroy();
      finish();
    };
    // After a turn of the loop, in which what the child has written is read even when this timer is late.
    setTimeout(() => setImmediate(close), OUTPUT_GRACE_MS);
  });
  child.on('close', finish);
  return { groupId: child.pid, kill: () => killGroup(child.pid) };
}

function refuse(kind: 'missing' | 'forbidden', stderr: string, onEnd: (result: ProcessResult) => void): RunningProcess {
  setImmediate(() => onEnd({ kind, code: -1, stdout: '', stderr, durationMs: 0 }));
  return { groupId: undefined, kill: () => {} };
}

function startProblem(request: SpawnRequest): 'missing' | 'forbidden' | undefined {
  try {
    fs.accessSync(request.path, fs.constants.X_OK);
    return undefined;
  } catch (problem) {
    return codeOf(problem) === 'EACCES' ? 'forbidden' : 'missing';
  }
}

function launch(request: SpawnRequest): ChildProcess {
  const env: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of request.env) env[name] = value;
  env[BRAND_VARIABLE] = request.brand;
  // Node gives no umask per child; the change lasts only until the child has been forked.
  const umask = process.umask(0o026);
  try {
    const child = spawn(request.path, request.args, {
      cwd: request.cwd,
      env,
      detached: true,
      stdio: [request.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    if (request.input !== undefined) {
      // The agent may end without reading.
      child.stdin?.on('error', () => {});
      child.stdin?.end(request.input);
    }
    if (child.pid !== undefined) rememberGroup(request.brand, child.pid);
    return child;
  } finally {
    process.umask(umask);
  }
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream?.on('data', (chunk: Buffer) => {
    if (size < OUTPUT_LIMIT) chunks.push(chunk.subarray(0, OUTPUT_LIMIT - size));
    size += chunk.length;
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

function rememberGroup(brand: string, pid: number): void {
  const groups = groupsOfBrand.get(brand) ?? new Set<number>();
  groups.add(pid);
  groupsOfBrand.set(brand, groups);
}

/** A group number may be given to strangers once its last member has gone. */
function forgetEmptyGroup(brand: string, pid: number | undefined): void {
  if (pid === undefined || isGroupAlive(pid)) return;
  groupsOfBrand.get(brand)?.delete(pid);
}

function isGroupAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch (problem) {
    return codeOf(problem) === 'EPERM';
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (problem) {
    if (codeOf(problem) !== 'ESRCH') throw problem;
  }
}

function killRound(brand: string, roundsLeft: number, onDone: () => void): void {
  const groups = groupsOfBrand.get(brand) ?? new Set<number>();
  for (const group of [...groups]) {
    if (isGroupAlive(group)) killGroup(group);
    else groups.delete(group);
  }
  const strays = brandedProcesses(brand);
  for (const pid of strays) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (problem) {
      if (codeOf(problem) !== 'ESRCH') throw problem;
    }
  }
  if ((groups.size === 0 && strays.length === 0) || roundsLeft === 0) {
    groupsOfBrand.delete(brand);
    setImmediate(onDone);
    return;
  }
  setTimeout(() => killRound(brand, roundsLeft - 1, onDone), KILL_ROUND_MS);
}

/** Processes that carry the brand in their environment (Linux); those that are only waiting to be reaped do not count. */
function brandedProcesses(brand: string): number[] {
  const mark = `${BRAND_VARIABLE}=${brand}`;
  const found: number[] = [];
  for (const name of listProc()) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    if (isBranded(name, mark)) found.push(pid);
  }
  return found;
}

function isBranded(pid: string, mark: string): boolean {
  try {
    const environment = fs.readFileSync(`/proc/${pid}/environ`, 'latin1');
    return environment.includes(mark) && environment.split('\0').includes(mark);
  } catch {
    // Gone meanwhile, or another user's: in both cases not one of ours to end.
    return false;
  }
}

function listProc(): string[] {
  try {
    return fs.readdirSync('/proc');
  } catch {
    // No procfs on this system: process groups are all that can be reached.
    return [];
  }
}
