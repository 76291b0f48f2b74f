// SPDX-License-Identifier: GPL-2.0-or-later
/** Writes the manual pages of the tools to man/ and the table of their options to docs/tools.md: `npx tsx scripts/manual.ts`. A test checks that they are up to date. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manualPage, MANUAL_SECTION, optionsDocument, optionTables } from '../src/tools/index.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'man');
mkdirSync(folder, { recursive: true });
for (const [name, load] of optionTables) writeFileSync(join(folder, `${name}.${MANUAL_SECTION}`), manualPage(await load()));
const tables = await Promise.all([...optionTables.values()].map((load) => load()));
writeFileSync(join(root, 'docs', 'tools.md'), optionsDocument(tables));
