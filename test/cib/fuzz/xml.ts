// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Throws mutated documents at the XML reader: `npx tsx test/cib/fuzz/xml.ts [COUNT] [SEED]`. It must answer each within a second of CPU time,
 * without an exception and without growing memory, and what it accepts must come back the same from its own text.
 */
import { pathToFileURL } from 'node:url';
import { readXml, sameXml, writeXml } from '../../../src/cib/index.ts';
import { randomNumbers } from '../../chance.ts';

const SEEDS = [
  '<cib validate-with="pacemaker-4.0" admin_epoch="0" epoch="1" num_updates="0"><configuration><crm_config/><nodes/><resources><primitive id="a" class="ocf" provider="p" type="t"><!-- note --><meta_attributes id="m"><nvpair id="n" name="x" value="a &amp; b"/></meta_attributes></primitive></resources><constraints/></configuration><status/></cib>',
  '<?xml version="1.0" encoding="UTF-8"?>\n<a b="1" c=\'2\'>text<![CDATA[<raw>]]>&#x41;&#66;<d/><!-- c --></a>\n<!-- end -->',
  '<__proto__ constructor="x" __proto__="y"><toString/></__proto__>',
  `${'<a>'.repeat(60)}${'</a>'.repeat(60)}`,
  '<a>&lt;&gt;&amp;&quot;&apos;</a>',
];
const PIECES = ['<', '>', '</', '/>', '"', "'", '=', '&', ';', '&#x', '&#0;', '&lt;', '<!--', '-->', '--', ']]>', '<![CDATA[', '<?', '?>', '<!DOCTYPE x [<!ENTITY a "b">]>', '&a;', '\u0000', '\uFFFF', '\uD800', '\uFEFF', 'ä', '\r\n', '\t', ' ', 'xmlns:x', '<a>', '</a>', 'a="1"', '<a b="'];
const SLOW_MS = 1000;
const MAX_LENGTH = 4000;
const MAX_GROWTH_BYTES = 256 * 1024 * 1024;

function mutate(text: string, next: () => number): string {
  const pick = (limit: number): number => Math.floor(next() * limit);
  const at = pick(text.length + 1);
  const end = Math.min(text.length, at + 1 + pick(12));
  switch (pick(6)) {
    case 0:
      return text.slice(0, at) + PIECES[pick(PIECES.length)]! + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(end);
    case 2:
      return text.slice(0, at) + text.slice(at, end).repeat(1 + pick(20)) + text.slice(end);
    case 3:
      return text.slice(0, at) + String.fromCharCode(pick(0x10000)) + text.slice(at + 1);
    case 4: {
      const other = SEEDS[pick(SEEDS.length)]!;
      return text.slice(0, at) + other.slice(pick(other.length));
    }
    default:
      return text.slice(0, at);
  }
}

export interface FuzzResult {
  readonly accepted: number;
  readonly refused: number;
  readonly slowestMs: number;
  readonly failures: readonly string[];
}

export function fuzz(count: number, seed: number): FuzzResult {
  const next = randomNumbers(seed);
  const failures: string[] = [];
  let [accepted, refused, slowestMs] = [0, 0, 0];
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < count && failures.length < 10; i++) {
    let text = SEEDS[Math.floor(next() * SEEDS.length)]!;
    for (let rounds = 1 + Math.floor(next() * 6); rounds > 0; rounds--) text = mutate(text, next).slice(0, MAX_LENGTH);
    const start = process.cpuUsage();
    try {
      const result = readXml(text);
      if (result.ok) {
        accepted++;
        const back = readXml(writeXml(result.root, { indent: 2 }));
        if (!back.ok || !sameXml(back.root, result.root)) failures.push(`changed by writing: ${JSON.stringify(text)}`);
      } else {
        refused++;
        if (result.problem.message === '' || result.problem.line < 1) failures.push(`refused without saying why: ${JSON.stringify(text)}`);
      }
    } catch (error) {
      failures.push(`${String(error)}: ${JSON.stringify(text)}`);
    }
    const { user, system } = process.cpuUsage(start);
    const spent = (user + system) / 1000;
    slowestMs = Math.max(slowestMs, spent);
    if (spent > SLOW_MS) failures.push(`${Math.round(spent)} ms: ${JSON.stringify(text)}`);
  }
  const growth = process.memoryUsage().heapUsed - before;
  if (growth > MAX_GROWTH_BYTES) failures.push(`heap grew by ${growth} bytes`);
  return { accepted, refused, slowestMs, failures };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [count = 100_000, seed = 1] = process.argv.slice(2).map(Number);
  const { accepted, refused, slowestMs, failures } = fuzz(count, seed);
  for (const failure of failures) console.log(failure.slice(0, 2000));
  console.log(`xml: ${count} inputs (seed ${seed}): ${accepted} accepted, ${refused} refused, slowest ${slowestMs.toFixed(1)} ms, ${failures.length} failures`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
