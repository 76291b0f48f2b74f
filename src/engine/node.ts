// SPDX-License-Identifier: GPL-2.0-or-later
/** One cluster node: all its daemons, put together over one platform and one membership. */
import { daemonEnvironment, executionStatusWord, exitCodeWord, revealSecrets, type AgentName, type DaemonFacts } from '../agents/index.ts';
import { emptyCib } from '../cib/index.ts';
import type { Platform } from '../platform/index.ts';
import { Alerts } from './alerts/alerts.ts';
import { Attributes } from './attributes/attributes.ts';
import { Controller } from './controller/controller.ts';
import type { Schedule } from './controller/conductor.ts';
import { targetRc } from './controller/history.ts';
import { Executor } from './executor/executor.ts';
import { STATUS, type OperationResult } from './executor/operation.ts';
import { Fencer, type FencerSetup } from './fencer/fencer.ts';
import type { FencingEvent } from './fencer/event.ts';
import { ProcessGroups } from './membership/groups.ts';
import type { ClusterNode, Configuration } from './membership/membership.ts';
import { VoteQuorum, type QuorumState } from './membership/quorum.ts';
import type { TotemSettings } from './membership/totem/timing.ts';
import { Totem, type RingView } from './membership/totem/totem.ts';
import { CibStore } from './store/store.ts';

/** What an embedded cluster's nodes have in common. */
export interface ClusterSetup {
  readonly clusterName: string;
  /** Authenticates what nodes say to each other. */
  readonly key: string;
  /** Those that are configured now: the supervisor adds and removes entries while the cluster runs. */
  readonly nodes: readonly ClusterNode[];
  readonly totem: TotemSettings;
  readonly dcVersion: string;
  readonly ocfRoot: string;
  readonly schedule: Schedule;
  findAgent(agent: AgentName): string | undefined;
  /** A fencing has ended; each node tells. */
  fenced?(event: FencingEvent): void;
  readonly startsBeforeFencing?: boolean;
}

export interface NodeSetup {
  readonly me: ClusterNode;
  readonly cluster: ClusterSetup;
  /** Everything of the node is below it: CIB, ring number, log, run-time files. */
  readonly directory: string;
  /** What its agents inherit before the daemons add their own. */
  readonly environment: ReadonlyMap<string, string>;
  readonly brand: string;
  /** Where the values of secret parameters are kept. */
  readonly secretsDirectory: string;
  readonly power: FencerSetup['power'];
  /** The node has left the cluster. */
  left(): void;
}

const STACK = 'corosync';

export class NodeDaemons {
  readonly store: CibStore;
  readonly attributes: Attributes;
  readonly fencer: Fencer;
  readonly controller: Controller;
  private readonly executor: Executor;
  private readonly membership: Totem;
  private readonly groups: ProcessGroups;
  private readonly quorum: VoteQuorum;
  private readonly alerts: Alerts;
  private readonly setup: NodeSetup;

  constructor(platform: Platform, setup: NodeSetup) {
    this.setup = setup;
    const { me, cluster, directory } = setup;
    const { clusterName, key, nodes, totem } = cluster;
    for (const name of ['', '/cib', '/cores', '/run/actions']) platform.disk.makeDirectory(`${directory}${name}`);
    this.membership = new Totem(platform, { me: me.id, clusterName, key, nodeCount: () => nodes.length, ringFile: `${directory}/totem-ring`, settings: totem });
    this.quorum = new VoteQuorum({ expectedVotes: nodes.length, isTwoNode: true, waitForAll: false }, platform.disk, `${directory}/quorum-seen`);
    this.groups = new ProcessGroups(this.membership);
    this.alerts = new Alerts(platform, { ...this.agentSetup('pacemaker-execd'), cib: () => this.store.query() });
    this.store = new CibStore(platform, { me: me.id, name: me.name, directory: `${directory}/cib`, initial: emptyCib(), isDc: () => this.controller.isDc, isQuorate: () => this.quorum.state.isQuorate }, this.groups);
    this.attributes = this.makeAttributes(platform);
    this.fencer = this.makeFencer(platform);
    this.executor = new Executor(platform, {
      ...this.agentSetup('pacemaker-execd'),
      actionsDirectory: `${directory}/run/actions`,
      ocfRoot: cluster.ocfRoot,
      findAgent: (agent) => cluster.findAgent(agent),
      reveal: (attributes, resource) => revealSecrets(attributes, resource, setup.secretsDirectory, (path) => platform.disk.read(path)),
      runFenceDevice: (operation, end) => this.fencer.operate(operation, end),
    });
    this.controller = new Controller(
      platform,
      {
        me,
        nodes,
        facts: { stack: STACK, clusterName, dcVersion: cluster.dcVersion, hasWatchdog: setup.power !== undefined },
        schedule: cluster.schedule,
        store: this.store,
        attributes: this.attributes,
        executor: this.executor,
        fencer: this.fencer,
        startsBeforeFencing: cluster.startsBeforeFencing,
        isQuorate: () => this.quorum.state.isQuorate,
        shutDown: () => this.leave(),
        operationReported: (result) => this.operationReported(result),
        nodeChanged: (node, isMember) => this.alerts.send({ kind: 'node', node, nodeId: this.idText(node), desc: isMember ? 'member' : 'lost' }),
      },
      this.groups,
    );
  }

