// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The supervisor of an embedded cluster: boots the nodes, cuts their power and restores it, and is the watchdog that
 * confirms a fenced node only after its processes have ended.
 */
import { secretsDirectory } from '../../agents/index.ts';
import type { LogLevel, Platform } from '../../platform/index.ts';
import type { FenceAction } from '../fencer/event.ts';
import { NodeLog } from '../logd/logd.ts';
import type { ClusterNode } from '../membership/membership.ts';
import { NodeDaemons, type ClusterSetup } from '../node.ts';
import { Cables } from './cables.ts';
import { startHost, type Host } from './host.ts';
import type { ToolRunner } from './inside.ts';
import { writeShims } from './shims.ts';

export interface SupervisorSetup {
  readonly cluster: ClusterSetup;
  readonly stateDirectory: string;
  /** Environment of this program, which agents inherit. */
  readonly environment: ReadonlyMap<string, string>;
  /** Directory with the launchers of the tools. */
  readonly toolsDirectory: string;
  readonly processId: number;
  /** Names of the nodes that are switched on at the start; else all. */
  readonly boot?: readonly string[];
  /** The configured nodes are others now, and have to be remembered for the next start. */
  nodesChanged?(nodes: readonly ClusterNode[]): void;
  /** Runs short calls of tools in this process; absent where every call starts a program. */
  readonly runTool?: ToolRunner;
  /** Called when a node's power has been cut, before its processes are ended (a simulated disk forgets here). */
  powerCut?(directory: string): void;
}

interface Machine {
  readonly node: ClusterNode;
  readonly directory: string;
  readonly brand: string;
  host: Host | undefined;
  daemons: NodeDaemons | undefined;
  /** Waiting to be booted again after fencing. */
  isRebooting: boolean;
  /** How many times the power was cut without all processes having ended yet. */
  dying: number;
  /** Asked for while its processes were still ending. */
  isBootWanted: boolean;
}

/** A fenced node that is to come back does so after this time. */
const REBOOT_MS = 2000;
/** A cluster that cannot stop in order by then is switched off. */
const STOP_DEADLINE_MS = 180_000;

export class Supervisor {
  readonly cables = new Cables();
  private readonly machines: Machine[];
  /** Seen by all daemons. */
  private readonly roster: ClusterNode[];
  private readonly platform: Platform;
  private readonly setup: SupervisorSetup;
  private readonly leaveListeners: ((node: string) => void)[] = [];
  private isStopping = false;

  constructor(platform: Platform, setup: SupervisorSetup) {
    this.platform = platform;
    this.roster = [...setup.cluster.nodes];
    this.setup = { ...setup, cluster: { ...setup.cluster, nodes: this.roster } };
    this.machines = this.roster.map((node) => this.makeMachine(node));
  }

  private makeMachine(node: ClusterNode): Machine {
    const directory = `${this.setup.stateDirectory}/nodes/${node.name}`;
    return { node, directory, brand: directory, host: undefined, daemons: undefined, isRebooting: false, dying: 0, isBootWanted: false };
  }

  start(): void {
    const { boot } = this.setup;
    for (const { node } of this.machines) if (boot === undefined || boot.includes(node.name)) this.boot(node.name);
  }

  /** The daemons of a running node. */
  daemonsOf(name: string): NodeDaemons | undefined {
    return this.machines.find(({ node }) => node.name === name)?.daemons;
  }

  /** What a program that is run by hand on a node gets; undefined when the node is off. */
  surroundingsOf(name: string): { readonly environment: ReadonlyMap<string, string>; readonly directory: string; readonly brand: string } | undefined {
    const machine = this.machines.find(({ node, daemons }) => node.name === name && daemons !== undefined);
    return machine === undefined ? undefined : { environment: this.environmentOf(machine), directory: machine.directory, brand: machine.brand };
  }

  /** Running nodes, in order of their ids. */
  running(): readonly { readonly name: string; readonly daemons: NodeDaemons }[] {
    return this.machines.flatMap(({ node, daemons }) => (daemons === undefined ? [] : [{ name: node.name, daemons }]));
  }

  /** A fenced node is about to be booted again. */
  isRebooting(): boolean {
    return this.machines.some((machine) => machine.isRebooting || machine.isBootWanted);
  }

  get cluster(): ClusterSetup {
    return this.setup.cluster;
  }

  nodes(): readonly ClusterNode[] {
    return this.roster;
  }

  /** False when there is no such node or it is running. */
  boot(name: string): boolean {
    const machine = this.machines.find(({ node }) => node.name === name);
    if (machine === undefined || machine.daemons !== undefined || this.isStopping) return false;
    machine.isBootWanted = machine.dying > 0;
    if (machine.isBootWanted) return true;
    machine.isRebooting = false;
    this.platform.trace('boot', name);
    const { disk } = this.platform;
    disk.makeDirectory(machine.directory);
    const log = new NodeLog(this.platform, name, `${machine.directory}/pacemaker.log`);
    const host = startHost(this.platform, this.cables, (level: LogLevel, source, text) => {
      log.write(level, source, text);
      this.platform.log(level, `${name} ${source}`, text);
    });
    for (const directory of ['run', 'run/resource-agents', 'sbin']) disk.makeDirectory(`${machine.directory}/${directory}`);
    writeShims(disk, `${machine.directory}/sbin`, this.setup.toolsDirectory, this.identityOf(machine));
    machine.host = host;
    machine.daemons = new NodeDaemons(host.platform, {
      me: machine.node,
      cluster: this.setup.cluster,
      directory: machine.directory,
      environment: this.environmentOf(machine),
      brand: machine.brand,
      secretsDirectory: secretsDirectory(this.setup.stateDirectory),
      power: (target, action, done) => this.fence(target, action, done),
      left: () => this.left(machine),
    });
    machine.daemons.start();
    return true;
  }

