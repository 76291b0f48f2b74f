// SPDX-License-Identifier: GPL-2.0-or-later
/** An embedded cluster on a simulated platform, for tests. */
import { readXml, type CibReply, type CibRequest, type XmlElement } from '../../src/cib/index.ts';
import type { Schedule } from '../../src/engine/controller/conductor.ts';
import { runSupervisor } from '../../src/engine/index.ts';
import { clusterStatus } from '../../src/engine/supervisor/status.ts';
import type { Supervisor } from '../../src/engine/supervisor/supervisor.ts';
import { Simulation } from '../../src/platform/sim/index.ts';
import { tinySchedule } from './tiny-scheduler.ts';

export interface ClusterOptions {
  readonly nodes?: number;
  readonly schedule?: Schedule;
  readonly startsBeforeFencing?: boolean;
}

export class SimulatedCluster {
  readonly sim: Simulation;
  readonly supervisor: Supervisor;

  constructor(seed: number, options: ClusterOptions = {}) {
    this.sim = new Simulation(seed);
    const nodes = Array.from({ length: options.nodes ?? 3 }, (_, i) => ({ id: i + 1, name: `node${i + 1}` }));
    this.supervisor = runSupervisor(
      this.sim.platform,
      {
        cluster: {
          clusterName: 'test',
          key: 'key of the test',
          nodes,
          totem: { tokenMs: 1000, tokenCoefficientMs: 0 },
          dcVersion: 'test',
          ocfRoot: '/usr/lib/ocf',
          schedule: options.schedule ?? tinySchedule,
          findAgent: ({ type }) => `/agents/${type}`,
          startsBeforeFencing: options.startsBeforeFencing,
        },
        stateDirectory: '/state',
        environment: new Map([['PATH', '/bin']]),
        toolsDirectory: '/tools',
        processId: 1,
        powerCut: (directory) => this.sim.disk.powerCut(directory),
      },
      () => {},
    );
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
