// SPDX-License-Identifier: GPL-2.0-or-later
/** The controller of one node: a machine that finds or becomes the DC, takes nodes in, and lets the conductor work. */
import { FEATURE_SET, parseTimeout } from '../../cib/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { ForgetSelector } from '../control/protocol.ts';
import { Election } from '../election.ts';
import type { FencingEvent } from '../fencer/event.ts';
import type { Group, GroupChange, ProcessGroups } from '../membership/groups.ts';
import type { CibEvent } from '../store/store.ts';
import { clusterOption } from './bootstrap.ts';
import { Conductor, FENCING_CLIENT } from './conductor.ts';
import { Integration } from './integration.ts';
import { LocalOperations } from './local.ts';
import type { ControllerMessage } from './messages.ts';
import { Records } from './records.ts';
import type { ControllerSetup } from './setup.ts';
import { isDcState, nextState, type ControllerInput, type ControllerState } from './states.ts';
import { ControllerTimers, DC_DEADTIME_MS, JOIN_INTEGRATION_MS, SHUTDOWN_ESCALATION_MS } from './timers.ts';
import { lifeUuid } from './transition/uuid.ts';

export class Controller {
  /** Shown in logs and tests; only this machine changes it. */
  state: ControllerState = 'STARTING';
  private dc: number | undefined;
  private ring: GroupChange | undefined;
  private readonly integration: Integration;
  private readonly records: Records;
  private readonly group: Group<ControllerMessage>;
  private readonly election: Election;
  private readonly conductor: Conductor;
  private readonly local: LocalOperations;
  private readonly joinedAt = new Map<number, number>();
  private readonly timers: ControllerTimers;
  private isRunAsked = false;
  /** Fencings heard of while another node, or none, was DC: the next DC may have to write them down. */
  private readonly fencedWithoutDc = new Map<string, string>();
  private hadDc = false;
  /** Another node's document has been taken over, in which nothing of what this node wrote as DC need stand. */
  private isCibReplaced = false;
  private readonly platform: Platform;
  private readonly setup: ControllerSetup;

  constructor(platform: Platform, setup: ControllerSetup, groups: ProcessGroups) {
    this.platform = platform;
    this.setup = setup;
    this.timers = new ControllerTimers(platform);
    this.group = groups.join<ControllerMessage>('crmd', {
      deliver: (sender, message) => this.deliver(sender, message),
      members: (change) => this.members(change),
    });
    this.election = new Election(platform, {
      me: setup.me.id,
      featureSet: FEATURE_SET,
      nameOf: (node) => this.nameOf(node) ?? '',
      send: (message) => this.group.send(message),
      started: () => {
        this.conductor.cancel();
        this.input('election');
      },
      won: () => this.won(),
      lost: () => this.lost(),
    });
    this.records = new Records(platform, {
      store: setup.store,
      nodes: setup.nodes,
      facts: setup.facts,
      isQuorate: () => setup.isQuorate(),
      arrived: () => this.tryRun(),
    });
    this.integration = this.makeIntegration();
    this.conductor = this.makeConductor();
    this.local = new LocalOperations(platform, {
      me: setup.me,
      executor: setup.executor,
      apply: (changes, reply, client) => this.records.write(changes, reply, client),
      done: (transitionKey, rc, status) => this.group.send({ kind: 'done', transitionKey, rc, status }),
      reported: (result) => setup.operationReported(result),
    });
    setup.store.onChange((event) => this.cibChanged(event));
    setup.store.onSync(() => this.settled());
  }

  get isDc(): boolean {
    return this.dc === this.setup.me.id && isDcState(this.state);
  }

  /** Nothing runs and nothing is due; only a DC can say so. */
  get isIdle(): boolean {
    return this.isDc && this.state === 'IDLE' && !this.isRunAsked && this.records.areAllWritten;
  }

  /** Clean-up of resources on this or all nodes; their history is gone from the CIB when all have heard. */
  forget({ node, resource, operation, intervalMs }: ForgetSelector, failedOnly: boolean): void {
    const members = this.ring?.members ?? [];
    const to = members.filter((member) => node === undefined || this.nameOf(member) === node);
    this.group.send({ kind: 'forget', to, resource, operation, intervalMs, failedOnly });
    // A node that is not there cannot forget by itself.
    const absent = this.setup.nodes.filter((one) => !members.includes(one.id) && (node === undefined || one.name === node));
    if (absent.length > 0 && operation === undefined) this.records.forget(absent, resource);
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
    this.records.quorum();
    this.wantRun(this.setup.isQuorate() ? 'Quorum gained' : 'Quorum lost');
  }

