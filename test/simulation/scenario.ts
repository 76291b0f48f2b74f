// SPDX-License-Identifier: GPL-2.0-or-later
/** One seed of the simulation: a cluster, a series of faults, a quiet end, and the checkers that watched it. */
import { element } from '../../src/cib/index.ts';
import type { Schedule } from '../../src/engine/controller/conductor.ts';
import { seededStream, type AgentCall, type AgentFate } from '../../src/platform/sim/index.ts';
import type { RandomStream } from '../../src/platform/index.ts';
import { SimulatedCluster } from '../engine/cluster-in-simulation.ts';
import type { Checker, World } from './checkers/checker.ts';
import { everythingRuns } from './checkers/everything-runs.ts';
import { fencingBeforeStart } from './checkers/fencing-before-start.ts';
import { neverActiveTwice } from './checkers/never-active-twice.ts';
import { neverPromotedTwice } from './checkers/never-promoted-twice.ts';
import { oneActionAtATime } from './checkers/one-action-at-a-time.ts';
import { versionNeverBack } from './checkers/version-never-back.ts';

export interface SeedResult {
  readonly seed: number;
  readonly events: number;
  readonly faults: number;
  readonly virtualMs: number;
  readonly traceHash: string;
  readonly violations: readonly string[];
}

export interface SeedOptions {
  readonly schedule?: Schedule;
  readonly startsBeforeFencing?: boolean;
}

const NODES = ['node1', 'node2', 'node3'];
/** Active once each; G1 and G2 are a group. */
const SINGLE = ['A', 'B', 'G1', 'G2'];
/** A promotable clone on every node. */
const CLONED = 'P';
const CONFIGURATION = [
  primitive('A'),
  primitive('B'),
  `<group id="G">${primitive('G1')}${primitive('G2')}</group>`,
  `<clone id="PC"><meta_attributes id="PC-meta"><nvpair id="PC-promotable" name="promotable" value="true"/></meta_attributes>${primitive(CLONED)}</clone>`,
];
/** What the tiny scheduler understands. */
const SIMPLE_CONFIGURATION = SINGLE.map(primitive);
/** More often what is frequent in life, so that faults meet each other. */
const FAULTS = ['kill', 'kill', 'boot', 'boot', 'crash', 'crash', 'loss', 'partition', 'heal', 'change', 'change', 'shutdown', 'kill-dc', 'pause', 'clock', 'daemon'] as const;
const CLOCK_JUMP_MS = 3_600_000;
/** Entries of the trace that begin with the directory of a node. */
const ABOUT_HOSTS: ReadonlySet<string> = new Set(['operation', 'activity', 'agent-begin', 'agent-end']);
const STEPS = 14;
/** After the last fault: longest timeouts, reboots and fencing take part of it. */
const END_MS = 15 * 60_000;

export function runSeed(seed: number, options: SeedOptions = {}): SeedResult {
  const run = new SeedRun(seed, options);
  run.begin();
  for (let step = 0; step < STEPS && run.violations.length === 0; step++) run.disturb();
  if (run.violations.length === 0) run.end();
  const { sim } = run.cluster;
  return { seed, events: sim.eventCount, faults: run.faults, virtualMs: sim.timeMs, traceHash: sim.traceHash, violations: run.violations };
}

class SeedRun {
  readonly cluster: SimulatedCluster;
  readonly violations: string[] = [];
  faults = 0;
  private readonly random: RandomStream;
  private readonly checkers: readonly Checker[];
  private readonly world: World;
  /** Configuration changes that were acknowledged. */
  private readonly acknowledged: string[] = [];
  private areAgentsFaulty = false;
  private changes = 0;

  private readonly options: SeedOptions;

  constructor(seed: number, options: SeedOptions) {
    this.options = options;
    this.random = seededStream(seed, 'scenario');
    this.cluster = new SimulatedCluster(seed, options);
    this.checkers = [neverActiveTwice(SINGLE), neverPromotedTwice(CLONED), fencingBeforeStart(SINGLE), versionNeverBack(), oneActionAtATime(), everythingRuns(SINGLE, options.schedule === undefined ? undefined : CLONED)];
    this.world = {
      promotedOn: (resource) => [...this.cluster.sim.hosts.activeOn(resource)].filter(([, activity]) => activity === 'promoted').map(([host]) => this.nodeOf(host)),
      activeOn: (resource) => [...this.cluster.sim.hosts.activeOn(resource).keys()].map((host) => this.nodeOf(host)),
      resourcesOn: (node) => [...SINGLE, CLONED].filter((resource) => this.cluster.sim.hosts.activeOn(resource).has(this.cluster.nodeDirectory(node))),
    };
    this.cluster.sim.onTrace = (event, details) => this.observe(event, details.map(String));
    this.cluster.sim.hosts.fate = (call, random) => this.fate(call, random);
  }

