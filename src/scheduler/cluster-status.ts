// SPDX-License-Identifier: GPL-2.0-or-later
/** The state of a cluster as its CIB tells it, for reports; nothing is assigned or ordered. */
import type { DateTime, XmlElement } from '../cib/index.ts';
import { currentForm } from './current-form.ts';
import type { Scheduler } from './model/index.ts';
import { unpackCluster, unpackConstraints, unpackLocations } from './unpack/index.ts';

/** Unpacks a document of any schema version; locations are read as well, because bans are part of a report. */
export function clusterStatus(cib: XmlElement, clock: DateTime): Scheduler {
  const scheduler = unpackCluster(currentForm(cib), clock);
  unpackLocations(scheduler);
  return scheduler;
}

/** The same with every constraint, for questions about colocation. */
export function constrainedStatus(cib: XmlElement, clock: DateTime): Scheduler {
  const scheduler = unpackCluster(currentForm(cib), clock);
  unpackConstraints(scheduler);
  return scheduler;
}
