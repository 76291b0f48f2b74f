// SPDX-License-Identifier: GPL-2.0-or-later
/** Unix sockets with length-limited messages, and named pipes for clients that are plain shell scripts. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as net from 'node:net';
import { basename, dirname } from 'node:path';
import { MESSAGE_LIMIT, type Connection, type ConnectionHandlers, type Listener, type LocalSockets } from '../platform.ts';
import { codeOf } from './disk.ts';

/** A message is its length in four bytes, high byte first, and that many bytes of UTF-8. */
const HEADER_BYTES = 4;
/** `sun_path` holds 108 bytes on Linux and 104 elsewhere, with a zero at the end. */
const SOCKET_PATH_BYTES = 103;
const ANSWER_RETRY_MS = 2;
const ANSWER_TRIES = 50;

export const realSockets: LocalSockets = {
  listen(path, accept) {
    fs.rmSync(path, { force: true });
    const open = new Set<net.Socket>();
    const server = net.createServer((socket) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      const connection = connectionOf(socket);
      handle(socket, accept(connection));
    });
    withShortPath(path, (short) => server.listen(short));
    fs.chmodSync(path, 0o600);
    return closing(() => {
      server.close();
      for (const socket of open) socket.destroy();
      fs.rmSync(path, { force: true });
    });
  },
  connect(path, opened) {
    if (!fs.existsSync(path)) {
      setImmediate(() => opened(undefined));
      return;
    }
    const socket = withShortPath(path, (short) => net.connect(short));
    const refuse = (): void => void opened(undefined);
    socket.once('error', refuse);
    socket.once('connect', () => {
      socket.off('error', refuse);
      handle(socket, opened(connectionOf(socket)) ?? { message: () => {}, closed: () => {} });
    });
  },
  listenPipe,
  answerPipe: (path, text) => answer(path, text, ANSWER_TRIES),
};

function listenPipe(path: string, line: (text: string) => void): Listener {
  fs.rmSync(path, { force: true });
  const made = spawnSync('mkfifo', ['-m', '600', path]);
  if (made.status !== 0) throw new Error(`cannot make the named pipe ${path}`);
  // Open for both directions: the pipe then never sees the end of its last writer.
  const descriptor = fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
  const reader = new net.Socket({ fd: descriptor, readable: true, writable: false });
  let rest = '';
  reader.setEncoding('utf8');
  reader.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) line(text);
  });
  reader.on('error', () => reader.destroy());
  return closing(() => {
    reader.destroy();
    fs.rmSync(path, { force: true });
  });
}

/** The asker opens its pipe before it asks, so a pipe without reader means that it has gone; a few tries bridge a slow start. */
function answer(path: string, text: string, tries: number): void {
  try {
    const descriptor = fs.openSync(path, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK);
    try {
      fs.writeSync(descriptor, text);
    } finally {
      fs.closeSync(descriptor);
    }
  } catch (problem) {
    if (codeOf(problem) === 'ENXIO' && tries > 0) setTimeout(() => answer(path, text, tries - 1), ANSWER_RETRY_MS);
  }
}

/** A path too long for a socket address is reached from its own directory; binding and connecting begin at once. */
function withShortPath<T>(path: string, use: (short: string) => T): T {
  if (Buffer.byteLength(path) <= SOCKET_PATH_BYTES) return use(path);
  const before = process.cwd();
  process.chdir(dirname(path));
  try {
    return use(basename(path));
  } finally {
    process.chdir(before);
  }
}

function connectionOf(socket: net.Socket): Connection {
  return {
    send(text) {
      if (socket.destroyed) return;
      const body = Buffer.from(text, 'utf8');
      const header = Buffer.alloc(HEADER_BYTES);
      header.writeUInt32BE(body.length);
      socket.write(Buffer.concat([header, body]));
    },
    close: () => socket.end(),
  };
}

function handle(socket: net.Socket, handlers: ConnectionHandlers): void {
  let chunks: Buffer[] = [];
  let size = 0;
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size < HEADER_BYTES || size < HEADER_BYTES + lengthOf(chunks)) return;
    let buffer = Buffer.concat(chunks);
    while (buffer.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + buffer.readUInt32BE(0);
      if (end > MESSAGE_LIMIT) return void socket.destroy();
      if (buffer.length < end) break;
      handlers.message(buffer.toString('utf8', HEADER_BYTES, end));
      buffer = buffer.subarray(end);
    }
    chunks = [buffer];
    size = buffer.length;
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => handlers.closed());
}

function lengthOf(chunks: Buffer[]): number {
  const first = chunks[0]!;
  if (first.length >= HEADER_BYTES) return first.readUInt32BE(0);
  return Buffer.concat(chunks).readUInt32BE(0);
}

function closing(close: () => void): Listener {
  let isOpen = true;
  return {
    close() {
      if (isOpen) close();
      isOpen = false;
    },
  };
}
