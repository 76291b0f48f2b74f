// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The executor of one node: runs agents, one action at a time for each resource and different resources side by side,
 * repeats recurring operations and reports what changed.
 */
import { agentCall, operationEnvironment, type AgentName, type RevealedPairs } from '../../agents/index.ts';
import type { Platform, Timer } from '../../platform/index.ts';
import { noSecret, NOT_INSTALLED, outcomeOf, type Outcome } from './outcome.ts';
import { operationKey, STATUS, type Operation, type OperationResult } from './operation.ts';

export interface ExecutorSetup {
  /** Environment every agent of this node inherits. */
  readonly environment: ReadonlyMap<string, string>;
  readonly ocfRoot: string;
  readonly workDirectory: string;
  readonly brand: string;
  /** Holds the process groups of running actions, for a daemon that has to begin anew. */
  readonly actionsDirectory: string;
  /** Program of an agent; undefined when it is not installed here. */
  findAgent(agent: AgentName): string | undefined;
  /** The parameters of a resource with the values of secret ones. */
  reveal(attributes: Operation['attributes'], resource: string): RevealedPairs;
  /** Fence devices are run by the fencer. */
  runFenceDevice(operation: Operation, end: (outcome: Outcome) => void): void;
}

interface Job {
  operation: Operation;
  callId: number;
  readonly queuedAtMs: number;
  report: (result: OperationResult) => void;
  isCancelled: boolean;
}

interface Recurring {
  job: Job;
  timer: Timer | undefined;
  last: { readonly rc: number; readonly status: number; readonly changedAtEpochMs: number } | undefined;
}

interface Resource {
  readonly queue: Job[];
  running: Job | undefined;
  readonly recurring: Map<string, Recurring>;
  /** Parameters the resource was last started or reloaded with: a stop must see these. */
  startedWith: Operation['attributes'] | undefined;
}

export class Executor {
  private readonly resources = new Map<string, Resource>();
  private readonly platform: Platform;
  private readonly setup: ExecutorSetup;
  private callCount = 0;
  private noteCount = 0;

  constructor(platform: Platform, setup: ExecutorSetup) {
    this.platform = platform;
    this.setup = setup;
  }

  /** Gives the call its number; `report` is called once, for recurring operations again when the result changes. */
  execute(operation: Operation, report: (result: OperationResult) => void): number {
    const resource = this.resource(operation.resource);
    const callId = this.takeCallId();
    const job: Job = { operation, callId, queuedAtMs: this.platform.clock.monotonicMs(), report, isCancelled: false };
    if (operation.intervalMs === 0 && operation.action !== 'monitor' && operation.action !== 'notify') this.dropRecurring(resource);
    if (operation.intervalMs > 0) this.addRecurring(resource, job);
    else if (operation.startDelayMs > 0) this.platform.after('start-delay', operation.startDelayMs, () => this.enqueue(resource, job));
    else this.enqueue(resource, job);
    return callId;
  }

  /** The next number in the order of this node's results, also for one that comes from outside. */
  takeCallId(): number {
    return ++this.callCount;
  }

  /** False when no such recurring operation is known. One that is running is not interrupted, its result is dropped. */
  cancel(resourceId: string, action: string, intervalMs: number): boolean {
    const resource = this.resources.get(resourceId);
    const recurring = resource?.recurring.get(operationKey(resourceId, action, intervalMs));
    if (resource === undefined || recurring === undefined) return false;
    this.removeRecurring(resource, recurring);
    return true;
  }

  /** The cluster forgets the resource: nothing recurs any more. */
  forget(resourceId: string): void {
    const resource = this.resources.get(resourceId);
    if (resource === undefined) return;
    this.dropRecurring(resource);
    if (resource.running === undefined && resource.queue.length === 0) this.resources.delete(resourceId);
  }

  /** Something that is done once runs or waits. */
  get isBusy(): boolean {
    return [...this.resources.values()].some(({ running, queue }) => [running, ...queue].some((job) => job?.operation.intervalMs === 0));
  }

