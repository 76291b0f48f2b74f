// SPDX-License-Identifier: GPL-2.0-or-later
'use strict';
/**
 * Starts the bundled program under a command's name. Reading and compiling the program is most of what a short command
 * costs, so the chunks that a command needed are kept as one pack: their source as one script, with V8's compiled code of
 * every function that was called. A pack lies beside the build, or in the user's cache where the program's folder is not
 * writable. Anything a pack lacks is read from the build.
 */
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, writeSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const PROGRAM = join(__dirname, '..');
const DIST = join(PROGRAM, 'dist');
/** The program is not built: as crm_error names a service that is not available. */
const UNAVAILABLE = 69;
/** Packs of one build: every command with its usual options, and a bound for the disk. */
const MAX_PACKS = 64;
/** Folders of packs that stay when a new one is made: builds that may still run, and other versions of Node. */
const KEPT_FOLDERS = 4;
/**
 * What a function may do before V8 thinks of optimising it: on Node 20 bytes of bytecode, later calls. `usual` is V8's own; the
 * shell reads and prints, which ends sooner than the scheduler's loops in the tools, and has more patience.
 * A version that is not here has V8's own settings, because an option that V8 does not know is told to the user.
 */
const PATIENCE = {
  20: [{ name: 'interrupt-budget', shell: 3_000_000, tool: 1_500_000, usual: 67_584 }],
  22: [
    { name: 'invocation-count-for-turbofan', shell: 132_000, tool: 66_000, usual: 3000 },
    { name: 'invocation-count-for-osr', shell: 35_200, tool: 17_600, usual: 800 },
  ],
};

module.exports = function launch(command) {
  restoreCertificates();
  const args = process.argv.slice(2);
  // The one question that needs nothing of the program is answered without it.
  if (command === 'crm' && args.length === 1 && args[0] === '--version') {
    // Node's own streams would take longer to set up than all the rest.
    writeSync(1, `crm ${require('../package.json').version}\n`);
    return;
  }
  const build = orUndefined(() => readFileSync(join(DIST, 'current'), 'latin1'));
  if (build === undefined) {
    process.stderr.write(`${command}: the program is not built yet: run "npm install && npm run build" in ${PROGRAM}\n`);
    process.exitCode = UNAVAILABLE;
    return;
  }
  const chunks = new Chunks(build, command, packName(command, args));
  const { main } = chunks.load('main.js');
  chunks.beforeRun();
  main(command, args).then((code) => {
    process.exitCode = code;
    chunks.keepPack();
  });
};

/** The same as options of the command line, for measurements. */
module.exports.patience = (command, version = process.versions.node) => settingsOf(command, version).map(({ name, patient }) => `--${name}=${patient}`);

function settingsOf(command, version) {
  const settings = PATIENCE[version.split('.', 1)[0]] ?? [];
  return settings.map(({ name, shell, tool, usual }) => ({ name, patient: command === 'crm' ? shell : tool, usual }));
}

/**
 * Node reads every certificate of NODE_EXTRA_CA_CERTS when it starts, which costs more than a short command. The launchers
 * hide the variable from it; the programs that are started from here get it back.
 */
function restoreCertificates() {
  const { QUORATE_EXTRA_CA_CERTS: certificates } = process.env;
  if (certificates === undefined) return;
  process.env.NODE_EXTRA_CA_CERTS = certificates;
  delete process.env.QUORATE_EXTRA_CA_CERTS;
}

/** A command, and the words that tell which part of it is asked for: levels and commands of the shell, a tool's first option. */
function packName(command, args) {
  const words = command === 'crm' ? args.filter((word) => !word.startsWith('-')).slice(0, 2) : args.slice(0, 1).map((word) => word.split('=', 1)[0]);
  return [command, ...words.filter((word) => /^[\w-]{1,24}$/.test(word))].join('.');
}

/**
 * Without this V8 spends as much time on optimising functions as a command on its work, which ends before that pays; what
 * takes longer is optimised a little later. Compiled code is bound to V8's settings, Node's own code too, so the change
 * comes after everything is loaded, and is taken back before code is kept.
 */
class Patience {
  constructor(settings) {
    this.v8 = require('node:v8');
    this.settings = settings;
    this.usualTag = this.v8.cachedDataVersionTag();
    for (const { name, patient } of settings) this.v8.setFlagsFromString(`--${name}=${patient}`);
  }

  /** True when the settings are again those of a new process. */
  end() {
    for (const { name, usual } of this.settings) this.v8.setFlagsFromString(`--${name}=${usual}`);
    return this.v8.cachedDataVersionTag() === this.usualTag;
  }
}

class Chunks {
  constructor(build, command, packName) {
    this.folder = join(DIST, build);
    this.modules = new Map();
    this.command = command;
    this.packName = packName;
    const { execArgv, env } = process;
    // Compiled code is bound to the version and the options of Node.
    const options = [...execArgv, env.NODE_OPTIONS ?? ''].join(' ').replace(/\W+/g, '_').slice(0, 100);
    const key = `${build}-${process.version}-${process.arch}${options}`;
    const home = env.XDG_CACHE_HOME || (env.HOME ? join(env.HOME, '.cache') : undefined);
    this.caches = [join(DIST, 'cache'), ...(home === undefined ? [] : [join(home, 'quorate')])].map((folder) => join(folder, key));
    /** Parts of Node that were loaded because something of them was used. */
    this.builtins = new Set();
    this.pack = this.openPack();
    this.isPackEnough = this.pack?.isOwn === true;
  }

