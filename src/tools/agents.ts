// SPDX-License-Identifier: GPL-2.0-or-later
/** The resource agents of this machine, looked at through a tool's surroundings. */
import { AgentLibrary, agentPlaces, type AgentDisk } from '../agents/index.ts';
import type { ToolContext } from './context.ts';

/** An agent that does not answer must not hold the tool. */
const METADATA_TIMEOUT_MS = 10_000;

export function agentLibrary(context: ToolContext): AgentLibrary {
  return new AgentLibrary({
    places: agentPlaces(context.env, `${context.programDirectory}/agents`),
    disk: agentDisk(context),
    ask: (path, args, env, input) => context.spawnSync({ program: path, args, env, timeoutMs: METADATA_TIMEOUT_MS, ...(input === undefined ? {} : { input }) }),
    inherited: [...context.env],
    catalogueFile: `${context.programDirectory}/agents/catalogue.json`,
  });
}

function agentDisk({ disk }: ToolContext): AgentDisk {
  return {
    entries: (directory) =>
      disk.list(directory).flatMap((name) => {
        const status = disk.status(`${directory}/${name}`);
        return status === undefined ? [] : [{ name, kind: status.kind, isExecutable: status.isExecutable }];
      }),
    read: (path) => disk.read(path),
  };
}
