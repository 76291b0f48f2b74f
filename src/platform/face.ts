// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What a face (shell, tool) touches outside the program: small and synchronous where a person waits anyway. Daemons use
 * the platform interface instead, which can be simulated event by event.
 */

export interface FileStatus {
  readonly kind: 'file' | 'directory' | 'other';
  readonly isExecutable: boolean;
  readonly size: number;
  readonly modifiedEpochMs: number;
}

/** Files as a face needs them: small, few, one user; synchronous keeps completion and commands simple. */
export interface FaceDisk {
  /** Undefined when there is no such readable file. */
  read(path: string): string | undefined;
  /** Writes through a temporary file; makes missing directories. Throws an Error with a readable message. */
  write(path: string, text: string, mode?: number): void;
  append(path: string, text: string): void;
  /** Names in a directory, unsorted; empty when there is none. */
  list(path: string): readonly string[];
  status(path: string): FileStatus | undefined;
  remove(path: string): void;
  /** Waits for the only right to change a file; call the result to give it back. Absent where nobody else writes. */
  lock?(path: string): Promise<() => void>;
}

export interface ProgramRequest {
  readonly program: string;
  readonly args: readonly string[];
  readonly input?: string;
  /** Replaces the whole environment when given. */
  readonly env?: ReadonlyArray<readonly [string, string]>;
  readonly timeoutMs?: number;
  /** The child gets the terminal (editor, pager); nothing is captured. With `input` only its standard input is that text. */
  readonly isInteractive?: boolean;
}

export interface ProgramResult {
  /** Exit code; 127 when the program could not be started, 124 when its time ran out. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface FaceTerminal {
  readonly isInput: boolean;
  readonly isOutput: boolean;
  readonly columns: number;
  readonly rows: number;
}

/** Single keys of a terminal, without waiting for the end of a line. */
export interface FaceKeyboard {
  /** The next key, a character or the whole sequence of a special key; undefined when the time ran out, or something else than a key wakes. */
  next(timeoutMs: number): Promise<string | undefined>;
  /** Ends the waiting of `next`, the present or the coming one. */
  wake(): void;
  /** Stops the program until its shell goes on with it; the terminal is as it was before in between. */
  suspend(): Promise<void>;
  /** Gives the terminal back. */
  close(): void;
}

/** The surroundings that every face gets. */
export interface FaceContext {
  /** Release of this program, `0.1.0`. */
  readonly version: string;
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly userName: string;
  readonly hostName: string;
  readonly processId: number;
  /** Directory of the bundled agents, templates and the like: where `agents/` stands. */
  readonly programDirectory: string;
  readonly terminal: FaceTerminal;
  readonly disk: FaceDisk;
  out(text: string): void;
  err(text: string): void;
  /** All of standard input. */
  readInput(): Promise<string>;
  epochMs(): number;
  /** Seconds east of UTC of the local time zone at that time. */
  zoneOffsetSeconds(epochSeconds: number): number;
  sleep(durationMs: number): Promise<void>;
  /** Begins another command of this program in the background, without terminal; gives its process number. */
  inBackground?(command: string, argv: readonly string[]): number;
  /** Takes the keys of the terminal; only where `terminal.isInput`. */
  openKeyboard?(): Promise<FaceKeyboard>;
  /** Each handler is called once when the process is asked to end (TERM, INT, HUP), before it does. */
  onTermination?(handler: () => void): void;
  spawn(request: ProgramRequest): Promise<ProgramResult>;
  /** Blocking, for short questions such as an agent's meta-data. */
  spawnSync(request: ProgramRequest): ProgramResult;
}