  load(name) {
    const known = this.modules.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    this.modules.set(name, module);
    const run = this.pack?.functions.get(name) ?? this.compile(name);
    run(module.exports, (request) => (request.startsWith('./') ? this.load(request.slice(2)) : builtin(request, this.builtins)), module, join(this.folder, name), this.folder);
    return module.exports;
  }

  /** What the last run needed of Node is loaded while V8 takes Node's compiled code. */
  beforeRun() {
    for (const name of this.pack?.builtins ?? []) require(name);
    const settings = settingsOf(this.command, process.versions.node);
    if (settings.length > 0 && this.pack?.isPatient !== false) this.patience = new Patience(settings);
  }

  compile(name) {
    this.isPackEnough = false;
    return new Script(this.source(name), { filename: join(this.folder, name) }).runInThisContext();
  }

  /** The build writes ASCII only, and one byte for a character is what V8 reads fastest. */
  source(name) {
    return `(function (exports, require, module, __filename, __dirname) {${readFileSync(join(this.folder, name), 'latin1')}\n})`;
  }

  /** The pack of this command; before there is one, that of another part of the command holds much of the same. */
  openPack() {
    const found = first(this.caches, (folder) => readPack(join(folder, this.packName)));
    const parts = found ?? first(this.caches, (folder) => readPack(join(folder, readdirSync(folder).find((name) => name.split('.')[0] === this.command))));
    if (parts === undefined) return undefined;
    const { names, builtins, isPatient, source, code } = parts;
    const script = new Script(source, { filename: join(this.folder, 'pack.js'), cachedData: code });
    const functions = script.runInThisContext();
    const isCompiled = code !== undefined && script.cachedDataRejected !== true;
    return { names, builtins, isPatient, source, script, isCompiled, isOwn: found !== undefined, functions: new Map(names.map((name, i) => [name, functions[i]])) };
  }

  /**
   * After a run, when the functions that the command needed have been compiled: a chunk that the pack lacks is added to it,
   * and a pack that ran without compiled code gets that.
   */
  keepPack() {
    const { pack } = this;
    if (!this.isPackEnough) {
      const names = [...new Set([...(pack?.isOwn === true ? pack.names : []), ...this.modules.keys()])];
      orUndefined(() => this.writePack({ names, isPatient: true }, `[${names.map((name) => this.source(name)).join(',\n')}]`));
    } else if (!pack.isCompiled) {
      // Code of a V8 whose usual settings are not known here would never be taken: from then on they stay as they are.
      const isPatient = this.patience?.end() === true;
      const code = this.patience === undefined || isPatient ? pack.script.createCachedData() : undefined;
      this.writePack({ names: pack.names, isPatient }, pack.source, code);
    }
  }

  writePack({ names, isPatient }, source, code) {
    const about = { names, isPatient, builtins: [...this.builtins], source: source.length, code: code?.length ?? 0 };
    const bytes = Buffer.concat([Buffer.from(`${JSON.stringify(about)}\n`), Buffer.from(source, 'latin1'), code ?? Buffer.alloc(0)]);
    // A daemon may outlive its program; where that was, nothing is made again.
    if (orUndefined(() => statSync(DIST)) === undefined) return;
    first(this.caches, (folder) => keepIn(folder, this.packName, bytes));
  }
}

function readPack(file) {
  const bytes = readFileSync(file);
  const end = bytes.indexOf(10);
  const about = JSON.parse(bytes.latin1Slice(0, end));
  const start = end + 1 + about.source;
  if (bytes.length !== start + about.code) throw new Error(`${file} is damaged`);
  return { ...about, source: bytes.latin1Slice(end + 1, start), code: about.code === 0 ? undefined : bytes.subarray(start) };
}

function keepIn(folder, name, bytes) {
  // A new folder: packs of builds that are no longer there, or of another Node, can go.
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) removeOldest(join(folder, '..'), readdirSync(join(folder, '..')), KEPT_FOLDERS);
  const present = readdirSync(folder);
  if (!present.includes(name)) removeOldest(folder, present, MAX_PACKS - 1);
  const temporary = join(folder, `${name}.${process.pid}`);
  writeFileSync(temporary, bytes, { mode: 0o600 });
  renameSync(temporary, join(folder, name));
  return true;
}

function removeOldest(folder, names, kept) {
  if (names.length <= kept) return;
  const paths = names.map((name) => join(folder, name)).map((path) => ({ path, timeMs: statSync(path).mtimeMs }));
  for (const { path } of paths.sort((a, b) => b.timeMs - a.timeMs).slice(kept)) rmSync(path, { recursive: true, force: true });
}

/** The first answer that can be had. */
function first(places, ask) {
  for (const place of places) {
    const answer = orUndefined(() => ask(place));
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** Parts of Node that cost more than many a command: they are loaded when something of them is first used. */
const HEAVY = new Set(['node:child_process', 'node:crypto', 'node:dgram', 'node:net', 'node:readline/promises', 'node:tty']);

/** A part of Node; `used` is told when a heavy one is loaded. */
function builtin(name, used) {
  if (!HEAVY.has(name)) return require(name);
  let loaded;
  const load = () => {
    if (loaded !== undefined) return loaded;
    used.add(name);
    return (loaded = require(name));
  };
  return new Proxy(
    {},
    {
      get: (_, key) => load()[key],
      has: (_, key) => key in load(),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_, key) => ({ ...Reflect.getOwnPropertyDescriptor(load(), key), configurable: true }),
    },
  );
}

/** What is not there or may not be written is an answer: the program starts a little slower. */
function orUndefined(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}
