// SPDX-License-Identifier: GPL-2.0-or-later
/** Templates: a primitive that names one is the template's content with its own added. */
import type { XmlElement, XmlNode } from '../../../cib/index.ts';
import type { Scheduler, Tag } from '../../model/index.ts';

/** The primitive with its template merged in; undefined when the template does not exist. */
export function expandTemplate(scheduler: Scheduler, xml: XmlElement): XmlElement | undefined {
  const name = xml.get('template');
  if (name === undefined) return xml;
  const template = name === xml.id ? undefined : findTemplate(scheduler, name);
  if (template === undefined) return undefined;
  noteUse(scheduler, name, xml.id ?? '');
  const own = xml.first('operations');
  const inherited = template.first('operations');
  let children: XmlNode[] = [...template.children, ...xml.children];
  if (own !== undefined && inherited !== undefined) {
    const merged = mergeOperations(own, inherited);
    children = children.filter((child) => child !== inherited).map((child) => (child === own ? merged : child));
  }
  return template.withName(xml.name).withChildren(children).with('id', xml.id).with('clone', xml.get('clone'));
}

function findTemplate(scheduler: Scheduler, name: string): XmlElement | undefined {
  return scheduler.cib.at('configuration', 'resources')?.elements('template').find((template) => template.id === name);
}

/** A template works as a tag of the resources made from it, in the order they are met. */
function noteUse(scheduler: Scheduler, template: string, resource: string): void {
  const known: Tag = scheduler.templates.get(template) ?? { id: template, references: [] };
  scheduler.templates.set(template, known);
  if (!known.references.includes(resource)) known.references.push(resource);
}

/** The own operations, then those of the template that have no counterpart. */
function mergeOperations(own: XmlElement, inherited: XmlElement): XmlElement {
  const present = new Set(own.elements().map(operationName));
  return own.append(...inherited.elements().filter((operation) => !present.has(operationName(operation))));
}

/** Operations of one name for one role are counterparts; the roles a plain resource may have are one. */
function operationName(operation: XmlElement): string {
  const role = operation.get('role')?.toLowerCase() ?? 'unknown';
  const isPlain = role === 'started' || role === 'unpromoted' || role === 'slave';
  return `${operation.get('name') ?? ''}-${isPlain ? 'unknown' : role}`;
}