  begin(): void {
    if (!this.cluster.settle()) this.violations.push('liveness: the cluster does not form');
    for (const text of this.options.schedule === undefined ? SIMPLE_CONFIGURATION : CONFIGURATION) this.cluster.configure(text);
    if (!this.cluster.settle()) this.violations.push('liveness: the resources do not start');
    this.areAgentsFaulty = true;
  }

  /** One fault, and some time for the cluster to react or not. */
  disturb(): void {
    this.faults++;
    const fault = this.pick(FAULTS);
    const node = this.pick(NODES);
    switch (fault) {
      case 'kill':
        this.cluster.supervisor.kill(node);
        break;
      case 'boot':
        this.cluster.supervisor.boot(node);
        break;
      case 'shutdown':
        this.cluster.supervisor.shutdown(node);
        break;
      case 'crash':
        this.cluster.sim.hosts.crash(this.cluster.nodeDirectory(node), this.pick([...SINGLE, CLONED]));
        break;
      case 'loss':
        this.cluster.sim.network.faults = { delayMs: { least: 0.1, most: 20 }, loss: this.random.fraction() * 0.2, duplication: 0.05 };
        break;
      case 'partition':
        this.cluster.sim.network.partition([[NODES.indexOf(node) + 1]]);
        break;
      case 'heal':
        this.heal();
        break;
      case 'change':
        this.change();
        break;
      default:
        this.disturbMachine(fault);
    }
    const waitMs = this.random.below(3) === 0 ? this.random.below(300) : this.random.below(20_000);
    this.cluster.sim.run(this.cluster.sim.timeMs + waitMs);
  }

  /** What befalls the machine that hosts all nodes, or the DC in the middle of its work. */
  private disturbMachine(fault: 'kill-dc' | 'pause' | 'clock' | 'daemon'): void {
    const { cluster } = this;
    const { sim } = cluster;
    switch (fault) {
      case 'kill-dc': {
        // A crash gives it a transition; some agents have begun and not ended when it goes.
        sim.hosts.crash(cluster.nodeDirectory(this.pick(NODES)), this.pick([...SINGLE, CLONED]));
        sim.run(sim.timeMs + 5000, () => cluster.supervisor.running().some(({ daemons }) => daemons.isActing));
        if (cluster.dc !== undefined) cluster.supervisor.kill(cluster.dc);
        return;
      }
      case 'pause':
        return sim.pause(this.random.below(30_000));
      case 'clock':
        return sim.jumpClock(this.random.below(2 * CLOCK_JUMP_MS) - CLOCK_JUMP_MS);
      case 'daemon':
        cluster.restartDaemon();
    }
  }

  end(): void {
    this.areAgentsFaulty = false;
    this.heal();
    const { sim, supervisor } = this.cluster;
    const endMs = sim.timeMs + END_MS;
    // Hanging agents and unfinished departures first come to their ends.
    sim.run(sim.timeMs + 60_000);
    for (let tries = 0; tries < 8 && sim.timeMs < endMs; tries++) {
      for (const node of NODES) supervisor.boot(node);
      if (!this.cluster.settle(120_000)) continue;
      const [first] = supervisor.running();
      first?.daemons.attributes.clear('^(?:fail-count|last-failure)-');
      first?.daemons.controller.forget({}, false);
      sim.run(sim.timeMs + 1000);
      if (this.cluster.settle(120_000) && supervisor.running().length === NODES.length) break;
    }
    if (!this.cluster.isIdle) this.violations.push(`liveness: not idle at the end: ${supervisor.running().map(({ name, daemons }) => `${name} ${daemons.controller.state}`).join(', ')}`);
    for (const checker of this.checkers) this.note(checker, checker.conclude?.(this.world));
    this.compareDocuments();
    this.checkFixPoint();
  }

  private heal(): void {
    this.cluster.sim.network.partition([]);
    this.cluster.sim.network.faults = { delayMs: { least: 0.1, most: 1 }, loss: 0, duplication: 0 };
  }

