// SPDX-License-Identifier: GPL-2.0-or-later
/** Resources: primitives, and the collectives made of them. */
import type { XmlElement } from '../../cib/index.ts';
import { ActionList } from './action.ts';
import type { Colocation, Location, TicketConstraint } from './constraint.ts';
import type { Node } from './node.ts';
import type { NodeTable } from './node-table.ts';
import type { NotificationRound, NotifiedTask } from './notification.ts';
import { Role } from './role.ts';

export type Resource = Primitive | Group | Clone | Bundle;
export type Collective = Group | Clone | Bundle;

/** What is done about a resource that is active on more than one node. */
export type MultipleActivePolicy = 'stop_start' | 'stop_only' | 'block' | 'stop_unexpected';

abstract class ResourceBase {
  /** Dense number in order of creation. */
  readonly index: number;
  /** Full id; instances have their number (`rsc:0`). */
  readonly id: string;
  /** The name the resource has in node histories, when it differs from the id (Pacemaker's `clone_name`). */
  historyName: string | undefined;
  /** Configuration with the template merged in. */
  readonly xml: XmlElement;
  parent: Collective | undefined;
  /** Place of a top-level resource in the resource order. */
  rank = 0;
  readonly children: Resource[] = [];
  /** Everything `7.2` merges: element attributes, meta-attributes, inherited ones and defaults. */
  readonly meta: Map<string, string>;

  isManaged = true;
  isBlocked = false;
  isInMaintenance = false;
  /** Not in the configuration any more, or a surplus instance ("orphan"). */
  isRemoved = false;
  isUnique = true;
  notifies = false;
  isPromotable = false;
  isCritical = true;
  isMigratable = false;
  isFenceDevice = false;
  needsQuorum = false;
  needsFencing = false;
  needsUnfencing = false;
  isRemoteConnection = false;
  hasExclusiveDiscovery = false;
  isInBundle = false;
  /** A bundle's connection that may run on another node than its container ("nesting mark"). */
  allowsRemoteRemotes = false;
  isInternal = false;
  /** Known only from a history that names a container which is gone. */
  isRemovedLaunched = false;

  isFailed = false;
  isFailureIgnored = false;
  /** A failure wants a stop, not only a demotion. */
  isStopNeeded = false;
  isStartPending = false;
  isReloading = false;
  isRestartingUnexpected = false;
  isRestarting = false;

  isAssigned = false;
  isAssigning = false;
  /** Guard of 19.5 against walking colocations in a circle. */
  isMerging = false;

  priority = 0;
  /** Sort value while promoted roles are chosen. */
  promotionPriority = 0;
  stickiness = 0;
  migrationThreshold = 1000000;
  failureTimeoutMs = 0;
  reconnectMs = 0;
  multipleActive: MultipleActivePolicy = 'stop_start';

  role: Role = Role.stopped;
  nextRole: Role = Role.unknown;

  #allowedNodes: NodeTable;
  /** Whether the resource, and all whose wishes come with its own, have no wishes at all; undefined when not known. */
  #isNeutral: boolean | undefined;
  /** Resources that know to be neutral because this one is. */
  #relying: ResourceBase[] = [];
  assignedNode: Node | undefined;
  /** Score the assigned node had in the table when it was taken. */
  assignedScore = 0;
  /** Nodes the resource is active on, in the order found. */
  readonly runningOn: Node[] = [];
  /** Nodes of which the history says whether the resource is active there ("known on"). */
  readonly probedOn = new Set<Node>();
  /** Sources of migrations whose target has it already, newest noted first. */
  readonly danglingMigrations: Node[] = [];
  partialMigrationSource: Node | undefined;
  partialMigrationTarget: Node | undefined;
  pendingNode: Node | undefined;
  pendingTask: string | undefined;
  lockNode: Node | undefined;
  lockTime = 0;

  launcher: Resource | undefined;
  readonly launched: Resource[] = [];

  /** Colocations in which this is the dependent, sorted by primary. */
  readonly thisWith: Colocation[] = [];
  /** Colocations in which this is the primary, sorted by dependent. */
  readonly withThis: Colocation[] = [];
  /** Newest first. */
  readonly locations: Location[] = [];
  readonly tickets: TicketConstraint[] = [];
  readonly actions = new ActionList();
  readonly utilization = new Map<string, number>();

  constructor(index: number, id: string, xml: XmlElement, meta: Map<string, string>, allowedNodes: NodeTable) {
    this.index = index;
    this.id = id;
    this.xml = xml;
    this.meta = meta;
    this.#allowedNodes = allowedNodes;
    allowedNodes.owner = this;
  }

  /** The nodes the resource may use, with its own scores for them. */
  get allowedNodes(): NodeTable {
    return this.#allowedNodes;
  }

  set allowedNodes(table: NodeTable) {
    this.#allowedNodes = table;
    table.owner = this;
    this.tableChanged();
  }

  /** What is known about wishes holds until a score changes. */
  get isNeutral(): boolean | undefined {
    return this.#isNeutral;
  }

  /** Notes what has been found out, and whose scores it rests on. */
  learnNeutrality(isNeutral: boolean, restsOn: readonly ResourceBase[]): void {
    this.#isNeutral = isNeutral;
    for (const other of restsOn) other.#relying.push(this);
  }

  tableChanged(): void {
    if (this.#isNeutral === undefined) return;
    this.#isNeutral = undefined;
    const relying = this.#relying;
    this.#relying = [];
    for (const other of relying) other.tableChanged();
  }
}

export class Primitive extends ResourceBase {
  readonly kind = 'primitive' as const;
  /** Configured operations, in document order. */
  operations: readonly XmlElement[] = [];
  class = '';
  provider: string | undefined;
  type = '';
  /** Active somewhere under the supervision of the failure handling of `on-fail`, see 12. */
  isMigrationFailed = false;
}

export class Group extends ResourceBase {
  readonly kind = 'group' as const;
  isOrdered = true;
  isColocated = true;
}

export class Clone extends ResourceBase {
  readonly kind = 'clone' as const;
  isOrdered = false;
  isInterleaved = false;
  cloneMax = 1;
  cloneNodeMax = 1;
  cloneMin = 0;
  promotedMax = 0;
  promotedNodeMax = 0;
  /** The configured child element all instances are made from. */
  instanceXml: XmlElement | undefined;
  instanceCount = 0;
  promotedCount = 0;
  hasPromotionScores = false;
  hasMergedPromotionScores = false;
  /** Rounds of notifications, when the clone asks for them. */
  readonly notifications = new Map<NotifiedTask, NotificationRound>();
}

/** One container of a bundle with what belongs to it. */
export interface Replica {
  readonly offset: number;
  readonly address: string | undefined;
  readonly container: Primitive;
  readonly ip: Primitive | undefined;
  readonly remote: Primitive | undefined;
  readonly node: Node | undefined;
  /** The instance of the inner primitive that runs in this container. */
  inner: Primitive | undefined;
}

export class Bundle extends ResourceBase {
  readonly kind = 'bundle' as const;
  agent: 'docker' | 'podman' = 'docker';
  image = '';
  network: string | undefined;
  controlPort: string | undefined;
  promotedMax = 0;
  replicasPerHost = 1;
  /** The implicit clone of the inner primitive. */
  clone: Clone | undefined;
  readonly replicas: Replica[] = [];
  isInterleaved = false;
}