  fencingFinished(event: FencingEvent): void {
    if (this.isDc) return this.conductor.fencingFinished(event);
    if (event.state === 'success') this.fencedWithoutDc.set(event.target, event.action);
  }

  private makeIntegration(): Integration {
    return new Integration({
      me: this.setup.me.id,
      state: () => this.state,
      isDc: () => this.isDc,
      input: (input) => this.input(input),
      send: (message) => this.group.send(message),
      startWait: (expired) => this.timers.start('join-integration-timeout', JOIN_INTEGRATION_MS, expired),
      stopWait: () => this.timers.stop('join-integration-timeout'),
      invited: (dc) => this.invited(dc),
      admitted: () => {
        this.input('join-result');
        this.timers.stop('dc-deadtime');
      },
      refused: () => this.leave(),
      writeHistory: (written) => {
        // In every join and before its history, as Pacemaker's nodes do: it shows when a cluster has mixed versions.
        this.setup.attributes.set({ name: '#feature-set', node: this.setup.me.name, value: FEATURE_SET });
        this.local.replaceHistory(written);
      },
      confirmed: (node) => this.nodeConfirmed(node),
      finalized: () => this.askRun(),
    });
  }

  private makeConductor(): Conductor {
    const { setup } = this;
    return new Conductor(this.platform, {
      me: setup.me.name,
      schedule: setup.schedule,
      cib: () => setup.store.query(),
      apply: (changes, reply) => this.records.write(changes, reply),
      send: (message) => this.group.send(message),
      setAttribute: (change) => setup.attributes.set(change),
      clearAttributes: (pattern, node) => setup.attributes.clear(pattern, node),
      fence: (target, action, done) => setup.fencer.fence(target, action, FENCING_CLIENT, done),
      idOf: (node) => this.idOf(node),
      nameOf: (id) => this.nameOf(Number(id)),
      wantRun: (reason) => this.wantRun(reason),
      schedulerDone: () => this.input('pe-success'),
      transitionDone: () => this.transitionDone(),
      uuid: lifeUuid(this.platform, setup.me.name),
      startsBeforeFencing: setup.startsBeforeFencing,
    });
  }

  private members(change: GroupChange): void {
    this.ring = change;
    if (this.dc !== undefined && (!change.ringMembers.includes(this.dc) || change.left.includes(this.dc))) this.dc = undefined;
    for (const node of change.left) this.nodeLeft(node);
    for (const node of change.joined) {
      const name = this.nameOf(node) ?? '';
      if (!this.joinedAt.has(node)) {
        this.joinedAt.set(node, Math.floor(this.platform.clock.epochMs() / 1000));
        this.setup.nodeChanged(name, true);
      }
      this.fencedWithoutDc.delete(name);
    }
    this.election.updateMembers(change.members, change.sequence);
    if (change.members.length === change.ringMembers.length) this.settled();
  }

  private nodeLeft(node: number): void {
    this.joinedAt.delete(node);
    this.integration.forget(node);
    const name = this.nameOf(node);
    if (name === undefined) return;
    this.setup.nodeChanged(name, false);
    if (!this.isDc) return;
    this.conductor.nodeLost(name);
    this.records.lost([node]);
    this.wantRun(`Node failure: ${name}`);
  }

  /** All members have spoken and hold the same CIB: time to see who leads. */
  private settled(): void {
    const { ring } = this;
    if (ring === undefined || ring.members.length !== ring.ringMembers.length || !this.setup.store.isSynchronized) return;
    if (this.state === 'STARTING') this.input('pending');
    if (this.isDc) return this.welcomeNew();
    if (this.dc === undefined && (this.hadDc || ring.members.length === this.setup.nodes.length)) return this.startElection();
    if (this.state === 'PENDING' && !this.election.isRunning) this.group.send({ kind: 'announce' });
    if (this.dc === undefined) this.awaitDc();
  }

  /** A node that is not taken in for this long calls an election, whoever it thought was the DC. */
  private awaitDc(): void {
    this.timers.start('dc-deadtime', this.option('dc-deadtime', DC_DEADTIME_MS), () => {
      if (this.isDc || this.state === 'NOT_DC') return;
      this.dc = undefined;
      this.startElection();
    });
  }