  private change(): void {
    const [asked] = this.cluster.supervisor.running();
    if (asked === undefined) return;
    const name = `change-${++this.changes}`;
    const data = element('cluster_property_set', { id: 'changes' }, [element('nvpair', { id: name, name, value: 'made' })]);
    asked.daemons.store.apply({ change: { op: 'modify', section: 'crm_config', allowCreate: true, data }, client: 'cibadmin' }, (reply) => {
      const isMajority = asked.daemons.quorumState.isQuorate;
      if (reply.ok && isMajority) this.acknowledged.push(name);
    });
  }

  /** All nodes have the same document, with every change that was acknowledged. */
  private compareDocuments(): void {
    const documents = this.cluster.supervisor.running().map(({ daemons }) => daemons.store.query());
    const versions = new Set(documents.map((cib) => `${cib.get('admin_epoch')}.${cib.get('epoch')}.${cib.get('num_updates')}`));
    if (versions.size !== 1) this.violations.push(`CIBs differ at the end: ${[...versions].join(' ')}`);
    const names = new Set((documents[0]?.at('configuration', 'crm_config')?.elements('cluster_property_set') ?? []).flatMap((set) => set.elements('nvpair').map((pair) => pair.get('name'))));
    const missing = this.acknowledged.filter((name) => !names.has(name));
    if (missing.length > 0) this.violations.push(`acknowledged changes are lost: ${missing.join(' ')}`);
  }

  /** A settled cluster has nothing left to do. */
  private checkFixPoint(): void {
    const { sim, supervisor } = this.cluster;
    const [first] = supervisor.running();
    if (first === undefined || this.options.schedule === undefined || !this.cluster.isIdle) return;
    const { synapses } = this.options.schedule(first.daemons.store.query(), sim.platform.clock.epochMs());
    if (synapses.length > 0) this.violations.push(`not a fix point: ${synapses.map(({ action }) => `${action.operationKey} ${action.onNode ?? ''}`).join(', ')}`);
  }

  private fate(call: AgentCall, random: RandomStream): AgentFate {
    const durationMs = 5 + random.below(60);
    if (!this.areAgentsFaulty) return { durationMs };
    const dice = random.below(1000);
    if (call.action === 'start' && dice < 40) return { durationMs, failure: 1 };
    if (call.action === 'stop' && dice < 15) return { durationMs, failure: 1 };
    if (call.action === 'monitor' && call.intervalMs > 0 && dice < 20) return { durationMs, failure: 1 };
    if (dice > 990) return { durationMs, hangs: true };
    if (dice > 900) return { durationMs: durationMs * 100 };
    return { durationMs };
  }

  private observe(event: string, details: readonly string[]): void {
    const named = ABOUT_HOSTS.has(event) ? [this.nodeOf(details[0] ?? ''), ...details.slice(1)] : details;
    if (event === 'activity' && named[1] === CLONED && named[2] === 'started') this.askForPromotion(named[0] ?? '');
    if (event === 'agent-end' && named[1] === CLONED && named[2] === 'monitor') this.askAgain(named[0] ?? '');
    for (const checker of this.checkers) this.note(checker, checker.observe?.(event, named, this.world));
  }

  /** What the agent of a promotable clone does when it starts. */
  private askForPromotion(node: string): void {
    this.cluster.supervisor.daemonsOf(node)?.attributes.set({ name: `master-${CLONED}`, node, value: '10' });
  }

  /** And when its monitor finds that a daemon which began anew has forgotten the score. */
  private askAgain(node: string): void {
    if (!this.world.activeOn(CLONED).includes(node)) return;
    if (this.cluster.supervisor.daemonsOf(node)?.attributes.get(`master-${CLONED}`, node) === undefined) this.askForPromotion(node);
  }

  private note(checker: Checker, violation: string | undefined): void {
    if (violation !== undefined) this.violations.push(`at ${Math.round(this.cluster.sim.timeMs)} ms: ${checker.invariant}: ${violation}`);
  }

  private nodeOf(host: string): string {
    return host.slice(host.lastIndexOf('/') + 1);
  }

  private pick<T>(list: readonly T[]): T {
    return list[this.random.below(list.length)]!;
  }
}

function primitive(id: string): string {
  return `<primitive id="${id}" class="ocf" provider="quorate" type="Dummy"><operations><op id="${id}-monitor" name="monitor" interval="5s"/></operations></primitive>`;
}
