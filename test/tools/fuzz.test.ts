// SPDX-License-Identifier: GPL-2.0-or-later
import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';

test('broken command lines and CIBs end with a documented exit code and a word, never with an exception or a changed CIB', async () => {
  expect(await fuzz(2024, 0, 600)).toEqual([]);
}, 60_000);
