// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * What a DC does with a settled cluster: asks the scheduler, runs the transition, listens to results in the status
 * section, and starts over when something unexpected happens.
 */
import { intervalMs, parseTimeout, type CibChange, type XmlElement } from '../../cib/index.ts';
import type { GraphAction, TransitionGraph } from '../../scheduler/index.ts';
import type { Platform, Timer } from '../../platform/index.ts';
import type { AttributeChange } from '../attributes/attributes.ts';
import type { FenceAction, FencingEvent } from '../fencer/event.ts';
import type { CibEvent } from '../store/store.ts';
import { clusterOption } from './bootstrap.ts';
import { failureUpdates } from './failures.ts';
import { judge, type Verdict } from './events.ts';
import type { ControllerMessage } from './messages.ts';
import { eraseNodeStatus, nodeState } from './node-state.ts';
import { statusChanges, type OperationChange } from './status-watch.ts';
import { ABORT_ALL, attributeOf, Transition } from './transition/transition.ts';

/** The scheduler as the controller needs it. */
export type Schedule = (cib: XmlElement, epochMs: number) => TransitionGraph;

export interface ConductorSetup {
  readonly me: string;
  readonly schedule: Schedule;
  cib(): XmlElement;
  apply(changes: readonly CibChange[], reply?: () => void): void;
  send(message: ControllerMessage): void;
  setAttribute(change: AttributeChange): void;
  clearAttributes(pattern: string, node: string): void;
  fence(target: string, action: FenceAction, done: (event: FencingEvent) => void): void;
  idOf(node: string): number | undefined;
  nameOf(nodeId: string): string | undefined;
  /** The state machine decides whether this leads to a new run of the scheduler. */
  wantRun(reason: string): void;
  schedulerDone(): void;
  transitionDone(): void;
  readonly uuid: string;
  /** For tests that need a cluster which does not wait for fencing. */
  readonly startsBeforeFencing?: boolean;
}

/** Name under which controllers ask for fencing. */
export const FENCING_CLIENT = 'pacemaker-controld';
const FENCING_ATTEMPTS = 10;
const RECHECK_MS = 15 * 60_000;

export class Conductor {
  private transition: Transition | undefined;
  private transitionCount = 0;
  private recheck: Timer | undefined;
  private failedFencing = new Map<string, number>();
  private readonly platform: Platform;
  private readonly setup: ConductorSetup;

  constructor(platform: Platform, setup: ConductorSetup) {
    this.platform = platform;
    this.setup = setup;
  }

  get isRunning(): boolean {
    return this.transition?.isRunning ?? false;
  }

  /** Asks the scheduler about the CIB as it is and begins to execute its answer. */
  run(): void {
    this.recheck?.cancel();
    const answer = this.ask();
    if (answer === undefined) {
      this.setup.schedulerDone();
      return this.setup.transitionDone();
    }
    const graph = { ...answer, transitionId: this.transitionCount++ };
    this.platform.log('notice', 'pacemaker-schedulerd', `Calculated transition ${graph.transitionId} with ${graph.synapses.length} actions`);
    const transition: Transition = new Transition(this.platform, this.setup.startsBeforeFencing === true ? withoutFencingInputs(graph) : graph, {
      uuid: this.setup.uuid,
      perform: (action, key) => this.perform(action, key),
      lost: (action) => this.setup.wantRun(`Action lost: ${action.operationKey}`),
      finished: (isDone) => this.finished(transition, isDone),
      jobLimit: () => Math.max(2, 2 * this.platform.processes.load().cores),
    });
    this.transition = transition;
    this.setup.schedulerDone();
    transition.pump();
  }

  /** A scheduler that cannot decide must not take the node with it: the cluster stays as it is until something changes. */
  private ask(): TransitionGraph | undefined {
    try {
      return this.setup.schedule(this.setup.cib(), this.platform.clock.epochMs());
    } catch (problem) {
      this.platform.log('error', 'pacemaker-schedulerd', `cannot calculate a transition: ${problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)}`);
      return undefined;
    }
  }

  /** Lets running actions end and starts no others; true when the end of the run will be heard. */
  abort(reason: string): boolean {
    if (this.transition?.isRunning !== true) return false;
    if (!this.transition.isAborted) this.platform.log('info', 'pacemaker-controld', `Transition ${this.transition.graph.transitionId} aborted: ${reason}`);
    this.transition.abort(ABORT_ALL);
    this.transition.pump();
    return true;
  }

