// SPDX-License-Identifier: GPL-2.0-or-later
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manualPage, MANUAL_SECTION, optionsDocument, optionTables } from '../../src/tools/index.ts';

test.each([...optionTables.keys()])('the manual page of %s is the one its option table makes', async (name) => {
  const file = join(import.meta.dirname, '../../man', `${name}.${MANUAL_SECTION}`);
  expect(existsSync(file), `missing: run "npx tsx scripts/manual.ts"`).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe(manualPage(await optionTables.get(name)!()));
});

test('the table of all options in docs is the one the option tables make', async () => {
  const tables = await Promise.all([...optionTables.values()].map((load) => load()));
  expect(readFileSync(join(import.meta.dirname, '../../docs/tools.md'), 'utf8'), 'run "npx tsx scripts/manual.ts"').toBe(optionsDocument(tables));
});
