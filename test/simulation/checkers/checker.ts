// SPDX-License-Identifier: GPL-2.0-or-later
/** A checker watches the trace of a simulated cluster and says what must not have happened. */

export interface World {
  /** Hosts on which a resource is really active. */
  activeOn(resource: string): readonly string[];
  /** Hosts on which it is really promoted. */
  promotedOn(resource: string): readonly string[];
  /** Resources that are really active on a node. */
  resourcesOn(node: string): readonly string[];
}

export interface Checker {
  readonly invariant: string;
  /** Looks at one trace entry; gives a violation in words. */
  observe?(event: string, details: readonly string[], world: World): string | undefined;
  /** Looks at the settled cluster at the end. */
  conclude?(world: World): string | undefined;
}
