// SPDX-License-Identifier: GPL-2.0-or-later
/** Clones: how many instances there may be, and the instances themselves. */
import { isTrue, parseInteger, type XmlElement } from '../../../cib/index.ts';
import { withDescendants, type Clone, type Primitive, type Resource, type Scheduler } from '../../model/index.ts';
import { unpackResource } from './resource.ts';

const MAX_INT = 2147483647;
/** More instances than any cluster has places for. Ordered ones are related pair by pair, so a slip of the keyboard would never end. */
const MAX_INSTANCES = 1000;

export function unpackClone(scheduler: Scheduler, clone: Clone): boolean {
  const instanceXml = clone.xml.children.find((child): child is XmlElement => child.kind === 'element' && (child.name === 'primitive' || child.name === 'group'));
  if (instanceXml === undefined) return false;
  clone.instanceXml = instanceXml;
  if (clone.isPromotable) {
    clone.promotedMax = limit(promotedSetting(scheduler, clone, 'max'), 1, 0);
    clone.promotedNodeMax = limit(promotedSetting(scheduler, clone, 'node-max'), 1, 0);
  }
  clone.cloneNodeMax = limit(clone.meta.get('clone-node-max'), 1, 0);
  clone.cloneMax = Math.min(MAX_INSTANCES, limit(clone.meta.get('clone-max'), Math.max(1, scheduler.nodes.length), 0));
  clone.cloneMin = limit(clone.meta.get('clone-min'), 0, 0);
  clone.isOrdered = isTrue(clone.meta.get('ordered'));
  clone.isInterleaved = isTrue(clone.meta.get('interleave'));
  if (!clone.isUnique && clone.cloneNodeMax > 1) clone.cloneNodeMax = 1;
  // Instances inherit the clone's own default, which differs from that of other resources.
  if (!clone.meta.has('resource-stickiness')) clone.meta.set('resource-stickiness', '1');
  clone.meta.set('globally-unique', String(clone.isUnique));
  return createInstances(scheduler, clone);
}

/** A setting of promotable clones, also under its name of old. */
function promotedSetting(scheduler: Scheduler, clone: Clone, name: 'max' | 'node-max'): string | undefined {
  const value = clone.meta.get(`promoted-${name}`);
  const old = clone.meta.get(`master-${name}`);
  if (value !== undefined || old === undefined) return value;
  scheduler.warnOfOld(
    `Support for the master-${name} meta-attribute (such as in ${clone.id}) is deprecated and will be removed in a future release. Use the promoted-${name} meta-attribute instead.`,
  );
  return old;
}

/** A whole number not below a minimum; missing means the default, unreadable the minimum. */
export function limit(text: string | undefined, byDefault: number, minimum: number): number {
  if (text === undefined) return byDefault;
  const value = parseInteger(text);
  return value === undefined || value < minimum ? minimum : Math.min(value, MAX_INT);
}

function createInstances(scheduler: Scheduler, clone: Clone): boolean {
  // Without any instance there would be nothing to find histories by, so one is made that is not wanted.
  do {
    if (addInstance(scheduler, clone) === undefined) return false;
    if (clone.instanceCount === 1 && !checkAgent(scheduler, clone)) return false;
  } while (clone.instanceCount < clone.cloneMax);
  return true;
}

/** Makes the next instance; one beyond the limit is surplus from the start. */
export function addInstance(scheduler: Scheduler, clone: Clone): Resource | undefined {
  const number = clone.instanceCount;
  const child = unpackResource(scheduler, clone.instanceXml!.with('clone', String(number)), clone);
  if (child === undefined) return undefined;
  clone.instanceCount++;
  for (const part of withDescendants(child)) if (part.kind === 'primitive' && !canBeUnique(part)) part.isUnique = false;
  clone.children.push(child);
  child.meta.set('clone-max', String(clone.cloneMax));
  if (number >= clone.cloneMax) for (const part of withDescendants(child)) part.isRemoved = true;
  return child;
}

function canBeUnique(part: Primitive): boolean {
  return part.class === 'ocf' || part.class === 'stonith';
}

/** Only agents that tell their instances apart can be unique, and only OCF agents can be promoted. */
function checkAgent(scheduler: Scheduler, clone: Clone): boolean {
  for (const part of withDescendants(clone.children[0]!)) {
    if (part.kind !== 'primitive') continue;
    if (part.class !== 'ocf' && clone.isPromotable) {
      scheduler.messages.push({ severity: 'error', text: `Resource ${part.id} is of type ${part.class} and therefore cannot be used as a promotable clone resource` });
      return false;
    }
    if (canBeUnique(part) || !clone.isUnique) continue;
    for (const one of withDescendants(clone)) one.isUnique = false;
    clone.meta.set('globally-unique', 'false');
    clone.cloneNodeMax = 1;
    clone.cloneMax = Math.min(clone.cloneMax, scheduler.nodes.length);
  }
  return true;
}
