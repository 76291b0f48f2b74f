// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The controller of one node: a state machine that finds or becomes the DC, takes nodes in as DC, and hands the settled
 * cluster to the conductor.
 */
import { compareVersions, element, parseTimeout, type CibChange, type CibReply } from '../../cib/index.ts';
import { FEATURE_SET } from '../../scheduler/index.ts';
import type { Platform, Timer } from '../../platform/index.ts';
import type { Attributes } from '../attributes/attributes.ts';
import { Election } from '../election.ts';
import type { Executor } from '../executor/executor.ts';
import type { OperationResult } from '../executor/operation.ts';
import type { Fencer } from '../fencer/fencer.ts';
import type { FencingEvent } from '../fencer/event.ts';
import type { Group, GroupChange, ProcessGroups } from '../membership/groups.ts';
import type { ClusterNode } from '../membership/membership.ts';
import type { CibEvent, CibStore } from '../store/store.ts';
import { bootstrapChanges, clusterOption, type ClusterFacts } from './bootstrap.ts';
import { Conductor, FENCING_CLIENT, type Schedule } from './conductor.ts';
import { Joins } from './joins.ts';
import { LocalOperations } from './local.ts';
import type { ControllerMessage } from './messages.ts';
import { eraseNodeStatus, nodeState } from './node-state.ts';
import { isDcState, nextState, type ControllerInput, type ControllerState } from './states.ts';

export interface ControllerSetup {
  readonly me: ClusterNode;
  readonly nodes: readonly ClusterNode[];
  readonly facts: ClusterFacts;
  readonly schedule: Schedule;
  readonly store: CibStore;
  readonly attributes: Attributes;
  readonly executor: Executor;
  readonly fencer: Fencer;
  readonly startsBeforeFencing?: boolean;
  isQuorate(): boolean;
  /** The node has been told to leave the cluster. */
  shutDown(): void;
  operationReported(result: OperationResult): void;
  nodeChanged(node: string, isMember: boolean): void;
}

type ControllerTimer = 'dc-deadtime' | 'join-integration-timeout' | 'transition-delay';

const DC_DEADTIME_MS = 20_000;
const JOIN_INTEGRATION_MS = 180_000;
const SHUTDOWN_ESCALATION_MS = 20 * 60_000;

export class Controller {
  private state: ControllerState = 'STARTING';
  private dc: number | undefined;
  private ring: GroupChange | undefined;
  private readonly joins = new Joins();
  private readonly group: Group<ControllerMessage>;
  private readonly election: Election;
  private readonly conductor: Conductor;
  private readonly local: LocalOperations;
  private readonly joinedAt = new Map<number, number>();
  private offers: { readonly joinId: number; readonly dc: number } | undefined;
  private readonly timers = new Map<ControllerTimer, Timer>();
  private openWrites = 0;
  private isRunAsked = false;
  /** Fencings heard of while another node, or none, was DC: the next DC may have to write them down. */
  private readonly fencedWithoutDc = new Map<string, string>();
  private hadDc = false;
  private readonly platform: Platform;
  private readonly setup: ControllerSetup;

  constructor(platform: Platform, setup: ControllerSetup, groups: ProcessGroups) {
    this.platform = platform;
    this.setup = setup;
    this.group = groups.join<ControllerMessage>('crmd', {
      deliver: (sender, message) => this.deliver(sender, message),
      members: (change) => this.members(change),
    });
    this.election = new Election(platform, {
      me: setup.me.id,
      featureSet: FEATURE_SET,
      nameOf: (node) => this.nameOf(node) ?? '',
      send: (message) => this.group.send(message),
      started: () => this.electionStarted(),
      won: () => this.won(),
      lost: () => this.lost(),
    });
    this.conductor = this.makeConductor();
    this.local = new LocalOperations(platform, {
      me: setup.me,
      executor: setup.executor,
      apply: (changes, reply, client) => this.write(changes, reply, client),
      done: (transitionKey, rc, status) => this.group.send({ kind: 'done', transitionKey, rc, status }),
      reported: (result) => setup.operationReported(result),
    });
    setup.store.onChange((event) => this.cibChanged(event));
    setup.store.onSync(() => this.settled());
  }

