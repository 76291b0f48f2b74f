// SPDX-License-Identifier: GPL-2.0-or-later
/** A simulation from the status before to the status after, as data: nothing is printed or written here. */
import type { DateTime, XmlElement } from '../../cib/index.ts';
import { clusterStatus } from '../cluster-status.ts';
import type { Scheduler } from '../model/index.ts';
import { schedule, type Schedule } from '../schedule.ts';
import type { ModificationEvent } from './event.ts';
import { executeGraph, type ExecutionResult } from './execute.ts';
import { inject, type AgentOfResource, type Injections } from './inject.ts';

export interface SimulationRequest {
  /** In the newest schema, with a status section. */
  readonly cib: XmlElement;
  /** Time for decisions and rules. */
  readonly clock: DateTime;
  /** Time written into results, in seconds since the epoch. */
  readonly epochSeconds: number;
  readonly injections?: Injections;
  /** `RESOURCE_TASK_MS@NODE=RC` of operations that are to fail. */
  readonly failures?: readonly string[];
  /** How far to go: only look, decide as well, or also do. */
  readonly extent: 'status' | 'schedule' | 'execute';
  /** Whether private values in the CIB may be masked. */
  readonly isSanitized?: boolean;
  readonly scores?: boolean;
  readonly utilization?: boolean;
}

export interface SimulationResult {
  /** The cluster before anything is supposed; unpacked when it is first looked at, for whoever wants only the graph. */
  readonly before: Scheduler;
  readonly modifications: readonly ModificationEvent[];
  readonly schedule: Schedule | undefined;
  readonly execution: ExecutionResult | undefined;
  /** The same after the execution, if there was one. */
  readonly after: Scheduler | undefined;
  /** The CIB with everything that was supposed, before anything is carried out. */
  readonly supposed: XmlElement;
  /** The CIB as the last step left it. */
  readonly cib: XmlElement;
}

export function simulate(request: SimulationRequest): SimulationResult {
  const { clock, epochSeconds, extent } = request;
  const before = once(() => clusterStatus(request.cib, clock));
  const injected = request.injections === undefined ? undefined : inject(request.cib, request.injections, { agentOf: (name) => agentOf(before(), name), hasNode: (name) => before().findNode(name) !== undefined }, epochSeconds);
  const cib = injected?.cib ?? request.cib;
  const modifications = injected?.events ?? [];
  const decided = extent === 'status' ? undefined : schedule(cib, { now: clock, isSanitized: request.isSanitized === true, scores: request.scores === true, utilization: request.utilization === true });
  const execution = decided === undefined || extent !== 'execute' ? undefined : execute(request, cib, decided);
  const last = execution?.cib ?? cib;
  const after = once(() => clusterStatus(last, clock));
  return {
    get before() {
      return before();
    },
    modifications,
    schedule: decided,
    execution,
    get after() {
      return execution === undefined ? undefined : after();
    },
    supposed: cib,
    cib: last,
  };
}

function execute({ epochSeconds, failures }: SimulationRequest, cib: XmlElement, { graph, scheduler }: Schedule): ExecutionResult {
  const hasResource = (name: string): boolean => scheduler.resourcesByName.has(name);
  return executeGraph(cib, graph, { epochSeconds, hasResource, ...(failures === undefined ? {} : { failures }) });
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function agentOf(cluster: Scheduler, name: string): AgentOfResource | undefined {
  const resource = cluster.resourcesByName.get(name)?.find((one) => one.kind === 'primitive');
  return resource?.kind === 'primitive' ? { class: resource.class, provider: resource.provider, type: resource.type } : undefined;
}