  /** This node is no DC any more, or the cluster is formed anew. */
  cancel(): void {
    this.transition?.cancel();
    this.recheck?.cancel();
  }

  nodeLost(node: string): void {
    this.transition?.failActionsOn(node);
    this.transition?.pump();
  }

  /** An answer that does not come through the history. */
  acknowledged(transitionKey: string, rc: number): void {
    const [action, transition, target, uuid] = transitionKey.split(':');
    if (uuid !== this.setup.uuid || Number(transition) !== this.transition?.graph.transitionId) return;
    if (rc === Number(target)) this.transition.confirm(Number(action));
    else if (!this.transition.fail(Number(action))) return;
    this.transition.pump();
  }

  /** Every change of the CIB while this node is DC. */
  cibChanged(event: CibEvent): void {
    if (event.before.first('configuration') !== event.after.first('configuration')) this.setup.wantRun('Configuration change');
    const changes = statusChanges(event.before.first('status'), event.after.first('status'));
    for (const change of changes.operations) this.operationReported(change);
    if (changes.attributes.length > 0) this.setup.wantRun(`Transient attribute change: ${changes.attributes.join(' ')}`);
    if (changes.hasTicketChange) this.setup.wantRun('Ticket attribute change');
    // Removals by controllers belong to actions, joins and departures, which have reasons of their own.
    const removed = changes.removedOperations + changes.removedResources + changes.removedNodes;
    if (removed > 0 && event.client !== 'crmd') this.setup.wantRun('Resource state removal');
    this.transition?.pump();
  }

  fencingFinished(event: FencingEvent): void {
    if (event.state === 'success') this.failedFencing.delete(event.target);
    // What this conductor asked for is dealt with where it asked.
    const isOurs = event.client === FENCING_CLIENT && event.origin === this.setup.me;
    if (event.state !== 'success' || isOurs) return;
    this.noteFenced(event.target, event.action);
    this.setup.wantRun('Fenced externally');
  }

  private finished(transition: Transition, isDone: boolean): void {
    if (this.transition !== transition) return;
    const word = isDone ? 'Complete' : transition.isAborted ? 'Stopped' : 'Terminated';
    this.platform.log('notice', 'pacemaker-controld', `Transition ${transition.graph.transitionId} ${word}`);
    this.startRecheck(transition.graph);
    this.setup.transitionDone();
  }

  private startRecheck(graph: TransitionGraph): void {
    this.recheck?.cancel();
    const usualMs = intervalOption(this.setup.cib()) ?? RECHECK_MS;
    const untilMs = graph.recheckBy === undefined ? Number.POSITIVE_INFINITY : graph.recheckBy * 1000 - this.platform.clock.epochMs() + 1000;
    const waitMs = usualMs === 0 ? untilMs : Math.min(usualMs, Math.max(1000, untilMs));
    if (waitMs === Number.POSITIVE_INFINITY) return;
    this.recheck = this.platform.after('recheck', waitMs, () => this.setup.wantRun('Cluster recheck'));
  }

  private perform(action: GraphAction, transitionKey: string): boolean {
    switch (action.kind) {
      case 'pseudo':
        this.noteMaintenance(action);
        return true;
      case 'rsc':
        return this.order(action, transitionKey);
      case 'crm':
        return this.performCluster(action, transitionKey);
    }
  }

  private order(action: GraphAction, transitionKey: string): boolean {
    const to = this.setup.idOf(action.routerNode ?? action.onNode ?? '');
    if (to === undefined) throw new Error(`defect: action ${action.operationKey} names no node of the cluster`);
    const { operation, operationKey, primitive, attributes } = action;
    this.setup.send({ kind: 'action', to, order: { operation, operationKey, transitionKey, primitive, attributes, isDirect: operation === 'notify' } });
    return false;
  }

  private performCluster(action: GraphAction, transitionKey: string): boolean {
    const node = action.onNode ?? '';
    switch (action.operation) {
      case 'stonith':
        this.fence(action, node);
        return false;
      case 'do_shutdown':
        this.shutDown(node);
        return true;
      case 'clear_failcount':
        this.setup.clearAttributes(`^(?:fail-count|last-failure)-${escapePattern(action.primitive?.id ?? '')}(?:#.*)?$`, node);
        return true;
      case 'lrm_delete':
        return this.order(action, transitionKey);
      default:
        throw new Error(`defect: unknown cluster action ${action.operation}`);
    }
  }