  get isDc(): boolean {
    return this.dc === this.setup.me.id && isDcState(this.state);
  }

  get dcName(): string | undefined {
    return this.dc === undefined ? undefined : this.nameOf(this.dc);
  }

  /** Nothing runs and nothing is due; only a DC can say so. */
  get isIdle(): boolean {
    return this.isDc && this.state === 'IDLE' && !this.isRunAsked && this.openWrites === 0;
  }

  get stateName(): ControllerState {
    return this.state;
  }

  /** Clean-up of resources on this or all nodes; their history is gone from the CIB when all have heard. */
  forget(selector: { readonly resource?: string; readonly node?: string; readonly operation?: string; readonly intervalMs?: number }, failedOnly: boolean): void {
    for (const node of this.ring?.members ?? []) {
      if (selector.node !== undefined && this.nameOf(node) !== selector.node) continue;
      this.group.send({ kind: 'forget', to: node, resource: selector.resource, operation: selector.operation, intervalMs: selector.intervalMs, failedOnly });
    }
  }

  reportFailure(resource: string, node: string): void {
    const to = this.idOf(node);
    if (to !== undefined) this.group.send({ kind: 'fail', to, resource });
  }

  /** Asks the cluster to let this node go; it goes when its resources have stopped. */
  requestShutdown(): void {
    this.setup.attributes.set({ name: 'shutdown', node: this.setup.me.name, value: String(Math.floor(this.platform.clock.epochMs() / 1000)) });
    this.platform.after('shutdown-escalation', SHUTDOWN_ESCALATION_MS, () => this.setup.shutDown());
  }

  quorumChanged(): void {
    if (!this.isDc) return;
    this.writeQuorum();
    this.wantRun(this.setup.isQuorate() ? 'Quorum gained' : 'Quorum lost');
  }

  fencingFinished(event: FencingEvent): void {
    if (this.isDc) return this.conductor.fencingFinished(event);
    if (event.state === 'success') this.fencedWithoutDc.set(event.target, event.action);
  }

  private makeConductor(): Conductor {
    const { setup } = this;
    return new Conductor(this.platform, {
      me: setup.me.name,
      schedule: setup.schedule,
      cib: () => setup.store.query(),
      apply: (changes, reply) => this.write(changes, reply),
      send: (message) => this.group.send(message),
      setAttribute: (change) => setup.attributes.set(change),
      clearAttributes: (pattern, node) => setup.attributes.clear(pattern, node),
      fence: (target, action, done) => setup.fencer.fence(target, action, FENCING_CLIENT, done),
      idOf: (node) => this.idOf(node),
      nameOf: (id) => this.nameOf(Number(id)),
      wantRun: (reason) => this.wantRun(reason),
      schedulerDone: () => this.input('pe-success'),
      transitionDone: () => this.transitionDone(),
      uuid: uuidOf(this.platform, setup.me.name),
      startsBeforeFencing: setup.startsBeforeFencing,
    });
  }

  private members(change: GroupChange): void {
    const isNewRing = change.ring !== this.ring?.ring;
    this.ring = change;
    if (isNewRing && this.dc !== undefined && (!change.ringMembers.includes(this.dc) || change.left.includes(this.dc))) this.dc = undefined;
    for (const node of change.left) this.nodeLeft(node);
    for (const node of change.joined) {
      this.joinedAt.set(node, this.joinedAt.get(node) ?? Math.floor(this.platform.clock.epochMs() / 1000));
      this.fencedWithoutDc.delete(this.nameOf(node) ?? '');
    }
    this.election.updateMembers(change.members, change.sequence);
    if (change.members.length === change.ringMembers.length) this.settled();
  }

  private nodeLeft(node: number): void {
    this.joinedAt.delete(node);
    this.joins.remove(node);
    const name = this.nameOf(node);
    if (name === undefined) return;
    this.setup.nodeChanged(name, false);
    if (!this.isDc) return;
    this.conductor.nodeLost(name);
    this.writeLost([node]);
    this.wantRun(`Node failure: ${name}`);
  }

