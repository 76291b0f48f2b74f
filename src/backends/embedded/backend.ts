// SPDX-License-Identifier: GPL-2.0-or-later
/** The running embedded cluster as a backend: CIB and daemons through the supervisor's control socket. */
import { loadXPath, readableCib, type CibReply, type CibRequest, type XmlElement } from '../../cib/index.ts';
import { controlSocket, decodeElement, encodeRequest, type ControlBody, type PendingConfirmation, type TakenBack } from '../../engine/index.ts';
import type { LocalSockets } from '../../platform/index.ts';
import { BackendError, type AttributeUpdate, type Backend, type ClusterControl, type ClusterStatus, type ConfirmationStore, type FencingEvent, type OperationSelector } from '../backend.ts';
import { ControlClient } from './client.ts';
import { watchCib } from './watch.ts';

export interface EmbeddedAddress {
  readonly sockets: LocalSockets;
  readonly stateDirectory: string;
  /** Access rules of this user apply to every request (`CIB_user`). */
  readonly user?: string | undefined;
  /** The node this program stands on, when an agent started it (`QUORATE_NODE_NAME`). */
  readonly node: string | undefined;
}

/** Undefined when no embedded cluster runs there. */
export async function openEmbedded(address: EmbeddedAddress): Promise<Backend | undefined> {
  const client = await ControlClient.connect(address.sockets, controlSocket(address.stateDirectory), address.node);
  return client === undefined ? undefined : new EmbeddedBackend(client, address.user);
}

class EmbeddedBackend implements Backend {
  readonly kind = 'embedded';
  readonly cluster: ClusterControl;
  readonly confirmations: ConfirmationStore;
  private readonly client: ControlClient;
  private readonly user: string | undefined;

  constructor(client: ControlClient, user: string | undefined) {
    this.client = client;
    this.user = user;
    this.cluster = clusterControl(client);
    this.confirmations = confirmationStore(client);
  }

  async query(): Promise<XmlElement> {
    const cib = decodeElement(await ask<string>(this.client, { verb: 'query' }));
    if (this.user === undefined) return cib;
    await loadXPath();
    const visible = readableCib(cib, { name: this.user });
    if (visible === undefined) throw new BackendError(DENIED, 'Permission denied');
    return visible;
  }

  async apply(request: CibRequest): Promise<CibReply> {
    const reply = await ask<WireReply>(this.client, { verb: 'apply', request: encodeRequest(this.user === undefined || request.user !== undefined ? request : { ...request, user: this.user }) });
    return reply.ok ? { ok: true, changed: reply.changed, cib: decodeElement(reply.cib) } : reply;
  }

  watch(listener: (cib: XmlElement) => void): Promise<void> {
    return watchCib(this.client, () => this.query(), listener);
  }

  close(): Promise<void> {
    this.client.close();
    return Promise.resolve();
  }
}

const DENIED = 4;

type WireReply = { readonly ok: true; readonly changed: boolean; readonly cib: string } | Extract<CibReply, { ok: false }>;

/** The supervisor of the same protocol version answers each verb with its one type. */
function ask<Result>(client: ControlClient, body: ControlBody): Promise<Result> {
  return client.request(body) as Promise<Result>;
}

function clusterControl(client: ControlClient): ClusterControl {
  const none = async (body: ControlBody): Promise<void> => void (await client.request(body));
  return {
    localNode: () => ask<string>(client, { verb: 'local-node' }),
    status: () => ask<ClusterStatus>(client, { verb: 'status' }),
    setAttribute: (change: AttributeUpdate) => none({ verb: 'set-attribute', change }),
    getAttribute: async (name, target) => (await ask<string | null>(client, { verb: 'get-attribute', name, target })) ?? undefined,
    forget: (selector: OperationSelector, failedOnly) => none({ verb: 'forget', selector, failedOnly }),
    fail: (resource, target) => none({ verb: 'fail', resource, target }),
    fence: (target, action) => ask<FencingEvent>(client, { verb: 'fence', target, action }),
    confirmDown: (target) => none({ verb: 'confirm-down', target }),
    fencingHistory: (target) => ask<readonly FencingEvent[]>(client, { verb: 'fencing-history', target }),
    waitIdle: (timeoutMs) => ask<boolean>(client, { verb: 'wait-idle', timeoutMs }),
    surroundings: async (target) => {
      const pairs = await ask<readonly (readonly [string, string])[] | null>(client, { verb: 'surroundings', target });
      return pairs === null ? undefined : new Map(pairs);
    },
    kill: (target) => none({ verb: 'kill', target }),
    boot: (target) => none({ verb: 'boot', target }),
    shutdown: (target) => none({ verb: 'shutdown', target }),
  };
}

function confirmationStore(client: ControlClient): ConfirmationStore {
  return {
    begin: async (pending) => void (await client.request({ verb: 'await-confirmation', pending })),
    pending: async () => (await ask<PendingConfirmation | null>(client, { verb: 'pending-confirmation' })) ?? undefined,
    confirm: (one) => ask<boolean>(client, { verb: 'confirm-commit', ...(one === undefined ? {} : { deadlineEpochMs: one.deadlineEpochMs }) }),
    takenBack: async () => (await ask<TakenBack | null>(client, { verb: 'taken-back' })) ?? undefined,
  };
}
