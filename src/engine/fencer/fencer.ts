// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The fencer of one node. The node that is asked owns the operation: it asks all fencers which devices they can use for
 * the target, then has the steps of a plan done one after the other. Results are told to all.
 */
import { parseTimeout, type XmlElement } from '../../cib/index.ts';
import type { Platform, Timer } from '../../platform/index.ts';
import type { Group, GroupChange, ProcessGroups } from '../membership/groups.ts';
import { STATUS, type Operation } from '../executor/operation.ts';
import type { Outcome } from '../executor/outcome.ts';
import { FenceAgents, type FenceAgentSetup } from './agent-run.ts';
import { devicesFor, type FenceDevice } from './device.ts';
import { FencingHistory, type FenceAction, type FencerMessage, type FencingEvent } from './event.ts';
import { planFencing, WATCHDOG, type FencingStep, type FencingWay } from './plan.ts';
import { levelsFor } from './topology.ts';

export interface FencerSetup extends FenceAgentSetup {
  readonly me: number;
  readonly name: string;
  cib(): XmlElement;
  idOf(node: string): number | undefined;
  attributeOf(node: string, name: string): string | undefined;
  /** The supervisor cuts a node's power (and restores it for `reboot`); undefined where nothing can. */
  readonly power: ((target: string, action: FenceAction, done: (isOk: boolean) => void) => void) | undefined;
  /** Every fencer hears of every end. */
  fenced(event: FencingEvent): void;
}

interface Running {
  readonly id: string;
  readonly target: string;
  readonly action: FenceAction;
  readonly client: string;
  /** Node that asked; another one when it asked for its own fencing. */
  readonly origin: string;
  readonly offers: Map<number, readonly string[]>;
  readonly done: ((event: FencingEvent) => void)[];
  ways: FencingWay[];
  steps: FencingStep[];
  peer: number | undefined;
  timer: Timer | undefined;
  isPlanned: boolean;
  devicesUsed: string[];
  failure: string;
}

const QUERY_MS = 10_000;
const STEP_MS = 150_000;

export class Fencer {
  readonly history = new FencingHistory();
  private readonly running = new Map<string, Running>();
  /** Devices that have been started here, by resource: what a probe asks for. */
  private readonly registered = new Set<string>();
  private readonly agents: FenceAgents;
  private readonly group: Group<FencerMessage>;
  private readonly platform: Platform;
  private readonly setup: FencerSetup;
  /** Who waits for the fencing of this very node. */
  private readonly relayed: ((event: FencingEvent) => void)[] = [];
  private members: readonly number[] = [];
  private count = 0;

  constructor(platform: Platform, setup: FencerSetup, groups: ProcessGroups) {
    this.platform = platform;
    this.setup = setup;
    this.agents = new FenceAgents(platform, setup);
    this.group = groups.join<FencerMessage>('stonith-ng', {
      deliver: (sender, message) => this.deliver(sender, message),
      members: (change) => this.updateMembers(change),
    });
  }

  /** `done` is called once, with the end of this or of an equal operation already under way. */
  fence(target: string, action: FenceAction, client: string, done: (event: FencingEvent) => void): void {
    for (const running of this.running.values()) {
      if (running.target === target && running.action === action) return void running.done.push(done);
    }
    const other = this.members.find((node) => node !== this.setup.me);
    if (target === this.setup.name && other !== undefined) {
      this.relayed.push(done);
      return this.group.send({ kind: 'relay', to: other, target, action, client, origin: this.setup.name });
    }
    this.begin(target, action, client, this.setup.name, done);
  }

  private begin(target: string, action: FenceAction, client: string, origin: string, done: (event: FencingEvent) => void): void {
    const id = `${this.setup.name}/${this.platform.clock.epochMs()}/${++this.count}`;
    const running: Running = { id, target, action, client, origin, offers: new Map(), done: [done], ways: [], steps: [], peer: undefined, timer: undefined, isPlanned: false, devicesUsed: [], failure: 'No fence device' };
    this.running.set(id, running);
    running.timer = this.platform.after('fence-query', QUERY_MS, () => this.plan(running));
    this.group.send({ kind: 'query', id, target, action, client });
  }

  /** A person says that the node is safely down. */
  confirm(target: string, client: string): void {
    const event: FencingEvent = { target, action: 'off', device: 'a human', origin: this.setup.name, client, state: 'success', epochMs: this.platform.clock.epochMs() };
    this.group.send({ kind: 'result', id: '', event });
  }

  pending(): readonly FencingEvent[] {
    return [...this.running.values()].map((running) => this.eventOf(running, 'pending'));
  }

  /** Operations of fence resources: a started device is registered and answers its monitor. */
  operate(operation: Operation, end: (outcome: Outcome) => void): void {
    const { resource, action, intervalMs } = operation;
    if (action === 'stop') this.registered.delete(resource);
    if (action === 'stop') return end({ rc: 0, status: STATUS.done, exitReason: undefined });
    if (action === 'monitor' && intervalMs === 0 && !this.registered.has(resource)) return end({ rc: 7, status: STATUS.done, exitReason: undefined });
    this.agents.monitor(operation, (outcome) => {
      if (action === 'start' && outcome.rc === 0) this.registered.add(resource);
      end(outcome);
    });
  }

  private updateMembers(change: GroupChange): void {
    this.members = change.members;
    if (change.members.length === 0) this.group.send({ kind: 'history', events: this.history.list() });
    for (const running of [...this.running.values()]) {
      if (running.peer !== undefined && change.left.includes(running.peer)) this.stepFailed(running, 'the node that was to fence has left');
      else if (!running.isPlanned) this.planWhenAnswered(running);
    }
  }

