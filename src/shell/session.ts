// SPDX-License-Identifier: GPL-2.0-or-later
/** What a command sees of the shell it runs in: output, questions, options, the cluster, the agents, and state kept between commands. */
import type { AgentLibrary } from '../agents/index.ts';
import type { Backend } from '../backends/index.ts';
import type { CibChange, XmlElement } from '../cib/index.ts';
import type { ShellContext } from './context.ts';
import type { Options } from './options/index.ts';

/** Names a value that a level keeps in the session, with its type. */
export interface StateKey<T> {
  readonly name: string;
  /** Never set; carries the type. */
  readonly type?: T;
}

export interface SessionFlags {
  /** `-F`: yes to questions, commit despite errors. */
  readonly force: boolean;
  /** `-n`: every question is answered no. */
  readonly no: boolean;
  /** `-w`. */
  readonly wait: boolean;
  readonly debug: boolean;
  readonly json: boolean;
  readonly dryRun: boolean;
  /** `--strict`: warnings fail a command as errors do. */
  readonly strict: boolean;
}

export type SessionMode = 'interactive' | 'batch' | 'single-shot';

export interface Presentation {
  /** What `--json` prints, inside `{ "format": 1, "command": ..., "data": ... }`. */
  readonly data: unknown;
  /** What everyone else reads; no newline at the end needed. Empty prints nothing. */
  text(): string;
}

export interface Session {
  readonly context: ShellContext;
  readonly flags: SessionFlags;
  readonly mode: SessionMode;
  readonly options: Options;
  readonly agents: AgentLibrary;
  /** Name of the shadow CIB in use, undefined for live. */
  readonly shadow: string | undefined;
  /** Names of the levels the user is in, root excluded. */
  readonly path: readonly string[];

  /** Prints lines on standard output; a newline is added when missing. */
  print(text: string): void;
  /** Prints a result as text or, with `--json`, as data. */
  present(result: Presentation): void;
  /** With `--json`: what there is to say about the user's text, beside the data. */
  presentDiagnostics(diagnostics: readonly unknown[]): void;
  /** In a script the place of the command stands before a message, unless the message says a place of its own (`isPlaced`). */
  info(message: string, isPlaced?: boolean): void;
  warn(message: string, isPlaced?: boolean): void;
  /** Prints `ERROR: message` and returns FAILURE, so that a command may `return session.error(...)`. */
  error(message: string, isPlaced?: boolean): number;

  /** Yes-or-no question: `-F` answers yes, `-n` and a missing terminal answer no. */
  confirm(question: string): Promise<boolean>;
  /** A question with one-letter answers (first is the default without a terminal). */
  choose(question: string, answers: string): Promise<string>;

  /** The cluster or CIB file worked on; opened on first use. Rejects with BackendError. */
  backend(): Promise<Backend>;
  /** Shortcut for `(await backend()).query()`. */
  cib(): Promise<XmlElement>;
  /** What a tool that can print JSON shows. */
  toolData(name: string, ...args: readonly string[]): Promise<{ readonly code: number; readonly data: unknown }>;
  /** Switches to a shadow CIB or (undefined) back to live. */
  useShadow(name: string | undefined): Promise<void>;

  /** Sends one change on behalf of the user of the options; false after a message when it was refused. */
  apply(change: CibChange): Promise<boolean>;
  /** Runs a cluster tool on the CIB that this session works on. */
  tool(name: string, ...args: readonly string[]): Promise<number>;

  /** A value kept between commands, made on first use. */
  state<T>(key: StateKey<T>, make: () => T): T;
  setState<T>(key: StateKey<T>, value: T): void;

  /** Runs one command line at the current level, as if typed; for commands that carry others (run control, scripts). */
  execute(line: string): Promise<number>;
}
