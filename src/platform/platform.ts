// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The world as a daemon sees it: time, chance, datagrams, disk, processes, local sockets, log and trace. Everything
 * is synchronous or answers through a handler, and a handler runs to its end before the next one begins; so the same
 * daemons run under Node's loop (`real`) and under one virtual event queue (`sim`) and cannot tell which.
 */

export interface Clock {
  /** Milliseconds since some fixed moment; never jumps. For durations and timers. */
  monotonicMs(): number;
  /** Milliseconds since 1970; may jump. Only for what is shown or written down. */
  epochMs(): number;
}

export interface Timer {
  /** The handler will not run. Harmless when it already has. */
  cancel(): void;
}

/** One independent stream of chance; streams of different names do not disturb each other. */
export interface RandomStream {
  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number;
  /** A number from 0 up to, not including, 1. */
  fraction(): number;
}

/** Unordered, lossy messages between nodes, addressed by node id. */
export interface Network {
  attach(nodeId: number, receive: (from: number, text: string) => void): Endpoint;
}

export interface Endpoint {
  send(to: number, text: string): void;
  /** To every attached node, the sender too. */
  broadcast(text: string): void;
  detach(): void;
}

/**
 * A file system without promises. What `write`, `append`, `rename`, `link` and `remove` did may be lost by a power
 * cut until `sync` of the file and `syncDirectory` of its directory have returned.
 */
export interface Disk {
  /** Undefined when there is no such file. */
  read(path: string): string | undefined;
  write(path: string, text: string, mode?: number): void;
  append(path: string, text: string): void;
  sync(path: string): void;
  syncDirectory(path: string): void;
  rename(from: string, to: string): void;
  /** A second name for a file; an existing name is replaced. */
  link(from: string, to: string): void;
  /** A file or a whole directory; nothing happens when it is missing. */
  remove(path: string): void;
  /** Names in a directory, sorted; empty when there is none. */
  list(path: string): readonly string[];
  makeDirectory(path: string, mode?: number): void;
  isExecutable(path: string): boolean;
}

export interface SpawnRequest {
  /** For log and trace: `rsc_monitor_10000`, `alert`, ... */
  readonly label: string;
  readonly path: string;
  readonly args: readonly string[];
  /** The whole environment of the process. */
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  /** Standard input; `/dev/null` when absent. */
  readonly input?: string;
  /** After it the process group is killed. */
  readonly timeoutMs: number;
  /** Processes with an equal brand die together in `killBranded`, even when they have left the process group. */
  readonly brand: string;
}

export interface ProcessResult {
  readonly kind: 'exited' | 'signaled' | 'timeout' | 'missing' | 'forbidden';
  /** Exit code for `exited`, else -1. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

export interface RunningProcess {
  /** Names its process group in `killGroup`; undefined when it never ran. */
  readonly groupId: number | undefined;
  /** Kills the whole process group; the end is reported as usual. */
  kill(): void;
}

export interface Processes {
  spawn(request: SpawnRequest, onEnd: (result: ProcessResult) => void): RunningProcess;
  /** Kills every process started with this brand and all that descends from it; `onDone` when none is left. */
  killBranded(brand: string, onDone: () => void): void;
  /** Kills a group that an earlier life of this program has started, if it is still one of that brand. */
  killGroup(groupId: number, brand: string): void;
  /** Cores and load average of the machine, for throttling. */
  load(): { readonly cores: number; readonly average: number };
}

export interface Connection {
  send(text: string): void;
  close(): void;
}

export interface ConnectionHandlers {
  /** One whole message. */
  message(text: string): void;
  closed(): void;
}

export interface Listener {
  close(): void;
}

/** Sockets and pipes between programs of one machine and one user; a message is at most {@link MESSAGE_LIMIT} long. */
export interface LocalSockets {
  /** Replaces a socket of that path: who must not displace another asks with `connect` first. */
  listen(path: string, accept: (connection: Connection) => ConnectionHandlers): Listener;
  /** `opened` gets undefined when nobody listens. */
  connect(path: string, opened: (connection: Connection | undefined) => ConnectionHandlers | void): void;
  /** A named pipe whose lines are requests of programs too small for a socket (plain `sh`). */
  listenPipe(path: string, line: (text: string) => void): Listener;
  /** Writes into a named pipe that its reader has opened; dropped when there is none. */
  answerPipe(path: string, text: string): void;
}

export type LogLevel = 'error' | 'warning' | 'notice' | 'info' | 'debug';

export interface Platform {
  readonly clock: Clock;
  /** Runs the handler once, later. The label names the timer in traces. */
  after(label: string, delayMs: number, handler: () => void): Timer;
  random(stream: string): RandomStream;
  readonly network: Network;
  readonly disk: Disk;
  readonly processes: Processes;
  readonly sockets: LocalSockets;
  log(level: LogLevel, source: string, text: string): void;
  /** What happened, for checkers and trace hashes; costs nothing when nobody listens. */
  trace(event: string, ...details: readonly (string | number)[]): void;
}

/** Longest message on a local socket: a CIB of several thousand resources with its status fits. */
export const MESSAGE_LIMIT = 64 * 1024 * 1024;
