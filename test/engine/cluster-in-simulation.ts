// SPDX-License-Identifier: GPL-2.0-or-later
/** An embedded cluster on a simulated platform, for tests. */
import { readXml, type CibReply, type CibRequest, type XmlElement } from '../../src/cib/index.ts';
import type { Schedule } from '../../src/engine/controller/conductor.ts';
import { runSupervisor } from '../../src/engine/index.ts';
import { Cables } from '../../src/engine/supervisor/cables.ts';
import { startHost, type Host } from '../../src/engine/supervisor/host.ts';
import { clusterStatus } from '../../src/engine/supervisor/status.ts';
import type { Supervisor } from '../../src/engine/supervisor/supervisor.ts';
import { Simulation } from '../../src/platform/sim/index.ts';
import { tinySchedule } from './tiny-scheduler.ts';

export interface ClusterOptions {
  readonly nodes?: number;
  readonly schedule?: Schedule;
  readonly startsBeforeFencing?: boolean;
  /** What each node beyond the second adds to the token timeout. */
  readonly tokenCoefficientMs?: number;
}

export class SimulatedCluster {
  readonly sim: Simulation;
  supervisor: Supervisor;
  private readonly options: ClusterOptions;
  /** The supervisor's process: cut off, nothing in it runs any more. */
  private process: Host;

  constructor(seed: number, options: ClusterOptions = {}) {
    this.sim = new Simulation(seed);
    this.options = options;
    [this.process, this.supervisor] = this.begin();
  }

  /** As `kill -9` of the daemon and a new start: disks and services stay, and so do agents at work. */
  restartDaemon(): void {
    this.process.cutPower();
    [this.process, this.supervisor] = this.begin();
  }

  private begin(): [Host, Supervisor] {
    const { options, sim } = this;
    const process = startHost(sim.platform, new Cables(), sim.platform.log);
    const nodes = Array.from({ length: options.nodes ?? 3 }, (_, i) => ({ id: i + 1, name: `node${i + 1}` }));
    const cluster = {
      clusterName: 'test',
      key: 'key of the test',
      nodes,
      totem: { tokenMs: 1000, tokenCoefficientMs: options.tokenCoefficientMs ?? 0 },
      dcVersion: 'test',
      ocfRoot: '/usr/lib/ocf',
      schedule: options.schedule ?? tinySchedule,
      findAgent: ({ type }: { readonly type: string }) => `/agents/${type}`,
      startsBeforeFencing: options.startsBeforeFencing,
    };
    const environment = new Map([['PATH', '/bin']]);
    const powerCut = (directory: string): void => sim.disk.powerCut(directory);
    const supervisor = runSupervisor(process.platform, { cluster, stateDirectory: '/state', environment, toolsDirectory: '/tools', processId: 1, powerCut }, () => {});
    return [process, supervisor];
  }

  get isIdle(): boolean {
    return clusterStatus(this.supervisor).isIdle;
  }

  get dc(): string | undefined {
    return clusterStatus(this.supervisor).dc;
  }

  /** Runs until the cluster is idle and stays so; false when the time ran out. */
  settle(withinMs = 120_000): boolean {
    const endMs = this.sim.timeMs + withinMs;
    for (;;) {
      if (!this.sim.run(endMs, () => this.isIdle)) return false;
      this.sim.run(this.sim.timeMs + 200);
      if (this.isIdle) return true;
    }
  }

  cib(node?: string): XmlElement {
    const running = this.supervisor.running();
    const chosen = running.find(({ name }) => name === (node ?? this.dc)) ?? running[0]!;
    return chosen.daemons.store.query();
  }

  apply(request: CibRequest, node?: string): CibReply {
    const running = this.supervisor.running();
    const chosen = running.find(({ name }) => name === (node ?? this.dc)) ?? running[0]!;
    let answer: CibReply | undefined;
    chosen.daemons.store.apply(request, (reply) => {
      answer = reply;
    });
    if (!this.sim.run(this.sim.timeMs + 60_000, () => answer !== undefined)) throw new Error('no reply');
    return answer!;
  }

  /** Adds a resource, given as XML. */
  configure(text: string): void {
    const reply = this.apply({ change: { op: 'create', section: 'resources', data: xml(text) } });
    if (!reply.ok) throw new Error(`${reply.message} ${(reply.detail ?? []).join('; ')}`);
  }

  nodeDirectory(node: string): string {
    return `/state/nodes/${node}`;
  }
}

export function xml(text: string): XmlElement {
  const result = readXml(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.root;
}
