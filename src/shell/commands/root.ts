// SPDX-License-Identifier: GPL-2.0-or-later
/** Commands of the root level. */
import { FAILURE, type Command, type CommandTable } from '../command.ts';
import { knownFailures, WAIT_TIMED_OUT, waitSettled } from '../wait.ts';

const status: Command = {
  name: 'status',
  usage: '[bynode] [inactive] [ops] [timing] [failcounts] [verbose] [quiet] [tickets] [noheaders] [detail] [brief] [full]',
  summary: 'Show the state of the cluster',
  complete: async ({ words }) => (await import('./status/show.ts')).STATUS_WORDS.filter((word) => !words.includes(word)),
  run: async ({ args }, session) => (await import('./status/show.ts')).showStatus(args, session),
};

const verify: Command = {
  name: 'verify',
  usage: '[scores]',
  summary: 'Check the configuration of the cluster as the scheduler reads it',
  takes: [0, 1],
  complete: () => ['scores'],
  run: async ({ args }, session) => (await import('./verify.ts')).verifyCluster(args.includes('scores'), session),
};

const wait: Command = {
  name: 'wait',
  usage: '[SECONDS]',
  summary: 'Wait until the cluster has settled',
  help: 'Ends with 0 when the controller is idle and nothing failed, with 1 when an operation failed meanwhile, with 124 when the time ran out.',
  takes: [0, 1],
  run: async ({ args: [seconds] }, session) => {
    if (seconds !== undefined && !/^\d+$/.test(seconds)) return session.error(`wait: expected seconds, found "${seconds}"`);
    const code = await waitSettled(session, await knownFailures(session), seconds === undefined ? undefined : Number(seconds));
    session.present({ data: { isSettled: code !== WAIT_TIMED_OUT, hasFailed: code === FAILURE }, text: () => '' });
    return code;
  },
};

const report: Command = {
  name: 'report',
  usage: '[-f FROM] [-t TO] [-n NODE] [-Z] [FILE]',
  summary: 'Write everything needed to look at the cluster elsewhere into one file',
  help: 'FROM and TO are times (2024-05-01 12:00) or reach back from now (30m, 12h, 2d). -n takes the logs of some nodes only, -Z replaces a file. Values of names that match report.sanitize_rule are hidden. `crm history source FILE` looks at it.',
  run: async ({ args }, session) => (await import('./report/index.ts')).makeReport(session, args),
};

export const rootCommands: CommandTable = [report, status, verify, wait];
