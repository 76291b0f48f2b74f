// SPDX-License-Identifier: GPL-2.0-or-later
/** The state of a cluster as its CIB tells it, for reports; nothing is assigned or ordered. */
import type { DateTime, XmlElement } from '../cib/index.ts';
import { currentForm } from './current-form.ts';
import type { Scheduler } from './model/index.ts';
import { unpackCluster, unpackConstraints } from './unpack/index.ts';

export interface StatusOptions {
  /** Read the constraints as well: for the list of bans, and for tickets that only constraints mention. */
  readonly constraints?: boolean;
}

/** Unpacks a document of any schema version. */
export function clusterStatus(cib: XmlElement, clock: DateTime, options: StatusOptions = {}): Scheduler {
  const scheduler = unpackCluster(currentForm(cib), clock);
  if (options.constraints === true) unpackConstraints(scheduler);
  return scheduler;
}

/** The same with every constraint, for questions about colocation. */
export function constrainedStatus(cib: XmlElement, clock: DateTime): Scheduler {
  return clusterStatus(cib, clock, { constraints: true });
}
