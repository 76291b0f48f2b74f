// SPDX-License-Identifier: GPL-2.0-or-later
/** `npx tsx test/simulation/run.ts --seeds 200 [--first 1] [--bug] [--tiny] [--log SEED]`: seeds, each run twice, and the figures. */
import { realSchedule } from '../engine/real-scheduler.ts';
import { runSeed, type SeedOptions, type SeedResult } from './scenario.ts';

const args = process.argv.slice(2);
const valueOf = (name: string, otherwise: number): number => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : otherwise);
const seeds = valueOf('--seeds', 200);
const first = valueOf('--first', 1);
const options: SeedOptions = { startsBeforeFencing: args.includes('--bug'), schedule: args.includes('--tiny') ? undefined : realSchedule };

const results: SeedResult[] = [];
for (let seed = first; seed < first + seeds; seed++) {
  const result = runSeed(seed, options);
  const again = runSeed(seed, options);
  const violations = result.traceHash === again.traceHash ? result.violations : [...result.violations, `not the same twice: ${result.traceHash} ${again.traceHash}`];
  results.push({ ...result, violations });
  for (const violation of violations) console.log(`seed ${seed}: ${violation}`);
  if (options.startsBeforeFencing === true && violations.length > 0) {
    console.log(`the planted bug is found after ${seed - first + 1} seeds`);
    break;
  }
}
const sum = (pick: (result: SeedResult) => number): number => results.reduce((total, result) => total + pick(result), 0);
const bad = results.filter(({ violations }) => violations.length > 0).length;
console.log(`${results.length} seeds, ${sum(({ events }) => events)} events, ${sum(({ faults }) => faults)} faults, ${Math.round(sum(({ virtualMs }) => virtualMs) / 60_000)} virtual minutes, ${bad} seeds with violations`);
process.exitCode = bad > 0 ? 1 : 0;