  /** New nodes, which begin with nothing on their disks. Their votes count from the time they have joined, so that they cost nobody quorum. */
  add(nodes: readonly ClusterNode[]): void {
    for (const node of nodes) {
      const machine = this.makeMachine(node);
      this.platform.disk.remove(machine.directory);
      this.machines.push(machine);
    }
    this.machines.sort((a, b) => a.node.id - b.node.id);
    this.rosterChanged();
    for (const { name } of nodes) this.boot(name);
  }

  /** A node that is off leaves the cluster for good, with all that is on its disk; false when it is not off. */
  remove(name: string): boolean {
    const at = this.machines.findIndex(({ node }) => node.name === name);
    const machine = this.machines[at];
    if (machine === undefined || machine.daemons !== undefined || machine.dying > 0) return false;
    this.machines.splice(at, 1);
    this.rosterChanged();
    for (const { daemons } of this.running()) daemons.nodeRemoved();
    this.platform.disk.remove(machine.directory);
    return true;
  }

  private rosterChanged(): void {
    this.roster.splice(0, this.roster.length, ...this.machines.map(({ node }) => node));
    this.setup.nodesChanged?.(this.roster);
  }

  /** Power loss. `done` when none of the node's processes is left. */
  kill(name: string, done: () => void = () => {}): boolean {
    const machine = this.machines.find(({ node }) => node.name === name);
    if (machine === undefined) return false;
    this.switchOff(machine);
    this.setup.powerCut?.(machine.directory);
    this.platform.trace('power-off', name);
    machine.dying++;
    machine.isBootWanted = false;
    this.platform.processes.killBranded(machine.brand, () => {
      machine.dying--;
      // What a host keeps below /run does not survive its power.
      if (machine.daemons === undefined) this.platform.disk.remove(`${machine.directory}/run`);
      done();
      if (machine.isBootWanted) this.boot(name);
    });
    return true;
  }

  /** Orderly: its resources are stopped or moved first. */
  shutdown(name: string): boolean {
    const daemons = this.daemonsOf(name);
    daemons?.controller.requestShutdown();
    return daemons !== undefined;
  }

  /** Orderly stop of all nodes, then of what agents have left running. */
  stop(done: () => void): void {
    this.isStopping = true;
    const deadline = this.platform.after('stop-deadline', STOP_DEADLINE_MS, () => {
      for (const { name } of this.running()) this.kill(name);
    });
    const finish = (): void => {
      if (this.running().length > 0) return;
      deadline.cancel();
      let open = this.machines.length;
      for (const machine of this.machines) this.kill(machine.node.name, () => (--open === 0 ? done() : undefined));
    };
    this.leaveListeners.push(finish);
    for (const { daemons } of this.running()) daemons.controller.requestShutdown();
    finish();
  }

  /** The result ends the listening. */
  onLeave(listener: (node: string) => void): () => void {
    this.leaveListeners.push(listener);
    return () => {
      const at = this.leaveListeners.indexOf(listener);
      if (at >= 0) this.leaveListeners.splice(at, 1);
    };
  }

  /** The watchdog: a node that is to be fenced is really switched off before this is confirmed. */
  private fence(target: string, action: FenceAction, done: (isOk: boolean) => void): void {
    const machine = this.machines.find(({ node }) => node.name === target);
    if (machine === undefined) return done(false);
    if (action === 'on') {
      this.boot(target);
      return done(true);
    }
    const wasOn = machine.daemons !== undefined || machine.isRebooting;
    this.kill(target, () => {
      done(true);
      if (action !== 'reboot' || !wasOn) return;
      machine.isRebooting = true;
      this.platform.after('reboot', REBOOT_MS, () => (machine.isRebooting ? void this.boot(target) : undefined));
    });
  }

  private left(machine: Machine): void {
    this.platform.trace('left', machine.node.name);
    this.switchOff(machine);
  }

  private switchOff(machine: Machine): void {
    machine.isRebooting = false;
    machine.host?.cutPower();
    machine.host = undefined;
    const wasRunning = machine.daemons !== undefined;
    machine.daemons = undefined;
    if (wasRunning) for (const listener of [...this.leaveListeners]) listener(machine.node.name);
  }

  private environmentOf(machine: Machine): ReadonlyMap<string, string> {
    const env = new Map(this.setup.environment);
    const { directory } = machine;
    env.set('PATH', `${directory}/sbin:${env.get('PATH') ?? '/usr/sbin:/usr/bin:/sbin:/bin'}`);
    env.set('HA_SBIN_DIR', `${directory}/sbin`);
    env.set('HA_RSCTMP', `${directory}/run/resource-agents`);
    env.set('HA_VARRUN', `${directory}/run`);
    for (const [name, value] of this.identityOf(machine)) env.set(name, value);
    for (const name of ['CIB_file', 'CIB_shadow', 'CIB_user']) env.delete(name);
    return env;
  }

  /** What tells the tools of a node where they are. */
  private identityOf({ directory, node }: Machine): ReadonlyMap<string, string> {
    return new Map([
      ['QUORATE_DIR', this.setup.stateDirectory],
      ['QUORATE_RUN', `${directory}/run`],
      ['QUORATE_NODE_NAME', node.name],
      ['QUORATE_NODE_ID', String(node.id)],
      ['QUORATE_SUPERVISOR', String(this.setup.processId)],
    ]);
  }
}
