// SPDX-License-Identifier: GPL-2.0-or-later
/** The supervisor's side of the control protocol: requests of tools and shells are handed to the right node. */
import { diffCib, writeXml, type CibReply } from '../../cib/index.ts';
import type { Connection, ConnectionHandlers, Listener, Platform, Timer } from '../../platform/index.ts';
import { failurePattern } from '../controller/failures.ts';
import { CONTROL_PROTOCOL, CONTROL_VERSION, type ControlBody, type ControlNotice, type ControlReply, type ControlRequest, type Greeting } from '../control/protocol.ts';
import type { FencingEvent } from '../fencer/event.ts';
import type { NodeDaemons } from '../node.ts';
import { decodeRequest } from '../store/wire.ts';
import { runCommand } from './command.ts';
import type { ConfirmationKeeper } from './confirmation.ts';
import { clusterStatus } from './status.ts';
import type { Supervisor } from './supervisor.ts';

const NOT_CONNECTED = 102;
const NO_SUCH_OBJECT = 105;
const UNUSABLE = 64;
const IDLE_POLL_MS = 20;
const FORGET_WAIT_MS = 60_000;
const RECORD_POLL_MS = 50;
/** Longer than a ring needs to form again; then the answer matters more than the record. */
const RECORD_WAIT_MS = 20_000;

type Answer = (result: unknown) => void;
type Refuse = (code: number, message: string) => void;

export class ControlServer {
  private readonly platform: Platform;
  private readonly supervisor: Supervisor;
  private readonly confirmations: ConfirmationKeeper;
  private readonly processId: number;
  private readonly stopped: () => void;
  private readonly subscribers = new Set<Connection>();
  /** Requests that a node is working on, to be refused when its power is cut. */
  private readonly open = new Map<NodeDaemons, Set<Refuse>>();
  private watched: NodeDaemons | undefined;

  constructor(platform: Platform, supervisor: Supervisor, confirmations: ConfirmationKeeper, processId: number, stopped: () => void) {
    this.platform = platform;
    this.supervisor = supervisor;
    this.confirmations = confirmations;
    this.processId = processId;
    this.stopped = stopped;
    supervisor.onLeave(() => this.refuseLost());
  }

  listen(path: string): Listener {
    return this.platform.sockets.listen(path, (connection) => this.accept(connection));
  }

  private accept(connection: Connection): ConnectionHandlers {
    const greeting: Greeting = { protocol: CONTROL_PROTOCOL, version: CONTROL_VERSION, processId: this.processId };
    connection.send(JSON.stringify(greeting));
    return {
      message: (text) => this.receive(connection, text),
      closed: () => void this.subscribers.delete(connection),
    };
  }

  private receive(connection: Connection, text: string): void {
    const request = parseRequest(text);
    if (request === undefined) return connection.close();
    let isAnswered = false;
    const reply = (message: ControlReply): void => {
      if (!isAnswered) connection.send(JSON.stringify(message));
      isAnswered = true;
    };
    const { id } = request;
    try {
      this.perform(connection, request, (result) => reply({ id, ok: true, result: result ?? null }), (code, message) => reply({ id, ok: false, code, message }));
    } catch (problem) {
      reply({ id, ok: false, code: 70, message: problem instanceof Error ? problem.message : String(problem) });
    }
  }

  private perform(connection: Connection, request: ControlRequest, answer: Answer, refuse: Refuse): void {
    switch (request.verb) {
      case 'status':
        return answer(clusterStatus(this.supervisor));
      case 'stop':
        return this.supervisor.stop(() => {
          answer(null);
          this.platform.after('stopped', 20, () => this.stopped());
        });
      case 'boot':
        return this.isKnown(request.target, refuse) ? answer(this.supervisor.boot(request.target)) : undefined;
      case 'kill':
        return this.isKnown(request.target, refuse) ? void this.supervisor.kill(request.target, () => answer(null)) : undefined;
      case 'shutdown':
        return this.isKnown(request.target, refuse) ? this.shutdown(request.target, answer) : undefined;
      case 'wait-idle':
        return this.waitIdle(request.timeoutMs, answer);
      case 'surroundings': {
        const found = this.supervisor.surroundingsOf(request.target);
        return answer(found === undefined ? null : [...found.environment, ['QUORATE_BRAND', found.brand]]);
      }
      case 'command':
        return runCommand(this.platform, this.supervisor, request.name, request.args, answer);
      case 'await-confirmation':
        return answer(this.confirmations.begin(request.pending));
      case 'pending-confirmation':
        return answer(this.confirmations.pending());
      case 'confirm-commit':
        return answer(this.confirmations.confirm(request.deadlineEpochMs));
      case 'taken-back':
        return answer(this.confirmations.outcome());
      case 'subscribe':
        this.subscribers.add(connection);
        this.watch();
        return answer(null);
      default:
        return this.performOnNode(request, answer, refuse);
    }
  }

  private performOnNode(request: ControlRequest, answer: Answer, refuse: Refuse): void {
    // A node that is to be fenced would not live to tell the result.
    const found = request.verb === 'fence' ? (this.supervisor.running().find(({ name }) => name !== request.target) ?? this.nodeFor(request.node)) : this.nodeFor(request.node);
    if (found === undefined) return refuse(NOT_CONNECTED, 'no node of the cluster is running: start one with "crm cluster boot NODE"');
    const { name, daemons } = found;
    const refusals = this.open.get(daemons) ?? new Set<Refuse>();
    this.open.set(daemons, refusals);
    refusals.add(refuse);
    const end: Answer = (result) => {
      refusals.delete(refuse);
      answer(result);
    };
    this.askNode(request, name, daemons, end, refuse);
  }

