// SPDX-License-Identifier: GPL-2.0-or-later
/** One recorded operation (`lrm_rsc_op`), parsed. */
import type { XmlElement } from '../../../cib/index.ts';

/** `op-status` values. */
export const Execution = {
  pending: -1,
  done: 0,
  cancelled: 1,
  timeout: 2,
  notSupported: 3,
  error: 4,
  hardError: 5,
  fatalError: 6,
  notInstalled: 7,
  notConnected: 8,
  invalid: 9,
  noFenceDevice: 10,
  noSecrets: 11,
} as const;

/** Exit codes of agents. */
export const ExitCode = {
  ok: 0,
  error: 1,
  invalidParameter: 2,
  unimplemented: 3,
  insufficientPrivileges: 4,
  notInstalled: 5,
  notConfigured: 6,
  notRunning: 7,
  promoted: 8,
  failedPromoted: 9,
  degraded: 190,
  degradedPromoted: 191,
  unknown: 193,
} as const;

export interface TransitionKey {
  readonly transition: number;
  readonly targetRc: number;
  readonly uuid: string;
}

export interface HistoryEntry {
  readonly xml: XmlElement;
  readonly id: string;
  readonly task: string;
  readonly intervalMs: number;
  /** Undefined when missing or no number. */
  readonly rc: number | undefined;
  readonly status: number | undefined;
  readonly callId: number;
  readonly lastChange: number | undefined;
  /** Expected exit code, -1 when the key cannot be read. */
  readonly targetRc: number;
}

/** Reads all attributes in one walk, since histories make up most of a large document. */
export function readEntry(xml: XmlElement): HistoryEntry {
  let [id, task, key] = ['', '', ''];
  let intervalMs = 0;
  let rc: number | undefined;
  let status: number | undefined;
  // A call without a valid number counts as one that has none yet.
  let callId = -1;
  let lastChange: number | undefined;
  const list = xml.attributes;
  for (let i = 0; i < list.length; i += 2) {
    const value = list[i + 1]!;
    switch (list[i]) {
      case 'id':
        id = value;
        break;
      case 'operation':
        task = value;
        break;
      case 'interval':
        intervalMs = number(value) ?? 0;
        break;
      case 'rc-code':
        rc = number(value);
        break;
      case 'op-status':
        status = number(value);
        break;
      case 'call-id':
        callId = number(value) ?? -1;
        break;
      case 'last-rc-change':
        lastChange = number(value);
        break;
      case 'transition-key':
        key = value;
        break;
    }
  }
  const transition = parseTransitionKey(key);
  return { xml, id, task, intervalMs, rc, status, callId, lastChange, targetRc: transition?.targetRc ?? -1 };
}

function number(text: string): number | undefined {
  return /^\s*[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

/** `ACTION:TRANSITION:TARGETRC:UUID`. */
function parseTransitionKey(key: string): TransitionKey | undefined {
  const match = /^\s*(-?\d+):(-?\d+):(-?\d+):(\S{1,36})/.exec(key);
  return match === null ? undefined : { transition: Number(match[2]), targetRc: Number(match[3]), uuid: match[4]! };
}

/** `STATUS:RC;KEY`. */
export function parseMagic(magic: string | undefined): TransitionKey | undefined {
  return magic === undefined ? undefined : parseTransitionKey(magic.slice(magic.indexOf(';') + 1));
}

/** A monitor that is not recurring. */
export function isProbe(entry: { readonly task: string; readonly intervalMs: number }): boolean {
  return entry.task === 'monitor' && entry.intervalMs === 0;
}
