// SPDX-License-Identifier: GPL-2.0-or-later
/** Everything outside the program that the shell touches, handed in by `bin` (real) or by a test. */
import type { Backend } from '../backends/index.ts';
import type { FaceContext, FaceDisk } from '../platform/index.ts';

export type { FileStatus, ProgramRequest as SpawnRequest, ProgramResult as SpawnResult } from '../platform/index.ts';
export type ShellDisk = FaceDisk;

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
  /** Starts the supervisor in the background; resolves when the nodes have formed a cluster, or with undefined when one runs already. */
  start(request: { readonly nodes: readonly string[] }): Promise<{ readonly message: string } | undefined>;
  /** Stops every node in order and the supervisor; false when none ran. */
  stop(): Promise<boolean>;
  /** Whether a cluster answers; the mere number of a process says little when its daemon was killed. */
  isRunning(): Promise<boolean>;
  /** Requests beyond ClusterControl (fault, modules, run, totem) as text. */
  request(verb: string, args: readonly string[]): Promise<{ readonly code: number; readonly text: string }>;
}

export interface ShellContext extends FaceContext {
  /** Standard input line by line as it arrives. */
  inputLines(): AsyncIterable<string>;
  /** The CIB file, shadow or cluster the environment names; rejects with a BackendError that says how to start one. */
  openBackend(choice: { readonly shadow: string | undefined }): Promise<Backend>;
  readonly launcher: ClusterLauncher;
  /** Runs one of the cluster tools in this process; its output goes to `out`, else where the shell's goes. */
  runTool(name: string, args: readonly string[], choice: { readonly shadow: string | undefined; readonly out?: (text: string) => void }): Promise<number>;
  /** Starts this shell with other arguments in the background; it outlives this process. */
  startBackground(argv: readonly string[]): void;
  /** Samples where the time goes until the result is called; that gives the profile as the text of a `.cpuprofile` file. */
  startProfile(): Promise<() => Promise<string>>;
  openLineEditor(setup: LineEditorSetup): LineEditor;
  /** An answer from the terminal; undefined when there is none (Ctrl-C, Ctrl-D). */
  ask(question: string): Promise<string | undefined>;
}
