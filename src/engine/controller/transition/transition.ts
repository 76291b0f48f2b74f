// SPDX-License-Identifier: GPL-2.0-or-later
/** One run of a transition graph on the DC: fires what is ready within the limits, waits, stops when it is aborted. */
import { parseTimeout } from '../../../cib/index.ts';
import type { GraphAction, TransitionGraph } from '../../../scheduler/index.ts';
import type { Platform, Timer } from '../../../platform/index.ts';
import { Progress, type Step } from './progress.ts';

export interface TransitionSetup {
  /** Starts an action. True: it is confirmed already, nothing will be heard of it. */
  perform(action: GraphAction, transitionKey: string): boolean;
  /** No result came in time. */
  lost(action: GraphAction, transitionKey: string): void;
  /** `isDone`: everything in the graph was confirmed. */
  finished(isDone: boolean): void;
  /** Jobs a node may run at the same time. */
  jobLimit(node: string): number;
  /** This life of this DC. */
  readonly uuid: string;
}

/** Highest priority of an abort: nothing more is fired. */
export const ABORT_ALL = 1_000_000;

export class Transition {
  private readonly progress: Progress;
  private readonly timers = new Map<number, Timer>();
  private readonly jobs = new Map<string, number>();
  private readonly platform: Platform;
  private readonly setup: TransitionSetup;
  private readonly batchLimit: number;
  private readonly clusterDelayMs: number;
  private abortPriority = -1;
  private isOver = false;
  private isPumping = false;

  constructor(platform: Platform, graph: TransitionGraph, setup: TransitionSetup) {
    this.platform = platform;
    this.setup = setup;
    this.progress = new Progress(graph);
    const limit = Number(graph.batchLimit);
    this.batchLimit = limit > 0 ? limit : Number.POSITIVE_INFINITY;
    this.clusterDelayMs = parseTimeout(graph.clusterDelay) ?? 60_000;
  }

  get graph(): TransitionGraph {
    return this.progress.graph;
  }

  get isAborted(): boolean {
    return this.abortPriority >= 0;
  }

  get isRunning(): boolean {
    return !this.isOver;
  }

  /** Actions whose result is awaited. */
  pending(): readonly GraphAction[] {
    return this.progress.firedSteps().map((step) => step.synapse.action);
  }

  /**
   * Fires what can be fired; ends the run when nothing is left to wait for. Every ready step is looked at each time:
   * which one may go depends on the jobs of its node, and the look is a few comparisons.
   */
  pump(): void {
    if (this.isOver || this.isPumping) return;
    this.isPumping = true;
    for (let hasFired = true; hasFired; ) {
      hasFired = false;
      for (const step of this.progress.readySteps()) {
        if (!this.mayFire(step)) continue;
        this.fire(step);
        hasFired = true;
      }
    }
    this.isPumping = false;
    if (this.progress.firedCount > 0) return;
    this.isOver = true;
    this.setup.finished(this.progress.isComplete);
  }

  /** Nothing of lower priority is fired any more; what runs is awaited. */
  abort(priority: number): void {
    this.abortPriority = Math.max(this.abortPriority, priority);
  }

  /** The run ends here; results that still come are old events. */
  cancel(): void {
    this.isOver = true;
    for (const timer of this.timers.values()) timer.cancel();
  }

  actionOf(id: number): GraphAction | undefined {
    return this.progress.action(id);
  }

  /** False when the action was not waiting for a result. */
  confirm(id: number): boolean {
    const step = this.progress.step(id);
    if (step?.state !== 'fired') return false;
    this.settle(step);
    this.progress.confirm(step);
    return true;
  }

  fail(id: number): boolean {
    const step = this.progress.step(id);
    if (step?.state !== 'fired') return false;
    this.settle(step);
    this.progress.fail(step);
    this.abort(step.synapse.priority + 1);
    return true;
  }

  /** A node has gone: no results will come from it. */
  failActionsOn(node: string): void {
    for (const step of this.progress.firedSteps()) {
      const { action } = step.synapse;
      if (action.operation === 'stonith' || (action.routerNode ?? action.onNode) !== node) continue;
      this.settle(step);
      this.progress.fail(step);
    }
  }

  private mayFire(step: Step): boolean {
    const { action, priority } = step.synapse;
    if (action.kind === 'pseudo') return true;
    if (priority < this.abortPriority) return false;
    if (this.progress.firedCount >= this.batchLimit) return false;
    // Services that an earlier life of the daemons has started are known when they have been probed; a node that leaves before leaves them running.
    if (action.operation === 'do_shutdown' && this.progress.hasOpenProbe(action.onNode)) return false;
    const node = action.routerNode ?? action.onNode;
    return action.kind !== 'rsc' || node === undefined || (this.jobs.get(node) ?? 0) < this.setup.jobLimit(node);
  }

  private fire(step: Step): void {
    const { action } = step.synapse;
    const key = this.keyOf(action);
    this.progress.fire(step);
    this.countJob(action, 1);
    if (this.setup.perform(action, key)) {
      this.countJob(action, -1);
      this.progress.confirm(step);
      return;
    }
    if (step.state !== 'fired' || action.operation === 'stonith') return;
    const timeoutMs = Number(attributeOf(action, 'CRM_meta_timeout') ?? '0') + Number(attributeOf(action, 'CRM_meta_start_delay') ?? '0');
    this.timers.set(action.id, this.platform.after('action-lost', timeoutMs + this.clusterDelayMs, () => this.expire(step, key)));
  }

  private expire(step: Step, key: string): void {
    if (this.isOver || !this.fail(step.synapse.action.id)) return;
    this.setup.lost(step.synapse.action, key);
    this.pump();
  }

  private settle(step: Step): void {
    this.countJob(step.synapse.action, -1);
    this.timers.get(step.synapse.action.id)?.cancel();
  }

  private countJob(action: GraphAction, by: number): void {
    const node = action.routerNode ?? action.onNode;
    if (action.kind === 'rsc' && node !== undefined) this.jobs.set(node, (this.jobs.get(node) ?? 0) + by);
  }

  private keyOf(action: GraphAction): string {
    return `${action.id}:${this.progress.graph.transitionId}:${attributeOf(action, 'CRM_meta_op_target_rc') ?? '0'}:${this.setup.uuid}`;
  }
}

export function attributeOf(action: GraphAction, name: string): string | undefined {
  return action.attributes.find(([key]) => key === name)?.[1];
}
