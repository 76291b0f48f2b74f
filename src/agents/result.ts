// SPDX-License-Identifier: GPL-2.0-or-later
/** Results of agents in words: OCF exit codes, execution states, and what an init script's status means. */

const EXIT_WORDS: ReadonlyMap<number, string> = new Map([
  [0, 'ok'],
  [1, 'error'],
  [2, 'invalid parameter'],
  [3, 'unimplemented feature'],
  [4, 'insufficient privileges'],
  [5, 'not installed'],
  [6, 'not configured'],
  [7, 'not running'],
  [8, 'promoted'],
  [9, 'promoted (failed)'],
  [189, 'OCF_CONNECTION_DIED'],
  [190, 'degraded'],
  [191, 'promoted (degraded)'],
]);

export function exitCodeWord(code: number): string {
  return EXIT_WORDS.get(code) ?? 'unknown';
}

/** Names accepted where a user gives an exit code (cibstatus `op`). */
export const EXIT_CODE_NAMES: ReadonlyMap<string, number> = new Map([
  ['success', 0],
  ['unknown', 1],
  ['args', 2],
  ['unimplemented', 3],
  ['perm', 4],
  ['installed', 5],
  ['configured', 6],
  ['not_running', 7],
  ['promoted', 8],
  ['failed_promoted', 9],
  ['master', 8],
  ['failed_master', 9],
]);

const STATUS_WORDS: ReadonlyMap<number, string> = new Map([
  [-1, 'pending'],
  [0, 'complete'],
  [1, 'Cancelled'],
  [2, 'Timed Out'],
  [3, 'NOT SUPPORTED'],
  [4, 'Error'],
  [5, 'Hard error'],
  [6, 'Fatal error'],
  [7, 'Not installed'],
  [8, 'No executor connection'],
  [9, 'Cannot execute now'],
  [10, 'No fence device'],
  [11, 'CIB secrets'],
]);

export function executionStatusWord(status: number): string {
  return STATUS_WORDS.get(status) ?? 'UNKNOWN!';
}

/** Names accepted where a user gives an execution status. */
export const EXECUTION_STATUS_NAMES: ReadonlyMap<string, number> = new Map([
  ['pending', -1],
  ['done', 0],
  ['cancelled', 1],
  ['timeout', 2],
  ['notsupported', 3],
  ['error', 4],
]);

/** Prefix of the line on standard error that explains a failure; the last such line counts. */
export const EXIT_REASON_PREFIX = 'ocf-exit-reason:';

export function exitReason(stderr: string): string | undefined {
  const lines = stderr.split('\n').filter((line) => line.startsWith(EXIT_REASON_PREFIX));
  return lines.at(-1)?.slice(EXIT_REASON_PREFIX.length).trim();
}

/** `status` of an init script as an OCF code: 1 to 3 mean stopped, with or without remains; 150 and 151 are Pacemaker's own. */
export function ocfCodeOfStatus(code: number): number {
  if (code === 0) return 0;
  if (code >= 1 && code <= 3) return 7;
  if (code === 150) return 5;
  return code === 151 ? 4 : 1;
}

/** Exit codes 0 to 7 of the other actions of an init script agree with OCF. */
export function ocfCodeOfInitAction(code: number): number {
  return code >= 0 && code <= 7 ? code : 1;
}
