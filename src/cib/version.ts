// SPDX-License-Identifier: GPL-2.0-or-later
/** Version triple of a CIB: read, compared, set. */
import type { CibVersion } from './request.ts';
import type { XmlElement } from './xml/index.ts';

/** The triple of a document; what is missing or no number counts as 0. */
export function versionOf(root: XmlElement): CibVersion {
  return { adminEpoch: counter(root, 'admin_epoch'), epoch: counter(root, 'epoch'), numUpdates: counter(root, 'num_updates') };
}

function counter(root: XmlElement, name: string): number {
  const text = root.get(name);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : 0;
}

/** Negative when `a` is older than `b`, 0 when they are the same. */
export function compareCibVersions(a: CibVersion, b: CibVersion): number {
  return a.adminEpoch - b.adminEpoch || a.epoch - b.epoch || a.numUpdates - b.numUpdates;
}

/** The document with some counters set. */
export function withVersion(root: XmlElement, change: Partial<CibVersion>): XmlElement {
  let here = root;
  if (change.adminEpoch !== undefined) here = here.with('admin_epoch', String(change.adminEpoch));
  if (change.epoch !== undefined) here = here.with('epoch', String(change.epoch));
  if (change.numUpdates !== undefined) here = here.with('num_updates', String(change.numUpdates));
  return here;
}

/** `0.12.3`. */
export function formatCibVersion(version: CibVersion): string {
  return `${version.adminEpoch}.${version.epoch}.${version.numUpdates}`;
}
