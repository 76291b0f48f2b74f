// SPDX-License-Identifier: GPL-2.0-or-later
/** Judges schema upgrades: the upgraded document, its schema and its version triple, or the refusal. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyRequest, readXml, upgradeCib, writeXml, type XmlElement } from '../../../src/cib/index.ts';
import { firstDifference, type Suite } from '../suite.ts';

interface UpgradeCase {
  readonly id: string;
  readonly xmlBefore: string;
  readonly xmlAfter: string | null;
  readonly rc: number;
  readonly inMemory?: { readonly rc: number };
}

export const suite: Suite = {
  name: 'upgrade',
  cases(dir) {
    const list = JSON.parse(readFileSync(join(dir, 'cases.json'), 'utf8')) as UpgradeCase[];
    return list.map((one) => ({ id: one.id, group: one.id.replace(/[-_\d].*/, ''), run: () => [{ id: one.id, ...judge(one, dir) }] }));
  },
};

function judge(one: UpgradeCase, dir: string): { difference?: string; full?: string } {
  const before = parse(dir, one.xmlBefore);
  const reply = applyRequest(before, { change: { op: 'upgrade' } });
  if (one.rc !== 0) {
    const told = reply.ok ? 'upgraded' : `refused with ${reply.code}`;
    return told === `refused with ${one.rc}` ? memory(one, before) : { difference: `expected refused with ${one.rc}, got ${told}` };
  }
  if (!reply.ok) return { difference: `refused: ${reply.message}`, full: [reply.message, ...(reply.detail ?? [])].join('\n') };
  const expected = one.xmlAfter === null ? before : parse(dir, one.xmlAfter);
  return firstDifference(lines(expected), lines(reply.cib)) ?? {};
}

/** Programs that upgrade in memory start at the first version that fits. */
function memory(one: UpgradeCase, before: XmlElement): { difference?: string } {
  if (one.inMemory === undefined) return {};
  const { problem } = upgradeCib(before);
  const rc = problem === undefined ? 0 : 78;
  return rc === one.inMemory.rc ? {} : { difference: `in memory: expected ${one.inMemory.rc}, got ${rc} (${problem?.message ?? 'upgraded'})` };
}

function parse(dir: string, file: string): XmlElement {
  const read = readXml(readFileSync(join(dir, file), 'utf8'));
  if (!read.ok) throw new Error(`${file}: ${read.problem.message}`);
  return read.root;
}

function lines(root: XmlElement): string[] {
  return writeXml(root, { indent: 2 }).trimEnd().split('\n');
}
