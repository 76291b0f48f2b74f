// SPDX-License-Identifier: GPL-2.0-or-later
/** What the tools cost an agent that calls them from an action on a node of the embedded cluster. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median, runOnce, type BenchCommand } from './measure.ts';

const GOAL_MS = 20;

/** Starts a cluster of one node, calls the tools as its agents do, and stops it. */
export function benchAgentTools(ours: (command: string, ...words: string[]) => BenchCommand, directory: string, rounds: number): void {
  const env = { QUORATE_DIR: join(directory, 'state'), OCF_RESOURCE_INSTANCE: 'db' };
  const crm = (...words: string[]): string => {
    const command = ours('crm', ...words);
    return spawnSync(command.argv[0]!, command.argv.slice(1), { encoding: 'utf8', env: { ...process.env, ...command.env, ...env } }).stdout;
  };
  crm('cluster', 'start', 'node1');
  try {
    const onNode = Object.fromEntries([...crm('cluster', 'run', 'env').matchAll(/^(PATH|QUORATE_\w+)=(.*)$/gm)].map((match) => [match[1]!, match[2]!]));
    const calls = [['crm_master', '-v', '10', '-l', 'reboot'], ['crm_attribute', '-N', 'node1', '-n', 'master-db', '-G', '-q', '-l', 'reboot'], ['crm_node', '-n'], ['uname', '-n']];
    for (const argv of calls) {
      const times = Array.from({ length: rounds }, () => runOnce({ argv, env: { ...env, ...onNode } }));
      const failed = times.find((one) => one.exitCode !== 0);
      console.log(`${argv.join(' ').padEnd(58)} ${median(times.map((one) => one.cpuMs)).toFixed(0).padStart(9)} ms CPU, goal ${GOAL_MS}${failed === undefined ? '' : `  FAILED with ${failed.exitCode}`}`);
    }
  } finally {
    crm('cluster', 'stop');
  }
}
