// SPDX-License-Identifier: GPL-2.0-or-later
/** A node of the cluster: what is shared by all resources that may run on it. */
import type { XmlElement } from '../../cib/index.ts';
import type { Primitive } from './resource.ts';

/** Cluster node, remote node (connection is a resource of its own), guest node (connection is launched by another). */
export type NodeKind = 'member' | 'remote';

/** Whether a resource is probed on a node; a higher number wins when constraints disagree. */
export const ProbeMode = { always: 0, never: 1, exclusive: 2 } as const;
export type ProbeMode = (typeof ProbeMode)[keyof typeof ProbeMode];

export class Node {
  /** Dense number in order of creation; index into tables of scores. */
  readonly index: number;
  readonly id: string;
  readonly name: string;
  kind: NodeKind;
  /** Initial score copied into tables made later; the score of the "global copy" of the node. */
  score: number;
  probeMode: ProbeMode = ProbeMode.always;

  isOnline = false;
  isUnclean = false;
  isStandby = false;
  /** Standby because of on-fail, not of the attribute. */
  isStandbyOnFail = false;
  isInMaintenance = false;
  isPending = false;
  isUnseen = true;
  isExpectedUp = false;
  isShuttingDown = false;
  isDc = false;
  /** Probes are allowed unless `resource-discovery-enabled` says otherwise. */
  canProbe = true;
  /** Pacemaker Remote node that must be reset before it can be used again ("remote requires reset"). */
  isResetNeeded = false;
  /** Pacemaker Remote node that has been fenced (`node_fenced`). */
  wasFenced = false;
  /** What the node state of a Pacemaker Remote node records about maintenance. */
  recordedMaintenance = false;
  isHistoryUnpacked = false;

  readonly attributes = new Map<string, string>();
  readonly utilization = new Map<string, number>();
  /** Active primitives in the order found. */
  readonly running: Primitive[] = [];
  /** Resources assigned so far; also counts instances, members and implicit resources. */
  assignedCount = 0;
  /** Sum of the priorities of what runs here (priority-fencing-delay). */
  priority = 0;
  /** The connection resource of a Pacemaker Remote node. */
  connection: Primitive | undefined;
  /** The `node_state` element. */
  state: XmlElement | undefined;
  /** `lrm_resource` elements of the node by resource id, in document order. */
  readonly history = new Map<string, XmlElement>();

  constructor(index: number, id: string, name: string, kind: NodeKind, score: number) {
    this.index = index;
    this.id = id;
    this.name = name;
    this.kind = kind;
    this.score = score;
  }

  /** Pacemaker Remote node: remote, guest or bundle node. */
  get isRemoteNode(): boolean {
    return this.kind === 'remote';
  }

  /** Guest or bundle node: its connection is launched by a container resource. */
  get isGuest(): boolean {
    return this.kind === 'remote' && this.connection?.launcher !== undefined;
  }

  get isBundleNode(): boolean {
    return this.isGuest && this.connection?.isInBundle === true;
  }

  /** Remote node whose connection is an ordinary resource. */
  get isRemoteOnly(): boolean {
    return this.kind === 'remote' && this.connection !== undefined && this.connection.launcher === undefined;
  }

  /** Whether the node can take resources, whatever their scores. */
  get isAvailable(): boolean {
    return this.isOnline && !this.isShuttingDown && !this.isUnclean && !this.isStandby && !this.isInMaintenance;
  }
}
