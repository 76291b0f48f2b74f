// SPDX-License-Identifier: GPL-2.0-or-later
/** The transition summary as data for programs. */
import { element, type XmlElement } from '../../cib/index.ts';
import type { ResourceEntry, SummaryEntry } from './transition-summary.ts';

export function transitionXml(entries: readonly SummaryEntry[]): XmlElement {
  return element('actions', {}, entries.map((entry) =>
    entry.kind === 'node' ? element('node_action', { task: entry.task, node: entry.node, reason: entry.reason }) : element('rsc_action', changeAttributes(entry)),
  ));
}

/** The same distinctions as in the text: place and role, before and after. */
function changeAttributes(entry: ResourceEntry): Record<string, string | undefined> {
  const { origin, destination, role, nextRole, showsRoles, resource } = entry;
  const attributes: Record<string, string | undefined> = { action: entry.verb.toLowerCase(), resource };
  const isSameRole = role === nextRole;
  if (origin === undefined) {
    if (showsRoles) Object.assign(attributes, { role, 'next-role': nextRole, dest: destination });
    else attributes['node'] = destination;
  } else if (destination === undefined) {
    Object.assign(attributes, { role: showsRoles ? role : undefined, node: origin });
  } else if (origin === destination) {
    Object.assign(attributes, isSameRole ? { role: showsRoles ? role : undefined, source: origin } : { role, 'next-role': nextRole, source: origin });
  } else if (isSameRole) {
    Object.assign(attributes, { source: origin, dest: destination, role: showsRoles ? role : undefined });
  } else {
    Object.assign(attributes, { role, source: origin, 'next-role': nextRole, dest: destination });
  }
  attributes['reason'] = entry.reason;
  attributes['blocked'] = entry.isBlocked ? 'true' : undefined;
  return attributes;
}
