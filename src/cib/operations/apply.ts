// SPDX-License-Identifier: GPL-2.0-or-later
/** Applies a request to a document: permissions, version step, validation, writer. All or nothing. */
import { checkWrite } from '../access/index.ts';
import { sameXml } from '../compare.ts';
import type { CibChange, CibReply, CibRequest } from '../request.ts';
import { schemaOf, validateCib } from '../schema/index.ts';
import { XPathUnavailable } from '../select/select.ts';
import { formatCtime, type DateTime } from '../time/index.ts';
import { compareCibVersions, formatCibVersion, versionOf, withVersion } from '../version.ts';
import type { XmlElement } from '../xml/index.ts';
import { applyChange } from './change.ts';
import { REFUSALS, Refused, type RefusalReason } from './refusal.ts';

/** Who writes a change of the configuration and when; a daemon records it, a tool on a file does not. */
export interface CibWriter {
  readonly now: DateTime;
  /** Node the request came from. */
  readonly origin: string;
}

/** Findings told with a refusal; more help nobody. */
const MAX_TOLD = 20;

export function applyRequest(cib: XmlElement, request: CibRequest, writer?: CibWriter): CibReply {
  const before = versionOf(cib);
  if (request.expected !== undefined && compareCibVersions(before, request.expected) !== 0) {
    const detail = [`the configuration is at ${formatCibVersion(before)}, the change was made for ${formatCibVersion(request.expected)}`];
    return refusal('old', detail);
  }
  try {
    const changed = applyChange(cib, request.change);
    if (request.user !== undefined && !checkWrite(cib, changed, request.user, request.change)) return refusal('denied');
    return conclude(cib, changed, request, writer);
  } catch (error) {
    if (error instanceof Refused) return refusal(error.reason, error.detail);
    // Also where it is part of a permission: what cannot be judged is not done.
    if (error instanceof XPathUnavailable) return refusal('invalidArgument', [error.message]);
    throw error;
  }
}

function refusal(reason: RefusalReason, detail: readonly string[] = []): CibReply {
  return { ok: false, ...REFUSALS[reason], detail };
}

function conclude(cib: XmlElement, changed: XmlElement, request: CibRequest, writer: CibWriter | undefined): CibReply {
  if (compareCibVersions(versionOf(changed), versionOf(cib)) < 0 && request.change.op !== 'upgrade') return refusal('old');
  const isConfiguration = !sameXml(cib.first('configuration'), changed.first('configuration'));
  const stepped = step(cib, changed, request.change, isConfiguration) ?? counted(cib, request.countsUnchanged);
  if (stepped === undefined) return { ok: true, cib, changed: false };
  if (schemaOf(stepped.get('validate-with')) !== 'none') {
    const findings = validateCib(stepped);
    if (findings.length > 0) return refusal('invalid', findings.slice(0, MAX_TOLD).map((finding) => `${finding.path}: ${finding.message}`));
  }
  return { ok: true, cib: isConfiguration ? signed(stepped, request, writer) : stepped, changed: true };
}

/** The changed document with its new version; undefined when nothing changed. */
function step(cib: XmlElement, changed: XmlElement, change: CibChange, isConfiguration: boolean): XmlElement | undefined {
  const old = versionOf(cib);
  switch (change.op) {
    case 'bump':
      return withVersion(cib, { epoch: old.epoch + 1, numUpdates: old.numUpdates + 1 });
    case 'erase':
      return withVersion(changed, { adminEpoch: old.adminEpoch + 1, epoch: old.epoch + 1, numUpdates: 0 });
    case 'upgrade':
      if (changed === cib) return withVersion(cib, { numUpdates: old.numUpdates + 1 });
      return withVersion(changed, { adminEpoch: old.adminEpoch + 1, epoch: isConfiguration ? 2 : 1, numUpdates: isConfiguration ? 0 : 2 });
    default: {
      const { epoch, numUpdates } = versionOf(changed);
      if (isConfiguration) return withVersion(changed, { epoch: epoch + 1, numUpdates: 0 });
      return sameXml(cib, changed) ? undefined : withVersion(changed, { numUpdates: numUpdates + 1 });
    }
  }
}

function counted(cib: XmlElement, part: CibRequest['countsUnchanged']): XmlElement | undefined {
  const { epoch, numUpdates } = versionOf(cib);
  if (part === undefined) return undefined;
  return withVersion(cib, part === 'epoch' ? { epoch: epoch + 1, numUpdates: 0 } : { numUpdates: numUpdates + 1 });
}

/** Notes who changed the configuration. */
function signed(cib: XmlElement, request: CibRequest, writer: CibWriter | undefined): XmlElement {
  if (writer === undefined) return cib;
  return cib.withAll({
    'cib-last-written': formatCtime(writer.now),
    'update-origin': writer.origin,
    'update-client': request.client,
    'update-user': request.user,
  });
}
