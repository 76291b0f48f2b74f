// SPDX-License-Identifier: GPL-2.0-or-later
/** What an embedded cluster is made from: names and directories in, the supervisor's setup out. */
import { agentPath, agentPlaces, type AgentDisk, type AgentName } from '../../agents/index.ts';
import type { Disk, Platform, RandomStream } from '../../platform/index.ts';
import type { Schedule } from '../controller/conductor.ts';
import type { ClusterNode } from '../membership/membership.ts';
import type { ClusterSetup } from '../node.ts';
import { HistoryRecord } from './history-record.ts';
import { readNodeWords } from './node-words.ts';
import type { SupervisorSetup } from './supervisor.ts';


export interface EmbeddedOptions {
  readonly stateDirectory: string;
  /** `NAME` or `ID:NAME`; without an id the lowest that is free. */
  readonly nodes: readonly string[];
  readonly clusterName?: string;
  readonly environment: ReadonlyMap<string, string>;
  /** Where `agents/` and `bin/` of this program stand. */
  readonly programDirectory: string;
  readonly processId: number;
  readonly version: string;
  readonly tokenMs?: number;
}

/** Inside one process nothing is lost on the way, so silence is noticed sooner than between machines. */
const TOKEN_MS = 1000;
/** 256 bits. */
const KEY_DIGITS = 64;

export function embeddedCluster({ disk, random }: Pick<Platform, 'disk' | 'random'>, options: EmbeddedOptions, schedule: Schedule): SupervisorSetup {
  const places = agentPlaces(options.environment, `${options.programDirectory}/agents`);
  const files = agentDisk(disk);
  const record = new HistoryRecord(disk, `${options.stateDirectory}/history`);
  const cluster: ClusterSetup = {
    clusterName: options.clusterName ?? 'quorate',
    key: clusterKey(disk, random('authkey'), options.stateDirectory),
    nodes: nodesOf(options.nodes),
    totem: { tokenMs: options.tokenMs ?? TOKEN_MS, tokenCoefficientMs: 0 },
    dcVersion: `3.0.0-quorate-${options.version}`,
    ocfRoot: places.ocfRoot,
    schedule: record.of(schedule),
    fenced: (event) => record.fenced(event),
    findAgent: (agent: AgentName) => agentPath(places, files, agent),
  };
  return {
    cluster,
    stateDirectory: options.stateDirectory,
    environment: options.environment,
    toolsDirectory: `${options.programDirectory}/bin`,
    processId: options.processId,
  };
}

function nodesOf(words: readonly string[]): readonly ClusterNode[] {
  const nodes = readNodeWords(words);
  if (typeof nodes === 'string') throw new Error(`defect: ${nodes}`);
  return nodes;
}

/** Made when a cluster is first started, and kept. */
function clusterKey(disk: Disk, random: RandomStream, stateDirectory: string): string {
  const file = `${stateDirectory}/authkey`;
  const known = disk.read(file)?.trim() ?? '';
  if (known.length === KEY_DIGITS) return known;
  disk.makeDirectory(stateDirectory);
  const key = Array.from({ length: KEY_DIGITS }, () => random.below(16).toString(16)).join('');
  disk.write(file, `${key}\n`, 0o600);
  return key;
}

function agentDisk(disk: Disk): AgentDisk {
  return {
    entries: (directory) =>
      disk.list(directory).map((name) => {
        const isExecutable = disk.isExecutable(`${directory}/${name}`);
        return { name, kind: isExecutable ? 'file' : 'directory', isExecutable };
      }),
    read: (path) => disk.read(path),
  };
}
