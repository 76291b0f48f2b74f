// SPDX-License-Identifier: GPL-2.0-or-later
/** The real scheduler as the controller wants it. */
import { dateTime, type XmlElement } from '../../src/cib/index.ts';
import { schedule, type TransitionGraph } from '../../src/scheduler/index.ts';

export function realSchedule(cib: XmlElement, epochMs: number): TransitionGraph {
  return schedule(cib, { now: dateTime(Math.floor(epochMs / 1000)) }).graph;
}
