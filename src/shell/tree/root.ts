// SPDX-License-Identifier: GPL-2.0-or-later
/** The command tree: names and one-line summaries; everything else is loaded when it is used. */
import type { Level, LevelBody } from '../command.ts';

const CONFIGURE: Level = { name: 'configure', summary: 'Write, show, change and commit the configuration', load: async () => (await import('../commands/configure-level.ts')).configureLevel() };
const CIB: Level = { name: 'cib', summary: 'Shadow CIBs: work on a copy', load: async () => (await import('../commands/cib/index.ts')).cibLevel };
const CLUSTER: Level = { name: 'cluster', summary: 'Start, stop and trouble the embedded cluster', load: async () => (await import('../commands/cluster/index.ts')).clusterLevel };
const NODE: Level = { name: 'node', summary: 'Nodes: state, attributes, standby, maintenance', load: async () => (await import('../commands/node/index.ts')).nodeLevel };
const OPTIONS: Level = { name: 'options', summary: 'Options of the shell', load: async () => (await import('../commands/options/index.ts')).optionsLevel };
const RA: Level = { name: 'ra', summary: 'Resource agents: what there is and what they take', load: async () => (await import('../commands/ra/index.ts')).raLevel };
const COROSYNC: Level = { name: 'corosync', summary: 'Rings of the cluster', load: async () => (await import('../commands/hosts/corosync.ts')).corosyncLevel };
const SBD: Level = { name: 'sbd', summary: 'Fencing over shared disks of hosts', load: async () => (await import('../commands/hosts/sbd.ts')).sbdLevel };
const HISTORY: Level = { name: 'history', summary: 'What the cluster did and why', load: async () => (await import('../commands/history/index.ts')).historyLevel };
const MAINTENANCE: Level = { name: 'maintenance', summary: 'Leave resources alone, and run agents by hand', load: async () => (await import('../commands/maintenance/index.ts')).maintenanceLevel };
const SCRIPT: Level = { name: 'script', summary: 'Prepared jobs with parameters', load: async () => (await import('../commands/script/index.ts')).scriptLevel };
const SITE: Level = { name: 'site', summary: 'Tickets of a geo cluster', load: async () => (await import('../commands/site/index.ts')).siteLevel };
const RESOURCE: Level = { name: 'resource', summary: 'Resources: start, stop, move, parameters, failures', load: async () => (await import('../commands/resource/index.ts')).resourceLevel };

export const ROOT: Level = {
  name: '',
  summary: 'Quorate: a cluster shell with the cluster inside',
  load: async (): Promise<LevelBody> => ({
    levels: [CIB, CLUSTER, CONFIGURE, COROSYNC, HISTORY, MAINTENANCE, NODE, OPTIONS, RA, RESOURCE, SBD, SCRIPT, SITE],
    commands: (await import('../commands/root.ts')).rootCommands,
  }),
};
