// SPDX-License-Identifier: GPL-2.0-or-later
/** Roles of a resource; ordered, so that a higher number means more. */

export const Role = { unknown: 0, stopped: 1, started: 2, unpromoted: 3, promoted: 4 } as const;

export type Role = (typeof Role)[keyof typeof Role];

const NAMES = ['Unknown', 'Stopped', 'Started', 'Unpromoted', 'Promoted'] as const;

export function roleName(role: Role): string {
  return NAMES[role];
}

/** Reads a role name, old spellings included; undefined when the text is none. */
export function parseRole(text: string | undefined): Role | undefined {
  switch (text?.toLowerCase()) {
    case 'unknown':
      return Role.unknown;
    case 'stopped':
      return Role.stopped;
    case 'started':
      return Role.started;
    case 'unpromoted':
    case 'slave':
      return Role.unpromoted;
    case 'promoted':
    case 'master':
      return Role.promoted;
    default:
      return undefined;
  }
}
