// SPDX-License-Identifier: GPL-2.0-or-later
/** Everything outside the program that a tool touches, handed in by `bin` (real) or by a test. */
import type { Backend } from '../backends/index.ts';

export interface ToolFileStatus {
  readonly kind: 'file' | 'directory' | 'other';
  readonly isExecutable: boolean;
  readonly size: number;
  readonly modifiedEpochMs: number;
}

/** Files that a tool reads and writes besides the CIB; synchronous, because a tool does one thing at a time. */
export interface ToolDisk {
  /** Undefined when there is no such readable file. */
  read(path: string): string | undefined;
  /** Writes through a temporary file; makes missing directories. Throws an Error with a readable message. */
  write(path: string, text: string, mode?: number): void;
  append(path: string, text: string): void;
  /** Names in a directory, unsorted; empty when there is none. */
  list(path: string): readonly string[];
  status(path: string): ToolFileStatus | undefined;
  remove(path: string): void;
}

export interface ToolSpawnRequest {
  readonly program: string;
  readonly args: readonly string[];
  readonly input?: string;
  /** Replaces the whole environment when given. */
  readonly env?: ReadonlyArray<readonly [string, string]>;
  readonly timeoutMs?: number;
  /** The child gets the terminal (editor, shell); nothing is captured. */
  readonly isInteractive?: boolean;
}

export interface ToolSpawnResult {
  /** Exit code; 127 when the program could not be started, 124 when its time ran out. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ToolContext {
  /** Release of this program, `0.1.0`. */
  readonly version: string;
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly userName: string;
  readonly hostName: string;
  /** Directory of the bundled agents and the like: where `agents/` stands. */
  readonly programDirectory: string;
  readonly terminal: { readonly isInput: boolean; readonly isOutput: boolean; readonly columns: number };
  readonly disk: ToolDisk;
  out(text: string): void;
  err(text: string): void;
  /** All of standard input. */
  readInput(): Promise<string>;
  epochMs(): number;
  /** Seconds east of UTC of the local time zone at that time. */
  zoneOffsetSeconds(epochSeconds: number): number;
  sleep(durationMs: number): Promise<void>;
  spawn(request: ToolSpawnRequest): Promise<ToolSpawnResult>;
  /** The CIB file, shadow or cluster that the environment names; rejects with a BackendError that says what is missing. */
  openBackend(): Promise<Backend>;
}

/** One program: resolves with its exit code, never rejects for bad input. */
export type Tool = (argv: readonly string[], context: ToolContext) => Promise<number>;
