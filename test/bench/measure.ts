// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Measures whole commands pairwise: ours and the peer's run in turn, and the ratio is taken pair by pair, so that a
 * machine that changes its speed changes both. The figure is CPU time (user + system), read from the shell's `times`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface Measured {
  readonly cpuMs: number;
  readonly exitCode: number;
}

export interface Comparison {
  readonly oursMs: number;
  readonly peerMs: number;
  /** Median over the rounds of ours / peer. */
  readonly ratio: number;
}

/** A command to run: argv, and variables added to the environment. `prepare` runs before each round, not measured. */
export interface BenchCommand {
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly prepare?: () => void;
}

const TIMEOUT_MS = 300_000;

/** With the largest resident memory, where GNU time is installed. */
export interface MeasuredMemory extends Measured {
  readonly peakMiB: number | undefined;
}

const TIME = '/usr/bin/time';

/** CPU time (to 10 ms) and memory of one run, of the process itself. */
export function runWithMemory(command: BenchCommand, timeoutMs = TIMEOUT_MS): MeasuredMemory {
  if (!existsSync(TIME)) return { ...runOnce(command, timeoutMs), peakMiB: undefined };
  command.prepare?.();
  const done = spawnSync(TIME, ['-f', 'user=%U system=%S peak=%M', ...command.argv], {
    encoding: 'utf8',
    timeout: timeoutMs,
    env: { ...process.env, ...command.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const match = /user=([\d.]+) system=([\d.]+) peak=(\d+)/.exec(done.stderr ?? '');
  if (match === null) throw new Error(`${command.argv.join(' ')} could not be measured: ${done.stderr}`);
  return { cpuMs: (Number(match[1]) + Number(match[2])) * 1000, exitCode: done.status ?? -1, peakMiB: Number(match[3]) / 1024 };
}

/** CPU time of one run, children included. */
export function runOnce(command: BenchCommand, timeoutMs = TIMEOUT_MS): Measured {
  command.prepare?.();
  const script = 'exec 3>&1; TIMEFORMAT="%3U %3S"; { time "$@" >/dev/null 2>&1 </dev/null; } 2>&3; echo "rc=$?" >&3';
  const done = spawnSync('bash', ['-c', script, 'bench', ...command.argv], {
    encoding: 'utf8',
    timeout: timeoutMs,
    env: { ...process.env, ...command.env },
  });
  const match = /^([\d.]+) ([\d.]+)$/m.exec(done.stdout ?? '');
  const exit = /rc=(\d+)/.exec(done.stdout ?? '');
  if (match === null) throw new Error(`${command.argv.join(' ')} could not be measured: ${done.stderr}`);
  return { cpuMs: (Number(match[1]) + Number(match[2])) * 1000, exitCode: Number(exit?.[1] ?? 0) };
}

/** Rounds before the counted ones: in the first two a command of ours makes its pack. */
const WARM_UP_ROUNDS = 3;

/** Runs both in turn, after some uncounted rounds. */
export function compare(ours: BenchCommand, peer: BenchCommand, rounds: number): Comparison {
  const pairs: [number, number][] = [];
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    const pair: [number, number] = [runOnce(ours).cpuMs, runOnce(peer).cpuMs];
    if (round >= 0) pairs.push(pair);
  }
  return {
    oursMs: median(pairs.map(([a]) => a)),
    peerMs: median(pairs.map(([, b]) => b)),
    ratio: median(pairs.map(([a, b]) => a / Math.max(b, 1))),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** CPU time of a function in this process, best of `rounds`. */
export function cpuOf(work: () => unknown, rounds: number): number {
  let best = Infinity;
  for (let i = 0; i < rounds; i++) {
    const start = process.cpuUsage();
    work();
    const used = process.cpuUsage(start);
    best = Math.min(best, (used.user + used.system) / 1000);
  }
  return best;
}

/** Slope of log(y) over log(x): how fast a cost grows. */
export function growthExponent(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const meanX = logs.reduce((sum, [x]) => sum + x, 0) / logs.length;
  const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / logs.length;
  const over = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return over / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

export function isInstalled(command: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', command]).status === 0;
}
