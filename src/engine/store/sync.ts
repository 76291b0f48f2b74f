// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Agreement on one CIB when a configuration begins. Every node announces what it has; one document wins, and its holder
 * sends it to the others. The announcements are ordered messages, so all nodes decide alike.
 *
 * The document that took part in the latest quorate configuration wins, then the newest. Pacemaker looks at versions
 * alone; then a node that was changed often while it was cut off could undo what the majority had acknowledged.
 */

export interface Announcement {
  readonly node: number;
  readonly version: readonly [number, number, number];
  readonly digest: string;
  readonly isDc: boolean;
  /** Sequence of the latest quorate configuration in which the node agreed on its document; 0 for none. */
  readonly quorate: number;
}

export type SyncDecision =
  | { readonly kind: 'equal' }
  /** `above`: a document that loses has this higher version, and no node's version may go back. */
  | { readonly kind: 'take-from'; readonly node: number; readonly above: Announcement['version'] | undefined };

export function decideSync(announcements: readonly Announcement[]): SyncDecision {
  const best = announcements.reduce((a, b) => (isBetter(b, a) ? b : a));
  if (announcements.every((one) => one.digest === best.digest)) return { kind: 'equal' };
  const newest = announcements.reduce((a, b) => (compareVersion(b, a) > 0 ? b : a));
  return { kind: 'take-from', node: best.node, above: compareVersion(newest, best) > 0 ? newest.version : undefined };
}

/** After quorum and version, the DC's wins, then that of the lowest node. */
function isBetter(a: Announcement, b: Announcement): boolean {
  if (a.quorate !== b.quorate) return a.quorate > b.quorate;
  const versions = compareVersion(a, b);
  if (versions !== 0) return versions > 0;
  if (a.isDc !== b.isDc) return a.isDc;
  return a.node < b.node;
}

function compareVersion(a: Announcement, b: Announcement): number {
  for (let i = 0; i < 3; i++) if (a.version[i] !== b.version[i]) return a.version[i]! - b.version[i]!;
  return 0;
}
