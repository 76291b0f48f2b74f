// SPDX-License-Identifier: GPL-2.0-or-later
/** Everything outside the program that the shell touches, handed in by `bin` (real) or by a test. */
import type { Backend } from '../backends/index.ts';

export interface FileStatus {
  readonly kind: 'file' | 'directory' | 'other';
  readonly isExecutable: boolean;
  readonly size: number;
  readonly modifiedEpochMs: number;
}

/** Files as the shell needs them: small, few, one user; synchronous keeps completion and commands simple. */
export interface ShellDisk {
  /** Undefined when there is no such readable file. */
  read(path: string): string | undefined;
  /** Writes through a temporary file; makes missing directories. Throws an Error with a readable message. */
  write(path: string, text: string, mode?: number): void;
  append(path: string, text: string): void;
  /** Names in a directory, unsorted; empty when there is none. */
  list(path: string): readonly string[];
  status(path: string): FileStatus | undefined;
  remove(path: string): void;
}

export interface SpawnRequest {
  readonly program: string;
  readonly args: readonly string[];
  readonly input?: string;
  /** Replaces the whole environment when given. */
  readonly env?: ReadonlyArray<readonly [string, string]>;
  readonly timeoutMs?: number;
  /** The child gets the terminal (editor, pager); nothing is captured. */
  readonly isInteractive?: boolean;
}

export interface SpawnResult {
  /** Exit code; 127 when the program could not be started, 124 when its time ran out. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Reads lines from the user with editing, history and completion. */
export interface LineEditor {
  /** Undefined at the end of input. Rejects with `interrupted` on Ctrl-C. */
  readLine(prompt: string): Promise<string | undefined>;
  close(): void;
}

export interface LineEditorSetup {
  readonly history: readonly string[];
  /** Asked with the line and the cursor; gives the candidates and the part of the line they replace. */
  complete(line: string, cursor: number): Promise<{ readonly candidates: readonly string[]; readonly replaced: string }>;
  onHistory(lines: readonly string[]): void;
}

/** What the shell asks of the embedded cluster as a whole (design, decision 5); `bin` connects it to the supervisor. */
export interface ClusterLauncher {
  /** Starts the supervisor in the background; resolves when the nodes have formed a cluster. */
  start(request: { readonly nodes: readonly string[]; readonly options: ReadonlyMap<string, string> }): Promise<{ readonly message: string }>;
  /** Stops every node in order and the supervisor; false when none ran. */
  stop(): Promise<boolean>;
  isRunning(): boolean;
  /** Requests beyond ClusterControl (add, remove, fault, modules, totem, trace ...) as text. */
  request(verb: string, args: readonly string[]): Promise<{ readonly code: number; readonly text: string }>;
}

export interface ShellContext {
  readonly version: string;
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly userName: string;
  readonly hostName: string;
  readonly processId: number;
  /** Directory of the bundled agents, templates and the like: where `agents/` stands. */
  readonly programDirectory: string;
  readonly terminal: { readonly isInput: boolean; readonly isOutput: boolean; readonly columns: number; readonly rows: number };
  readonly disk: ShellDisk;
  out(text: string): void;
  err(text: string): void;
  /** All of standard input. */
  readInput(): Promise<string>;
  /** Standard input line by line as it arrives. */
  inputLines(): AsyncIterable<string>;
  epochMs(): number;
  sleep(durationMs: number): Promise<void>;
  spawn(request: SpawnRequest): Promise<SpawnResult>;
  /** Blocking, for short questions such as an agent's meta-data. */
  spawnSync(request: SpawnRequest): SpawnResult;
  /** The CIB file, shadow or cluster the environment names; rejects with a BackendError that says how to start one. */
  openBackend(choice: { readonly shadow: string | undefined }): Promise<Backend>;
  readonly launcher: ClusterLauncher;
  openLineEditor(setup: LineEditorSetup): LineEditor;
  /** One character answer from the terminal. */
  ask(question: string): Promise<string>;
}
