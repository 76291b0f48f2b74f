// SPDX-License-Identifier: GPL-2.0-or-later
/** Findings on collected configurations as one text; `npx tsx test/lint/real-world.ts` writes the snapshot. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Lines } from '../../src/language/index.ts';
import { lint } from '../../src/lint/index.ts';
import { catalogueAgents } from './rule-pages.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
export const SNAPSHOT = join(HERE, 'snapshots', 'real-world.txt');
export const TEXTS = join(process.env['QUORATE_FIXTURES'] ?? join(HERE, '..', '..', '..', 'shared', 'fixtures'), 'real-world');

export function hasTexts(): boolean {
  return existsSync(TEXTS);
}

export function realWorldTexts(): { name: string; text: string }[] {
  return readdirSync(TEXTS)
    .filter((name) => name.endsWith('.crm'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(TEXTS, name), 'utf8') }));
}

export function findingsText(): string {
  return realWorldTexts()
    .map(({ name, text }) => {
      const lines = new Lines(text);
      const rows = lint(text, { agents: catalogueAgents() }).map((one) => `  ${lines.place(one.span.start).line} ${one.code} ${one.message}`);
      return [name, ...(rows.length === 0 ? ['  nothing'] : rows)].join('\n');
    })
    .join('\n')
    .concat('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(SNAPSHOT, findingsText());
