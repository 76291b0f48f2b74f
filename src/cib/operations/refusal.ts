// SPDX-License-Identifier: GPL-2.0-or-later
/** Reasons for which a request on a CIB is refused, with the exit code and the words that programs print. */

export const REFUSALS = {
  failed: { code: 1, message: 'Error occurred' },
  denied: { code: 4, message: 'Permission denied' },
  invalidArgument: { code: 70, message: 'Invalid argument' },
  diffFailed: { code: 1, message: 'Application of update diff failed' },
  invalid: { code: 78, message: 'Update does not conform to the configured schema' },
  transformFailed: { code: 78, message: 'Schema transform failed' },
  old: { code: 103, message: 'Update was older than existing configuration' },
  digest: { code: 104, message: 'Application of update diff failed' },
  missing: { code: 105, message: 'No such device or address' },
  exists: { code: 108, message: 'File exists' },
} as const;

export type RefusalReason = keyof typeof REFUSALS;

/** Ends a request; caught where the request began, never seen outside. */
export class Refused extends Error {
  readonly reason: RefusalReason;
  readonly detail: readonly string[];
  constructor(reason: RefusalReason, detail: readonly string[] = []) {
    super(reason);
    this.reason = reason;
    this.detail = detail;
  }
}
