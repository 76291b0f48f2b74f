// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The scheduler against Pacemaker's, as whole commands: CPU, largest resident memory, and how both grow with the
 * cluster. The large shapes take the peer minutes, so they are measured once, and say so.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { growthExponent, isInstalled, median, runWithMemory, type BenchCommand, type MeasuredMemory } from './measure.ts';
import { cibOfShape, type Shape, type ShapeSize } from './shapes.ts';

export interface SchedulerBench {
  ours(command: string, ...words: string[]): BenchCommand;
  readonly directory: string;
  readonly rounds: number;
}

/** A shape with the ratio ours / peer that is demanded and the one that is aimed at. */
interface Row {
  readonly size: ShapeSize;
  readonly options: readonly string[];
  readonly goal: number;
  readonly aim: number;
}

const PEER = '/usr/sbin/crm_simulate';
const GRAPH = ['-Q', '-G', '/dev/null'];
const EXECUTION = ['-S', '-Q'];
/** The peer needs minutes for some shapes, more on a busy machine. */
const PATIENCE_MS = 1_800_000;
/** From here on the peer's memory is compared; below it the JavaScript engine itself is most of ours. */
const MEMORY_FROM_MIB = 150;
/** Uncounted runs, in which a command of ours makes its pack. */
const WARM_UP_RUNS = 3;

const row = (shape: Shape, nodes: number, primitives: number, history: ShapeSize['history'], goal: number, aim: number, options = GRAPH): Row => ({
  size: { shape, nodes, primitives, history },
  options,
  goal,
  aim,
});

const ROWS: readonly Row[] = [
  row('prims', 16, 1000, 'none', 0.5, 0.25),
  row('groups', 16, 1000, 'none', 0.5, 0.25),
  row('mix', 16, 1000, 'none', 0.5, 0.25),
  row('prims', 16, 1000, 'full', 1, 0.6),
  row('clones', 16, 500, 'none', 0.6, 0.3),
  row('promotable', 16, 500, 'none', 0.5, 0.2),
  row('clonechain', 16, 500, 'none', 0.5, 0.2),
  row('ordset', 3, 1000, 'none', 0.5, 0.25),
  row('fullchain', 3, 1000, 'none', 0.5, 0.25),
  row('biggroup', 3, 1000, 'none', 0.5, 0.25),
];

const LARGE_ROWS: readonly Row[] = [
  row('prims', 16, 3000, 'none', 0.15, 0.07),
  row('prims', 64, 500, 'none', 2000 / 17000, 2000 / 17000),
  row('clonechain', 3, 3000, 'none', 0.2, 0.05),
  row('prims', 3, 400, 'none', 0.01, 0.01, EXECUTION),
  row('prims', 3, 1000, 'none', 0.002, 0.002, EXECUTION),
];

/** Shapes whose cost in the reference grows with the square of the primitives or faster. */
const GROWTH: readonly (readonly [shape: Shape, goal: number])[] = [
  ['ordset', 1.3],
  ['fullchain', 1.3],
  ['biggroup', 1.3],
  ['clonechain', 1.5],
];
const GROWTH_SIZES = [500, 1000, 3000];

export function benchScheduler(bench: SchedulerBench): void {
  heading('scheduler');
  for (const one of ROWS) printRow(bench, one, bench.rounds);
  benchWholeSet(bench);
  for (const [shape, goal] of GROWTH) {
    const points = GROWTH_SIZES.map((primitives) => {
      const { mine } = commands(bench, { shape, nodes: 3, primitives, history: 'none' }, GRAPH);
      return [primitives, median(repeated(mine, bench.rounds).map(({ cpuMs }) => cpuMs))] as const;
    });
    console.log(`${`growth exponent, ${shape} on 3 nodes, ${GROWTH_SIZES.join(', ')}`.padEnd(46)} ${growthExponent(points).toFixed(2)}, goal ${goal.toFixed(1)}`);
  }
}

/** Takes the peer about ten minutes in all. */
export function benchLargeScheduler(bench: SchedulerBench): void {
  heading('scheduler, large (the peer measured once)');
  for (const one of LARGE_ROWS) printRow(bench, one, 1);
}

function heading(title: string): void {
  const columns = ['ours ms', 'peer ms', 'ratio', 'goal', 'aim', 'ours MiB', 'peer MiB', 'ratio'].map((word) => word.padStart(9)).join('');
  console.log(`\n${title.padEnd(46)}${columns}`);
}

