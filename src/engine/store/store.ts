// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * One node's CIB manager. Changes are ordered messages that every member applies alike; a change is acknowledged when
 * it is on the disk of every present member. Between a new configuration and the agreement on one document,
 * requests wait.
 */
import { applyRequest, dateTime, digestV2, withVersion, writeXml, type CibReply, type CibRequest, type XmlElement } from '../../cib/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { Group, GroupChange, ProcessGroups } from '../membership/groups.ts';
import { CibFiles, withoutStatus } from './durable.ts';
import { decideSync, type Announcement } from './sync.ts';
import { decodeElement, decodeRequest, encodeRequest, type StoreMessage } from './wire.ts';

export interface CibEvent {
  readonly before: XmlElement;
  readonly after: XmlElement;
  /** Who asked for the change; `sync` when another node's document was taken over. */
  readonly client: string;
}

interface Pending {
  readonly message: Extract<StoreMessage, { kind: 'request' }>;
  readonly reply: (reply: CibReply) => void;
  /** Known once applied. */
  outcome: CibReply | undefined;
  /** Members whose disk does not have it yet. */
  waitingFor: Set<number>;
  /** Delivered in a configuration that ended before it could be applied; sent again in the next. */
  wasDropped: boolean;
}

export interface StoreSetup {
  readonly me: number;
  readonly name: string;
  readonly directory: string;
  /** What a node that has never had a CIB begins with. */
  readonly initial: XmlElement;
  isDc(): boolean;
  isQuorate(): boolean;
}

export class CibStore {
  private cib: XmlElement;
  private readonly platform: Platform;
  private readonly setup: StoreSetup;
  private readonly files: CibFiles;
  private readonly group: Group<StoreMessage>;
  private readonly pending = new Map<string, Pending>();
  private readonly listeners: ((event: CibEvent) => void)[] = [];
  private readonly syncListeners: ((ring: string) => void)[] = [];
  private requestCount = 0;
  private ring: GroupChange | undefined;
  private announcements = new Map<number, Announcement>();
  private waiting: Extract<StoreMessage, { kind: 'request' }>[] = [];
  private isInSync = false;
  private quorate: number;

  constructor(platform: Platform, setup: StoreSetup, groups: ProcessGroups) {
    this.platform = platform;
    this.setup = setup;
    this.files = new CibFiles(platform.disk, setup.directory);
    const { cib, problems } = this.files.load();
    for (const problem of problems) platform.log('error', 'pacemaker-based', `CIB on disk: ${problem}`);
    this.quorate = this.files.loadQuorate();
    this.cib = withoutStatus(cib ?? setup.initial);
    if (cib === undefined) this.files.save(this.cib);
    this.group = groups.join<StoreMessage>('cib', {
      deliver: (sender, message) => this.deliver(sender, message),
      members: (change) => this.members(change),
    });
  }

  /** The document as this node has it. */
  query(): XmlElement {
    return this.cib;
  }

  /** Replies once, after the change is durable or with the reason of its refusal. */
  apply(request: CibRequest, reply: (reply: CibReply) => void = () => {}): void {
    const id = `${this.setup.name}/${this.platform.clock.epochMs()}/${++this.requestCount}`;
    const message = { kind: 'request', id, origin: this.setup.name, epochMs: this.platform.clock.epochMs(), request: encodeRequest(request) } as const;
    this.pending.set(id, { message, reply, outcome: undefined, waitingFor: new Set(), wasDropped: false });
    this.group.send(message);
  }

  /** Called after every change, before its acknowledgement. */
  onChange(listener: (event: CibEvent) => void): void {
    this.listeners.push(listener);
  }

  /** Called when all members of a new configuration have the same document. */
  onSync(listener: (ring: string) => void): void {
    this.syncListeners.push(listener);
  }

  get isSynchronized(): boolean {
    return this.isInSync;
  }

  private members(change: GroupChange): void {
    if (change.ring === this.ring?.ring) {
      this.ring = change;
      return;
    }
    this.ring = change;
    this.isInSync = false;
    this.announcements.clear();
    for (const message of this.waiting) {
      const own = this.pending.get(message.id);
      if (own !== undefined) own.wasDropped = true;
    }
    this.waiting = [];
    for (const [id, pending] of this.pending) {
      for (const node of pending.waitingFor) if (!change.ringMembers.includes(node) || change.left.includes(node)) pending.waitingFor.delete(node);
      this.settle(id, pending);
    }
    this.group.send({ kind: 'announce', ring: change.ring, version: versionOf(this.cib), digest: digestV2(this.cib), isDc: this.setup.isDc(), quorate: this.quorate });
  }

