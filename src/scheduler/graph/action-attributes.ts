// SPDX-License-Identifier: GPL-2.0-or-later
/** What an action passes to its agent: parameters, settings of the operation, and facts about the resource. */
import { currentNode, type Action, type Clone, type Node, type Resource, type Scheduler } from '../model/index.ts';
import { FEATURE_SET } from '../../cib/index.ts';
import { metaName } from '../order/digests.ts';
import { HOST_NAME_ADDRESS, resourceParameters } from '../order/parameters.ts';
import type { NameValue } from './graph.ts';

/** Sorted by name; with the node the element names, if it names one. */
export function actionAttributes(scheduler: Scheduler, action: Action, shownNode: Node | undefined): readonly NameValue[] {
  const { resource } = action;
  const table = new Map<string, string>(ALWAYS);
  addMissing(table, action.parameters);
  addParameters(scheduler, action, table);
  if (shownNode !== undefined) {
    table.set('CRM_meta_on_node', shownNode.name);
    table.set('CRM_meta_on_node_uuid', shownNode.id);
  }
  addMeta(table, action.meta);
  if (resource !== undefined) {
    for (let here: Resource | undefined = resource; here !== undefined; here = here.parent) addResourceFacts(table, here);
    addHost(table, action, resource);
  }
  return [...table].sort(byName);
}

const ALWAYS: readonly NameValue[] = [['crm_feature_set', FEATURE_SET]];

/** Parameters whose names are no XML names. */
export function parametersApart(scheduler: Scheduler, action: Action): readonly NameValue[] {
  const apart: NameValue[] = [];
  for (const [name, value] of parametersOf(scheduler, action)) if (NO_NAME.test(name)) apart.push([name, valueOfParameter(scheduler, action, name, value)]);
  return apart;
}

/** Names are compared by code unit, so that upper case comes first. */
function byName(a: NameValue, b: NameValue): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

function addMissing(table: Map<string, string>, values: ReadonlyMap<string, string> | undefined): void {
  if (values === undefined) return;
  for (const [name, value] of values) if (!table.has(name)) table.set(name, value);
}

function addMeta(table: Map<string, string>, values: ReadonlyMap<string, string>): void {
  for (const [name, value] of values) {
    const shown = metaName(name);
    if (shown !== undefined && !table.has(shown)) table.set(shown, value);
  }
}

/** What cannot be the name of an XML attribute. */
const NO_NAME = /^\d|[\s<>&"'=/]/;

function addParameters(scheduler: Scheduler, action: Action, table: Map<string, string>): void {
  for (const [name, value] of parametersOf(scheduler, action)) {
    if (!NO_NAME.test(name) && !table.has(name)) table.set(name, valueOfParameter(scheduler, action, name, value));
  }
}

function parametersOf(scheduler: Scheduler, { resource, node }: Action): ReadonlyMap<string, string> {
  if (resource === undefined || (node === undefined && resource.kind !== 'primitive')) return NO_PARAMETERS;
  return resourceParameters(scheduler, resource, node);
}

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map();

/** The address of a bundle's connection is known only now. */
function valueOfParameter(scheduler: Scheduler, { resource }: Action, name: string, configured: string): string {
  if (name !== 'addr' || configured !== HOST_NAME_ADDRESS || resource === undefined) return configured;
  return resourceParameters(scheduler, resource).get(name) ?? configured;
}

function addResourceFacts(table: Map<string, string>, resource: Resource): void {
  switch (resource.kind) {
    case 'primitive':
      return addPrimitiveFacts(table, resource);
    case 'clone':
      return addCloneFacts(table, resource);
    case 'group':
    case 'bundle':
  }
}

function addPrimitiveFacts(table: Map<string, string>, resource: Resource): void {
  const set = (name: string, value: string | undefined): void => {
    if (value !== undefined) table.set(name, value);
  };
  set('CRM_meta_clone', resource.meta.get('clone'));
  set('CRM_meta_remote_node', resource.meta.get('remote-node'));
  for (let here: Resource | undefined = resource; here !== undefined; here = here.parent) set('CRM_meta_container', here.launcher?.id);
  set('pcmk_external_ip', resource.meta.get('external-ip'));
}

function addCloneFacts(table: Map<string, string>, clone: Clone): void {
  table.set('CRM_meta_globally_unique', String(clone.isUnique));
  table.set('CRM_meta_notify', String(clone.notifies));
  table.set('CRM_meta_clone_max', String(clone.cloneMax));
  table.set('CRM_meta_clone_node_max', String(clone.cloneNodeMax));
  if (!clone.isPromotable) return;
  for (const prefix of ['CRM_meta_promoted', 'CRM_meta_master']) {
    table.set(`${prefix}_max`, String(clone.promotedMax));
    table.set(`${prefix}_node_max`, String(clone.promotedNodeMax));
  }
}

const DOWN: ReadonlySet<string> = new Set(['stop', 'stopped', 'demote', 'demoted']);
const UP: ReadonlySet<string> = new Set(['start', 'running', 'monitor', 'promote', 'promoted']);

/** The host of the guest an action runs on, for agents that keep attributes per host. */
function addHost(table: Map<string, string>, action: Action, resource: Resource): void {
  const host = action.node?.isGuest === true ? hostDuring(action, action.node) : undefined;
  if (host === undefined) return;
  const facts = new Map([['physical-host', host.name]]);
  const target = resource.meta.get('container-attribute-target');
  if (target !== undefined) facts.set('container-attribute-target', target);
  addMeta(table, facts);
}

function hostDuring(action: Action, guest: Node): Node | undefined {
  const launcher = guest.connection?.launcher;
  if (launcher === undefined) return undefined;
  const isNotification = action.task === 'notify' || action.task === 'notified';
  const task = isNotification ? (action.meta.get('notify_operation') ?? '') : action.task;
  if (DOWN.has(task)) return currentNode(launcher);
  return UP.has(task) ? launcher.assignedNode : undefined;
}
