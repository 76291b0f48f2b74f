// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The transition graph as data: what the controller executes and what the XML form is written from.
 * One synapse holds one action and fires when all its inputs are confirmed.
 */

/** `rsc` runs an agent, `crm` is done by the cluster manager itself, `pseudo` only marks a point in the order. */
export type GraphActionKind = 'rsc' | 'pseudo' | 'crm';

/** What identifies an action wherever it is named: in its own synapse and as an input of others. */
export interface GraphActionReference {
  readonly id: number;
  readonly kind: GraphActionKind;
  /** Set to `cib` for a clean-up of resource history, which only changes the CIB. */
  readonly mode?: 'cib';
  readonly operation: string;
  readonly operationKey: string;
  /** The key with the internal id, when the resource is known to the node under another name. */
  readonly internalOperationKey?: string;
  readonly onNode?: string;
  readonly onNodeUuid?: string;
  /** The cluster node through which an action on a Pacemaker Remote node is executed. */
  readonly routerNode?: string;
}

/** The agent an action calls. */
export interface GraphPrimitive {
  readonly element: string;
  readonly id: string;
  readonly longId?: string;
  readonly class?: string;
  readonly provider?: string;
  readonly type?: string;
}

export type NameValue = readonly [name: string, value: string];

/** What is said of an action may be made anew at each question. */
export interface GraphAction extends GraphActionReference {
  /** Seconds since the epoch of the shutdown lock the action works under. */
  readonly shutdownLock?: number;
  readonly primitive?: GraphPrimitive;
  /** Agent parameters and `CRM_meta_*` entries, sorted by name in byte order. */
  readonly attributes: readonly NameValue[];
  /** Parameters whose names cannot be names of XML attributes: they start with a digit, for instance. */
  readonly parameters: readonly NameValue[];
  /** Ids of the nodes that are down once the action has succeeded. */
  readonly downed: readonly string[];
  /** Pacemaker Remote nodes whose recorded maintenance state has to change. */
  readonly maintenance: readonly { readonly nodeId: string; readonly inMaintenance: boolean }[];
}

export interface Synapse {
  readonly id: number;
  readonly priority: number;
  readonly action: GraphAction;
  /** Sorted by ascending action id. An input need not have a synapse of its own; such a graph cannot complete. */
  readonly inputs: readonly GraphActionReference[];
}

/** Option values are kept as configured; the controller parses durations where it uses them. */
export interface TransitionGraph {
  readonly clusterDelay: string;
  readonly fencingTimeout: string;
  readonly failedStopOffset: string;
  readonly failedStartOffset: string;
  readonly batchLimit: string;
  readonly transitionId: number;
  readonly migrationLimit?: string;
  /** Seconds since the epoch at which the cluster should be looked at again. */
  readonly recheckBy?: number;
  readonly synapses: readonly Synapse[];
}
