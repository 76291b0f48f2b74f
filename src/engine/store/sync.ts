// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Agreement on one CIB when a configuration begins. Every node announces what it has; the newest document wins, and
 * its holder sends it to the others. The announcements are ordered messages, so all nodes decide alike.
 */

export interface Announcement {
  readonly node: number;
  readonly version: readonly [number, number, number];
  readonly digest: string;
  readonly isDc: boolean;
}

export type SyncDecision = { readonly kind: 'equal' } | { readonly kind: 'take-from'; readonly node: number };

export function decideSync(announcements: readonly Announcement[]): SyncDecision {
  const best = announcements.reduce((a, b) => (isBetter(b, a) ? b : a));
  return announcements.every((one) => one.digest === best.digest) ? { kind: 'equal' } : { kind: 'take-from', node: best.node };
}

/** Newer wins, then the DC's, then that of the lowest node. */
function isBetter(a: Announcement, b: Announcement): boolean {
  for (let i = 0; i < 3; i++) if (a.version[i] !== b.version[i]) return a.version[i]! > b.version[i]!;
  if (a.isDc !== b.isDc) return a.isDc;
  return a.node < b.node;
}
