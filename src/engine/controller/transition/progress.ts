// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * How far a transition graph has come. Each synapse counts the inputs it still waits for, so a confirmation costs as
 * much as the actions that follow it directly.
 */
import type { GraphAction, Synapse, TransitionGraph } from '../../../scheduler/index.ts';

export type SynapseState = 'waiting' | 'ready' | 'fired' | 'confirmed' | 'failed';

export interface Step {
  readonly synapse: Synapse;
  state: SynapseState;
  openInputs: number;
}

export class Progress {
  readonly graph: TransitionGraph;
  private readonly steps = new Map<number, Step>();
  private readonly followers = new Map<number, Step[]>();
  private readonly ready = new Set<Step>();
  private readonly fired = new Set<Step>();

  constructor(graph: TransitionGraph) {
    this.graph = graph;
    for (const synapse of graph.synapses) this.steps.set(synapse.action.id, { synapse, state: 'waiting', openInputs: synapse.inputs.length });
    for (const step of this.steps.values()) {
      for (const input of step.synapse.inputs) {
        const list = this.followers.get(input.id) ?? [];
        list.push(step);
        this.followers.set(input.id, list);
      }
      if (step.openInputs === 0) this.makeReady(step);
    }
  }

  /** Steps that may be fired now, in the order of the graph. */
  readySteps(): readonly Step[] {
    return [...this.ready];
  }

  firedSteps(): readonly Step[] {
    return [...this.fired];
  }

  get firedCount(): number {
    return this.fired.size;
  }

  get isComplete(): boolean {
    for (const step of this.steps.values()) if (step.state !== 'confirmed') return false;
    return true;
  }

  /** A node is still to tell what it runs. */
  hasOpenProbe(node: string | undefined): boolean {
    for (const { synapse, state } of this.steps.values()) {
      const { action } = synapse;
      if (action.onNode === node && action.operationKey.endsWith('_monitor_0') && state !== 'confirmed' && state !== 'failed') return true;
    }
    return false;
  }

  action(id: number): GraphAction | undefined {
    return this.steps.get(id)?.synapse.action;
  }

  step(id: number): Step | undefined {
    return this.steps.get(id);
  }

  fire(step: Step): void {
    step.state = 'fired';
    this.ready.delete(step);
    this.fired.add(step);
  }

  /** The action did what it should: those that waited only for it become ready. */
  confirm(step: Step): void {
    if (step.state === 'confirmed') return;
    this.leave(step, 'confirmed');
    for (const follower of this.followers.get(step.synapse.action.id) ?? []) {
      follower.openInputs--;
      if (follower.openInputs === 0 && follower.state === 'waiting') this.makeReady(follower);
    }
  }

  /** Nothing that waits for it will be fired. */
  fail(step: Step): void {
    this.leave(step, 'failed');
  }

  private leave(step: Step, state: SynapseState): void {
    step.state = state;
    this.fired.delete(step);
    this.ready.delete(step);
  }

  private makeReady(step: Step): void {
    step.state = 'ready';
    this.ready.add(step);
  }
}
