// SPDX-License-Identifier: GPL-2.0-or-later
/** Local sockets and pipes inside a simulation. */
import type { Connection, ConnectionHandlers, Listener, LocalSockets } from '../platform.ts';

type Later = (label: string, run: () => void) => void;

export function simulatedSockets(later: Later): LocalSockets {
  const sockets = new Map<string, (connection: Connection) => ConnectionHandlers>();
  const pipes = new Map<string, (text: string) => void>();
  return {
    listen(path, accept) {
      sockets.set(path, accept);
      return removing(sockets, path);
    },
    connect(path, opened) {
      later('connect', () => {
        const accept = sockets.get(path);
        if (accept === undefined) return void opened(undefined);
        join(accept, opened, later);
      });
    },
    listenPipe(path, line) {
      pipes.set(path, line);
      return removing(pipes, path);
    },
    answerPipe: (path, text) => later('pipe', () => pipes.get(path)?.(text)),
  };
}

function join(accept: (connection: Connection) => ConnectionHandlers, opened: (connection: Connection) => ConnectionHandlers | void, later: Later): void {
  let isOpen = true;
  let server: ConnectionHandlers | undefined;
  let client: ConnectionHandlers | undefined;
  const end = (to: () => ConnectionHandlers | undefined): Connection => ({
    send: (text) => later('message', () => (isOpen ? to()?.message(text) : undefined)),
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      later('closed', () => {
        server?.closed();
        client?.closed();
      });
    },
  });
  server = accept(end(() => client));
  client = opened(end(() => server)) ?? undefined;
}

function removing(map: Map<string, unknown>, path: string): Listener {
  const mine = map.get(path);
  return {
    close: () => {
      if (map.get(path) === mine) map.delete(path);
    },
  };
}