  private deliver(sender: number, message: FencerMessage): void {
    switch (message.kind) {
      case 'relay':
        return message.to === this.setup.me ? this.begin(message.target, message.action, message.client, message.origin, () => {}) : undefined;
      case 'query':
        return this.answerQuery(message);
      case 'devices': {
        const running = this.running.get(message.id);
        running?.offers.set(sender, message.devices);
        return running === undefined ? undefined : this.planWhenAnswered(running);
      }
      case 'execute':
        return message.peer === this.setup.me ? this.execute(message) : undefined;
      case 'executed': {
        const running = this.running.get(message.id);
        return running === undefined ? undefined : this.stepEnded(running, message);
      }
      case 'result':
        this.history.add(message.event);
        // Only a failure finds the asker alive.
        if (message.event.target === this.setup.name) for (const done of this.relayed.splice(0)) done(message.event);
        return this.setup.fenced(message.event);
      case 'history':
        for (const event of message.events) this.history.add(event);
    }
  }

  private answerQuery({ id, target }: Extract<FencerMessage, { kind: 'query' }>): void {
    const devices = devicesFor(this.setup.cib(), this.setup.name);
    const able: FenceDevice[] = [];
    let open = devices.length;
    const answer = (): void => this.group.send({ kind: 'devices', id, devices: devices.filter((device) => able.includes(device)).map((device) => device.id) });
    if (open === 0) return answer();
    for (const device of devices) {
      this.agents.reaches(device, target, (can) => {
        if (can) able.push(device);
        if (--open === 0) answer();
      });
    }
  }

  private planWhenAnswered(running: Running): void {
    if (!running.isPlanned && this.members.length > 0 && this.members.every((node) => running.offers.has(node))) this.plan(running);
  }

  private plan(running: Running): void {
    running.isPlanned = true;
    running.timer?.cancel();
    const { target, action } = running;
    running.ways = planFencing({
      action,
      target: this.setup.idOf(target),
      offers: running.offers,
      levels: levelsFor(this.setup.cib(), target, (name) => this.setup.attributeOf(target, name)),
      hasWatchdog: this.setup.power !== undefined && this.isWatchdogTrusted(),
      me: this.setup.me,
    });
    this.nextWay(running);
  }

  /** `stonith-watchdog-timeout` (new name: `fencing-watchdog-timeout`) other than 0 lets the watchdog fence. */
  private isWatchdogTrusted(): boolean {
    for (const set of this.setup.cib().at('configuration', 'crm_config')?.elements('cluster_property_set') ?? []) {
      for (const pair of set.elements('nvpair')) {
        const name = pair.get('name');
        if (name === 'stonith-watchdog-timeout' || name === 'fencing-watchdog-timeout') return parseTimeout(pair.get('value') ?? '0') !== 0;
      }
    }
    return false;
  }

  private nextWay(running: Running): void {
    const way = running.ways.shift();
    if (way === undefined) return this.end(running, 'failed');
    running.steps = [...way];
    running.devicesUsed = [];
    this.nextStep(running);
  }

  private nextStep(running: Running): void {
    const step = running.steps[0];
    if (step === undefined) return this.end(running, 'success');
    running.devicesUsed.push(step.device);
    if (step.device === WATCHDOG) {
      this.setup.power?.(running.target, step.action, (isOk) => {
        if (this.running.has(running.id)) this.stepEnded(running, { device: WATCHDOG, isOk, reason: 'the supervisor could not cut the power' });
      });
      return;
    }
    running.peer = step.peers[0];
    running.timer = this.platform.after('fence-step', STEP_MS, () => this.stepFailed(running, 'no answer in time'));
    this.group.send({ kind: 'execute', id: running.id, peer: step.peers[0]!, device: step.device, target: running.target, action: step.action });
  }

  private execute({ id, device: deviceId, target, action }: Extract<FencerMessage, { kind: 'execute' }>): void {
    const device = devicesFor(this.setup.cib(), this.setup.name).find((one) => one.id === deviceId);
    if (device === undefined) return this.group.send({ kind: 'executed', id, device: deviceId, isOk: false, reason: 'no such device' });
    this.agents.fence(device, target, action, (failure) => {
      this.group.send({ kind: 'executed', id, device: deviceId, isOk: failure === undefined, reason: failure ?? '' });
    });
  }

  private stepEnded(running: Running, { device, isOk, reason }: { device: string; isOk: boolean; reason: string }): void {
    const step = running.steps[0];
    if (step === undefined || step.device !== device) return;
    if (!isOk && !step.isOptional) return this.stepFailed(running, reason);
    running.timer?.cancel();
    running.peer = undefined;
    running.steps.shift();
    this.nextStep(running);
  }

  /** Another node with the device, else another way. */
  private stepFailed(running: Running, reason: string): void {
    running.timer?.cancel();
    running.failure = reason;
    const step = running.steps[0];
    running.peer = undefined;
    if (step === undefined || step.peers.length <= 1) return this.nextWay(running);
    running.steps[0] = { ...step, peers: step.peers.slice(1) };
    running.devicesUsed.pop();
    this.nextStep(running);
  }

  private end(running: Running, state: 'success' | 'failed'): void {
    running.timer?.cancel();
    this.running.delete(running.id);
    const event = this.eventOf(running, state);
    this.group.send({ kind: 'result', id: running.id, event });
    for (const done of running.done) done(event);
  }

  private eventOf(running: Running, state: FencingEvent['state']): FencingEvent {
    return {
      target: running.target,
      action: running.action,
      device: running.devicesUsed.length > 0 ? running.devicesUsed.join(',') : undefined,
      origin: running.origin,
      client: running.client,
      state,
      epochMs: this.platform.clock.epochMs(),
      ...(state === 'failed' ? { exitReason: running.failure } : {}),
    };
  }
}
