// SPDX-License-Identifier: GPL-2.0-or-later
'use strict';
/**
 * Starts the bundled program under a command's name. Chunks are loaded when they are required, with V8's compiled
 * code from a cache beside the build (or in the user's cache where the program's folder is not writable), because
 * compiling is most of what a short command costs.
 */
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { Script } = require('node:vm');

const PROGRAM = join(__dirname, '..');
const DIST = join(PROGRAM, 'dist');
/** The program is not built: as crm_error names a service that is not available. */
const UNAVAILABLE = 69;

module.exports = function launch(command) {
  const args = process.argv.slice(2);
  // The one question that needs nothing of the program is answered without it.
  if (command === 'crm' && args.length === 1 && args[0] === '--version') {
    process.stdout.write(`crm ${require('../package.json').version}\n`);
    return;
  }
  const build = orUndefined(() => readFileSync(join(DIST, 'current'), 'utf8'));
  if (build === undefined) {
    process.stderr.write(`${command}: the program is not built yet: run "npm install && npm run build" in ${PROGRAM}\n`);
    process.exitCode = UNAVAILABLE;
    return;
  }
  const chunks = new Chunks(join(DIST, build), build);
  chunks
    .load('main.js')
    .main(command, args)
    .then((code) => {
      process.exitCode = code;
      chunks.keepCodeCache();
    });
};

class Chunks {
  constructor(folder, build) {
    this.folder = folder;
    this.modules = new Map();
    this.compiled = [];
    this.outside = createRequire(join(folder, 'main.js'));
    const key = `${build}-${process.version}-${process.arch}`;
    const home = process.env.XDG_CACHE_HOME || (process.env.HOME ? join(process.env.HOME, '.cache') : undefined);
    this.caches = [join(DIST, 'cache', key), ...(home === undefined ? [] : [join(home, 'quorate', key)])];
  }

  load(name) {
    const known = this.modules.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    this.modules.set(name, module);
    const require = (request) => (request.startsWith('./') ? this.load(request.slice(2)) : this.outside(request));
    this.compile(name).runInThisContext()(module.exports, require, module, join(this.folder, name), this.folder);
    return module.exports;
  }

  compile(name) {
    const filename = join(this.folder, name);
    const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(filename, 'utf8')}\n})`;
    const cachedData = this.readCode(name);
    const script = new Script(source, { filename, cachedData });
    if (cachedData === undefined || script.cachedDataRejected === true) this.compiled.push({ name, script });
    return script;
  }

  readCode(name) {
    for (const folder of this.caches) {
      const data = orUndefined(() => readFileSync(join(folder, `${name}.code`)));
      if (data !== undefined) return data;
    }
    return undefined;
  }

  /** After a run, when the functions that the command needed have been compiled. */
  keepCodeCache() {
    for (const { name, script } of this.compiled) {
      this.caches.some((folder) => orUndefined(() => this.writeCode(join(folder, `${name}.code`), script)) === true);
    }
  }

  writeCode(file, script) {
    if (existsSync(file)) return true;
    mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, script.createCachedData(), { mode: 0o600 });
    renameSync(temporary, file);
    return true;
  }
}

/** What is not there or may not be written is an answer: the program starts a little slower. */
function orUndefined(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}