  private askNode(request: ControlBody, name: string, daemons: NodeDaemons, answer: Answer, refuse: Refuse): void {
    switch (request.verb) {
      case 'query':
        return answer(writeXml(daemons.store.query()));
      case 'local-node':
        return answer(name);
      case 'quorum':
        return answer(daemons.quorumState);
      case 'apply':
        return daemons.store.apply(decodeRequest(request.request), (reply) => answer(encodeReply(reply)));
      case 'set-attribute':
        return daemons.attributes.set(request.change, () => answer(null));
      case 'get-attribute':
        return answer(daemons.attributes.get(request.name, request.target) ?? null);
      case 'forget':
        return this.forget(request, daemons, answer);
      case 'fail':
        daemons.controller.reportFailure(request.resource, request.target);
        return answer(null);
      case 'fence':
        return this.isKnown(request.target, refuse) ? daemons.fencer.fence(request.target, request.action, 'stonith_admin', (event) => this.whenRecorded(event, () => answer(event))) : undefined;
      case 'confirm-down':
        daemons.fencer.confirm(request.target, 'stonith_admin');
        return answer(null);
      case 'fencing-history': {
        const pending = daemons.fencer.pending().filter((event) => request.target === undefined || event.target === request.target);
        return answer([...pending, ...daemons.fencer.history.list(request.target)]);
      }
      default:
        return refuse(UNUSABLE, `unknown request ${JSON.stringify(request.verb)}`);
    }
  }

  /** Who asks for the history next, of whatever node, finds the event: the others learn of it only when they have formed a ring without the target. */
  private whenRecorded(event: FencingEvent, done: () => void): void {
    const endMs = this.platform.clock.monotonicMs() + RECORD_WAIT_MS;
    const look = (): Timer | void => {
      const others = this.supervisor.running().filter(({ name }) => name !== event.target);
      if (others.every(({ daemons }) => daemons.fencer.history.holds(event)) || this.platform.clock.monotonicMs() >= endMs) return done();
      return this.platform.after('fencing-recorded', RECORD_POLL_MS, look);
    };
    look();
  }

  private forget({ selector, failedOnly }: Extract<ControlBody, { verb: 'forget' }>, daemons: NodeDaemons, answer: Answer): void {
    daemons.attributes.clear(failurePattern(selector.resource, selector.operation, selector.intervalMs), selector.node);
    daemons.controller.forget(selector, failedOnly);
    this.waitIdle(FORGET_WAIT_MS, () => answer(null));
  }

  private shutdown(target: string, answer: Answer): void {
    if (!this.supervisor.shutdown(target)) return answer(null);
    const stopListening = this.supervisor.onLeave((node) => {
      if (node !== target) return;
      stopListening();
      answer(null);
    });
  }

  private waitIdle(timeoutMs: number, answer: Answer): void {
    const endMs = this.platform.clock.monotonicMs() + timeoutMs;
    const look = (): void => {
      if (clusterStatus(this.supervisor).isIdle) return answer(true);
      if (this.platform.clock.monotonicMs() >= endMs) return answer(false);
      this.platform.after('wait-idle', IDLE_POLL_MS, look);
    };
    look();
  }

  /** The asker's own node, else the DC, else any node that runs. */
  private nodeFor(node: string | undefined): { readonly name: string; readonly daemons: NodeDaemons } | undefined {
    const running = this.supervisor.running();
    return running.find(({ name }) => name === node) ?? running.find(({ daemons }) => daemons.controller.isDc) ?? running[0];
  }

  private isKnown(target: string, refuse: Refuse): boolean {
    const isKnown = this.supervisor.nodes().some(({ name }) => name === target);
    if (!isKnown) refuse(NO_SUCH_OBJECT, `no node ${target} in this cluster: its nodes are ${this.supervisor.nodes().map(({ name }) => name).join(' ')}`);
    return isKnown;
  }

  private refuseLost(): void {
    const running = new Set(this.supervisor.running().map(({ daemons }) => daemons));
    for (const [daemons, refusals] of this.open) {
      if (running.has(daemons)) continue;
      this.open.delete(daemons);
      for (const refuse of refusals) refuse(NOT_CONNECTED, 'the node that was asked has gone');
    }
    this.watch();
  }

  /** Subscribers hear of the changes of one running node; of another when that one goes. */
  private watch(): void {
    const daemons = this.nodeFor(undefined)?.daemons;
    if (this.subscribers.size === 0 || daemons === undefined || this.watched === daemons) return;
    this.watched = daemons;
    daemons.store.onChange(({ before, after }) => {
      if (this.watched !== daemons) return;
      const patch = diffCib(before, after);
      const version = `${after.get('admin_epoch')}.${after.get('epoch')}.${after.get('num_updates')}`;
      const notice: ControlNotice = patch === undefined ? { event: 'cib', version } : { event: 'cib', version, patch: writeXml(patch) };
      for (const subscriber of this.subscribers) subscriber.send(JSON.stringify(notice));
    });
  }
}

function parseRequest(text: string): ControlRequest | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isRequest = typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'number' && 'verb' in value && typeof value.verb === 'string';
    // The fields of each verb come from the client of the same release, which the version of the greeting ensures.
    return isRequest ? (value as ControlRequest) : undefined;
  } catch {
    return undefined;
  }
}

function encodeReply(reply: CibReply): unknown {
  return reply.ok ? { ok: true, changed: reply.changed, cib: writeXml(reply.cib) } : reply;
}
