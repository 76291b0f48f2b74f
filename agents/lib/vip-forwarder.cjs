// SPDX-License-Identifier: GPL-2.0-or-later
'use strict';
/**
 * The forwarder behind ocf:quorate:vip: listens on the service address and joins each connection with the web server
 * whose socket stands in the working directory (the node's own state directory).
 */
const { readdirSync, renameSync, writeFileSync } = require('node:fs');
const net = require('node:net');

const [, , pidFile, ip, port, service] = process.argv;

function webSocket() {
  const names = readdirSync('.').filter((name) => /^web-.*\.sock$/.test(name)).sort();
  if (service !== undefined && service !== '') return names.find((name) => name === `web-${service.replaceAll(/[:/]/g, '_')}.sock`);
  return names[0];
}

const server = net.createServer({ allowHalfOpen: true }, (client) => {
  client.on('error', () => client.destroy());
  const name = webSocket();
  if (name === undefined) {
    client.destroy();
    return;
  }
  const upstream = net.connect({ path: name, allowHalfOpen: true });
  upstream.on('error', () => client.destroy());
  client.on('close', () => upstream.destroy());
  upstream.on('close', () => client.destroy());
  client.pipe(upstream).pipe(client);
});

server.on('error', (error) => {
  process.stderr.write(`cannot listen on ${ip}:${port}: ${error.code ?? error.message}\n`);
  process.exit(1);
});
server.listen(Number(port), ip, () => {
  writeFileSync(`${pidFile}.new`, `${process.pid}\n`);
  renameSync(`${pidFile}.new`, pidFile);
});
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