  private fence(action: GraphAction, node: string): void {
    const asked = attributeOf(action, 'CRM_meta_stonith_action');
    const fenceAction: FenceAction = asked === 'off' || asked === 'on' ? asked : 'reboot';
    const { transition } = this;
    this.platform.log('notice', 'pacemaker-controld', `Requesting fencing (${fenceAction}) of node ${node}`);
    this.setup.fence(node, fenceAction, (event) => {
      if (event.state === 'success') {
        this.noteFenced(node, fenceAction);
        transition?.confirm(action.id);
      } else {
        const failures = (this.failedFencing.get(node) ?? 0) + 1;
        this.failedFencing.set(node, failures);
        this.platform.log('error', 'pacemaker-controld', `Fencing of node ${node} failed: ${event.exitReason ?? ''}`);
        if (transition?.fail(action.id) === true && failures < FENCING_ATTEMPTS) this.setup.wantRun('Stonith failed');
      }
      transition?.pump();
    });
  }

  /** A fenced node runs nothing and is expected to be gone until it joins again. */
  noteFenced(node: string, action: string): void {
    const id = this.setup.idOf(node);
    if (id === undefined || action === 'on') return;
    this.platform.trace('fenced', node);
    const state = nodeState({ id: String(id), name: node, inCcm: 0, crmd: 0, join: 'down', expected: 'down', origin: 'send_stonith_update' });
    this.setup.apply([state, ...eraseNodeStatus(String(id))]);
  }

  private shutDown(node: string): void {
    const id = this.setup.idOf(node);
    if (id === undefined) return;
    this.setup.apply([nodeState({ id: String(id), name: node, expected: 'down', origin: 'te_shutdown' })]);
    this.setup.send({ kind: 'shutdown', to: id });
  }

  private noteMaintenance(action: GraphAction): void {
    for (const { nodeId, inMaintenance } of action.maintenance) {
      const name = this.setup.nameOf(nodeId) ?? nodeId;
      const change = nodeState({ id: nodeId, name, origin: 'te_maintenance' });
      if (change.op === 'modify' && change.data !== undefined) this.setup.apply([{ ...change, data: change.data.with('node_in_maintenance', inMaintenance ? '1' : '0') }]);
    }
  }

  private operationReported(change: OperationChange): void {
    const verdict = judge(change.entry, this.setup.uuid, this.transition);
    if (verdict.failure !== undefined) this.countFailure(change, verdict);
    switch (verdict.kind) {
      case 'ignore':
        return;
      case 'confirm':
        this.transition?.confirm(verdict.actionId);
        return;
      case 'failed':
        this.transition?.fail(verdict.actionId);
        return this.setup.wantRun(`Event failed: ${change.entry.get('operation_key') ?? ''}`);
      case 'abort':
        return this.setup.wantRun(`${verdict.reason}: ${change.entry.get('operation_key') ?? ''}`);
    }
  }

  private countFailure(change: OperationChange, { failure }: Verdict): void {
    const node = this.setup.nameOf(change.nodeId);
    if (failure === undefined || node === undefined) return;
    const graph = this.transition?.graph;
    const updates = failureUpdates({
      ...failure,
      resource: change.resource,
      node,
      epochSeconds: Math.floor(this.platform.clock.epochMs() / 1000),
      startOffset: graph?.failedStartOffset ?? 'INFINITY',
      stopOffset: graph?.failedStopOffset ?? 'INFINITY',
    });
    for (const update of updates) this.setup.setAttribute(update);
  }
}

function intervalOption(cib: XmlElement): number | undefined {
  const text = clusterOption(cib, 'cluster-recheck-interval');
  return text === undefined ? undefined : (parseTimeout(text) ?? intervalMs(text));
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** A deliberately broken graph: actions no longer wait for the fencing they depend on. */
function withoutFencingInputs(graph: TransitionGraph): TransitionGraph {
  return { ...graph, synapses: graph.synapses.map((synapse) => ({ ...synapse, inputs: synapse.inputs.filter((input) => input.operation !== 'stonith') })) };
}
