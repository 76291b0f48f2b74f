// SPDX-License-Identifier: GPL-2.0-or-later
/** How agents are found and asked, as interfaces: the real ones are handed in, tests hand in a map. */

export interface AgentFile {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
  readonly isExecutable: boolean;
}

export interface AgentDisk {
  /** Entries of a directory, unsorted; empty when there is none. */
  entries(directory: string): readonly AgentFile[];
  /** Undefined when there is no such readable file. */
  read(path: string): string | undefined;
}

export interface AgentAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs an agent for a short question and waits for the answer. */
export type AskAgent = (path: string, args: readonly string[], env: ReadonlyArray<readonly [string, string]>, input?: string) => AgentAnswer;

/** Where agents of each class stand. */
export interface AgentPlaces {
  readonly ocfRoot: string;
  /** Directories that hold one directory per provider, in order of preference. */
  readonly ocfDirectories: readonly string[];
  readonly initDirectory: string;
  readonly heartbeatDirectory: string;
  readonly systemdDirectories: readonly string[];
  /** Exists only where systemd runs. */
  readonly systemdRuntime: string;
  readonly fenceDirectories: readonly string[];
}

/** The usual places; `bundled` is the directory of the agents that come with the program. `OCF_ROOT` and `QUORATE_INIT_DIR` move them. */
export function agentPlaces(env: ReadonlyMap<string, string>, bundled: string): AgentPlaces {
  const told = env.get('OCF_ROOT') || undefined;
  const ocfRoot = told ?? '/usr/lib/ocf';
  // The older spelling of the usual place; whoever names a place means that one.
  const older = told === undefined ? ['/usr/lib/resource.d'] : [];
  return {
    ocfRoot,
    ocfDirectories: [`${bundled}/ocf`, `${ocfRoot}/resource.d`, ...older],
    initDirectory: env.get('QUORATE_INIT_DIR') || '/etc/init.d',
    heartbeatDirectory: '/etc/ha.d/resource.d',
    systemdDirectories: ['/etc/systemd/system', '/run/systemd/system', '/usr/lib/systemd/system', '/lib/systemd/system'],
    systemdRuntime: '/run/systemd/system',
    fenceDirectories: [`${bundled}/stonith`, '/usr/sbin'],
  };
}
