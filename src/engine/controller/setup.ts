// SPDX-License-Identifier: GPL-2.0-or-later
/** What the controller of a node needs of the other daemons, and what it tells the node. */
import type { Attributes } from '../attributes/attributes.ts';
import type { Executor } from '../executor/executor.ts';
import type { OperationResult } from '../executor/operation.ts';
import type { Fencer } from '../fencer/fencer.ts';
import type { ClusterNode } from '../membership/membership.ts';
import type { CibStore } from '../store/store.ts';
import type { ClusterFacts } from './bootstrap.ts';
import type { Schedule } from './conductor.ts';

export interface ControllerSetup {
  readonly me: ClusterNode;
  readonly nodes: readonly ClusterNode[];
  readonly facts: ClusterFacts;
  readonly schedule: Schedule;
  readonly store: CibStore;
  readonly attributes: Attributes;
  readonly executor: Executor;
  readonly fencer: Fencer;
  readonly startsBeforeFencing?: boolean;
  isQuorate(): boolean;
  /** The node has been told to leave the cluster. */
  shutDown(): void;
  operationReported(result: OperationResult): void;
  nodeChanged(node: string, isMember: boolean): void;
}
