// SPDX-License-Identifier: GPL-2.0-or-later
/** An action the cluster may take, its marks, and the relations that order it against others. */
import type { XmlElement } from '../../cib/index.ts';
import type { GraphAction } from '../graph/graph.ts';
import type { Node } from './node.ts';
import type { Resource } from './resource.ts';

/** Marks of an action; bits, because the update pass compares whole sets of them. */
export const ActionFlag = {
  optional: 1 << 0,
  runnable: 1 << 1,
  pseudo: 1 << 2,
  /** Executed by the DC itself, whatever the state of the node. */
  onDc: 1 << 3,
  /** Goes into the graph although it is optional. */
  alwaysInGraph: 1 << 4,
  migratable: 1 << 5,
  /** A recurring action that has to be scheduled again although it is active. */
  reschedule: 1 << 6,
  /** A stop that cleans up after an unfinished migration. */
  migrationAbort: 1 << 7,
  inGraph: 1 << 8,
} as const;

/** What must hold in the cluster before the action may run. */
export type ActionNeed = 'nothing' | 'quorum' | 'fencing';

/** Kinds of a relation between two actions; combinable bits, named as in Pacemaker's documentation of orderings. */
export const OrderKind = {
  none: 0,
  order: 1 << 0,
  implyThen: 1 << 1,
  implyFirst: 1 << 2,
  promotedImplyFirst: 1 << 3,
  block: 1 << 4,
  restart: 1 << 5,
  min: 1 << 6,
  unmigratableBlocks: 1 << 7,
  else: 1 << 8,
  sameNodeImply: 1 << 9,
  nestedProbe: 1 << 10,
  serialize: 1 << 11,
  asymmetric: 1 << 12,
  graphFirst: 1 << 13,
  graphThen: 1 << 14,
  ifUnmigratable: 1 << 15,
  onSameNode: 1 << 16,
  sameNodeOrTarget: 1 << 17,
  requiredOnSameNode: 1 << 18,
  guestOk: 1 << 19,
  cancel: 1 << 20,
} as const;

/**
 * One end of a relation. The record in `before` of the later action and the one in `after` of the earlier action
 * are separate: dropping a relation empties only the former, so that the latter still prevents adding it again.
 */
export interface Relation {
  readonly action: Action;
  kinds: number;
}

/** Counts changes of marks and new actions, so that what was derived from them can be known to be still true. */
export interface ChangeCounter {
  changes: number;
}

/** Marks derived for a collective's action, true as long as nothing has changed. */
export interface DerivedFlags {
  readonly changes: number;
  readonly node: Node | undefined;
  readonly flags: number;
}

export class Action {
  readonly id: number;
  /** Operation key, `RESOURCE_TASK_MS` for resource actions. */
  readonly key: string;
  /** The key without the resource id: `start_0`, `monitor_10000`, `pre_notify_start_0`. */
  readonly suffix: string;
  task: string;
  /** For a cancellation: the task of the recurring action that is cancelled. */
  cancelTask: string | undefined;
  readonly resource: Resource | undefined;
  node: Node | undefined;
  flags: number;
  need: ActionNeed = 'nothing';
  reason: string | undefined;
  priority = 0;
  /** Configured `op` element the settings come from. */
  operation: XmlElement | undefined;
  readonly meta: Map<string, string>;
  /** The operation's own instance attributes, evaluated once the node is known. */
  parameters: ReadonlyMap<string, string> | undefined;
  /** How many runnable predecessors (of kind `min`) the action needs, and how many it has. */
  requiredRunnableBefore = 0;
  runnableBefore = 0;
  /** Predecessors and successors in order of creation; Pacemaker walks its lists newest first, that is backwards. */
  readonly before: Relation[] = [];
  readonly after: Relation[] = [];
  /** Union of the kinds ever added towards each successor; made when the list of successors grows long. */
  afterKinds: Map<Action, number> | undefined;
  /** Stamp of the last walk that visited this action. */
  visitedEpoch = 0;
  /** Id of the constraint or name of the rule that first asked for this action. */
  cause: string | undefined;
  derivedAnywhere: DerivedFlags | undefined;
  derivedOnNode: DerivedFlags | undefined;
  /** The action in the words of the graph, once it is in one. */
  graphAction: GraphAction | undefined;
  readonly counter: ChangeCounter;