  /** All members have spoken and hold the same CIB: time to see who leads. */
  private settled(): void {
    const { ring } = this;
    if (ring === undefined || ring.members.length !== ring.ringMembers.length || !this.setup.store.isSynchronized) return;
    if (this.state === 'STARTING') this.input('pending');
    if (this.isDc) return this.welcomeNew();
    if (this.dc !== undefined) return this.election.isRunning ? undefined : this.announce();
    if (this.hadDc || ring.members.length === this.setup.nodes.length) return this.startElection();
    this.announce();
    this.awaitDc();
  }

  /** A node that is not taken in for this long calls an election, whoever it thought was the DC. */
  private awaitDc(): void {
    this.startTimer('dc-deadtime', this.option('dc-deadtime', DC_DEADTIME_MS), () => {
      if (this.isDc || this.state === 'NOT_DC') return;
      this.dc = undefined;
      this.startElection();
    });
  }

  private announce(): void {
    if (this.state === 'PENDING') this.group.send({ kind: 'announce' });
  }

  private startElection(): void {
    if (this.state !== 'STOPPING') this.election.start();
  }

  private electionStarted(): void {
    this.conductor.cancel();
    this.input('election');
  }

  private won(): void {
    if (this.state === 'STOPPING') return;
    this.stopTimer('dc-deadtime');
    this.dc = this.setup.me.id;
    this.hadDc = true;
    this.platform.trace('dc', this.setup.me.name);
    this.platform.log('notice', 'pacemaker-controld', `This node is now the designated controller`);
    this.conductor.cancel();
    this.joins.reset();
    this.input('election-dc');
    const cib = this.setup.store.query();
    this.write([rootChange({ crm_feature_set: FEATURE_SET, 'have-quorum': this.quorumText(), 'dc-uuid': String(this.dc) })]);
    const bootstrap = bootstrapChanges(cib, this.setup.nodes, this.setup.facts);
    if (bootstrap.length > 0) this.write(bootstrap);
    this.writeLost(this.setup.nodes.map(({ id }) => id).filter((node) => !(this.ring?.members ?? []).includes(node)));
    for (const [node, action] of this.fencedWithoutDc) this.conductor.noteFenced(node, action);
    this.fencedWithoutDc.clear();
    this.offer(this.ring?.members ?? []);
  }

  private lost(): void {
    if (isDcState(this.state)) this.conductor.cancel();
    if (this.dc === this.setup.me.id) {
      this.dc = undefined;
      this.group.send({ kind: 'released' });
    }
    this.input('release-dc');
    this.input('pending');
    this.awaitDc();
  }

  private welcomeNew(): void {
    const unknown = (this.ring?.members ?? []).filter((node) => this.joins.phase(node) === undefined && !this.joins.refusedNodes().includes(node));
    if (unknown.length === 0) return;
    this.conductor.abort('Node join');
    this.conductor.cancel();
    this.input('node-join');
    this.offer(unknown);
  }

  private offer(nodes: readonly number[]): void {
    this.joins.welcome(nodes);
    this.group.send({ kind: 'offer', joinId: this.joins.joinId, to: this.joins.in('welcomed') });
    this.startTimer('join-integration-timeout', JOIN_INTEGRATION_MS, () => {
      for (const node of this.joins.in('welcomed')) this.joins.remove(node);
      this.advanceJoin();
    });
  }

  private deliver(sender: number, message: ControllerMessage): void {
    if (this.state === 'STOPPING') return;
    switch (message.kind) {
      case 'vote':
      case 'no-vote':
        return this.election.receive(sender, message);
      case 'released':
        if (this.dc !== sender || this.isDc) return;
        this.dc = undefined;
        this.input('pending');
        return this.awaitDc();
      case 'announce':
        return this.isDc && sender !== this.setup.me.id ? this.announced(sender) : undefined;
      case 'offer':
        return this.offered(sender, message);
      case 'request':
        return this.requested(sender, message);
      case 'ack':
        return this.acknowledged(sender, message);
      case 'confirm':
        return this.confirmed(sender, message.joinId);
      case 'action':
        return message.to === this.setup.me.id ? this.local.perform(message.order) : undefined;
      case 'done':
        return this.isDc ? this.conductor.acknowledged(message.transitionKey, message.rc) : undefined;
      case 'shutdown':
        return message.to === this.setup.me.id ? this.leave() : undefined;
      case 'forget':
        return message.to === this.setup.me.id ? this.local.forget(message.resource, message.operation, message.intervalMs, message.failedOnly) : undefined;
      case 'fail':
        return message.to === this.setup.me.id ? this.local.reportFailure(message.resource) : undefined;
    }
  }

