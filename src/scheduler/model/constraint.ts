// SPDX-License-Identifier: GPL-2.0-or-later
/** Constraints as the scheduler works with them: placement, colocation, tickets, and named lists of resources. */
import type { Node, ProbeMode } from './node.ts';
import type { Resource } from './resource.ts';
import type { Role } from './role.ts';

/** Scores for some nodes, given to one resource. */
export interface Location {
  readonly id: string;
  readonly resource: Resource;
  /** Only Promoted and Stopped are kept; unknown means any role. */
  readonly role: Role;
  readonly probeMode: ProbeMode;
  /** Nodes and scores, the last rule match first. */
  readonly nodes: readonly { readonly node: Node; readonly score: number }[];
}

/** The dependent wants to be with the primary (or, with a negative score, away from it). */
export interface Colocation {
  readonly id: string;
  readonly dependent: Resource;
  readonly primary: Resource;
  readonly dependentRole: Role;
  readonly primaryRole: Role;
  readonly score: number;
  readonly nodeAttribute: string;
  /** Whether the dependent's wishes move the primary. */
  readonly hasInfluence: boolean;
  /** Configured by a constraint; otherwise it follows from a group, a launcher or a bundle. */
  readonly isExplicit: boolean;
}

export type LossPolicy = 'stop' | 'demote' | 'fence' | 'freeze';

/** A ticket and its state; attributes other than the id are kept for reports. */
export class Ticket {
  readonly id: string;
  isGranted = false;
  isStandby = false;
  lastGranted = -1;
  readonly state = new Map<string, string>();

  constructor(id: string) {
    this.id = id;
  }
}

export interface TicketConstraint {
  readonly id: string;
  readonly resource: Resource;
  readonly ticket: Ticket;
  readonly role: Role;
  readonly lossPolicy: LossPolicy;
}

/** A tag, or a template used like one: a name for several resources. */
export interface Tag {
  readonly id: string;
  readonly references: string[];
}
