// SPDX-License-Identifier: GPL-2.0-or-later
/** Tools on an embedded cluster that really runs, in the process of the test. */
import { BackendError, openEmbedded } from '../../src/backends/index.ts';
import { realFace, realPlatform } from '../../src/platform/real/index.ts';
import { tools, type ToolContext } from '../../src/tools/index.ts';
import type { RealCluster } from '../engine/cluster-for-real.ts';
import { toolContext, type ToolOutcome } from './world.ts';

const NOT_CONNECTED = 102;
const { disk, spawn } = realFace('test', process.cwd());

export async function onCluster(cluster: RealCluster, line: string, env: Readonly<Record<string, string>> = {}): Promise<ToolOutcome> {
  const [name = '', ...argv] = line.split(' ');
  let [stdout, stderr] = ['', ''];
  const tool = await tools.get(name)!();
  const code = await tool(argv, clusterContext(cluster, env, (text) => (stdout += text), (text) => (stderr += text)));
  return { code, stdout, stderr };
}

/** What a tool beside the cluster gets. */
export function clusterContext(cluster: RealCluster, env: Readonly<Record<string, string>>, out: (text: string) => void, err: (text: string) => void): ToolContext {
  const connect = async () => {
    const backend = await openEmbedded({ sockets: realPlatform().sockets, stateDirectory: cluster.stateDirectory, node: undefined });
    if (backend === undefined) throw new BackendError(NOT_CONNECTED, 'the cluster does not answer');
    return backend;
  };
  const context = toolContext({ files: new Map(), env: new Map(Object.entries(env)), cluster: connect }, out, err);
  return { ...context, disk, spawn, epochMs: () => Date.now(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) };
}