  private deliver(sender: number, message: StoreMessage): void {
    switch (message.kind) {
      case 'announce':
        if (message.ring !== this.ring?.ring) return;
        this.announcements.set(sender, { node: sender, ...message });
        if (this.announcements.size === this.ring.ringMembers.length) this.agree();
        return;
      case 'content':
        if (message.ring === this.ring?.ring && !this.isInSync) this.adopt(message.xml);
        return;
      case 'durable':
        return this.noteDurable(sender, message.id);
      case 'request':
        if (this.isInSync) this.execute(message);
        else this.waiting.push(message);
    }
  }

  private agree(): void {
    const decision = decideSync([...this.announcements.values()]);
    if (decision.kind === 'equal') return this.becomeSynchronized();
    if (decision.node !== this.setup.me) return;
    const { above } = decision;
    const content = above === undefined ? this.cib : withVersion(this.cib, { adminEpoch: above[0], epoch: above[1] + 1, numUpdates: 0 });
    this.group.send({ kind: 'content', ring: this.ring!.ring, xml: writeXml(content) });
  }

  private adopt(xml: string): void {
    const before = this.cib;
    const after = decodeElement(xml);
    if (digestV2(before) !== digestV2(after)) {
      this.cib = after;
      if (digestV2(withoutStatus(before)) !== digestV2(withoutStatus(after))) this.files.save(after);
      this.notify({ before, after, client: 'sync' });
    }
    this.becomeSynchronized();
  }

  private becomeSynchronized(): void {
    this.isInSync = true;
    if (this.setup.isQuorate()) {
      this.quorate = this.ring!.sequence;
      this.files.saveQuorate(this.quorate);
    }
    const waiting = this.waiting;
    this.waiting = [];
    for (const message of waiting) this.execute(message);
    for (const pending of this.pending.values()) {
      if (!pending.wasDropped) continue;
      pending.wasDropped = false;
      this.group.send(pending.message);
    }
    for (const listener of this.syncListeners) listener(this.ring!.ring);
  }

  private execute(message: Extract<StoreMessage, { kind: 'request' }>): void {
    const before = this.cib;
    const request = decodeRequest(message.request);
    const outcome = applyRequest(before, request, { now: dateTime(Math.floor(message.epochMs / 1000)), origin: message.origin });
    const isConfiguration = outcome.ok && outcome.changed && !isStatusChange(before, outcome.cib);
    if (outcome.ok && outcome.changed) {
      this.cib = outcome.cib;
      if (isConfiguration) this.files.save(this.cib);
      this.trace();
    }
    const own = this.pending.get(message.id);
    if (own !== undefined) {
      own.outcome = outcome;
      own.waitingFor = new Set(isConfiguration ? this.ring!.ringMembers : []);
    }
    if (outcome.ok && outcome.changed) this.notify({ before, after: outcome.cib, client: request.client ?? '' });
    if (isConfiguration) this.group.send({ kind: 'durable', id: message.id });
    else if (own !== undefined) this.settle(message.id, own);
  }

  private noteDurable(node: number, id: string): void {
    const pending = this.pending.get(id);
    if (pending === undefined) return;
    pending.waitingFor.delete(node);
    this.settle(id, pending);
  }

  private settle(id: string, pending: Pending): void {
    if (pending.outcome === undefined || pending.waitingFor.size > 0) return;
    this.pending.delete(id);
    pending.reply(pending.outcome);
  }

  private notify(event: CibEvent): void {
    if (event.client === 'sync') this.trace();
    for (const listener of this.listeners) listener(event);
  }

  private trace(): void {
    this.platform.trace('cib', this.setup.name, ...versionOf(this.cib));
  }
}

function versionOf(cib: XmlElement): [number, number, number] {
  return [Number(cib.get('admin_epoch') ?? 0), Number(cib.get('epoch') ?? 0), Number(cib.get('num_updates') ?? 0)];
}

/** Status changes leave the configuration and its version alone; they are not saved. */
function isStatusChange(before: XmlElement, after: XmlElement): boolean {
  return before.first('configuration') === after.first('configuration') && before.get('epoch') === after.get('epoch') && before.get('admin_epoch') === after.get('admin_epoch');
}

