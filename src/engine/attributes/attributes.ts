// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The attribute manager of one node. Every node keeps all values; one, the writer, puts them into the status section
 * when the dampening of an attribute has ended. The writer is the lowest node present: all members see the same
 * configuration, so no votes are needed.
 */
import { element, type CibChange, type CibReply, type CibRequest, type XmlElement } from '../../cib/index.ts';
import type { Platform, Timer } from '../../platform/index.ts';
import type { Group, GroupChange, ProcessGroups } from '../membership/groups.ts';
import { attributeId, expandValue, keyOf, usualSet, type Attribute } from './values.ts';

export interface AttributeChange {
  readonly name: string;
  readonly node: string;
  /** Undefined deletes the value. */
  readonly value: string | undefined;
  readonly set?: string;
  readonly dampeningMs?: number;
  readonly isPrivate?: boolean;
}

type AttributeMessage =
  | { readonly kind: 'update'; readonly id: string; readonly change: AttributeChange }
  /** All names that match, on one node or all. */
  | { readonly kind: 'clear'; readonly pattern: string; readonly node: string | null }
  /** Everything a node knows of itself: the others forget what they thought. */
  | { readonly kind: 'own'; readonly node: string; readonly values: readonly AttributeChange[] };

export interface AttributesSetup {
  readonly me: number;
  readonly name: string;
  idOf(node: string): string | undefined;
  nameOf(id: number): string | undefined;
  applyCib(request: CibRequest, reply: (reply: CibReply) => void): void;
  /** The document, when all members hold the same one. */
  agreedCib(): XmlElement | undefined;
  /** A value was written into the CIB (for alerts); only on the writer. */
  written(change: AttributeChange): void;
}

const RETRY_MS = 2000;

export class Attributes {
  private readonly attributes = new Map<string, Attribute>();
  private readonly timers = new Map<string, Timer>();
  private readonly waiting = new Map<string, () => void>();
  private readonly group: Group<AttributeMessage>;
  private readonly platform: Platform;
  private readonly setup: AttributesSetup;
  private members: readonly number[] = [];
  /** Nodes of the present configuration that have not yet spoken for themselves. */
  private readonly unheard = new Set<string>();
  /** Delivered in the present configuration while some were unheard. */
  private recent: Exclude<AttributeMessage, { kind: 'own' }>[] = [];
  private count = 0;

  constructor(platform: Platform, setup: AttributesSetup, groups: ProcessGroups) {
    this.platform = platform;
    this.setup = setup;
    this.group = groups.join<AttributeMessage>('attrd', {
      deliver: (_sender, message) => this.deliver(message),
      members: (change) => this.updateMembers(change),
    });
  }

  get isWriter(): boolean {
    return this.members[0] === this.setup.me;
  }

  /** `taken` is called when this node, and so every present one, has the value. */
  set(change: AttributeChange, taken: () => void = () => {}): void {
    const id = `${this.setup.name}/${++this.count}`;
    this.waiting.set(id, taken);
    this.group.send({ kind: 'update', id, change });
  }

  get(name: string, node: string, set?: string): string | undefined {
    return this.attributes.get(keyOf({ name, set }))?.values.get(node);
  }

  /** Deletes attributes by the pattern of their names; of one node or of all. */
  clear(pattern: string, node?: string): void {
    this.group.send({ kind: 'clear', pattern, node: node ?? null });
  }

  names(): readonly string[] {
    return [...new Set([...this.attributes.values()].map(({ name }) => name))].sort();
  }

  /**
   * The writer removes from the CIB what nobody knows: values of a node's earlier life whose DC and writer went with it.
   * Called when the members have agreed on a CIB, and by itself when all have spoken, whichever comes last.
   */
  removeUnknown(): void {
    if (!this.isWriter || this.unheard.size > 0) return;
    const states = this.setup.agreedCib()?.first('status')?.elements('node_state') ?? [];
    const changes = states.filter(({ id }) => this.members.includes(Number(id))).flatMap((state) => this.unknownOf(state));
    if (changes.length === 0) return;
    this.setup.applyCib({ change: { op: 'transaction', changes }, client: 'attrd' }, (reply) => {
      if (!reply.ok) this.platform.log('warning', 'pacemaker-attrd', `could not remove attributes of an earlier life: ${reply.message}`);
    });
  }

  private unknownOf(state: XmlElement): CibChange[] {
    const nodeId = state.id ?? '';
    return (state.first('transient_attributes')?.elements('instance_attributes') ?? []).flatMap((set) => {
      // The usual set may also have been named.
      const sets = set.id === usualSet(nodeId) ? [undefined, set.id] : [set.id];
      const unknown = set.elements('nvpair').filter((pair) => !sets.some((id) => this.attributes.has(keyOf({ name: pair.get('name') ?? '', set: id }))));
      return unknown.map((pair) => deletion(nodeId, pair.id ?? ''));
    });
  }

  private updateMembers(change: GroupChange): void {
    for (const node of change.left) this.forgetNode(this.setup.nameOf(node));
    const wasWriter = this.isWriter;
    this.members = change.members;
    if (change.members.length === 0) return this.speakAnew(change.ringMembers);
    if (this.isWriter && (!wasWriter || change.joined.length > 0)) this.writeAll();
  }

  private speakAnew(ringMembers: readonly number[]): void {
    this.recent = [];
    this.unheard.clear();
    for (const node of ringMembers) this.unheard.add(this.setup.nameOf(node) ?? '');
    this.group.send({ kind: 'own', node: this.setup.name, values: this.ownValues() });
  }