  private announced(node: number): void {
    if (this.joins.phase(node) === 'confirmed') this.joins.remove(node);
    this.welcomeNew();
  }

  private offered(sender: number, offer: Extract<ControllerMessage, { kind: 'offer' }>): void {
    // Two partitions have met and each has its DC: one of them has to give way.
    if (this.isDc && sender !== this.setup.me.id) return this.startElection();
    if (!offer.to.includes(this.setup.me.id)) return;
    if (sender !== this.setup.me.id) {
      this.election.stop();
      this.input('join-offer');
      this.awaitDc();
    }
    this.dc = sender;
    this.hadDc = true;
    this.offers = { joinId: offer.joinId, dc: sender };
    this.group.send({ kind: 'request', joinId: offer.joinId, featureSet: FEATURE_SET });
  }

  private requested(sender: number, request: Extract<ControllerMessage, { kind: 'request' }>): void {
    if (!this.isDc || request.joinId !== this.joins.joinId || this.joins.phase(sender) !== 'welcomed') return;
    if (compareVersions(request.featureSet, FEATURE_SET) < 0) this.joins.refuse(sender);
    else this.joins.set(sender, 'integrated');
    this.advanceJoin();
  }

  private advanceJoin(): void {
    if (!this.isDc) return;
    if (this.state === 'INTEGRATION' && this.joins.in('welcomed').length === 0) {
      this.input('integrated');
      const to = this.joins.in('integrated');
      for (const node of to) this.joins.set(node, 'finalized');
      this.group.send({ kind: 'ack', joinId: this.joins.joinId, to, refused: this.joins.refusedNodes() });
    }
    if (this.state === 'FINALIZE_JOIN' && this.joins.in('finalized').length === 0) {
      this.stopTimer('join-integration-timeout');
      this.input('finalized');
      this.askRun();
    }
  }

  private acknowledged(sender: number, ack: Extract<ControllerMessage, { kind: 'ack' }>): void {
    if (this.offers?.dc !== sender || this.offers.joinId !== ack.joinId) return;
    if (ack.refused.includes(this.setup.me.id)) return this.leave();
    if (!ack.to.includes(this.setup.me.id)) return;
    this.local.replaceHistory(() => this.group.send({ kind: 'confirm', joinId: ack.joinId }));
  }

  private confirmed(sender: number, joinId: number): void {
    if (sender === this.setup.me.id) {
      this.input('join-result');
      this.stopTimer('dc-deadtime');
    }
    if (!this.isDc || joinId !== this.joins.joinId || this.joins.phase(sender) !== 'finalized') return;
    this.joins.set(sender, 'confirmed');
    this.platform.trace('joined', this.nameOf(sender) ?? '');
    const name = this.nameOf(sender);
    const at = this.joinedAt.get(sender) ?? 0;
    if (name !== undefined) {
      this.write([nodeState({ id: String(sender), name, inCcm: at, crmd: at, join: 'member', expected: 'member', origin: 'do_dc_join_finalize' })]);
      this.setup.nodeChanged(name, true);
    }
    this.advanceJoin();
  }

  private leave(): void {
    this.input('stop');
    this.conductor.cancel();
    this.election.stop();
    this.setup.shutDown();
  }

  private cibChanged(event: CibEvent): void {
    if (this.isDc && this.state !== 'INTEGRATION' && this.state !== 'FINALIZE_JOIN') this.conductor.cibChanged(event);
  }

