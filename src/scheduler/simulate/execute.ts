// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Executes a transition graph without agents: every action succeeds at once (or fails where asked), and its result goes into
 * the status section. The order is that of the reference's executor: passes over the synapses, in which an action that becomes
 * ready later in the same pass is still run in it. Each synapse is looked at once per input, not once per pass.
 */
import type { XmlElement } from '../../cib/index.ts';
import type { GraphAction, NameValue, Synapse, TransitionGraph } from '../graph/graph.ts';
import type { ExecutionEvent } from './event.ts';
import { recordResult } from './history.ts';
import { countFailure, historyOf, takeDown } from './inject.ts';
import { ReadyQueue } from './ready-queue.ts';
import { StatusDraft } from './status-draft.ts';

export interface ExecutionOptions {
  /** `RESOURCE_TASK_MS@NODE=RC` of operations that are to fail. */
  readonly failures?: readonly string[];
  /** Time of the results, in seconds since the epoch. */
  readonly epochSeconds: number;
  /** Whether a resource of that name exists, by id or by history name. */
  hasResource(name: string): boolean;
}

export interface ExecutionResult {
  readonly cib: XmlElement;
  readonly events: readonly ExecutionEvent[];
  /** False when actions were left whose inputs can never be confirmed: the graph is not valid. */
  readonly isComplete: boolean;
}

export function executeGraph(cib: XmlElement, graph: TransitionGraph, options: ExecutionOptions): ExecutionResult {
  const run = new Execution(cib, graph, options);
  return run.finish();
}

const INFINITY = 1000000;

/** What the state of a node says when it was fenced in a simulation. */
const FENCING_ORIGIN = 'simulate_fencing_action';

class Execution {
  readonly #draft: StatusDraft;
  readonly #graph: TransitionGraph;
  readonly #options: ExecutionOptions;
  readonly #events: ExecutionEvent[] = [];
  /** Inputs of each synapse that are not confirmed yet. */
  readonly #missing: number[];
  /** Synapses waiting for an action, by its number. */
  readonly #waiting = new Map<number, number[]>();
  readonly #queue = new ReadyQueue();
  #executed = 0;
  /** Since something failed, of synapses of lower priority only pseudo actions are run. */
  #abortPriority = 0;

  constructor(cib: XmlElement, graph: TransitionGraph, options: ExecutionOptions) {
    this.#draft = new StatusDraft(cib);
    this.#graph = graph;
    this.#options = options;
    this.#missing = graph.synapses.map((synapse) => synapse.inputs.length);
    graph.synapses.forEach((synapse, at) => {
      for (const input of synapse.inputs) {
        const list = this.#waiting.get(input.id);
        if (list === undefined) this.#waiting.set(input.id, [at]);
        else list.push(at);
      }
      if (synapse.inputs.length === 0) this.#queue.add(at);
    });
  }

  finish(): ExecutionResult {
    for (let at = this.#queue.next(); at !== undefined; at = this.#queue.next()) this.#fire(this.#graph.synapses[at]!);
    const isComplete = this.#executed === this.#graph.synapses.length || this.#abortPriority > 0;
    return { cib: this.#draft.close(), events: this.#events, isComplete };
  }

  #fire(synapse: Synapse): void {
    if (synapse.action.kind !== 'pseudo' && synapse.priority < this.#abortPriority) return;
    this.#executed += 1;
    const hasFailed = this.#execute(synapse.action);
    for (const at of this.#waiting.get(synapse.action.id) ?? []) {
      // A failed action is confirmed only for what must happen whatever comes.
      if (hasFailed && this.#graph.synapses[at]!.priority !== INFINITY) continue;
      this.#missing[at]! -= 1;
      if (this.#missing[at] === 0) this.#queue.add(at);
    }
  }

  /** Runs one action; true when it failed. */
  #execute(action: GraphAction): boolean {
    switch (action.kind) {
      case 'pseudo':
        this.#events.push({ kind: 'pseudo', key: action.operationKey, node: action.onNode });
        return false;
      case 'crm':
        if (action.operation === 'stonith') this.#fence(action);
        else this.#events.push({ kind: 'cluster', operation: action.operation, resource: action.primitive?.id, node: action.onNode ?? '' });
        return false;
      case 'rsc':
        return this.#operate(action);
    }
  }

  #fence(action: GraphAction): void {
    const node = action.onNode ?? '';
    const kind = valueOf(action.attributes, 'CRM_meta_stonith_action') ?? '';
    this.#events.push({ kind: 'fencing', action: kind, node });
    if (kind !== 'on') takeDown(this.#draft, this.#draft.node(node), FENCING_ORIGIN);
  }

  #operate(action: GraphAction): boolean {
    const { primitive, attributes } = action;
    if (primitive === undefined) throw new Error(`defect: action ${action.id} (${action.operationKey}) names no resource`);
    const node = action.onNode ?? '';
    const { id, longId } = primitive;
    const name = longId !== undefined && !this.#options.hasResource(id) && this.#options.hasResource(longId) ? longId : id;
    const intervalMs = Number.parseInt(valueOf(attributes, 'CRM_meta_interval') ?? '0', 10);
    const isRecorded = action.operation !== 'delete' && action.operation !== 'meta-data';
    this.#events.push({ kind: 'resource', resource: name, operation: action.operation, intervalMs: isRecorded ? intervalMs : 0, node });
    if (!isRecorded) return false;
    const state = this.#draft.node(node, action.routerNode === undefined ? action.onNodeUuid : node);
    const history = historyOf(state, name, id, { class: primitive.class ?? '', provider: primitive.provider, type: primitive.type ?? '' });
    const targetRc = Number.parseInt(valueOf(attributes, 'CRM_meta_op_target_rc') ?? '0', 10);
    const failure = this.#injectedFailure(action, [name, id], intervalMs, node);
    if (failure !== undefined) {
      this.#abortPriority = INFINITY;
      this.#events.push({ kind: 'failure', actionId: action.id, rc: failure.rc });
      const isFatal = action.operation === 'start' || action.operation === 'stop';
      this.#events.push(
        ...countFailure(state, { resource: failure.name, task: action.operation, intervalMs, rc: failure.rc, isFatal, epochSeconds: this.#options.epochSeconds }),
      );
    }
    recordResult(history, {
      task: action.operation,
      intervalMs,
      node,
      rc: failure?.rc ?? targetRc,
      targetRc,
      epochSeconds: this.#options.epochSeconds,
      exitReason: 'User-injected result',
      parameters: attributes,
    });
    this.#draft.countUpdate();
    return failure !== undefined;
  }

  #injectedFailure(action: GraphAction, names: readonly string[], intervalMs: number, node: string): { readonly name: string; readonly rc: number } | undefined {
    for (const spec of this.#options.failures ?? []) {
      const name = names.find((candidate) => spec.toLowerCase().startsWith(`${candidate}_${action.operation}_${intervalMs}@${node}=`.toLowerCase()));
      if (name === undefined) continue;
      const rc = Number.parseInt(spec.slice(spec.indexOf('=') + 1), 10);
      if (!Number.isNaN(rc)) return { name, rc };
      this.#events.push({ kind: 'error', text: `Invalid failed operation '${spec}'. Result code must be integer.` });
    }
    return undefined;
  }
}

function valueOf(pairs: readonly NameValue[], name: string): string | undefined {
  return pairs.find(([here]) => here === name)?.[1];
}
