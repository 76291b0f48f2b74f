// SPDX-License-Identifier: GPL-2.0-or-later
/** Tools on an embedded cluster that really runs, in the process of the test. */
import { openEmbedded } from '../../src/backends/index.ts';
import { realFace, realPlatform } from '../../src/platform/real/index.ts';
import { tools } from '../../src/tools/index.ts';
import type { RealCluster } from '../engine/cluster-for-real.ts';
import { toolContext, type ToolOutcome } from './world.ts';

const { disk, spawn } = realFace('test', process.cwd());

export async function onCluster(cluster: RealCluster, line: string, env: Readonly<Record<string, string>> = {}): Promise<ToolOutcome> {
  const [name = '', ...argv] = line.split(' ');
  let [stdout, stderr] = ['', ''];
  const connect = async () => {
    const backend = await openEmbedded({ sockets: realPlatform().sockets, stateDirectory: cluster.stateDirectory, node: undefined });
    if (backend === undefined) throw new Error('the cluster does not answer');
    return backend;
  };
  const context = toolContext({ files: new Map(), env: new Map(Object.entries(env)), cluster: connect }, (text) => (stdout += text), (text) => (stderr += text));
  const tool = await tools.get(name)!();
  const code = await tool(argv, { ...context, disk, spawn, epochMs: () => Date.now(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) });
  return { code, stdout, stderr };
}
