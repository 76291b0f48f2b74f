// SPDX-License-Identifier: GPL-2.0-or-later
/** Properties of lint and its repairs over texts that were damaged by chance. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fix, lint } from '../../src/lint/index.ts';
import { catalogueAgents } from './rule-pages.ts';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'variants');
const TEXTS = readdirSync(FOLDER).sort().flatMap((file) => readFileSync(join(FOLDER, file), 'utf8').split(/^== .*\n/m).slice(1));
const PIECES = ['"', "'", '\\', '\n', '\\\n', '#', '=', ':', '(', ']', '{', 'inf:', 'meta ', 'params ', 'op ', 'role=Master ', 'rule ', '\u00a0', '\u201c', '\u2013', 'group g x x\n', '@t1 ', '$id=a ', 'and ', '--', 'commit'];
const agents = catalogueAgents();

/** A text with pieces put in, letters taken out, lines doubled and dropped. */
const damaged = fc
  .tuple(fc.constantFrom(...TEXTS), fc.array(fc.tuple(fc.nat(3), fc.nat(400), fc.constantFrom(...PIECES)), { minLength: 1, maxLength: 5 }))
  .map(([text, slips]) =>
    slips.reduce((here, [kind, where, piece]) => {
      const at = where % (here.length + 1);
      if (kind === 0) return here.slice(0, at) + piece + here.slice(at);
      if (kind === 1) return here.slice(0, at) + here.slice(at + (where % 7) + 1);
      const lines = here.split('\n');
      const line = where % lines.length;
      lines.splice(line, kind === 2 ? 1 : 0, ...(kind === 2 ? [] : [lines[(where * 7) % lines.length]!]));
      return lines.join('\n');
    }, text),
  );

const RUNS = { seed: 20_240_501, numRuns: 150 };

describe('damaged texts', () => {
  it('get findings that lie inside of them, repairs included', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        for (const { span, repair } of lint(text, { agents })) {
          for (const { start, end } of [span, ...(repair ?? [])]) expect(start >= 0 && start <= end && end <= text.length, JSON.stringify({ text, start, end })).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('are repaired to an end', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const once = fix(text, { agents });
        expect(fix(once, { agents })).toBe(once);
      }),
      RUNS,
    );
  });
});
