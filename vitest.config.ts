// SPDX-License-Identifier: GPL-2.0-or-later
import { defineConfig } from 'vitest/config';

/** The project's own tests: self-contained, no network beyond loopback, no root, no Debian packages. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/style/**', 'node_modules/**'],
    globalSetup: 'test/build-place.ts',
    maxWorkers: 2,
    // Upper bounds for a machine that has much else to do; nothing waits so long by itself.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