function printRow(bench: SchedulerBench, { size, options, goal, aim }: Row, rounds: number): void {
  const { label, mine, theirs } = commands(bench, size, options);
  warmUp(mine);
  const pairs = Array.from({ length: rounds }, () => [runWithMemory(mine, PATIENCE_MS), isInstalled(PEER) ? runWithMemory(theirs, PATIENCE_MS) : undefined] as const);
  printPairs(label, pairs, goal, aim);
}

function printPairs(label: string, pairs: readonly (readonly [MeasuredMemory, MeasuredMemory | undefined])[], goal: number, aim: number): void {
  const mine = pairs.map(([a]) => a);
  const theirs = pairs.flatMap(([, b]) => (b === undefined ? [] : [b]));
  const ratios = pairs.flatMap(([a, b]) => (b === undefined ? [] : [a.cpuMs / Math.max(b.cpuMs, 1)]));
  const peerMiB = memory(theirs);
  const ourMiB = memory(mine);
  const columns = [
    number(median(mine.map(({ cpuMs }) => cpuMs)), 0),
    theirs.length === 0 ? 'absent' : number(median(theirs.map(({ cpuMs }) => cpuMs)), 0),
    ratios.length === 0 ? '' : number(median(ratios), 4),
    number(goal, 3),
    number(aim, 3),
    number(ourMiB, 0),
    number(peerMiB, 0),
    ourMiB === undefined || peerMiB === undefined || peerMiB < MEMORY_FROM_MIB ? '-' : number(ourMiB / peerMiB, 2),
  ];
  const failed = [...mine, ...theirs].find(({ exitCode }) => exitCode !== 0);
  console.log(`${label.padEnd(46)}${columns.map((text) => text.padStart(9)).join('')}${failed === undefined ? '' : `  FAILED with ${failed.exitCode}`}`);
}

function memory(runs: readonly MeasuredMemory[]): number | undefined {
  const known = runs.flatMap(({ peakMiB }) => (peakMiB === undefined ? [] : [peakMiB]));
  return known.length === 0 ? undefined : median(known);
}

function number(value: number | undefined, digits: number): string {
  return value === undefined ? '-' : value.toFixed(digits);
}

/** Every case of the conformance set, again and again in one process: what one more pass costs. */
function benchWholeSet({ ours, rounds }: SchedulerBench): void {
  const label = 'whole fixture set, one more pass';
  const folder = resolve('..', 'shared', 'fixtures', 'scheduler', 'xml');
  if (!existsSync(folder)) {
    console.log(`${label.padEnd(46)} the fixtures are absent`);
    return;
  }
  const pass = (command: (repeat: string) => BenchCommand): MeasuredMemory => {
    const [once, more] = ['1', String(1 + MORE_PASSES)].map((repeat) => runWithMemory(command(repeat), PATIENCE_MS));
    return { ...more!, cpuMs: (more!.cpuMs - once!.cpuMs) / MORE_PASSES };
  };
  const mine = (repeat: string): BenchCommand => ours('crm_simulate', '--profile', folder, '--repeat', repeat);
  const theirs = (repeat: string): BenchCommand => ({ argv: [PEER, '--profile', folder, '--repeat', repeat] });
  const pairs = Array.from({ length: rounds }, () => [pass(mine), isInstalled(PEER) ? pass(theirs) : undefined] as const);
  printPairs(label, pairs, 1.2, 0.8);
}

const MORE_PASSES = 5;

function commands({ ours, directory }: SchedulerBench, size: ShapeSize, options: readonly string[]): { label: string; mine: BenchCommand; theirs: BenchCommand } {
  const shape = `${size.shape} ${size.nodes}x${size.primitives} ${size.history}`;
  const file = join(directory, `${shape.replaceAll(' ', '-')}.xml`);
  if (!existsSync(file)) writeFileSync(file, cibOfShape(size));
  const argv = [...options, '-x', file];
  return { label: options === EXECUTION ? `${shape}, executed` : shape, mine: ours('crm_simulate', ...argv), theirs: { argv: [PEER, ...argv] } };
}

function repeated(command: BenchCommand, rounds: number): MeasuredMemory[] {
  warmUp(command);
  return Array.from({ length: rounds }, () => runWithMemory(command, PATIENCE_MS));
}

let isWarm = false;

/** The pack is made once for all shapes. */
function warmUp(command: BenchCommand): void {
  if (isWarm) return;
  for (let i = 0; i < WARM_UP_RUNS; i++) runWithMemory(command, PATIENCE_MS);
  isWarm = true;
}
