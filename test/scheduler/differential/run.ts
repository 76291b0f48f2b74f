// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Random cases through ours and the installed crm_simulate; what differs and is not known is made small and shown.
 * `npx tsx test/scheduler/differential/run.ts COUNT [FIRST [ALWAYS [NEVER]]]`: random clusters with the features named (with commas between them).
 * `... run.ts FAMILY COUNT [FIRST]`: cases of one family (`families.ts`); `... run.ts damaged COUNT [FIRST]`: random clusters with damage done to them;
 * `... run.ts mutated COUNT [FIRST [FOLDER]]`: the CIBs of a folder, damaged.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXml, writeXml } from '../../../src/cib/index.ts';
import { Chance } from '../../chance.ts';
import { damagedCluster } from '../fuzz.ts';
import { randomCluster } from '../random/index.ts';
import { mutate } from '../random/mutate.ts';
import type { Feature } from '../random/shape.ts';
import { FAMILIES, type Case } from './families.ts';
import { KNOWN } from './known.ts';
import { differenceOf, type Difference } from './outputs.ts';
import { reduce } from './reduce.ts';

const MAX_TRIALS = 400;

/** Name of the rule, or the difference when none explains it. */
async function judge({ cib, args = [] }: Case): Promise<string | Difference> {
  if (!readXml(cib).ok) return 'not well-formed';
  const found = await differenceOf(cib, args);
  if (found === undefined) return 'same';
  if (typeof found === 'string') return `${found} by the peer`;
  return KNOWN.find((known) => known.explains(found, cib))?.name ?? found;
}

async function show(number: number, { cib, args = [] }: Case, found: Difference): Promise<void> {
  const read = readXml(cib);
  if (!read.ok) throw new Error(read.problem.message);
  const small = await reduce(read.root, async (text) => { const one = await judge({ cib: text, args }); return typeof one !== 'string' && one.part === found.part; }, MAX_TRIALS);
  const text = writeXml(small, { indent: 1 });
  const last = await judge({ cib: text, args });
  console.log(`case ${number} ${args.join(' ')}, ${found.part}\n${text}`);
  if (typeof last === 'string') return;
  for (const line of last.peer) console.log(`  peer ${line}`);
  for (const line of last.ours) console.log(`  ours ${line}`);
}

const features = (words: string): Feature[] => words.split(',').filter((word) => word !== '') as Feature[];

/** What makes the cases, and what is left of the command line: how many, and the first. */
function chosenCases([what = '100', ...rest]: readonly string[]): { readonly make: (number: number) => Case; readonly counts: readonly string[] } {
  const family = FAMILIES[what];
  if (family !== undefined) return { make: family, counts: rest };
  if (what === 'damaged') return { make: (number) => ({ cib: damagedCluster(1, number) }), counts: rest };
  if (what === 'mutated') {
    const [, , folder = '.'] = rest;
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.xml')).sort();
    const make = (number: number): Case => {
      const chance = new Chance(number);
      return { cib: mutate(chance, readFileSync(join(folder, chance.pick(files)), 'utf8')) };
    };
    return { make, counts: rest };
  }
  const [, always = '', never = ''] = rest;
  return { make: (number) => ({ cib: randomCluster(number, { always: features(always), never: features(never), probability: 0.06, size: 4 }).xml }), counts: [what, ...rest] };
}

const { make, counts: [count = '100', first = '0'] } = chosenCases(process.argv.slice(2));
const totals = new Map<string, number>();
for (let number = Number(first); number < Number(first) + Number(count); number++) {
  const one = make(number);
  const found = await judge(one);
  const name = typeof found === 'string' ? found : 'UNKNOWN';
  totals.set(name, (totals.get(name) ?? 0) + 1);
  if (typeof found !== 'string') await show(number, one, found);
}
for (const [name, total] of [...totals].sort(([, a], [, b]) => b - a)) console.log(`${String(total).padStart(6)} ${name}`);
process.exitCode = totals.has('UNKNOWN') ? 1 : 0;
