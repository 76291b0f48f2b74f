// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Variants of what rules speak of, and near misses. A block begins with "== CODES" ("-": nothing may be reported) and, behind a bar,
 * "n2" (two nodes), "t3" (names of Pacemaker 3.0), "nonode", "nofence", "noprop", "nodef", "raw": what is not added to its lines.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fix, lint, type Finding } from '../../src/lint/index.ts';
import { catalogueAgents } from './rule-pages.ts';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'variants');
const agents = catalogueAgents();

interface Variant {
  readonly codes: string;
  readonly target: '2.1' | '3.0';
  readonly text: string;
  readonly name: string;
}

function variantsOf(file: string): Variant[] {
  const blocks = readFileSync(join(FOLDER, file), 'utf8').split(/^== /m).slice(1);
  return blocks.map((block, i) => {
    const head = block.slice(0, block.indexOf('\n'));
    const [codes = '', flags = ''] = head.split('|').map((part) => part.trim());
    const target = flags.includes('t3') ? '3.0' : '2.1';
    return { codes: codes === '-' ? '' : codes.split(' ').sort().join(' '), target, text: whole(block.slice(head.length + 1), new Set(flags.split(' '))), name: `${i + 1}: ${codes}` };
  });
}

/** A block with the parts of a clean configuration that it has none of. */
function whole(lines: string, flags: ReadonlySet<string>): string {
  if (flags.has('raw')) return lines;
  const isAbsent = (pattern: RegExp, flag: string): boolean => !pattern.test(lines) && !flags.has(flag);
  const nodes = isAbsent(/^node\s/m, 'nonode') ? ['node 1: alpha', 'node 2: bravo', ...(flags.has('n2') ? [] : ['node 3: charlie'])] : [];
  const delay = flags.has('n2') ? ' pcmk_delay_max=30s' : '';
  const device = isAbsent(/stonith:/, 'nofence') ? [`primitive fence-sbd stonith:fence_sbd params devices=/dev/disk/by-id/sbd1${delay} op monitor interval=600s timeout=60s`] : [];
  const word = flags.has('t3') ? 'fencing' : 'stonith';
  const property = isAbsent(/^property/m, 'noprop') ? [`property cib-bootstrap-options: ${word}-enabled=true ${word}-timeout=150s`] : [];
  const defaults = isAbsent(/^rsc_defaults/m, 'nodef') ? ['rsc_defaults rsc-options: resource-stickiness=100'] : [];
  return [...nodes, ...device, lines.trimEnd(), ...property, ...defaults, ''].join('\n');
}

function codesOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map((one) => one.code))].sort();
}

describe.each(readdirSync(FOLDER).sort())('variants in %s', (file) => {
  it.each(variantsOf(file))('have exactly their findings, $name', ({ codes, target, text }) => {
    expect(codesOf(lint(text, { agents, target })).join(' ')).toBe(codes);
  });

  it.each(variantsOf(file).filter(({ codes }) => codes !== ''))('are repaired without a new finding, $name', ({ target, text }) => {
    const before = lint(text, { agents, target });
    const after = lint(fix(text, { agents, target }), { agents, target });
    const unrepaired = new Set(before.filter((one) => one.repair === undefined).map((one) => one.code));
    const left = codesOf(after).filter((code) => !unrepaired.has(code));
    expect(left).toEqual([]);
  });
});
