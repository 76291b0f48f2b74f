// SPDX-License-Identifier: GPL-2.0-or-later
/** The client's side of the control protocol: numbered requests over one connection to the supervisor. */
import { CONTROL_PROTOCOL, CONTROL_VERSION, type ControlBody, type ControlNotice, type ControlReply, type Greeting } from '../../engine/index.ts';
import type { Connection, ConnectionHandlers, LocalSockets } from '../../platform/index.ts';
import { BackendError } from '../backend.ts';

const NOT_CONNECTED = 102;
const PROTOCOL = 76;

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (problem: Error) => void;
}

export class ControlClient {
  private readonly waiting = new Map<number, Waiting>();
  private readonly connection: Connection;
  private readonly node: string | undefined;
  private count = 0;
  private isClosed = false;
  /** Told when the CIB has changed, after `subscribe`. */
  onNotice: (notice: ControlNotice) => void = () => {};
  onClosed: () => void = () => {};

  private constructor(connection: Connection, node: string | undefined) {
    this.connection = connection;
    this.node = node;
  }

  /** Undefined when no supervisor answers on that socket. `node` is the node this program was started for, if any. */
  static connect(sockets: LocalSockets, path: string, node: string | undefined): Promise<ControlClient | undefined> {
    return new Promise((resolve, reject) => {
      sockets.connect(path, (connection): ConnectionHandlers | void => {
        if (connection === undefined) return resolve(undefined);
        const client = new ControlClient(connection, node);
        let isGreeted = false;
        return {
          message: (text) => {
            if (isGreeted) return client.receive(text);
            isGreeted = true;
            const problem = greetingProblem(text);
            if (problem === undefined) return resolve(client);
            connection.close();
            reject(new BackendError(PROTOCOL, problem));
          },
          closed: () => {
            client.fail();
            if (!isGreeted) resolve(undefined);
          },
        };
      });
    });
  }

  /** The result, whose shape the verb determines. */
  request(body: ControlBody): Promise<unknown> {
    if (this.isClosed) return Promise.reject(new BackendError(NOT_CONNECTED, 'the connection to the cluster is closed'));
    const id = ++this.count;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.connection.send(JSON.stringify({ ...body, id, ...(this.node === undefined ? {} : { node: this.node }) }));
    });
  }

  close(): void {
    this.isClosed = true;
    this.connection.close();
  }

  private receive(text: string): void {
    // The peer is the supervisor of the same release, as its greeting said.
    const message = JSON.parse(text) as ControlReply | ControlNotice;
    if ('event' in message) return this.onNotice(message);
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.ok) waiting?.resolve(message.result);
    else waiting?.reject(new BackendError(message.code, message.message));
  }

  private fail(): void {
    this.isClosed = true;
    this.onClosed();
    for (const waiting of this.waiting.values()) waiting.reject(new BackendError(NOT_CONNECTED, 'the cluster has ended the connection'));
    this.waiting.clear();
  }
}

function greetingProblem(text: string): string | undefined {
  try {
    const greeting = JSON.parse(text) as Partial<Greeting>;
    if (greeting.protocol !== CONTROL_PROTOCOL) return 'the socket is not one of a cluster of this program';
    if (greeting.version !== CONTROL_VERSION) return `the cluster speaks version ${greeting.version} of the control protocol, this program version ${CONTROL_VERSION}: restart the cluster`;
    return undefined;
  } catch {
    return 'the socket is not one of a cluster of this program';
  }
}