  /** Something happened that the running transition did not expect. */
  private wantRun(reason: string): void {
    if (this.state === 'POLICY_ENGINE') return this.askRun();
    if (this.state === 'TRANSITION_ENGINE') {
      this.isRunAsked = true;
      this.conductor.abort(reason);
      return;
    }
    if (this.state !== 'IDLE') return;
    this.platform.log('info', 'pacemaker-controld', `Scheduler run wanted: ${reason}`);
    this.input('pe-calc');
    this.askRun();
  }

  private transitionDone(): void {
    if (this.isRunAsked) {
      this.input('pe-calc');
      return this.askRun();
    }
    this.input('te-success');
  }

  /** The scheduler runs when this node's own writes have arrived, and once for events of the same moment. */
  private askRun(): void {
    this.isRunAsked = true;
    this.startTimer('transition-delay', parseTimeout(clusterOption(this.setup.store.query(), 'transition-delay') ?? '0') ?? 0, () => this.tryRun());
  }

  private tryRun(): void {
    if (!this.isDc || this.state !== 'POLICY_ENGINE' || !this.isRunAsked) return;
    if (this.openWrites > 0 || !this.setup.store.isSynchronized) return;
    const bootstrap = bootstrapChanges(this.setup.store.query(), this.setup.nodes, this.setup.facts);
    if (bootstrap.length > 0) return this.write(bootstrap);
    this.isRunAsked = false;
    this.conductor.run();
  }

  private write(changes: readonly CibChange[], reply?: (reply: CibReply) => void, client = 'crmd'): void {
    this.openWrites++;
    const change: CibChange = changes.length === 1 ? changes[0]! : { op: 'transaction', changes };
    this.setup.store.apply({ change, client }, (answer) => {
      this.openWrites--;
      if (!answer.ok) this.platform.log('error', 'pacemaker-controld', `CIB update failed: ${answer.message} ${(answer.detail ?? []).join('; ')}`);
      reply?.(answer);
      if (this.openWrites === 0) this.tryRun();
    });
  }

  private writeLost(nodes: readonly number[]): void {
    const status = this.setup.store.query().first('status');
    for (const node of nodes) {
      const name = this.nameOf(node);
      const known = status?.elements('node_state').find((one) => one.id === String(node));
      if (name === undefined || known === undefined) continue;
      const isExpectedDown = known.get('expected') === 'down';
      const state = nodeState({ id: String(node), name, inCcm: 0, crmd: 0, join: isExpectedDown ? 'down' : undefined, origin: 'peer_update_callback' });
      this.write([state, ...(isExpectedDown ? eraseNodeStatus(String(node)) : eraseNodeStatus(String(node)).slice(1))]);
    }
  }

  private writeQuorum(): void {
    this.write([rootChange({ 'have-quorum': this.quorumText() })]);
  }

  private quorumText(): string {
    return this.setup.isQuorate() ? '1' : '0';
  }

  private option(name: string, otherwiseMs: number): number {
    return parseTimeout(clusterOption(this.setup.store.query(), name) ?? '') ?? otherwiseMs;
  }

  private startTimer(label: ControllerTimer, delayMs: number, handler: () => void): void {
    this.stopTimer(label);
    this.timers.set(label, this.platform.after(label, delayMs, handler));
  }

  private stopTimer(label: ControllerTimer): void {
    this.timers.get(label)?.cancel();
  }

  private input(input: ControllerInput): void {
    const next = nextState(this.state, input);
    if (next === this.state) return;
    this.platform.log('debug', 'pacemaker-controld', `State ${this.state} -> ${next} (${input})`);
    this.state = next;
  }

  private nameOf(node: number): string | undefined {
    return this.setup.nodes.find(({ id }) => id === node)?.name;
  }

  private idOf(node: string): number | undefined {
    return this.setup.nodes.find(({ name }) => name === node)?.id;
  }
}

/** Attributes of the root alone: the version must not be sent along. */
function rootChange(attributes: Readonly<Record<string, string>>): CibChange {
  return { op: 'modify', xpath: '/cib', data: element('cib', attributes) };
}

/** Names this life of this controller in transition keys. */
function uuidOf(platform: Platform, name: string): string {
  const random = platform.random(`controller-uuid/${name}/${platform.clock.epochMs()}`);
  const hex = Array.from({ length: 32 }, () => random.below(16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
