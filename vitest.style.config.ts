// SPDX-License-Identifier: GPL-2.0-or-later
import { defineConfig } from 'vitest/config';

/** The house rules (test/style): door directions, sizes, banned words and imports, dead exports, licence headers. */
export default defineConfig({ test: { include: ['test/style/**/*.test.ts'], testTimeout: 60_000 } });