  /** Runs an agent outside the queue, for its meta-data. */
  ask(agent: AgentName, action: string, end: (stdout: string | undefined) => void): void {
    const path = this.setup.findAgent(agent);
    if (path === undefined) return end(undefined);
    const environment = this.environmentOf({ resource: agent.type, agent, action, intervalMs: 0, timeoutMs: 30_000, startDelayMs: 0, attributes: [], transitionKey: '' });
    const { program, args } = agentCall(agent, path, action, []);
    this.platform.processes.spawn(
      { label: `${agent.type}_${action}`, path: program, args, env: environment, cwd: this.setup.workDirectory, timeoutMs: 30_000, brand: this.setup.brand },
      (result) => end(result.kind === 'exited' && result.code === 0 ? result.stdout : undefined),
    );
  }

  /** Ends what an earlier life of this program left half done: nobody waits for it, and it must not finish after a probe. */
  endLeftovers(): void {
    const { disk, processes } = this.platform;
    for (const name of disk.list(this.setup.actionsDirectory)) {
      const groupId = Number(disk.read(`${this.setup.actionsDirectory}/${name}`));
      if (Number.isInteger(groupId) && groupId > 1) processes.killGroup(groupId, this.setup.brand);
      disk.remove(`${this.setup.actionsDirectory}/${name}`);
    }
  }

  private resource(id: string): Resource {
    const known = this.resources.get(id);
    if (known !== undefined) return known;
    const made: Resource = { queue: [], running: undefined, recurring: new Map(), startedWith: undefined };
    this.resources.set(id, made);
    return made;
  }

  private addRecurring(resource: Resource, job: Job): void {
    const key = operationKey(job.operation.resource, job.operation.action, job.operation.intervalMs);
    const known = resource.recurring.get(key);
    if (known !== undefined) this.removeRecurring(resource, known);
    const recurring: Recurring = { job, timer: undefined, last: undefined };
    resource.recurring.set(key, recurring);
    if (job.operation.startDelayMs > 0) recurring.timer = this.platform.after(key, job.operation.startDelayMs, () => this.enqueue(resource, job));
    else this.enqueue(resource, job);
  }

  private dropRecurring(resource: Resource): void {
    for (const recurring of [...resource.recurring.values()]) this.removeRecurring(resource, recurring);
  }

  private removeRecurring(resource: Resource, recurring: Recurring): void {
    const { job } = recurring;
    job.isCancelled = true;
    recurring.timer?.cancel();
    resource.recurring.delete(operationKey(job.operation.resource, job.operation.action, job.operation.intervalMs));
    const at = resource.queue.indexOf(job);
    if (at >= 0) resource.queue.splice(at, 1);
  }

  private enqueue(resource: Resource, job: Job): void {
    resource.queue.push(job);
    this.runNext(resource);
  }

  private runNext(resource: Resource): void {
    if (resource.running !== undefined) return;
    const job = resource.queue.shift();
    if (job === undefined) return;
    resource.running = job;
    const startedAtMs = this.platform.clock.monotonicMs();
    const startedAtEpochMs = this.platform.clock.epochMs();
    const operation = withStartParameters(resource, job.operation);
    this.start(operation, (outcome) => {
      resource.running = undefined;
      const endMs = this.platform.clock.monotonicMs();
      if (outcome.status === STATUS.done && outcome.rc === 0) noteParameters(resource, operation);
      this.finish(resource, job, outcome, { startedAtEpochMs, execMs: Math.round(endMs - startedAtMs), queueMs: Math.round(startedAtMs - job.queuedAtMs) });
      this.runNext(resource);
    });
  }

  /** A stop is tried also without the secrets: what runs must not go on because a file is gone. */
  private start(asked: Operation, end: (outcome: Outcome) => void): void {
    const revealed = this.setup.reveal(asked.attributes, asked.resource);
    if (!revealed.ok) this.platform.log('error', 'pacemaker-execd', `${operationKey(asked.resource, asked.action, asked.intervalMs)}: the secret value of parameter ${revealed.parameter} cannot be read`);
    if (!revealed.ok && asked.action !== 'stop') return end(noSecret(revealed.parameter));
    this.run(revealed.ok ? { ...asked, attributes: revealed.pairs } : asked, end);
  }