  /** The ring as this node sees it. */
  get ring(): RingView | undefined {
    return this.membership.view;
  }

  /** An agent is at work on something that is done once; a new DC may know nothing of it. */
  get isActing(): boolean {
    return this.executor.isBusy;
  }

  /** Names of the process groups in which this node's daemons speak. */
  get processGroups(): readonly string[] {
    return this.groups.names;
  }

  get quorumState(): QuorumState {
    return this.quorum.state;
  }

  start(): void {
    this.executor.endLeftovers();
    this.membership.start({
      deliver: (sender, payload) => this.groups.deliver(sender, payload),
      configuration: (change) => this.configuration(change),
    });
  }

  private configuration(change: Configuration): void {
    const before = this.quorum.state.isQuorate;
    this.quorum.update(change.members);
    this.groups.configuration(change);
    if (this.quorum.state.isQuorate !== before) this.controller.quorumChanged();
  }

  /** A node has been taken out of the configured ones. */
  nodeRemoved(): void {
    const before = this.quorum.state.isQuorate;
    if (this.quorum.expect(this.setup.cluster.nodes.length).isQuorate !== before) this.controller.quorumChanged();
  }

  private leave(): void {
    this.membership.leave();
    this.setup.left();
  }

  private makeAttributes(platform: Platform): Attributes {
    const { me, cluster } = this.setup;
    const attributes = new Attributes(
      platform,
      {
        me: me.id,
        name: me.name,
        idOf: (node) => cluster.nodes.find(({ name }) => name === node)?.id.toString(),
        nameOf: (id) => cluster.nodes.find((node) => node.id === id)?.name,
        applyCib: (request, reply) => this.store.apply(request, reply),
        agreedCib: () => (this.store.isSynchronized ? this.store.query() : undefined),
        written: ({ name, node, value }) => this.alerts.send({ kind: 'attribute', node, nodeId: this.idText(node), name, value: value ?? '' }),
      },
      this.groups,
    );
    this.store.onSync(() => attributes.removeUnknown());
    return attributes;
  }

  private makeFencer(platform: Platform): Fencer {
    const { me, cluster, power } = this.setup;
    return new Fencer(
      platform,
      {
        ...this.agentSetup('pacemaker-fenced'),
        me: me.id,
        name: me.name,
        power,
        ocfRoot: cluster.ocfRoot,
        findAgent: (agent) => cluster.findAgent(agent),
        reveal: (attributes, device) => revealSecrets(attributes, device, this.setup.secretsDirectory, (path) => platform.disk.read(path)),
        cib: () => this.store.query(),
        idOf: (node) => cluster.nodes.find(({ name }) => name === node)?.id,
        attributeOf: (node, name) => this.attributes.get(name, node),
        fenced: (event) => this.fenced(event),
      },
      this.groups,
    );
  }

  private agentSetup(daemon: DaemonFacts['daemon']): { environment: ReadonlyMap<string, string>; workDirectory: string; brand: string } {
    const { directory, environment, brand, power } = this.setup;
    const facts = { daemon, stack: STACK, logFile: `${directory}/pacemaker.log`, isWatched: power !== undefined };
    return { environment: new Map(daemonEnvironment([...environment], facts)), workDirectory: `${directory}/cores`, brand };
  }

  private fenced(event: FencingEvent): void {
    this.setup.cluster.fenced?.(event);
    const isOk = event.state === 'success';
    const desc = `Operation ${event.action} of ${event.target} by ${event.origin} for ${event.client}@${event.origin}: ${isOk ? 'OK' : (event.exitReason ?? 'failed')}`;
    this.alerts.send({ kind: 'fencing', node: event.target, task: 'st_notify_fence', rc: isOk ? 0 : 1, desc });
    this.controller.fencingFinished(event);
  }

  private operationReported(result: OperationResult): void {
    const { operation, rc, status, execMs } = result;
    this.alerts.send({
      kind: 'resource',
      node: this.setup.me.name,
      resource: operation.resource,
      task: operation.action,
      intervalMs: operation.intervalMs,
      rc,
      targetRc: targetRc(operation.transitionKey),
      status,
      execMs,
      desc: status === STATUS.done ? exitCodeWord(rc) : executionStatusWord(status),
    });
  }

  private idText(node: string): string {
    return String(this.setup.cluster.nodes.find(({ name }) => name === node)?.id ?? '');
  }
}
