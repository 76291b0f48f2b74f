// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Bundles the program into a few CommonJS chunks, cut where the sources import dynamically, so that a short command
 * reads only its own part. Each build has a folder of its own below `dist`, named in `dist/current`: a daemon in the
 * background goes on with the chunks it was started with.
 */
import { build, transform } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { directImports } from './direct-imports.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const DIST = process.argv[2] ?? join(ROOT, 'dist');
/** Builds that may still be in use by a running cluster. */
const KEPT_BUILDS = 2;

const bundle = await build({
  absWorkingDir: ROOT,
  entryPoints: ['bin/main.ts'],
  outdir: 'out',
  write: false,
  bundle: true,
  // Chunks exist for ES modules only; each is turned into CommonJS below, because only scripts can carry V8's code cache.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minify: true,
  legalComments: 'none',
  loader: { '.json': 'json' },
  // Only wanted by ink's developer mode.
  external: ['react-devtools-core'],
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
  metafile: true,
  plugins: [directImports()],
});

const digest = createHash('sha256');
for (const file of bundle.outputFiles) digest.update(file.path).update(file.contents);
const name = digest.digest('hex').slice(0, 16);
const folder = join(DIST, name);
mkdirSync(folder, { recursive: true });
for (const file of bundle.outputFiles) {
  const { code: indirect } = await transform(file.text, { format: 'cjs', platform: 'node', target: 'node20', supported: { 'dynamic-import': false }, legalComments: 'none' });
  const code = withDirectExports(indirect);
  writeFileSync(join(folder, file.path.split(/[\\/]/).pop()), isCommonJs(file.path) ? `${code}\nmodule.exports = { ...module.exports.default, default: module.exports.default };\n` : code);
}

/**
 * esbuild hands exports on through two getters, the outer one the same function for all names: each call from chunk to chunk
 * then pays for a look-up by name. With one getter for each name, V8 sees through it.
 */
function withDirectExports(code) {
  return code
    .replace('var stdin_exports = {};', 'var stdin_exports = module.exports;')
    .replace('module.exports = __toCommonJS(stdin_exports);', '__defProp(stdin_exports, "__esModule", { value: true });');
}

/** A package written as CommonJS gives a chunk only its default export; who imports it in Node has its names as well. */
function isCommonJs(path) {
  const [, output] = Object.entries(bundle.metafile.outputs).find(([name]) => join(ROOT, name) === path);
  return output.entryPoint?.includes('node_modules/') === true && output.exports.length === 1 && output.exports[0] === 'default';
}

const pointer = join(DIST, `current.${process.pid}`);
writeFileSync(pointer, name);
renameSync(pointer, join(DIST, 'current'));
const builds = readdirSync(DIST, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && /^[0-9a-f]{16}$/.test(entry.name) && entry.name !== name)
  .map((entry) => ({ path: join(DIST, entry.name), timeMs: statSync(join(DIST, entry.name)).mtimeMs }))
  .sort((a, b) => b.timeMs - a.timeMs);
for (const { path } of builds.slice(KEPT_BUILDS - 1)) rmSync(path, { recursive: true, force: true });
if (readFileSync(join(DIST, 'current'), 'utf8') !== name) throw new Error('another build ran at the same time');