  constructor(
    id: number,
    key: string,
    suffix: string,
    task: string,
    resource: Resource | undefined,
    node: Node | undefined,
    flags: number,
    counter: ChangeCounter = { changes: 0 },
    meta = new Map<string, string>(),
  ) {
    this.id = id;
    this.key = key;
    this.suffix = suffix;
    this.task = task;
    this.cancelTask = undefined;
    this.resource = resource;
    this.node = node;
    this.flags = flags;
    this.meta = meta;
    this.counter = counter;
    counter.changes++;
  }

  get isOptional(): boolean {
    return (this.flags & ActionFlag.optional) !== 0;
  }

  get isRequired(): boolean {
    return (this.flags & ActionFlag.optional) === 0;
  }

  get isRunnable(): boolean {
    return (this.flags & ActionFlag.runnable) !== 0;
  }

  get isPseudo(): boolean {
    return (this.flags & ActionFlag.pseudo) !== 0;
  }

  get isMigratable(): boolean {
    return (this.flags & ActionFlag.migratable) !== 0;
  }

  has(flag: number): boolean {
    return (this.flags & flag) !== 0;
  }

  set(flag: number): void {
    if ((this.flags & flag) === flag) return;
    this.flags |= flag;
    this.counter.changes++;
  }

  clear(flag: number): void {
    if ((this.flags & flag) === 0) return;
    this.flags &= ~flag;
    this.counter.changes++;
  }
}

/** Actions of one resource that share key suffix and task, oldest first. */
interface ActionGroup {
  readonly suffix: string;
  readonly task: string;
  readonly actions: Action[];
}

/**
 * The actions of one resource, oldest first, found by key suffix or by task. A resource has few kinds of actions but may
 * have many of one kind, and there are many resources: so the kinds are a short list, without an index of its own.
 */
export class ActionList {
  readonly all: Action[] = [];
  readonly #groups: ActionGroup[] = [];

  add(action: Action): void {
    this.all.push(action);
    this.#groupOf(action.suffix, action.task).push(action);
  }

  /** Oldest first. */
  withSuffix(suffix: string): readonly Action[] {
    let found: readonly Action[] = NO_ACTIONS;
    for (const group of this.#groups) if (group.suffix === suffix) found = merged(found, group.actions);
    return found;
  }

  /** Oldest first. */
  withTask(task: string): readonly Action[] {
    let found: readonly Action[] = NO_ACTIONS;
    for (const group of this.#groups) if (group.task === task) found = merged(found, group.actions);
    return found;
  }

  /** Gives an action another task while it keeps its number and key: a monitor that becomes a cancellation. */
  rename(action: Action, task: string): void {
    const old = this.#groupOf(action.suffix, action.task);
    old.splice(old.indexOf(action), 1);
    action.counter.changes++;
    action.task = task;
    const list = this.#groupOf(action.suffix, task);
    const at = list.findIndex((other) => other.id > action.id);
    list.splice(at < 0 ? list.length : at, 0, action);
  }

  #groupOf(suffix: string, task: string): Action[] {
    for (const group of this.#groups) if (group.suffix === suffix && group.task === task) return group.actions;
    const actions: Action[] = [];
    this.#groups.push({ suffix, task, actions });
    return actions;
  }
}

const NO_ACTIONS: readonly Action[] = [];

/** Rarely more than one of the lists has actions. */
function merged(a: readonly Action[], b: readonly Action[]): readonly Action[] {
  if (a.length === 0) return b;
  return b.length === 0 ? a : [...a, ...b].sort((x, y) => x.id - y.id);
}
