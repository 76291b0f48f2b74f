// SPDX-License-Identifier: GPL-2.0-or-later
/** Lets the agent library look at this machine through the shell's surroundings. */
import { AgentLibrary, type AgentDisk, type AgentPlaces } from '../../agents/index.ts';
import type { ShellContext } from '../context.ts';

/** An agent that does not answer must not hold the shell. */
const METADATA_TIMEOUT_MS = 10_000;

export function libraryOf(context: ShellContext, places: AgentPlaces): AgentLibrary {
  return new AgentLibrary({
    places,
    disk: agentDisk(context),
    ask: (path, args, env, input) => context.spawnSync({ program: path, args, env, timeoutMs: METADATA_TIMEOUT_MS, ...(input === undefined ? {} : { input }) }),
    inherited: [...context.env],
    catalogueFile: `${context.programDirectory}/agents/catalogue.json`,
  });
}

function agentDisk(context: ShellContext): AgentDisk {
  const { disk } = context;
  return {
    entries: (directory) =>
      disk.list(directory).flatMap((name) => {
        const status = disk.status(`${directory}/${name}`);
        return status === undefined ? [] : [{ name, kind: status.kind, isExecutable: status.isExecutable }];
      }),
    read: (path) => disk.read(path),
  };
}
