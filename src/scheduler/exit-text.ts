// SPDX-License-Identifier: GPL-2.0-or-later
/** How reports name the exit codes of agents and the states of operations. */

const EXIT_TEXTS: ReadonlyMap<number, string> = new Map([
  [0, 'OK'],
  [1, 'Error occurred'],
  [2, 'Invalid parameter'],
  [3, 'Unimplemented'],
  [4, 'Insufficient privileges'],
  [5, 'Not installed'],
  [6, 'Not configured'],
  [7, 'Not running'],
  [8, 'Promoted'],
  [9, 'Failed in promoted role'],
  [190, 'Service is active but might fail soon'],
  [191, 'Service is promoted but might fail soon'],
  [193, 'No exit status available'],
  [124, 'Timeout occurred'],
]);

export function exitText(code: number): string {
  return EXIT_TEXTS.get(code) ?? 'Unknown exit status';
}

const STATUS_TEXTS: ReadonlyMap<number, string> = new Map([
  [-2, 'Unknown'],
  [-1, 'Pending'],
  [0, 'Done'],
  [1, 'Cancelled'],
  [2, 'Timed out'],
  [3, 'Unsupported'],
  [4, 'Error'],
  [5, 'Hard error'],
  [6, 'Fatal error'],
  [7, 'Not installed'],
  [8, 'Internal communication failure'],
  [9, 'Cannot execute now'],
  [10, 'No fence device'],
  [11, 'CIB secrets unavailable'],
]);

export function operationStatusText(status: number): string {
  return STATUS_TEXTS.get(status) ?? 'UNKNOWN!';
}
