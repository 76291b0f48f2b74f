// SPDX-License-Identifier: GPL-2.0-or-later
'use strict';
/**
 * Starts the bundled program under a command's name. V8's compiled code is kept beside the bundle, or in the user's
 * cache where the program's folder is not writable, because compiling is most of what a short command costs.
 */
const { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const BUNDLE = join(__dirname, '..', 'dist', 'quorate.cjs');

module.exports = function launch(command) {
  if (!existsSync(BUNDLE)) {
    process.stderr.write(`${command}: the program is not built yet: run "npm install && npm run build" in ${join(__dirname, '..')}\n`);
    process.exitCode = 69;
    return;
  }
  const { script, keepCache } = compile();
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, BUNDLE, join(__dirname, '..', 'dist'));
  module.exports.main(command, process.argv.slice(2)).then((code) => {
    process.exitCode = code;
    keepCache();
  });
};

function compile() {
  const { mtimeMs, size } = statSync(BUNDLE);
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(BUNDLE, 'utf8')}\n})`;
  const key = `${process.version}-${process.arch}-${Math.round(mtimeMs)}-${size}`;
  const places = cacheFiles(key);
  const cachedData = places.map(readOrNothing).find((data) => data !== undefined);
  const script = new Script(source, { filename: BUNDLE, cachedData, importModuleDynamically: undefined });
  const isFresh = cachedData !== undefined && script.cachedDataRejected !== true;
  return { script, keepCache: isFresh ? () => {} : () => writeCache(places, script) };
}

function cacheFiles(key) {
  const home = process.env.XDG_CACHE_HOME || (process.env.HOME ? join(process.env.HOME, '.cache') : undefined);
  const folders = [join(__dirname, '..', 'dist', 'cache')];
  if (home !== undefined) folders.push(join(home, 'quorate'));
  return folders.map((folder) => join(folder, `${key}.code`));
}

function readOrNothing(file) {
  try {
    return readFileSync(file);
  } catch {
    // No cache yet: the program starts a little slower, once.
    return undefined;
  }
}

/** Written after a run, when the functions that the command needed have been compiled. */
function writeCache(places, script) {
  for (const file of places) {
    try {
      mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
      const temporary = `${file}.${process.pid}`;
      writeFileSync(temporary, script.createCachedData(), { mode: 0o600 });
      renameSync(temporary, file);
      return;
    } catch {
      // Not writable: try the next place, or go without.
      continue;
    }
  }
}
