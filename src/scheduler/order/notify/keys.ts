// SPDX-License-Identifier: GPL-2.0-or-later
/** What instances are told: lists of resources and nodes by state and by coming action. */
import { compareNaturally, leaves, Role, type Action, type Node, type NotifiedTask, type Resource, type Scheduler } from '../../model/index.ts';

/** A resource on a node; the node is unknown when the resource is active nowhere. */
interface Entry {
  readonly resource: Resource;
  readonly node: Node | undefined;
}

type ListName = NotifiedTask | 'active' | 'inactive' | 'promoted' | 'unpromoted';

/** The keys by name, and whether any resource has the task of the round ahead. */
export interface NotificationKeys {
  readonly keys: ReadonlyMap<string, string>;
  /** Tasks some resource has ahead. */
  readonly tasks: ReadonlySet<NotifiedTask>;
}

const TASKS: readonly NotifiedTask[] = ['stop', 'start', 'demote', 'promote'];

export function notificationKeys(scheduler: Scheduler, clone: Resource): NotificationKeys {
  const lists = collect(clone);
  const keys = new Map<string, string>();
  const addList = (names: readonly string[], list: ListName): void => {
    const shown = shownEntries(lists[list], true);
    const resources = words(shown.map((entry) => entry.resource.id));
    const nodes = words(shown.map((entry) => entry.node!.name));
    for (const name of names) {
      keys.set(`notify_${name}_resource`, resources);
      keys.set(`notify_${name}_uname`, nodes);
    }
  };
  for (const task of TASKS) addList([task], task);
  addList(['active'], 'active');
  addList(['unpromoted', 'slave'], 'unpromoted');
  addList(['promoted', 'master'], 'promoted');
  keys.set('notify_inactive_resource', words(shownEntries(lists.inactive, false).map((entry) => entry.resource.id)));
  const available = clone.allowedNodes.nodes().sort((a, b) => compareNaturally(a.name, b.name));
  keys.set('notify_available_uname', words(available.map((node) => node.name)));
  if (clone.meta.get('container-attribute-target')?.toLowerCase() === 'host') {
    keys.set('notify_all_hosts', words(scheduler.nodes.map((node) => hostOf(node).name)));
  }
  keys.set('notify_all_uname', words(scheduler.nodes.map((node) => node.name)));
  return { keys, tasks: new Set(TASKS.filter((task) => lists[task].length > 0)) };
}

/** A guest's current host; every other node itself. */
function hostOf(node: Node): Node {
  return (node.isGuest ? node.connection?.launcher?.runningOn[0] : undefined) ?? node;
}

function collect(clone: Resource): Record<ListName, Entry[]> {
  const lists: Record<ListName, Entry[]> = { start: [], stop: [], promote: [], demote: [], active: [], inactive: [], promoted: [], unpromoted: [] };
  for (const resource of leaves(clone)) {
    const entry = { resource, node: resource.runningOn[0] };
    if (resource.role === Role.stopped) lists.inactive.push(entry);
    if (resource.role >= Role.started) lists.active.push(entry);
    if (resource.role === Role.unpromoted) lists.unpromoted.push(entry);
    if (resource.role === Role.promoted) lists.promoted.push(entry);
    for (const action of resource.actions.all) {
      if (isTold(action)) lists[action.task as NotifiedTask].push({ resource, node: action.node });
    }
  }
  return lists;
}

/** Coming starts, stops, promotions and demotions; a stop on an unclean node happens by fencing if not otherwise. */
function isTold(action: Action): boolean {
  if (action.isOptional || action.node === undefined || !(TASKS as readonly string[]).includes(action.task)) return false;
  return action.isRunnable || (action.task === 'stop' && action.node.isUnclean);
}

/** Sorted by resource, then node; each resource once. */
function shownEntries(entries: readonly Entry[], withNodes: boolean): readonly Entry[] {
  const sorted = entries.filter((entry) => !withNodes || entry.node !== undefined).sort(compareEntries);
  return sorted.filter((entry, at) => at === 0 || entry.resource.id !== sorted[at - 1]!.resource.id);
}

function compareEntries(a: Entry, b: Entry): number {
  if (a.resource.id !== b.resource.id) return a.resource.id < b.resource.id ? -1 : 1;
  const [left, right] = [a.node?.id ?? '', b.node?.id ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}

function words(list: readonly string[]): string {
  return list.length === 0 ? ' ' : list.join(' ');
}
