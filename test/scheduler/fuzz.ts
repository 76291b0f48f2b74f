// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Broken input for the scheduler: random clusters are damaged and scheduled, executed in simulation and verified. Whatever comes in, the
 * answer is a result or an error in the time its graph accounts for, and no larger than the input does.
 * `npx tsx test/scheduler/fuzz.ts COUNT [SEED [FIRST]]` runs it at length; a test runs a part of it.
 */
import { pathToFileURL } from 'node:url';
import { dateTime, readXml } from '../../src/cib/index.ts';
import { effectiveTime, schedule, writeGraph } from '../../src/scheduler/index.ts';
import { tools } from '../../src/tools/index.ts';
import { runTool } from '../tools/world.ts';
import { Chance } from '../chance.ts';
import { randomCluster } from './random/index.ts';
import { mutate } from './random/mutate.ts';

export interface Problem {
  readonly case: number;
  readonly text: string;
}

export interface FuzzResult {
  readonly problems: readonly Problem[];
  /** How many of the cases were still XML, how many of those valid, and how often a tool could say nothing more than an error. */
  readonly readable: number;
  readonly valid: number;
  /** The slowest case, in milliseconds of processor time, so that a busy machine does not count. */
  readonly slowestMs: number;
}

/** Processor time for one case; a slow one is measured again, because the collector of garbage may just have run. */
const MAX_MS = 1000;
/** What a large graph may take on top: it is made three times, and written twice. */
const MAX_MS_PER_GRAPH_BYTE = 500 / 1_000_000;
/** A graph has an action for each operation on each node, and each can wait for all others of its resource's kin. */
const MAX_GRAPH_PER_INPUT_BYTE = 400;
/**
 * The instances of a bundle start in order, and each waits for every earlier one, so that a single number in the input asks for a graph
 * that grows with its square. The reference writes the same: 10,555,948 bytes for 250 replicas, for which it needs more than a minute.
 */
const MAX_GRAPH_PER_PAIR_BYTE = 200;

export function damagedCluster(seed: number, number: number): string {
  const chance = new Chance(Math.imul(seed, 1_000_003) + number);
  return mutate(chance, randomCluster(Math.imul(seed, 7919) + number, { probability: 0.15 + (number % 3) * 0.1 }).xml);
}

export async function fuzz(seed: number, first: number, count: number): Promise<FuzzResult> {
  const problems: Problem[] = [];
  const sum = { readable: 0, valid: 0, slowestMs: 0 };
  for (let number = first; number < first + count; number++) {
    const text = damagedCluster(seed, number);
    try {
      let graphBytes = 0;
      const trial = async (): Promise<number> => timed(async () => void (graphBytes = await judge(text, sum, (problem) => problems.push({ case: number, text: problem }))));
      const mayTake = (): number => MAX_MS + graphBytes * MAX_MS_PER_GRAPH_BYTE;
      let ms = await trial();
      if (ms > mayTake()) ms = Math.min(ms, await trial());
      if (ms > mayTake()) problems.push({ case: number, text: `${Math.round(ms)} ms for a graph of ${graphBytes} bytes` });
      sum.slowestMs = Math.max(sum.slowestMs, ms);
    } catch (error) {
      problems.push({ case: number, text: error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' | ') : String(error) });
    }
  }
  return { problems, ...sum };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begin = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}

/** Returns the size of the graph in bytes. */
async function judge(text: string, sum: { readable: number; valid: number }, complain: (problem: string) => void): Promise<number> {
  const read = readXml(text);
  let size = 0;
  if (read.ok) {
    sum.readable++;
    const { graph, scheduler } = schedule(read.root, { now: effectiveTime(read.root, dateTime(1_790_000_000)), scores: true, utilization: true });
    size = writeGraph(graph).length;
    const pairs = scheduler.resources.reduce((total, resource) => total + (resource.kind === 'bundle' ? resource.replicas.length ** 2 : 0), 0);
    if (size > MAX_GRAPH_PER_INPUT_BYTE * text.length + MAX_GRAPH_PER_PAIR_BYTE * pairs) complain(`a graph of ${size} bytes from ${text.length}`);
  }
  const world = { files: new Map([['/cib.xml', text]]), nowEpochMs: 1_790_000_000_000 };
  const simulated = await runTool(tools, 'crm_simulate', ['-x', '/cib.xml', '-S', '-s', '-U'], world);
  if (simulated.code === 0) sum.valid++;
  if (![0, 1, 65, 78].includes(simulated.code)) complain(`crm_simulate exits with ${simulated.code}: ${simulated.stderr}`);
  const verified = await runTool(tools, 'crm_verify', ['-x', '/cib.xml', '-V'], world);
  if (![0, 65, 78].includes(verified.code)) complain(`crm_verify exits with ${verified.code}: ${verified.stderr}`);
  return size;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [count = '1000', seed = '1', first = '0'] = process.argv.slice(2);
  const { problems, readable, valid, slowestMs } = await fuzz(Number(seed), Number(first), Number(count));
  for (const problem of problems.slice(0, 40)) console.log(`${problem.case}: ${problem.text}`);
  const heapMiB = Math.round(process.memoryUsage().rss / 1048576);
  console.log(`${count} cases, ${readable} readable, ${valid} valid, slowest ${Math.round(slowestMs)} ms, ${heapMiB} MiB resident, ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
