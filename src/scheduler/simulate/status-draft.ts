// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * A CIB whose status section is being changed. Node states are opened when first touched and closed once at the end, so that
 * recording an operation costs the same whatever the size of the CIB.
 */
import { element, type XmlElement, type XmlNode } from '../../cib/index.ts';

export class StatusDraft {
  readonly #children: (XmlNode | NodeStateDraft)[];
  readonly #nodeStates = new Map<string, number>();
  readonly #status: XmlElement;
  #cib: XmlElement;
  /** Version steps since the last change of the configuration. */
  #updates = 0;
  #configurationChanges = 0;

  constructor(cib: XmlElement) {
    this.#cib = cib;
    this.#status = cib.first('status') ?? element('status');
    this.#children = [...this.#status.children];
    this.#children.forEach((child, i) => {
      if (child instanceof NodeStateDraft || child.kind !== 'element' || child.name !== 'node_state') return;
      const name = child.get('uname') ?? child.id;
      if (name !== undefined && !this.#nodeStates.has(name)) this.#nodeStates.set(name, i);
    });
  }

  /** The node's state, made when the CIB has none. */
  node(name: string, uuid?: string): NodeStateDraft {
    const at = this.#nodeStates.get(name);
    if (at !== undefined) {
      const here = this.#children[at]!;
      if (here instanceof NodeStateDraft) return here;
      // The index only holds positions of elements.
      const opened = new NodeStateDraft(here as XmlElement);
      this.#children[at] = opened;
      return opened;
    }
    const made = new NodeStateDraft(element('node_state', { id: uuid ?? this.#nodeId(name) ?? name, uname: name }));
    this.#nodeStates.set(name, this.#children.length);
    this.#children.push(made);
    this.#updates += 1;
    return made;
  }

  /** Whether the CIB has the node in its configuration or a state of it. */
  hasNode(name: string): boolean {
    return this.#nodeStates.has(name) || this.#nodeId(name) !== undefined;
  }

  /** One version step, as one request to a real CIB would cause. */
  countUpdate(steps = 1): void {
    this.#updates += steps;
  }

  setRootAttribute(name: string, value: string): void {
    this.#cib = this.#cib.with(name, value);
    this.#countConfigurationChange();
  }

  setClusterOption(name: string, value: string): void {
    const configuration = this.#cib.first('configuration') ?? element('configuration');
    const config = configuration.first('crm_config') ?? element('crm_config');
    const set = config.first('cluster_property_set') ?? element('cluster_property_set', { id: 'cib-bootstrap-options' });
    const old = set.elements('nvpair').find((pair) => pair.get('name') === name);
    const pair = old?.with('value', value) ?? element('nvpair', { id: `${set.id ?? 'cib-bootstrap-options'}-${name}`, name, value });
    const newSet = old === undefined ? set.append(pair) : set.replaceChild(old, pair);
    const newConfig = replaceOrAppend(config, set, newSet);
    this.#cib = replaceOrAppend(this.#cib, configuration, replaceOrAppend(configuration, config, newConfig));
    this.#countConfigurationChange();
  }

  setTicket(id: string, attribute: string, value: string): void {
    const at = this.#children.findIndex((child) => !(child instanceof NodeStateDraft) && child.kind === 'element' && child.name === 'tickets');
    const tickets = at < 0 ? element('tickets') : (this.#children[at] as XmlElement);
    const old = tickets.elements('ticket_state').find((state) => state.id === id);
    const state = (old ?? element('ticket_state', { id })).with(attribute, value);
    const changed = old === undefined ? tickets.append(state) : tickets.replaceChild(old, state);
    if (at < 0) this.#children.push(changed);
    else this.#children[at] = changed;
    this.#updates += 1;
  }

  /** The CIB with all changes and the versions it would have. */
  close(): XmlElement {
    const children = this.#children.map((child) => (child instanceof NodeStateDraft ? child.close() : child));
    const unchanged = this.#updates === 0 && this.#configurationChanges === 0;
    if (unchanged) return this.#cib;
    const cib = replaceOrAppend(this.#cib, this.#cib.first('status') ?? this.#status, this.#status.withChildren(children));
    const count = (name: string): number => Number.parseInt(cib.get(name) ?? '0', 10) || 0;
    if (this.#configurationChanges === 0) return cib.with('num_updates', String(count('num_updates') + this.#updates));
    return cib.with('epoch', String(count('epoch') + this.#configurationChanges)).with('num_updates', String(this.#updates));
  }

  /** Adds a node that is not configured, under its own name. */
  configureNode(name: string): void {
    if (this.#nodeId(name) !== undefined) return;
    const configuration = this.#cib.first('configuration') ?? element('configuration');
    const nodes = configuration.first('nodes') ?? element('nodes');
    const changed = nodes.append(element('node', { id: name, uname: name }));
    this.#cib = replaceOrAppend(this.#cib, configuration, replaceOrAppend(configuration, nodes, changed));
    this.#countConfigurationChange();
  }

  #nodeId(name: string): string | undefined {
    return this.#cib.at('configuration', 'nodes')?.elements('node').find((node) => node.get('uname') === name)?.id;
  }

  #countConfigurationChange(): void {
    this.#configurationChanges += 1;
    this.#updates = 0;
  }
}

/** One `node_state` under change. */
export class NodeStateDraft {
  #element: XmlElement;
  #history: HistoryDraft | undefined;

  constructor(state: XmlElement) {
    this.#element = state;
  }

  get id(): string {
    return this.#element.id ?? this.name;
  }

  get name(): string {
    return this.#element.get('uname') ?? '';
  }

  set(changes: Readonly<Record<string, string>>): void {
    this.#element = this.#element.withAll(changes);
  }

  /** Forgets what a node that went down cannot know any more; says how many parts there were. */
  forget(): number {
    this.#history = undefined;
    const kept = this.#element.children.filter((child) => child.kind !== 'element' || (child.name !== 'lrm' && child.name !== 'transient_attributes'));
    const dropped = this.#element.children.length - kept.length;
    this.#element = this.#element.withChildren(kept);
    return dropped;
  }

  /** History of a resource under one of two names; undefined when there is none under either. */
  resource(name: string, otherName: string): ResourceDraft | undefined {
    const history = this.#open();
    return history.find(name) ?? history.find(otherName);
  }

  addResource(entry: XmlElement): ResourceDraft {
    return this.#open().add(entry);
  }

  attribute(name: string): string | undefined {
    return this.#attributeSet().elements('nvpair').find((pair) => pair.get('name') === name)?.get('value');
  }

  setAttribute(name: string, value: string): void {
    const transient = this.#element.first('transient_attributes') ?? element('transient_attributes', { id: this.id });
    const set = this.#attributeSet();
    const old = set.elements('nvpair').find((pair) => pair.get('name') === name);
    const pair = old?.with('value', value) ?? element('nvpair', { id: `${set.id ?? this.id}-${name.replaceAll(/[#:]/g, '.')}`, name, value });
    const changed = old === undefined ? set.append(pair) : set.replaceChild(old, pair);
    this.#element = replaceOrAppend(this.#element, transient, replaceOrAppend(transient, set, changed));
  }

  close(): XmlElement {
    if (this.#history === undefined) return this.#element;
    const lrm = this.#element.first('lrm');
    const closed = this.#history.close();
    return lrm === undefined ? this.#element.append(closed) : this.#element.replaceChild(lrm, closed);
  }

  #attributeSet(): XmlElement {
    return this.#element.at('transient_attributes', 'instance_attributes') ?? element('instance_attributes', { id: this.id });
  }

  #open(): HistoryDraft {
    this.#history ??= new HistoryDraft(this.#element.first('lrm') ?? element('lrm', { id: this.id }));
    return this.#history;
  }
}

/** The `lrm` element of a node under change: its resources by id. */
class HistoryDraft {
  readonly #lrm: XmlElement;
  readonly #children: (XmlNode | ResourceDraft)[];
  /** Position by id; undefined when several have it. */
  readonly #index = new Map<string, number | undefined>();

  constructor(lrm: XmlElement) {
    this.#lrm = lrm;
    this.#children = [...(lrm.first('lrm_resources')?.children ?? [])];
    this.#children.forEach((child, i) => {
      if (child instanceof ResourceDraft || child.kind !== 'element' || child.id === undefined) return;
      // Two entries for one resource contradict each other; as the reference does, neither is trusted to be the one to change.
      this.#index.set(child.id, this.#index.has(child.id) ? undefined : i);
    });
  }

  find(id: string): ResourceDraft | undefined {
    const at = this.#index.get(id);
    if (at === undefined) return undefined;
    const here = this.#children[at]!;
    if (here instanceof ResourceDraft) return here;
    const opened = new ResourceDraft(here as XmlElement);
    this.#children[at] = opened;
    return opened;
  }

  add(entry: XmlElement): ResourceDraft {
    const made = new ResourceDraft(entry);
    this.#index.set(made.id, this.#children.length);
    this.#children.push(made);
    return made;
  }

  close(): XmlElement {
    const resources = this.#lrm.first('lrm_resources');
    const children = this.#children.map((child) => (child instanceof ResourceDraft ? child.close() : child));
    const closed = (resources ?? element('lrm_resources')).withChildren(children);
    return resources === undefined ? this.#lrm.append(closed) : this.#lrm.replaceChild(resources, closed);
  }
}

/** One `lrm_resource` under change: its operations by id, and the highest call so far. */
export class ResourceDraft {
  readonly #entry: XmlElement;
  readonly #children: XmlNode[];
  readonly #index = new Map<string, number>();
  #highestCall = 0;

  constructor(entry: XmlElement) {
    this.#entry = entry;
    this.#children = [...entry.children];
    this.#children.forEach((child, i) => {
      if (child.kind !== 'element') return;
      if (child.id !== undefined && child.name === 'lrm_rsc_op') this.#index.set(child.id, i);
      this.#highestCall = Math.max(this.#highestCall, Number.parseInt(child.get('call-id') ?? '0', 10) || 0);
    });
  }

  get id(): string {
    return this.#entry.id ?? '';
  }

  /** Number of the call after the newest one. */
  nextCall(): number {
    return this.#highestCall + 1;
  }

  /** Writes an operation, over an older one with the same id. */
  record(id: string, callId: number, attributes: Readonly<Record<string, string>>): void {
    this.#highestCall = Math.max(this.#highestCall, callId);
    const at = this.#index.get(id);
    if (at === undefined) {
      this.#index.set(id, this.#children.length);
      this.#children.push(element('lrm_rsc_op', { id, ...attributes }));
    } else {
      this.#children[at] = (this.#children[at] as XmlElement).withAll(attributes);
    }
  }

  close(): XmlElement {
    return this.#entry.withChildren(this.#children);
  }
}

function replaceOrAppend(parent: XmlElement, child: XmlElement, by: XmlElement): XmlElement {
  return parent.children.includes(child) ? parent.replaceChild(child, by) : parent.append(by);
}
