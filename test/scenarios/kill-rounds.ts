// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Rounds of editors that change an embedded cluster while shells and the daemon are killed (SIGKILL) at random moments. After each
 * round the configuration is compared with what was acknowledged: an acknowledged change must be there, one that nobody acknowledged
 * must be there whole or not at all.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterUnderTest } from './program.ts';

const EDITORS = 3;
const COMMITS = 3;
const PAIRS = 4;
/** About as long as a round's commits take, so that every phase of a commit is hit. */
const LONGEST_DELAY_MS = 1500;

/** A primitive and a location of it, which always come and go in one commit. */
interface Pair {
  readonly name: string;
  /** Unknown: a commit about it was not acknowledged. */
  state: 'present' | 'absent' | 'unknown';
  /** What the last commit about it wanted. */
  wanted: 'present' | 'absent';
}

export interface KillFigures {
  rounds: number;
  acknowledged: number;
  /** Commits that ended without success, or were killed. */
  refused: number;
  /** Of the refused: found applied, whole, later. */
  appliedUnacknowledged: number;
  killedShells: number;
  killedDaemons: number;
  /** Sentences; each is a defect. */
  readonly lost: string[];
  readonly halfApplied: string[];
}

type Random = () => number;

export async function killRounds(cluster: ClusterUnderTest, rounds: number, seed: number, told: (figures: KillFigures) => void = () => {}): Promise<KillFigures> {
  const random = seeded(seed);
  const figures: KillFigures = { rounds: 0, acknowledged: 0, refused: 0, appliedUnacknowledged: 0, killedShells: 0, killedDaemons: 0, lost: [], halfApplied: [] };
  const owned = Array.from({ length: EDITORS }, (_, editor) => Array.from({ length: PAIRS }, (_unused, pair): Pair => ({ name: `e${editor}p${pair}`, state: 'absent', wanted: 'absent' })));
  // Something runs, so that the controller and the executor are at work when they die.
  await cluster.run('crm', ['configure', 'primitive', 'busy', 'ocf:quorate:Dummy', 'op', 'monitor', 'interval=1s']);
  for (let round = 0; round < rounds; round++) {
    const shells: (() => void)[] = [];
    const editing = owned.map((pairs, editor) => edit(cluster, pairs, random, figures, (kill) => (shells[editor] = kill)));
    await pause(random() * LONGEST_DELAY_MS);
    const what = random();
    if (what < 0.6) figures.killedShells += killOne(shells, random);
    if (what >= 0.4) figures.killedDaemons += killDaemon(cluster);
    await Promise.all(editing);
    if (what >= 0.4) await startAgain(cluster);
    compare(owned.flat(), await shownBy(cluster), figures, round);
    figures.rounds++;
    told(figures);
  }
  return figures;
}

/** Commits one after the other, each by a shell of its own; ends early when the cluster is gone. */
async function edit(cluster: ClusterUnderTest, pairs: readonly Pair[], random: Random, figures: KillFigures, running: (kill: () => void) => void): Promise<void> {
  for (let commit = 0; commit < COMMITS; commit++) {
    const known = pairs.filter((pair) => pair.state !== 'unknown');
    const pair = known[Math.floor(random() * known.length)];
    if (pair === undefined) return;
    const { name } = pair;
    const wanted = pair.state === 'present' ? 'absent' : 'present';
    Object.assign(pair, { state: 'unknown', wanted });
    const lines = wanted === 'present' ? [`primitive ${name} ocf:quorate:Dummy meta target-role=Stopped`, `location at-${name} ${name} 10: node1`] : [`delete at-${name} ${name}`];
    const { answer, kill } = cluster.launch('crm', ['configure'], [...lines, 'commit']);
    running(kill);
    if ((await answer).code !== 0) {
      figures.refused++;
      continue;
    }
    figures.acknowledged++;
    pair.state = wanted;
  }
}

function killOne(shells: readonly (() => void)[], random: Random): number {
  const kill = shells.filter((shell) => shell !== undefined)[Math.floor(random() * shells.length)];
  kill?.();
  return kill === undefined ? 0 : 1;
}

function killDaemon(cluster: ClusterUnderTest): number {
  process.kill(daemonOf(cluster), 'SIGKILL');
  return 1;
}

function daemonOf(cluster: ClusterUnderTest): number {
  return Number(readFileSync(join(cluster.directory, 'state/supervisor.pid'), 'utf8'));
}

async function startAgain(cluster: ClusterUnderTest): Promise<void> {
  const { code, out, err } = await cluster.run('crm', ['cluster', 'start']);
  if (code !== 0) throw new Error(`the cluster does not start again: ${out}${err}`);
}

async function shownBy(cluster: ClusterUnderTest): Promise<string> {
  const { code, out, err } = await cluster.run('crm', ['configure', 'show']);
  if (code !== 0) throw new Error(`the configuration cannot be read: ${err}`);
  return out;
}

function compare(pairs: readonly Pair[], shown: string, figures: KillFigures, round: number): void {
  for (const pair of pairs) {
    const [hasPrimitive, hasLocation] = [shown.includes(`primitive ${pair.name} `), shown.includes(`location at-${pair.name} `)];
    if (hasPrimitive !== hasLocation) figures.halfApplied.push(`round ${round}: ${pair.name}`);
    const found = hasPrimitive ? 'present' : 'absent';
    if (pair.state !== 'unknown' && pair.state !== found) figures.lost.push(`round ${round}: ${pair.name} was acknowledged ${pair.state}, it is ${found}`);
    if (pair.state === 'unknown' && pair.wanted === found) figures.appliedUnacknowledged++;
    pair.state = found;
  }
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}

/** Mulberry32: the same seed gives the same decisions; the moments themselves are the machine's. */
function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
