// SPDX-License-Identifier: GPL-2.0-or-later
/** The working set: everything the scheduler knows about one cluster at one time. */
import { NextChange, type DateTime, type XmlElement } from '../../cib/index.ts';
import type { Action, ChangeCounter } from './action.ts';
import type { Colocation, Location, Tag, Ticket } from './constraint.ts';
import type { Node } from './node.ts';
import { NodeLayout } from './node-layout.ts';
import { defaultOptions, type ClusterOptions } from './options.ts';
import type { Ordering } from './ordering.ts';
import type { Recorder } from './recorder.ts';
import type { Primitive, Resource } from './resource.ts';

/** A failed operation, for reports. */
export interface FailedOperation {
  readonly resource: Primitive;
  readonly node: Node;
  readonly entry: XmlElement;
}

export class Scheduler {
  /** The CIB, upgraded to the newest schema. */
  readonly cib: XmlElement;
  /** Effective time, in the zone that times without offset are meant in. */
  readonly clock: DateTime;
  /** The same in seconds since the epoch. */
  readonly now: number;
  readonly recorder: Recorder | undefined;

  options: ClusterOptions = defaultOptions();
  /** All cluster options as configured, old names under their new ones as well. */
  configured: ReadonlyMap<string, string> = new Map();
  isQuorate = false;
  /** The input is a copy in which private values may be masked. */
  isSanitized = false;
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
  /** Every resource, members and instances included, in the order they were finished. */
  readonly allResources: Resource[] = [];
  resourceCount = 0;
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
  /** Lines of the score report, in the order in which scores are settled; undefined when nobody asked for them. */
  scoreLines: string[] | undefined;
  /** The same for what resources take from the capacity of nodes; may be the same list. */
  utilizationLines: string[] | undefined;
  /** Remarks on what was decided, for reports on scores. */
  readonly remarks: string[] = [];
  /** Complaints about the configuration, in the order found. */
  readonly messages: Message[] = [];
  /** Lowered to the nearest coming time at which the result may change by itself. */
  readonly nextChange = new NextChange();
  epoch = 0;
  readonly changeCounter: ChangeCounter = { changes: 0 };
  #byId: Map<string, XmlElement> | undefined;
  readonly #warned = new Set<string>();

  constructor(cib: XmlElement, clock: DateTime, recorder?: Recorder) {
    this.cib = cib;
    this.clock = clock;
    this.now = clock.epochSeconds;
    this.recorder = recorder;
  }

  /** Notes a date in a rule that cannot be read. */
  readonly complainOfDate = (expression: XmlElement, end: 'start' | 'end', text: string): void => {
    this.messages.push({ severity: 'error', text: `'${text}' is not a valid ISO 8601 date/time specification`, step: 'parse_date' });
    this.messages.push({ severity: 'error', text: `Treating date_expression ${expression.id ?? ''} as not passing because ${end} is invalid` });
  };

  /** Warns of something old that still works; of each only the first time. */
  warnOfOld(text: string): void {
    if (this.#warned.has(text)) return;
    this.#warned.add(text);
    this.messages.push({ severity: 'warning', text });
  }

  /** Notes a time at which to look again; only coming ones count. */
  recheckNoLaterThan(time: number): void {
    if (time > this.now) this.nextChange.note(time);
  }

  /** Time at which to look again; undefined when nothing changes by itself. */
  get recheckAt(): number | undefined {
    return this.nextChange.at;
  }

  /** The element of the configuration with that id; the index is made when the first reference is met. */
  elementById(id: string): XmlElement | undefined {
    if (this.#byId === undefined) {
      this.#byId = new Map();
      for (const element of this.cib.first('configuration')?.descendants() ?? []) {
        const own = element.id;
        if (own !== undefined && !this.#byId.has(own)) this.#byId.set(own, element);
      }
    }
    return this.#byId.get(id);
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
  /** The step that found it, for remarks that only belong into a log; absent for complaints about the configuration. */
  readonly step?: string;
}
