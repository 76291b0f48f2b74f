// SPDX-License-Identifier: GPL-2.0-or-later
/** The scheduler: CIB with status and a time in; scores, actions and the transition graph out. Pure. */
export * from './model/index.ts';
export { effectiveTime, schedule, type Schedule, type ScheduleOptions } from './schedule.ts';
export { graphToDot } from './graph/dot.ts';
export { writeGraph } from './graph/xml.ts';
export type * from './graph/graph.ts';
export * from './report/index.ts';
export * from './simulate/index.ts';
export { clusterStatus, constrainedStatus } from './cluster-status.ts';
export { currentParameters } from './order/digests.ts';
export { resourceParameters } from './order/parameters.ts';
export { findResource } from './unpack/resources/names.ts';
export { activeEntries, sortedEntries } from './unpack/status/history-order.ts';
export type { HistoryEntry } from './unpack/status/history-entry.ts';