  private startElection(): void {
    if (this.state !== 'STOPPING') this.election.start();
  }

  private won(): void {
    if (this.state === 'STOPPING') return;
    this.timers.stop('dc-deadtime');
    this.dc = this.setup.me.id;
    this.hadDc = true;
    this.platform.trace('dc', this.setup.me.name);
    this.platform.log('notice', 'pacemaker-controld', `This node is now the designated controller`);
    this.lead('election-dc', this.ring?.members ?? []);
    for (const [node, action] of this.fencedWithoutDc) this.conductor.noteFenced(node, action);
    this.fencedWithoutDc.clear();
  }

  /** Claims the CIB and takes everybody in. */
  private lead(input: ControllerInput, members: readonly number[]): void {
    this.isCibReplaced = false;
    this.conductor.cancel();
    this.integration.reset();
    this.input(input);
    this.records.claim(this.setup.me.id);
    this.records.lost(this.setup.nodes.map(({ id }) => id).filter((node) => !members.includes(node)));
    this.integration.offer(members);
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
    const members = this.ring?.members ?? [];
    const strangers = this.integration.strangers(members);
    if (strangers.length === 0 && !this.isCibReplaced) return;
    this.conductor.abort('Node join');
    if (this.isCibReplaced) return this.lead('node-join', members);
    this.conductor.cancel();
    this.input('node-join');
    this.integration.offer(strangers);
  }

  private deliver(sender: number, message: ControllerMessage): void {
    if (this.state === 'STOPPING') return;
    const me = this.setup.me.id;
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
        if (!this.isDc || sender === me) return;
        this.integration.announced(sender);
        return this.welcomeNew();
      case 'offer':
        // Two partitions have met and each has its DC: one of them has to give way.
        return this.isDc && sender !== me ? this.startElection() : this.integration.offered(sender, message);
      case 'request':
        return this.integration.requested(sender, message);
      case 'ack':
        return this.integration.acknowledged(sender, message);
      case 'confirm':
        return this.integration.confirmed(sender, message);
      case 'action':
        // After two partitions have met, a DC may still speak that this node does not follow.
        return message.to === me && sender === this.dc ? this.local.perform(message.order) : undefined;
      case 'done':
        return this.isDc ? this.conductor.acknowledged(message.transitionKey, message.rc) : undefined;
      case 'shutdown':
        return message.to === me && sender === this.dc ? this.leave() : undefined;
      case 'forget':
        return message.to.includes(me) ? this.local.forget(message.resource, message.operation, message.intervalMs, message.failedOnly) : undefined;
      case 'fail':
        return message.to === me ? this.local.reportFailure(message.resource) : undefined;
    }
  }

  private invited(dc: number): void {
    if (dc !== this.setup.me.id) {
      this.election.stop();
      this.input('join-offer');
      this.awaitDc();
    }
    this.dc = dc;
    this.hadDc = true;
  }

  private nodeConfirmed(id: number): void {
    const name = this.nameOf(id);
    if (name === undefined) return;
    this.platform.trace('joined', name);
    this.records.member({ id, name }, this.joinedAt.get(id) ?? 0);
  }

  private leave(): void {
    this.input('stop');
    this.conductor.cancel();
    this.election.stop();
    this.setup.shutDown();
  }

  private cibChanged(event: CibEvent): void {
    if (event.client === 'sync') this.isCibReplaced = true;
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
    this.timers.start('transition-delay', parseTimeout(clusterOption(this.setup.store.query(), 'transition-delay') ?? '0') ?? 0, () => this.tryRun());
  }

  private tryRun(): void {
    if (!this.isDc || this.state !== 'POLICY_ENGINE' || !this.isRunAsked) return;
    // Nodes that have just come have to be taken in before anything is decided.
    if (this.integration.strangers(this.ring?.ringMembers ?? []).length > 0) return;
    if (!this.records.areAllWritten || !this.setup.store.isSynchronized || this.records.bootstrap()) return;
    this.isRunAsked = false;
    this.conductor.run();
  }

  private option(name: string, otherwiseMs: number): number {
    return parseTimeout(clusterOption(this.setup.store.query(), name) ?? '') ?? otherwiseMs;
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
