// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Throws mutated inputs at a reader. Each must be answered within a second of CPU time, without an exception and without growing
 * memory; whether the answer is right is for the oracle to say.
 */
import { pathToFileURL } from 'node:url';
import { Chance } from './chance.ts';

/** What is fed with mutated inputs, and who judges the answers. */
export interface Oracle {
  readonly name: string;
  /** Good inputs to begin with. */
  readonly seeds: readonly string[];
  /** Pieces that are put in anywhere. */
  readonly pieces: readonly string[];
  /** `accepted` and `refused` are answers; anything else says what is wrong with the answer. */
  judge(input: string): string;
}

export interface FuzzResult {
  readonly accepted: number;
  readonly refused: number;
  readonly slowestMs: number;
  readonly failures: readonly string[];
}

const SLOW_MS = 1000;
const MAX_LENGTH = 4000;
const MAX_MUTATIONS = 6;
const MAX_FAILURES = 10;
const MAX_GROWTH_BYTES = 256 * 1024 * 1024;

export function fuzz(oracle: Oracle, count: number, seed: number): FuzzResult {
  const chance = new Chance(seed);
  const failures: string[] = [];
  let [accepted, refused, slowestMs] = [0, 0, 0];
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < count && failures.length < MAX_FAILURES; i++) {
    let input = chance.pick(oracle.seeds);
    for (let rounds = 1 + chance.below(MAX_MUTATIONS); rounds > 0; rounds--) input = mutate(input, oracle, chance).slice(0, MAX_LENGTH);
    const start = process.cpuUsage();
    const answer = answerOf(oracle, input);
    const { user, system } = process.cpuUsage(start);
    const spentMs = (user + system) / 1000;
    slowestMs = Math.max(slowestMs, spentMs);
    if (answer === 'accepted') accepted++;
    else if (answer === 'refused') refused++;
    else failures.push(`${answer}: ${JSON.stringify(input)}`);
    if (spentMs > SLOW_MS) failures.push(`${Math.round(spentMs)} ms: ${JSON.stringify(input)}`);
  }
  const growth = process.memoryUsage().heapUsed - before;
  if (growth > MAX_GROWTH_BYTES) failures.push(`heap grew by ${growth} bytes`);
  return { accepted, refused, slowestMs, failures };
}

function answerOf(oracle: Oracle, input: string): string {
  try {
    return oracle.judge(input);
  } catch (error) {
    return String(error);
  }
}

function mutate(text: string, { seeds, pieces }: Oracle, chance: Chance): string {
  const at = chance.below(text.length + 1);
  const end = Math.min(text.length, at + 1 + chance.below(12));
  switch (chance.below(7)) {
    case 0:
    case 1:
      return text.slice(0, at) + chance.pick(pieces) + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(end);
    case 3:
      return text.slice(0, at) + text.slice(at, end).repeat(1 + chance.below(20)) + text.slice(end);
    case 4:
      return text.slice(0, at) + String.fromCharCode(chance.below(0x10000)) + text.slice(at + 1);
    case 5: {
      const other = chance.pick(seeds);
      return text.slice(0, at) + other.slice(chance.below(other.length));
    }
    default:
      return text.slice(0, at);
  }
}

/** When the module at `url` is the program: a run of `[COUNT] [SEED]` from the command line, with its figures. */
export function fuzzFromCommandLine(url: string, oracle: Oracle): void {
  if (process.argv[1] === undefined || url !== pathToFileURL(process.argv[1]).href) return;
  const [count = 100_000, seed = 1] = process.argv.slice(2).map(Number);
  const { accepted, refused, slowestMs, failures } = fuzz(oracle, count, seed);
  for (const failure of failures) console.log(failure.slice(0, 2000));
  console.log(`${oracle.name}: ${count} inputs (seed ${seed}): ${accepted} accepted, ${refused} refused, slowest ${slowestMs.toFixed(1)} ms, ${failures.length} failures`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
