// SPDX-License-Identifier: GPL-2.0-or-later
/** The surroundings of a face as Node gives them. */
import { spawn as spawnChild, spawnSync } from 'node:child_process';
import { fstatSync, statSync } from 'node:fs';
import { devNull, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { isatty } from 'node:tty';
import type { FaceContext, ProgramRequest, ProgramResult } from '../face.ts';
import { realFaceDisk } from './face-disk.ts';
import { writeError, writeOutput } from './output.ts';

/** Largest output of a program that a face keeps. */
const OUTPUT_LIMIT_BYTES = 64 * 1024 * 1024;
const STANDARD_INPUT = 0;
const STANDARD_OUTPUT = 1;
const FALLBACK_COLUMNS = 80;
const FALLBACK_ROWS = 24;
/** Exit codes of a program that could not be started and of one whose time ran out, as shells and `timeout` give them. */
const CANNOT_START = 127;
const TIME_RAN_OUT = 124;

export interface RealFace extends FaceContext {
  /** Standard input line by line as it arrives. */
  inputLines(): AsyncIterable<string>;
}

/** `programDirectory` is where `agents/` stands; `version` the release. */
export function realFace(version: string, programDirectory: string): RealFace {
  return {
    version,
    programDirectory,
    env: new Map(Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined)),
    cwd: process.cwd(),
    userName: userName(),
    hostName: hostname(),
    processId: process.pid,
    terminal: terminal(),
    disk: realFaceDisk,
    out: writeOutput,
    err: writeError,
    readInput,
    inputLines,
    epochMs: () => Date.now(),
    zoneOffsetSeconds: (epochSeconds) => -new Date(epochSeconds * 1000).getTimezoneOffset() * 60,
    openKeyboard: async () => (await import('./keyboard.ts')).openKeyboard(),
    inBackground: (command, argv) => inBackground(join(programDirectory, 'bin', command), argv),
    onTermination,
    sleep: (durationMs) => new Promise((resolve) => void setTimeout(resolve, durationMs)),
    spawn,
    spawnSync: spawnBlocking,
  };
}

/** In a session of its own, so that it outlives the terminal. */
function inBackground(path: string, argv: readonly string[]): number {
  const child = spawnChild(process.execPath, [path, ...argv], { detached: true, stdio: 'ignore' });
  child.unref();
  if (child.pid === undefined) throw new Error(`cannot start ${path}`);
  return child.pid;
}

const SIGNAL_EXIT_BASE = 128;
const SIGNALS = [['SIGHUP', 1], ['SIGINT', 2], ['SIGTERM', 15]] as const;

const terminationHandlers: (() => void)[] = [];

function onTermination(handler: () => void): void {
  terminationHandlers.push(handler);
  if (terminationHandlers.length > 1) return;
  for (const [signal, number] of SIGNALS) {
    process.once(signal, () => {
      for (const one of terminationHandlers) one();
      process.exit(SIGNAL_EXIT_BASE + number);
    });
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without a name, as in some containers.
    return String(process.getuid?.() ?? 'unknown');
  }
}

/** Looked at when somebody asks: most commands do not, and making the streams takes time. */
function terminal(): FaceContext['terminal'] {
  return {
    get isInput() {
      return isTerminal(STANDARD_INPUT);
    },
    get isOutput() {
      return isTerminal(STANDARD_OUTPUT);
    },
    get columns() {
      return process.stdout.columns ?? FALLBACK_COLUMNS;
    },
    get rows() {
      return process.stdout.rows ?? FALLBACK_ROWS;
    },
  };
}

/** Files, pipes and the null device are told from terminals without loading what Node has for terminals. */
function isTerminal(descriptor: number): boolean {
  try {
    const status = fstatSync(descriptor);
    return status.isCharacterDevice() && status.rdev !== statSync(devNull).rdev && isatty(descriptor);
  } catch {
    // A descriptor that is closed.
    return false;
  }
}

async function readInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

async function* inputLines(): AsyncGenerator<string> {
  process.stdin.setEncoding('utf8');
  let rest = '';
  for await (const part of process.stdin) {
    const lines = (rest + String(part)).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function stdioOf({ isInteractive, input }: ProgramRequest): ['pipe' | 'inherit', 'pipe' | 'inherit', 'pipe' | 'inherit'] {
  const terminal = isInteractive === true ? 'inherit' : 'pipe';
  return [input === undefined ? terminal : 'pipe', terminal, terminal];
}

async function spawn(request: ProgramRequest): Promise<ProgramResult> {
  const { execa } = await import('execa');
  const done = await execa(request.program, [...request.args], {
    reject: false,
    stripFinalNewline: false,
    stdio: stdioOf(request),
    ...(request.isInteractive === true && request.input === undefined ? {} : { input: request.input ?? '' }),
    timeout: request.timeoutMs,
    maxBuffer: OUTPUT_LIMIT_BYTES,
    ...(request.env === undefined ? {} : { env: Object.fromEntries(request.env), extendEnv: false }),
  });
  const code = done.timedOut ? TIME_RAN_OUT : (done.exitCode ?? CANNOT_START);
  return { code, stdout: String(done.stdout ?? ''), stderr: String(done.stderr ?? '') };
}

function spawnBlocking(request: ProgramRequest): ProgramResult {
  const done = spawnSync(request.program, [...request.args], {
    encoding: 'utf8',
    input: request.input,
    stdio: stdioOf(request),
    timeout: request.timeoutMs,
    maxBuffer: OUTPUT_LIMIT_BYTES,
    env: request.env === undefined ? process.env : Object.fromEntries(request.env),
  });
  const timedOut = (done.error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT';
  return { code: timedOut ? TIME_RAN_OUT : (done.status ?? CANNOT_START), stdout: done.stdout ?? '', stderr: done.stderr ?? '' };
}
