// SPDX-License-Identifier: GPL-2.0-or-later
/** Bundles: containers with their addresses, connections and nodes, and the clone that runs inside them. */
import { INFINITY, isTrue, type XmlElement } from '../../../cib/index.ts';
import { NodeTable, ProbeMode, withDescendants, type Bundle, type Clone, type Node, type Primitive, type Replica, type Scheduler } from '../../model/index.ts';
import { noteChanges } from '../../scores/note-scores.ts';
import { createNode } from '../nodes.ts';
import { replicaAddresses } from './bundle-addresses.ts';
import { cloneXml, containerXml, hostOptions, ipXml, type ReplicaPlan } from './bundle-parts.ts';
import { DEFAULT_CONTROL_PORT, readBundle, type BundleSettings } from './bundle-settings.ts';
import { connectionXml } from './connection-xml.ts';
import { findResource } from './names.ts';
import { linkConnection } from './remote-nodes.ts';
import { unpackResource } from './resource.ts';

/** Score with which an inner resource is on its own bundle node before anything else is known. */
const INNER_SCORE = 500;

export function unpackBundle(scheduler: Scheduler, bundle: Bundle): boolean {
  const given = readBundle(bundle.xml);
  if (given === undefined) return false;
  if (given.replicasPerHost === 1) bundle.isUnique = false;
  const hasAddress = given.rangeStart !== undefined;
  if (given.inner !== undefined && !hasAddress && given.controlPort === undefined) return false;
  // Without addresses of their own, two replicas on one host would want the same port.
  const settings = given.inner !== undefined && !hasAddress ? { ...given, replicasPerHost: 1 } : given;
  bundle.agent = settings.agent;
  bundle.image = settings.image ?? '';
  bundle.network = settings.network;
  bundle.controlPort = settings.controlPort;
  bundle.promotedMax = settings.promotedMax;
  bundle.replicasPerHost = settings.replicasPerHost;
  bundle.isInterleaved = isTrue(bundle.meta.get('interleave'));
  if (settings.inner !== undefined && !unpackInner(scheduler, bundle, settings, settings.inner)) return false;
  const addresses = replicaAddresses(settings.rangeStart, settings.replicas);
  const options = hostOptions(bundle.id, settings, addresses);
  for (const [offset, address] of addresses.entries()) {
    const plan: ReplicaPlan = { prefix: bundle.id, offset, address, hostOptions: options };
    if (!unpackReplica(scheduler, bundle, settings, plan)) return false;
  }
  if (bundle.clone !== undefined) bundle.children.push(bundle.clone);
  return true;
}

function unpackInner(scheduler: Scheduler, bundle: Bundle, settings: BundleSettings, inner: XmlElement): boolean {
  const clone = unpackResource(scheduler, cloneXml(bundle.id, settings, inner), bundle);
  if (clone?.kind !== 'clone') return false;
  bundle.clone = clone;
  for (const instance of clone.children) {
    instance.hasExclusiveDiscovery = true;
    if (instance.notifies) clone.notifies = true;
    const target = instance.meta.get('container-attribute-target');
    if (target === undefined) continue;
    clone.meta.set('container-attribute-target', target);
    bundle.meta.set('container-attribute-target', target);
  }
  return true;
}

function unpackReplica(scheduler: Scheduler, bundle: Bundle, settings: BundleSettings, plan: ReplicaPlan): boolean {
  const inner = bundle.clone?.children[plan.offset];
  const container = part(scheduler, bundle, containerXml(settings, plan));
  if (container === undefined) return false;
  const ip = settings.rangeStart === undefined ? undefined : part(scheduler, bundle, ipXml(settings, plan));
  const child = inner?.kind === 'primitive' ? inner : undefined;
  const connection = child === undefined ? undefined : unpackConnection(scheduler, bundle, settings, { plan, container, inner: child });
  const replica: Replica = { offset: plan.offset, address: plan.address, container, ip, remote: connection?.remote, node: connection?.node, inner: child };
  bundle.replicas.push(replica);
  if (child !== undefined) {
    moveUtilization(child, container);
    if (plan.address !== undefined) child.meta.set('external-ip', plan.address);
  }
  return true;
}

function part(scheduler: Scheduler, bundle: Bundle, xml: XmlElement): Primitive | undefined {
  const resource = unpackResource(scheduler, xml, bundle);
  if (resource?.kind !== 'primitive') return undefined;
  bundle.children.push(resource);
  return resource;
}

function moveUtilization(from: Primitive, to: Primitive): void {
  for (const [name, value] of from.utilization) to.utilization.set(name, value);
  from.utilization.clear();
}

interface ReplicaParts {
  readonly plan: ReplicaPlan;
  readonly container: Primitive;
  readonly inner: Primitive;
}

function unpackConnection(scheduler: Scheduler, bundle: Bundle, settings: BundleSettings, { plan, container, inner }: ReplicaParts): { remote: Primitive; node: Node } | undefined {
  const plain = `${plan.prefix}-${plan.offset}`;
  const id = findResource(scheduler, plain) === undefined ? plain : `pcmk-internal-${inner.id}-remote-${plan.offset}`;
  const node = bundleNode(scheduler, id);
  restrictToNode(scheduler, bundle.clone!, inner, node);
  const xml = connectionXml({ id, container: container.id, address: plan.address ?? '#uname', port: settings.controlPort ?? DEFAULT_CONTROL_PORT });
  const remote = part(scheduler, bundle, xml);
  if (remote === undefined) return undefined;
  for (const other of remote.allowedNodes.nodes()) if (other.isRemoteNode) remote.allowedNodes.setScore(other, -INFINITY);
  noteChanges(scheduler, remote, 'cluster nodes only');
  remote.launcher = container;
  remote.allowsRemoteRemotes = true;
  linkConnection(scheduler, remote);
  return { remote, node };
}

/** The node inside the container: not for anything but the inner resource, and never probed by others. */
function bundleNode(scheduler: Scheduler, id: string): Node {
  const known = scheduler.findNode(id);
  const node = known ?? createNode(scheduler, id, id, 'remote', -INFINITY);
  node.score = -INFINITY;
  node.probeMode = ProbeMode.never;
  if (known === undefined) return node;
  for (const top of scheduler.resources) {
    for (const resource of withDescendants(top)) {
      if (!resource.allowedNodes.has(node)) continue;
      resource.allowedNodes.put(node, -INFINITY, ProbeMode.never);
      noteChanges(scheduler, resource, 'node of a bundle');
    }
  }
  return node;
}

function restrictToNode(scheduler: Scheduler, clone: Clone, inner: Primitive, node: Node): void {
  inner.allowedNodes = NodeTable.empty(scheduler.nodesByIndex, scheduler.layout);
  inner.allowedNodes.put(node, INNER_SCORE, ProbeMode.exclusive);
  clone.allowedNodes.put(node, -INFINITY, ProbeMode.exclusive);
  noteChanges(scheduler, inner, 'replica');
  noteChanges(scheduler, clone, 'node of a bundle');
}
