// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The first use, told on screen: three nodes, a real configuration, the page it serves, the loss of the node that
 * serves it, and the same page from another node. Everything runs in a state directory of its own and is stopped
 * and removed at the end, also after a failure.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const EXAMPLE = join(ROOT, 'examples', 'web.crm');
const ADDRESS_IN_EXAMPLE = '127.0.0.100';
const PORT = 8080;
/** A fetch may meet the moment between stop and start of the service. */
const FETCH_TRIES = 20;
const FETCH_PAUSE_MS = 500;

/** What is being told ends at its next command. */
let isInterrupted = false;
const state = mkdtempSync(join(tmpdir(), 'quorate-demo-'));
const environment = { ...process.env, QUORATE_DIR: state, NO_COLOR: '1' };
delete environment.CIB_file;
delete environment.CIB_shadow;

function say(text) {
  process.stdout.write(`\n# ${text}\n`);
}

/** Shows a command as a person would type it, runs it and shows what it prints. In a session of its own Ctrl-C does not cut it off halfway. */
async function run(command, ...words) {
  process.stdout.write(`$ ${[command, ...words].join(' ')}\n`);
  const child = spawn(process.execPath, [join(ROOT, 'bin', command), ...words], { env: environment, cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  child.stdout.on('data', (part) => process.stdout.write(part));
  child.stderr.on('data', (part) => process.stderr.write(part));
  const ended = await new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
  if (ended !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${ended}`);
}

/** Ctrl-C and the like end the story, not the cleaning up after it. */
function endWhenAsked() {
  let ask;
  const asked = new Promise((_, reject) => (ask = reject));
  asked.catch(() => (isInterrupted = true));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => ask(new Error(`interrupted (${signal})`)));
  // A reader that has seen enough (`npm run demo | head`) is no reason to leave a cluster behind.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => ask(new Error('nobody reads on')));
  return asked;
}

function show(file) {
  process.stdout.write(`$ cat ${file}\n${readFileSync(resolve(ROOT, file), 'utf8').trimEnd()}\n`);
}

/** Another cluster may serve its own page at the example's address: take the next loopback address that is free. */
async function freeAddress() {
  if (process.platform !== 'linux') return '127.0.0.1';
  for (let last = 100; last < 200; last++) {
    const address = `127.0.0.${last}`;
    if (await isFree(address)) return address;
  }
  throw new Error(`port ${PORT} is taken on every address from 127.0.0.100 to 127.0.0.199`);
}

function isFree(address) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(PORT, address, () => server.close(() => resolve(true)));
  });
}

function configurationFor(address) {
  if (address === ADDRESS_IN_EXAMPLE) return 'examples/web.crm';
  const file = join(state, 'web.crm');
  writeFileSync(file, readFileSync(EXAMPLE, 'utf8').replaceAll(ADDRESS_IN_EXAMPLE, address));
  say(`${ADDRESS_IN_EXAMPLE} is in use here, so a copy of the example with ${address} is loaded.`);
  return file;
}

async function fetchPage(address) {
  const url = `http://${address}:${PORT}/`;
  process.stdout.write(`$ curl ${url}\n`);
  for (let attempt = 1; ; attempt++) {
    try {
      const page = await fetchOnce(url);
      process.stdout.write(`${page.trimEnd()}\n`);
      return page;
    } catch (error) {
      if (attempt === FETCH_TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, FETCH_PAUSE_MS));
    }
  }
}

function fetchOnce(url) {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, timeout: 2000 }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve(Buffer.concat(parts).toString()));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', reject);
  });
}

function servingNode(page) {
  const found = /\bnode\d+\b/.exec(page);
  if (found === null) throw new Error(`the page names no node: ${page}`);
  return found[0];
}

async function step(...words) {
  if (isInterrupted) throw new Error('interrupted');
  await run(...words);
}

async function tell() {
  say('Start a cluster of three nodes, as processes of yours in the background: no root, nothing to install.');
  await step('crm', 'cluster', 'start', '3');
  say('Tell it what to run: a web site, a service address beside it, a store on every node with one leader.');
  const address = await freeAddress();
  const file = configurationFor(address);
  show(file);
  await step('crm', '-w', 'configure', 'load', 'update', file);
  say('With -w the command has waited until everything runs. This is the state of the cluster:');
  await step('crm_mon', '-1');
  say('Ask the service address for its page; the page names the node that serves it.');
  const before = servingNode(await fetchPage(address));
  say(`Cut the power of ${before}. The others make sure that it is off (fencing), then take over what it ran.`);
  await step('crm', 'cluster', 'kill', before);
  await step('crm', 'wait');
  await step('crm_mon', '-1');
  say('The same address, the same page, from another node:');
  const after = servingNode(await fetchPage(address));
  if (after === before) throw new Error(`the page still comes from ${before}`);
  say(`Failed over from ${before} to ${after}. Stop the cluster and remove what it has left:`);
}

const startMs = Date.now();
const story = tell();
try {
  await Promise.race([story, endWhenAsked()]);
} catch (error) {
  process.stderr.write(`\nThe demonstration failed: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  try {
    // What has begun comes to its end first, so that there is something to stop.
    await story.catch(() => {});
    await run('crm', 'cluster', 'stop');
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
  rmSync(state, { recursive: true, force: true });
}
if (process.exitCode === undefined) say(`Done in ${Math.round((Date.now() - startMs) / 1000)} seconds. "Your own cluster" in README.md goes on from here.`);