  private run(operation: Operation, end: (outcome: Outcome) => void): void {
    const { agent, action, attributes } = operation;
    this.platform.trace('operation', this.setup.brand, operationKey(operation.resource, action, operation.intervalMs));
    if (agent.class === 'stonith') return this.setup.runFenceDevice(operation, end);
    const path = agent.class === 'systemd' ? '/usr/bin/systemctl' : this.setup.findAgent(agent);
    if (path === undefined) return end(NOT_INSTALLED);
    const call = agentCall(agent, path, action, attributes);
    const note = `${this.setup.actionsDirectory}/${this.callCount}-${++this.noteCount}`;
    const running = this.platform.processes.spawn(
      {
        label: operationKey(operation.resource, action, operation.intervalMs),
        path,
        args: call.args,
        env: this.environmentOf(operation),
        cwd: this.setup.workDirectory,
        input: call.input,
        timeoutMs: operation.timeoutMs,
        brand: this.setup.brand,
      },
      (result) => {
        this.platform.disk.remove(note);
        const outcome = outcomeOf(agent, action, result);
        const level = outcome.status === STATUS.done ? 'info' : 'warning';
        for (const line of result.stderr.split('\n')) if (line.trim() !== '') this.platform.log('notice', 'pacemaker-execd', `${operationKey(operation.resource, action, operation.intervalMs)}[stderr] ${line}`);
        this.platform.log(level, 'pacemaker-execd', `${operationKey(operation.resource, action, operation.intervalMs)} rc=${outcome.rc} status=${outcome.status} in ${result.durationMs}ms`);
        end(outcome);
      },
    );
    if (running.groupId !== undefined) this.platform.disk.write(note, String(running.groupId));
  }

  private environmentOf(operation: Operation): ReadonlyMap<string, string> {
    const env = new Map(this.setup.environment);
    const { agent, action, resource } = operation;
    // What result is expected is between controller and executor.
    const attributes = operation.attributes.filter(([name]) => name !== 'CRM_meta_op_target_rc');
    for (const [name, value] of operationEnvironment({ agent, instance: resource, action, attributes, ocfRoot: this.setup.ocfRoot })) env.set(name, value);
    return env;
  }

  private finish(resource: Resource, job: Job, outcome: Outcome, times: { startedAtEpochMs: number; execMs: number; queueMs: number }): void {
    if (job.isCancelled) return;
    const { operation, callId } = job;
    if (operation.intervalMs === 0) {
      job.report({ operation, callId, ...outcome, changedAtEpochMs: times.startedAtEpochMs, execMs: times.execMs, queueMs: times.queueMs });
      return;
    }
    const key = operationKey(operation.resource, operation.action, operation.intervalMs);
    const recurring = resource.recurring.get(key);
    if (recurring === undefined) return;
    recurring.timer = this.platform.after(key, operation.intervalMs, () => this.enqueue(resource, job));
    const hasChanged = recurring.last?.rc !== outcome.rc || recurring.last.status !== outcome.status;
    if (!hasChanged) return;
    recurring.last = { rc: outcome.rc, status: outcome.status, changedAtEpochMs: times.startedAtEpochMs };
    job.report({ operation, callId, ...outcome, changedAtEpochMs: times.startedAtEpochMs, execMs: times.execMs, queueMs: times.queueMs });
  }
}

function isMeta(name: string): boolean {
  return name.startsWith('CRM_meta_') || name === 'crm_feature_set';
}

/** A resource whose parameters were changed is stopped with those it was started with. */
function withStartParameters(resource: Resource, operation: Operation): Operation {
  if (operation.action !== 'stop' || resource.startedWith === undefined) return operation;
  const attributes = [...resource.startedWith.filter(([name]) => !isMeta(name)), ...operation.attributes.filter(([name]) => isMeta(name))];
  return { ...operation, attributes };
}

function noteParameters(resource: Resource, operation: Operation): void {
  if (['start', 'reload', 'reload-agent', 'migrate_from'].includes(operation.action)) resource.startedWith = operation.attributes;
  if (operation.action === 'stop') resource.startedWith = undefined;
}
