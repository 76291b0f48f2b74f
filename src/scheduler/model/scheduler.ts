// SPDX-License-Identifier: GPL-2.0-or-later
/** The working set: everything the scheduler knows about one cluster at one time. */
import type { XmlElement } from '../../cib/index.ts';
import type { Action } from './action.ts';
import type { Colocation, Location, Tag, Ticket } from './constraint.ts';
import type { Node } from './node.ts';
import { NodeLayout } from './node-layout.ts';
import { defaultOptions, type ClusterOptions } from './options.ts';
import type { Ordering } from './ordering.ts';
import type { Recorder } from './recorder.ts';
import type { Primitive, Resource } from './resource.ts';

/** A failed operation, for reports. */
export interface FailedOperation {
  readonly node: Node;
  readonly entry: XmlElement;
}

export class Scheduler {
  /** The CIB, upgraded to the newest schema. */
  readonly cib: XmlElement;
  /** Effective time in seconds since the epoch. */
  readonly now: number;
  readonly recorder: Recorder | undefined;

  options: ClusterOptions = defaultOptions();
  /** All cluster options as configured, old names under their new ones as well. */
  configured: ReadonlyMap<string, string> = new Map();
  isQuorate = false;
  /** Any resource needs unfencing. */
  isUnfencingUsed = false;
  /** A fence device (or watchdog) exists. */
  hasFenceDevice = false;
  hasRemoteNodes = false;
  dcId: string | undefined;
  dcNode: Node | undefined;
  featureSet = '';

  /** All nodes by index. */
  readonly nodesByIndex: Node[] = [];
  /** All nodes in natural order of names: the order of every walk over nodes. */
  readonly nodes: Node[] = [];
  readonly nodeById = new Map<string, Node>();
  readonly nodeByName = new Map<string, Node>();
  readonly layout = NodeLayout.root();

  /** Top-level resources in resource order (7.7). */
  resources: Resource[] = [];
  /** Every resource, members and instances included, by index. */
  readonly allResources: Resource[] = [];
  /** All resources by id and by history name; several may share a name. */
  readonly resourcesByName = new Map<string, Resource[]>();
  /** Containers to stop because the connection into them failed, newest noted first. */
  readonly containersToStop: Resource[] = [];

  readonly templates = new Map<string, Tag>();
  readonly tags = new Map<string, Tag>();
  readonly tickets = new Map<string, Ticket>();
  /** Newest first. */
  readonly locations: Location[] = [];
  readonly colocations: Colocation[] = [];
  /** In order of creation. */
  readonly orderings: Ordering[] = [];
  /** In order of creation; number `n` is at index `n - 1`. */
  readonly actions: Action[] = [];
  /** Actions without a resource, by key. */
  readonly singletons = new Map<string, Action>();

  readonly failedOperations: FailedOperation[] = [];
  /** Digest checks put off until the actions are made, last noted first. */
  readonly deferredChecks: DeferredCheck[] = [];
  /** Complaints about the configuration, in the order found. */
  readonly messages: Message[] = [];
  /** Time at which the result may change by itself; undefined when it cannot. */
  recheckAt: number | undefined;
  epoch = 0;

  constructor(cib: XmlElement, now: number, recorder?: Recorder) {
    this.cib = cib;
    this.now = now;
    this.recorder = recorder;
  }

  /** Notes a future time at which to look again; the nearest one is kept. */
  recheckNoLaterThan(time: number): void {
    if (time > this.now && (this.recheckAt === undefined || time < this.recheckAt)) this.recheckAt = time;
  }

  /** Ids and names of nodes are looked up without regard to case. */
  findNode(idOrName: string | undefined): Node | undefined {
    const key = idOrName?.toLowerCase();
    return key === undefined ? undefined : (this.nodeById.get(key) ?? this.nodeByName.get(key));
  }
}

/** A comparison of an operation's digest that needs to know where a container goes. */
export interface DeferredCheck {
  readonly resource: Primitive;
  readonly node: Node;
  readonly entry: XmlElement;
  readonly purpose: 'active' | 'lastFailure';
}

export interface Message {
  readonly severity: 'error' | 'warning';
  readonly text: string;
}
