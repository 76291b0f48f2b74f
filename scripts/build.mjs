// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Bundles the program into one CommonJS file. Modules behind a dynamic import stay unevaluated until they are
 * needed; a V8 code cache of the result is written by the first run (bin/launch.cjs), so start-up neither resolves
 * modules nor compiles them again.
 */
import { build } from 'esbuild';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

// A cluster in the background and its agents may load the bundle at any moment: it is replaced in one step.
const fresh = join(ROOT, 'dist', `quorate.${process.pid}.cjs`);
mkdirSync(join(ROOT, 'dist'), { recursive: true });
await build({
  absWorkingDir: ROOT,
  entryPoints: ['bin/main.ts'],
  outfile: fresh,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  keepNames: false,
  legalComments: 'none',
  loader: { '.json': 'json' },
  // Only wanted by ink's developer mode.
  external: ['react-devtools-core'],
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
});
rmSync(join(ROOT, 'dist', 'cache'), { recursive: true, force: true });
renameSync(fresh, join(ROOT, 'dist', 'quorate.cjs'));
