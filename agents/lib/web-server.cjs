// SPDX-License-Identifier: GPL-2.0-or-later
'use strict';
/**
 * The server behind ocf:quorate:web. `serve` listens on a socket in the working directory (and on a TCP port) and writes its
 * pid file when it is ready; `check` fetches the page once.
 */
const { renameSync, rmSync, writeFileSync } = require('node:fs');
const http = require('node:http');

const CHECK_TIMEOUT_MS = 5000;

function serve(pidFile, socket, node, title, address, port) {
  const page = `<html><body><h1>${escape(title)} - ${escape(node)}</h1></body></html>\n`;
  const answer = (request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(page), connection: 'close' });
    response.end(request.method === 'HEAD' ? undefined : page);
  };
  // A socket left by a server that was killed would refuse the name.
  rmSync(socket, { force: true });
  listen(answer, [socket], () => {
    if (port === '0') ready(pidFile);
    else listen(answer, [Number(port), address], () => ready(pidFile));
  });
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.on(signal, () => {
      rmSync(socket, { force: true });
      process.exit(0);
    });
  }
}

function listen(answer, where, whenReady) {
  const server = http.createServer(answer);
  server.on('error', (error) => {
    const place = typeof where[0] === 'number' ? `${where[1]}:${where[0]}` : where[0];
    process.stderr.write(`cannot listen on ${place}: ${error.code ?? error.message}\n`);
    process.exit(1);
  });
  server.listen(...where, whenReady);
}

/** The pid file appears whole and only now: the agent's start waits for it. */
function ready(pidFile) {
  writeFileSync(`${pidFile}.new`, `${process.pid}\n`);
  renameSync(`${pidFile}.new`, pidFile);
}

function check(socketPath) {
  const request = http.get({ socketPath, path: '/', timeout: CHECK_TIMEOUT_MS }, (response) => {
    response.resume();
    response.on('end', () => process.exit(response.statusCode === 200 ? 0 : 1));
  });
  request.on('timeout', () => request.destroy());
  request.on('error', () => process.exit(1));
}

function escape(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const [, , verb, ...words] = process.argv;
if (verb === 'serve') serve(...words);
else check(...words);