  private deliver(message: AttributeMessage): void {
    if (message.kind === 'own') return this.hearOwn(message.node, message.values);
    if (this.unheard.size > 0) this.recent.push(message);
    if (message.kind === 'clear') return this.clearMatching(new RegExp(message.pattern), message.node);
    this.schedule(...this.update(message.change));
    this.waiting.get(message.id)?.();
    this.waiting.delete(message.id);
  }

  /** What a node says of itself was so when the configuration began; what has been delivered since then is newer. */
  private hearOwn(node: string, values: readonly AttributeChange[]): void {
    const before = new Map([...this.attributes].map(([key, attribute]): [string, string | undefined] => [key, attribute.values.get(node)]));
    this.forgetNode(node);
    for (const change of values) this.update(change);
    for (const later of this.recent) {
      if (later.kind === 'update' && later.change.node === node) this.update(later.change);
      if (later.kind === 'clear' && (later.node ?? node) === node) this.deleteMatching(new RegExp(later.pattern), node);
    }
    this.unheard.delete(node);
    if (this.unheard.size === 0) {
      this.recent = [];
      this.removeUnknown();
    }
    for (const [key, attribute] of this.attributes) if (attribute.values.get(node) !== before.get(key)) this.schedule(key, attribute.dampeningMs);
  }

  /** Gives the attribute's key and the time after which it is due to be written; undefined when nothing has changed. */
  private update(change: AttributeChange): readonly [key: string, delayMs: number | undefined] {
    const key = keyOf({ name: change.name, set: change.set });
    const attribute: Attribute = this.attributes.get(key) ?? { name: change.name, set: change.set, dampeningMs: change.dampeningMs ?? 0, isPrivate: false, values: new Map() };
    this.attributes.set(key, attribute);
    if (change.isPrivate !== undefined) attribute.isPrivate = change.isPrivate;
    const isDampeningNew = change.dampeningMs !== undefined && change.dampeningMs !== attribute.dampeningMs;
    if (isDampeningNew) attribute.dampeningMs = change.dampeningMs ?? 0;
    const before = attribute.values.get(change.node);
    const value = change.value === undefined ? undefined : expandValue(change.value, change.name, before);
    if (value === before && !isDampeningNew) return [key, undefined];
    if (value === undefined) attribute.values.delete(change.node);
    else attribute.values.set(change.node, value);
    return [key, isDampeningNew ? 0 : attribute.dampeningMs];
  }

  private clearMatching(pattern: RegExp, node: string | null): void {
    for (const key of this.deleteMatching(pattern, node)) this.schedule(key, 0);
  }

  private deleteMatching(pattern: RegExp, node: string | null): readonly string[] {
    const matching = [...this.attributes].filter(([, { name }]) => pattern.test(name));
    for (const [, { values }] of matching) for (const name of [...values.keys()]) if (node === null || node === name) values.delete(name);
    return matching.map(([key]) => key);
  }

  /** A changed value starts the dampening anew. */
  private schedule(key: string, delayMs: number | undefined): void {
    if (delayMs === undefined) return;
    this.timers.get(key)?.cancel();
    this.timers.delete(key);
    if (delayMs <= 0) return this.write([key]);
    this.timers.set(key, this.platform.after('dampening', delayMs, () => this.write([key])));
  }

  private writeAll(): void {
    this.write([...this.attributes.keys()]);
  }

  private write(keys: readonly string[]): void {
    if (!this.isWriter) return;
    const changes = keys.flatMap((key) => this.changesOf(this.attributes.get(key)));
    if (changes.length === 0) return;
    this.setup.applyCib({ change: { op: 'transaction', changes: changes.map(({ change }) => change) }, client: 'attrd' }, (reply) => {
      if (reply.ok) {
        for (const { reported } of changes) if (reply.changed) this.setup.written(reported);
        return;
      }
      this.platform.log('warning', 'pacemaker-attrd', `could not write attributes: ${reply.message}`);
      this.platform.after('attribute-retry', RETRY_MS, () => this.write(keys));
    });
  }

  private changesOf(attribute: Attribute | undefined): { change: CibChange; reported: AttributeChange }[] {
    if (attribute === undefined || attribute.isPrivate) return [];
    const { name, set } = attribute;
    return this.members.flatMap((member) => {
      const node = this.setup.nameOf(member);
      const id = node === undefined ? undefined : this.setup.idOf(node);
      if (node === undefined || id === undefined) return [];
      const value = attribute.values.get(node);
      const change: CibChange = value === undefined ? deletion(id, attributeId(id, name, set)) : { op: 'modify', section: 'status', allowCreate: true, data: nodeAttribute(id, node, name, value, set) };
      return [{ change, reported: { name, node, value } }];
    });
  }

  private ownValues(): AttributeChange[] {
    return [...this.attributes.values()].flatMap(({ name, set, dampeningMs, isPrivate, values }) => {
      const value = values.get(this.setup.name);
      return value === undefined ? [] : [{ name, node: this.setup.name, value, set, dampeningMs, isPrivate }];
    });
  }

  private forgetNode(node: string | undefined): void {
    if (node === undefined) return;
    for (const attribute of this.attributes.values()) attribute.values.delete(node);
  }
}

function deletion(nodeId: string, pairId: string): CibChange {
  return { op: 'delete', xpath: `/cib/status/node_state[@id='${nodeId}']/transient_attributes/instance_attributes/nvpair[@id='${pairId}']` };
}

function nodeAttribute(nodeId: string, node: string, name: string, value: string, set: string | undefined): XmlElement {
  const pair = element('nvpair', { id: attributeId(nodeId, name, set), name, value });
  const attributes = element('instance_attributes', { id: set ?? usualSet(nodeId) }, [pair]);
  return element('node_state', { id: nodeId, uname: node }, [element('transient_attributes', { id: nodeId }, [attributes])]);
}
