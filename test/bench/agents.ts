// SPDX-License-Identifier: GPL-2.0-or-later
/** What the tools cost an agent that calls them from an action on a node of the embedded cluster. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { median, runOnce, type BenchCommand } from './measure.ts';

const GOAL_MS = 20;
/** Clock ticks of /proc are hundredths of a second. */
const TICK_MS = 10;

/** What the agents of the resource-agents package call, each form once. */
const CALLS: readonly string[] = [
  'crm_master -v 10 -l reboot',
  'crm_master -l reboot -G -q',
  'crm_attribute -N node1 -n unset -G -q -l reboot -d 0',
  'crm_attribute -N node1 -l reboot --name start-time --update 7',
  'crm_attribute -N node1 -l reboot --name start-time --query',
  'crm_attribute -l forever --node=node1 -n last -v 7',
  'crm_attribute --type nodes --node node1 -n last -G -q',
  'crm_attribute --type=crm_config --name=stonith-enabled --query --quiet --default=true',
  'crm_attribute --type crm_config --name db_REPL_INFO -s replication -v log:7',
  'attrd_updater -n pingd -v 100 -d 5s',
  'attrd_updater -n pingd -Q',
  'attrd_updater -p -n gtid -U 7',
  'attrd_updater -D -n pingd',
  'crm_node -n',
  'crm_node -l',
  'crm_node -p',
  'crm_node -q',
  'crm_resource -r db -z -p cpu -v 2',
  'crm_resource -Q -r db -z -g cpu',
  'crm_resource -r db -W',
  'crm_failcount -G -r db',
  'crm_mon -1 --output-as=xml',
  'cibadmin -Q --xpath //nodes',
  'cibadmin -Q',
  'uname -n',
];

/** Starts a cluster of one node, calls the tools as its agents do, and stops it. */
export function benchAgentTools(ours: (command: string, ...words: string[]) => BenchCommand, directory: string, rounds: number): void {
  const env = { QUORATE_DIR: join(directory, 'state'), OCF_RESOURCE_INSTANCE: 'db' };
  const crm = (...words: string[]): string => {
    const command = ours('crm', ...words);
    return spawnSync(command.argv[0]!, command.argv.slice(1), { encoding: 'utf8', env: { ...process.env, ...command.env, ...env } }).stdout;
  };
  crm('cluster', 'start', 'node1');
  crm('configure', 'primitive', 'db', 'ocf:quorate:Dummy');
  try {
    const onNode = Object.fromEntries([...crm('cluster', 'run', 'env').matchAll(/^(PATH|QUORATE_\w+)=(.*)$/gm)].map((match) => [match[1]!, match[2]!]));
    const processId = readFileSync(join(env.QUORATE_DIR, 'supervisor.pid'), 'utf8').trim();
    for (const line of CALLS) {
      const argv = line.split(' ');
      const before = cpuMsOf(processId);
      const times = Array.from({ length: rounds }, () => runOnce({ argv, env: { ...env, ...onNode } }));
      const nodeMs = (cpuMsOf(processId) - before) / rounds;
      const failed = times.find((one) => one.exitCode !== 0);
      const ms = median(times.map((one) => one.cpuMs));
      console.log(`${line.padEnd(72)} ${ms.toFixed(0).padStart(4)} ms CPU of the caller, ${nodeMs.toFixed(0).padStart(3)} ms of the node, goal ${GOAL_MS}${failed === undefined ? '' : `  FAILED with ${failed.exitCode}`}`);
    }
  } finally {
    crm('cluster', 'stop');
  }
}

/** User and system time of a process up to now. */
function cpuMsOf(processId: string): number {
  const [user = '0', system = '0'] = readFileSync(`/proc/${processId}/stat`, 'utf8').split(') ')[1]!.split(' ').slice(11, 13);
  return (Number(user) + Number(system)) * TICK_MS;
}
