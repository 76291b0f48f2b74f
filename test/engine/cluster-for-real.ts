// SPDX-License-Identifier: GPL-2.0-or-later
/** An embedded cluster on the real platform inside the test's process, with agents written for the test. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded, stopCluster, type Backend, type ClusterControl } from '../../src/backends/index.ts';
import { element, readXml, type CibChange, type XmlElement } from '../../src/cib/index.ts';
import { embeddedCluster, runSupervisor, type EmbeddedOptions, type SupervisorSetup } from '../../src/engine/index.ts';
import { realPlatform } from '../../src/platform/real/index.ts';
import { realSchedule } from './real-scheduler.ts';

/** Runs a `sleep` as its service; notes every call; fails or hangs when a file tells it to. */
const AGENT = `#!/bin/sh
pidfile="$HA_RSCTMP/$OCF_RESOURCE_INSTANCE.pid"
echo "$OCF_RESKEY_CRM_meta_on_node $OCF_RESOURCE_INSTANCE $1" >>"$TEST_DIR/calls"
env | sort >"$TEST_DIR/env.$OCF_RESOURCE_INSTANCE.$1"
order="$TEST_DIR/order.$OCF_RESOURCE_INSTANCE.$1"
if [ -f "$order" ]; then
  word=$(cat "$order")
  [ "$word" = hang ] && { sleep 1000; exit 1; }
  echo "ocf-exit-reason:ordered to fail" >&2
  exit "$word"
fi
alive() { [ -f "$pidfile" ] && kill -0 "$(cat "$pidfile")" 2>/dev/null; }
case $1 in
  start) alive || { setsid sleep 1000 </dev/null >/dev/null 2>&1 & echo $! >"$pidfile"; }; exit 0 ;;
  stop) alive && kill -9 "$(cat "$pidfile")"; rm -f "$pidfile"; exit 0 ;;
  monitor) alive && exit 0; exit 7 ;;
  meta-data) echo '<resource-agent name="served"><version>1.0</version><parameters/><actions><action name="start" timeout="20s"/></actions></resource-agent>'; exit 0 ;;
  *) exit 3 ;;
esac
`;

/** Bounds for a machine that has much else to do. */
const SETTLE_MS = 120_000;
const EVENTUALLY_MS = 120_000;

export class RealCluster {
  readonly directory = mkdtempSync(join(tmpdir(), 'quorate-engine-'));
  backend!: Backend;
  private readonly platform = realPlatform();

  /** Agents and directories, without a cluster. */
  static prepare(): RealCluster {
    const cluster = new RealCluster();
    const agents = join(cluster.directory, 'ocf', 'resource.d', 'test');
    mkdirSync(agents, { recursive: true });
    writeFileSync(join(agents, 'served'), AGENT);
    chmodSync(join(agents, 'served'), 0o755);
    return cluster;
  }

  static async start(nodes: readonly string[] = ['node1', 'node2', 'node3'], runTool?: (cluster: RealCluster) => SupervisorSetup['runTool']): Promise<RealCluster> {
    const cluster = RealCluster.prepare();
    const runner = runTool?.(cluster);
    runSupervisor(cluster.platform, { ...embeddedCluster(cluster.platform, cluster.options(nodes), realSchedule), ...(runner === undefined ? {} : { runTool: runner }) }, () => {});
    await cluster.connect();
    await cluster.settle();
    return cluster;
  }

  get control(): ClusterControl {
    if (this.backend.cluster === undefined) throw new Error('an embedded cluster has daemons');
    return this.backend.cluster;
  }

  get stateDirectory(): string {
    return join(this.directory, 'state');
  }

  options(nodes: readonly string[]): EmbeddedOptions {
    const environment = new Map([
      ['PATH', process.env['PATH'] ?? '/usr/bin:/bin'],
      ['OCF_ROOT', join(this.directory, 'ocf')],
      ['TEST_DIR', this.directory],
    ]);
    return { stateDirectory: this.stateDirectory, nodes, environment, programDirectory: process.cwd(), processId: process.pid, version: 'test', tokenMs: 400 };
  }

  async connect(): Promise<void> {
    const backend = await openEmbedded({ sockets: this.platform.sockets, stateDirectory: this.stateDirectory, node: undefined });
    if (backend === undefined) throw new Error('the cluster does not answer');
    this.backend = backend;
  }

  async settle(): Promise<void> {
    if (!(await this.control.waitIdle(SETTLE_MS))) throw new Error(`not idle: ${JSON.stringify(await this.control.status())}`);
  }

  async change(change: CibChange): Promise<void> {
    const reply = await this.backend.apply({ change, client: 'test' });
    if (!reply.ok) throw new Error(`${reply.message} ${(reply.detail ?? []).join('; ')}`);
  }

  /** Writes `<primitive>` into the configuration. */
  async add(text: string): Promise<void> {
    await this.change({ op: 'create', section: 'resources', data: xml(text) });
  }

  async set(name: string, value: string): Promise<void> {
    const data = element('cluster_property_set', { id: 'cib-bootstrap-options' }, [element('nvpair', { id: `cib-bootstrap-options-${name}`, name, value })]);
    await this.change({ op: 'modify', section: 'crm_config', allowCreate: true, data });
  }

  /** Node whose agent last started the resource without stopping it, judged by its process. */
  placeOf(resource: string): string[] {
    return ['node1', 'node2', 'node3'].filter((node) => this.isAlive(node, resource));
  }

  pidOf(node: string, resource: string): number | undefined {
    const file = join(this.stateDirectory, 'nodes', node, 'run', 'resource-agents', `${resource}.pid`);
    return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
  }

  order(resource: string, action: string, word: string | undefined): void {
    const file = join(this.directory, `order.${resource}.${action}`);
    if (word === undefined) rmSync(file, { force: true });
    else writeFileSync(file, word);
  }

  calls(): string[] {
    const file = join(this.directory, 'calls');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  }

  environmentOf(resource: string, action: string): Map<string, string> {
    const lines = readFileSync(join(this.directory, `env.${resource}.${action}`), 'utf8').trim().split('\n');
    return new Map(lines.map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  }

  /** Stops the cluster if it runs and removes everything. */
  async stop(): Promise<void> {
    await this.stopCluster();
    rmSync(this.directory, { recursive: true, force: true });
  }

  async stopCluster(): Promise<void> {
    await stopCluster({ sockets: this.platform.sockets, stateDirectory: this.stateDirectory, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) });
    await this.backend.close();
  }

  private isAlive(node: string, resource: string): boolean {
    const pid = this.pidOf(node, resource);
    return pid !== undefined && isRunning(pid);
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

/** Waits for something that daemons do by themselves. */
export async function eventually(what: string, isSo: () => boolean | Promise<boolean>, withinMs = EVENTUALLY_MS): Promise<void> {
  const endMs = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > endMs) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

export function xml(text: string): XmlElement {
  const result = readXml(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.root;
}
