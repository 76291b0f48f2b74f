// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * `npx tsx test/scheduler/differential/run.ts COUNT [FIRST [ALWAYS [NEVER]]]`: random clusters with the features named (with commas between
 * them) through ours and the installed crm_simulate. What differs and is not known is made small and shown.
 */
import { readXml, writeXml } from '../../../src/cib/index.ts';
import { randomCluster } from '../random/index.ts';
import type { Feature } from '../random/shape.ts';
import { KNOWN } from './known.ts';
import { differenceOf, type Difference } from './outputs.ts';
import { reduce } from './reduce.ts';

const MAX_TRIALS = 400;

/** Name of the rule, or the difference when none explains it. */
async function judge(cib: string): Promise<string | Difference> {
  const found = await differenceOf(cib);
  if (found === undefined) return 'same';
  if (found === 'refused') return 'refused by the peer';
  return KNOWN.find((known) => known.explains(found, cib))?.name ?? found;
}

async function show(number: number, cib: string, found: Difference): Promise<void> {
  const read = readXml(cib);
  if (!read.ok) throw new Error(read.problem.message);
  const small = await reduce(read.root, async (text) => { const one = await judge(text); return typeof one !== 'string' && one.part === found.part; }, MAX_TRIALS);
  const text = writeXml(small, { indent: 1 });
  const last = await judge(text);
  console.log(`case ${number}, ${found.part}\n${text}`);
  if (typeof last === 'string') return;
  for (const line of last.peer) console.log(`  peer ${line}`);
  for (const line of last.ours) console.log(`  ours ${line}`);
}

const [count = '100', first = '0', always = '', never = ''] = process.argv.slice(2);
const features = (words: string): Feature[] => words.split(',').filter((word) => word !== '') as Feature[];
const totals = new Map<string, number>();
for (let number = Number(first); number < Number(first) + Number(count); number++) {
  const { xml } = randomCluster(number, { always: features(always), never: features(never), probability: 0.06, size: 4 });
  const found = await judge(xml);
  const name = typeof found === 'string' ? found : 'UNKNOWN';
  totals.set(name, (totals.get(name) ?? 0) + 1);
  if (typeof found !== 'string') await show(number, xml, found);
}
for (const [name, total] of [...totals].sort(([, a], [, b]) => b - a)) console.log(`${String(total).padStart(6)} ${name}`);
process.exitCode = totals.has('UNKNOWN') ? 1 : 0;
