// SPDX-License-Identifier: GPL-2.0-or-later
/** One resource element becomes a resource with its flags, its children and its default nodes. */
import type { XmlElement } from '../../../cib/index.ts';
import { Bundle, Clone, Group, NodeTable, Primitive, type Collective, type Resource, type Scheduler } from '../../model/index.ts';
import { noteChanges } from '../../scores/note-scores.ts';
import { addUtilization } from '../nodes.ts';
import { unpackBundle } from './bundle.ts';
import { unpackClone } from './clone.ts';
import { allowForGuest, allowSymmetric } from './default-nodes.ts';
import { unpackFlags } from './flags.ts';
import { unpackGroup } from './group.ts';
import { metaAttributes } from './meta.ts';
import { addName } from './names.ts';
import { expandTemplate } from './template.ts';

/** Unpacks an element; undefined when it is no valid resource. */
export function unpackResource(scheduler: Scheduler, given: XmlElement, parent?: Collective): Resource | undefined {
  const xml = expandTemplate(scheduler, given);
  if (xml === undefined || xml.id === undefined) {
    complain(scheduler, `Ignoring <${given.name}> configuration without valid template or id`);
    return undefined;
  }
  const resource = construct(scheduler, xml, parent);
  if (resource === undefined) {
    complain(scheduler, `Ignoring resource configuration of unknown type '${xml.name}'`);
    return undefined;
  }
  resource.parent = parent;
  resource.isInBundle = parent !== undefined && (parent.kind === 'bundle' || parent.isInBundle);
  unpackFlags(scheduler, resource);
  if (!unpackVariant(scheduler, resource)) {
    complain(scheduler, `Ignoring <${xml.name}> resource '${resource.id}' because configuration is invalid`);
    return undefined;
  }
  scheduler.allResources.push(resource);
  addName(scheduler, resource.id, resource);
  if (scheduler.options.isSymmetric) allowSymmetric(scheduler, resource);
  else if (hasLauncher(resource)) allowForGuest(scheduler, resource);
  noteChanges(scheduler, resource, 'state of the node');
  addUtilization(scheduler, resource.utilization, resource.xml);
  return resource;
}

function complain(scheduler: Scheduler, text: string): void {
  scheduler.messages.push({ severity: 'error', text });
}

function hasLauncher(resource: Resource): boolean {
  return resource.isRemoteConnection && resource.meta.has('container');
}

function construct(scheduler: Scheduler, xml: XmlElement, parent: Collective | undefined): Resource | undefined {
  const instance = xml.get('clone');
  const id = instance === undefined ? xml.id! : `${xml.id!}:${instance}`;
  const meta = metaAttributes(scheduler, xml, parent);
  const table = NodeTable.empty(scheduler.nodesByIndex, scheduler.layout);
  const index = scheduler.resourceCount++;
  switch (xml.name) {
    case 'primitive':
      return new Primitive(index, id, xml, meta, table);
    case 'group':
      return new Group(index, id, xml, meta, table);
    case 'clone':
      return new Clone(index, id, xml, meta, table);
    case 'master':
      meta.set('promotable', 'true');
      return new Clone(index, id, xml, meta, table);
    case 'bundle':
      return new Bundle(index, id, xml, meta, table);
    default:
      return undefined;
  }
}

function unpackVariant(scheduler: Scheduler, resource: Resource): boolean {
  switch (resource.kind) {
    case 'primitive':
      return unpackPrimitive(scheduler, resource);
    case 'group':
      return unpackGroup(scheduler, resource);
    case 'clone':
      return unpackClone(scheduler, resource);
    case 'bundle':
      return unpackBundle(scheduler, resource);
    default:
      return resource satisfies never;
  }
}

function unpackPrimitive(scheduler: Scheduler, primitive: Primitive): boolean {
  const { xml } = primitive;
  primitive.class = xml.get('class') ?? '';
  primitive.provider = xml.get('provider');
  primitive.type = xml.get('type') ?? '';
  primitive.operations = operationsIn(scheduler, xml.first('operations'));
  return primitive.class !== '' && (primitive.class !== 'ocf' || primitive.provider !== undefined);
}

const operationLists = new WeakMap<XmlElement, readonly XmlElement[]>();

/** The `op` elements of an `operations` element or of the one it refers to; instances of a clone share the list. */
function operationsIn(scheduler: Scheduler, given: XmlElement | undefined): readonly XmlElement[] {
  const reference = given?.get('id-ref');
  const holder = reference === undefined ? given : scheduler.elementById(reference);
  if (holder === undefined) return [];
  let list = operationLists.get(holder);
  if (list === undefined) operationLists.set(holder, (list = holder.elements('op')));
  return list;
}
