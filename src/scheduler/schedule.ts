// SPDX-License-Identifier: GPL-2.0-or-later
/** The whole way from a CIB to a transition graph, phase by phase. */
import { dateTime, parseInteger, type DateTime, type XmlElement } from '../cib/index.ts';
import { applyNodeCriteria, applyNodeHealth, assignResources, reportCapacity } from './assign/index.ts';
import { currentForm } from './current-form.ts';
import { createGraph } from './graph/create.ts';
import type { TransitionGraph } from './graph/graph.ts';
import type { Recorder, Scheduler } from './model/index.ts';
import { createActions, createImplicitConstraints, handleConfigurationChanges, orderActions, orderRemoteActions, scheduleFencingAndShutdown } from './order/index.ts';
import { unpackCluster, unpackConstraints } from './unpack/index.ts';

export interface ScheduleOptions {
  /** Time at which to decide. */
  readonly now: DateTime;
  /** Whether the lines of the score report are wanted. */
  readonly scores?: boolean;
  /** Whether the lines on capacity are wanted, among those on scores. */
  readonly utilization?: boolean;
  /** Whether private values may be masked, as in files made for others to look at. */
  readonly isSanitized?: boolean;
  readonly recorder?: Recorder;
}

export interface Schedule {
  /** The working set after the last phase. */
  readonly scheduler: Scheduler;
  /** Lines of the score report, in the order in which scores were settled. */
  readonly scores: readonly string[];
  readonly graph: TransitionGraph;
}

/** Decides what to do about a cluster. The CIB may have any schema version. */
export function schedule(cib: XmlElement, options: ScheduleOptions): Schedule {
  const scheduler = unpackCluster(currentForm(cib), options.now, options.recorder);
  scheduler.isSanitized = options.isSanitized === true;
  const lines: string[] = [];
  scheduler.scoreLines = options.scores === true ? lines : undefined;
  scheduler.utilizationLines = options.utilization === true ? lines : undefined;
  reportCapacity(scheduler, 'Original');
  applyNodeHealth(scheduler);
  unpackConstraints(scheduler);
  applyNodeCriteria(scheduler);
  createImplicitConstraints(scheduler);
  handleConfigurationChanges(scheduler);
  assignResources(scheduler);
  reportCapacity(scheduler, 'Remaining');
  createActions(scheduler);
  if (scheduler.hasRemoteNodes) orderRemoteActions(scheduler);
  scheduleFencingAndShutdown(scheduler);
  orderActions(scheduler);
  const graph = createGraph(scheduler);
  return { scheduler, scores: lines, graph };
}

/** A recorded CIB is judged at the time it was recorded, unless another time is asked for. */
export function effectiveTime(cib: XmlElement, clock: DateTime, wanted?: DateTime): DateTime {
  if (wanted !== undefined) return wanted;
  const recorded = parseInteger(cib.get('execution-date') ?? '');
  return recorded === undefined ? clock : dateTime(recorded, clock.offsetSeconds);
}
