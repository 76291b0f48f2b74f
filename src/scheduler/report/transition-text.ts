// SPDX-License-Identifier: GPL-2.0-or-later
/** The transition summary as aligned lines. */
import { item, list, type OutlineList } from './outline.ts';
import type { ResourceEntry, SummaryEntry } from './transition-summary.ts';

const FIRST_WIDTH = 5;

/** All lines have the same columns. */
export function transitionOutline(entries: readonly SummaryEntry[]): OutlineList {
  let nameWidth = FIRST_WIDTH;
  let detailWidth = FIRST_WIDTH;
  for (const entry of entries) {
    if (entry.kind === 'node') continue;
    // A longer name makes room for slightly longer ones as well.
    if (entry.resource.length > nameWidth) nameWidth = entry.resource.length + 2;
    detailWidth = Math.max(detailWidth, changeText(entry).length);
  }
  const nodes = entries.map((entry) => {
    if (entry.kind === 'node') return item(`${entry.task} ${entry.node} '${entry.reason}'`);
    const details = changeText(entry);
    const reason = reasonText(entry);
    return item(`${entry.verb.padEnd(8)}   ${entry.resource.padEnd(nameWidth)}   ( ${details.padStart(detailWidth)} )${reason === '' ? '' : `  ${reason}`}`);
  });
  return list('Transition Summary', nodes);
}

/** From where to where, and from which role to which. */
export function changeText({ origin, destination, role, nextRole, showsRoles }: ResourceEntry): string {
  if (origin === undefined) return showsRoles ? `${role} -> ${nextRole} ${destination}` : `${destination}`;
  if (destination === undefined) return showsRoles ? `${role} ${origin}` : origin;
  const isSameHost = origin === destination;
  if (role === nextRole) {
    if (isSameHost) return showsRoles ? `${role} ${origin}` : origin;
    return showsRoles ? `${origin} -> ${destination} ${role}` : `${origin} -> ${destination}`;
  }
  return isSameHost ? `${role} -> ${nextRole} ${origin}` : `${role} ${origin} -> ${nextRole} ${destination}`;
}

function reasonText({ reason, isBlocked }: ResourceEntry): string {
  if (reason === undefined) return isBlocked ? 'blocked' : '';
  return isBlocked ? `due to ${reason} (blocked)` : `due to ${reason}`;
}
