// SPDX-License-Identifier: GPL-2.0-or-later
/** Writes the documents made from the grammar into `grammar/generated/`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generated } from '../grammar/generate.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'grammar', 'generated');
mkdirSync(folder, { recursive: true });
for (const [name, text] of generated()) writeFileSync(join(folder, name), text);
