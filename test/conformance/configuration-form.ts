// SPDX-License-Identifier: GPL-2.0-or-later
/** One spelling for equal configurations: attributes by name, objects of a section by text, empty sections left out. */
import { readXml, writeXml, XmlElement } from '../../src/cib/index.ts';

/** Lines of a `<configuration>`, from its XML or that of the CIB around it. */
export function configurationForm(text: string, withComments = true, isLenient = false): string[] {
  const read = readXml(text);
  if (!read.ok) return [`not XML: ${read.problem.message}`];
  const configuration = read.root.name === 'configuration' ? read.root : read.root.first('configuration');
  const lines: string[] = [];
  for (const section of configuration?.elements() ?? []) {
    const objects = section.name === 'fencing-topology' ? [section] : section.elements();
    const texts = objects.map((object) => `${section.name}: ${writeXml(sorted(object, withComments, isLenient))}`).sort();
    lines.push(...texts);
  }
  return lines.sort();
}

function sorted(element: XmlElement, withComments: boolean, isLenient: boolean): XmlElement {
  const attributes = [...element.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).flat();
  const children = element.children
    .filter((child) => (withComments || child.kind !== 'comment') && !(isLenient && isEmptySet(child)))
    .map((child) => (child.kind === 'element' ? sorted(child, withComments, isLenient) : child));
  // In a container, where sets and members do not mix, their order says nothing.
  if (isLenient && ['group', 'clone', 'master'].includes(element.name)) children.sort((a, b) => Number(isMember(a)) - Number(isMember(b)));
  return new XmlElement(element.name, attributes, children);
}

/** A set without content says nothing. */
function isEmptySet(node: XmlElement['children'][number]): boolean {
  return node.kind === 'element' && node.name.endsWith('_attributes') && node.children.length === 0 && !node.has('id-ref');
}

function isMember(node: XmlElement['children'][number]): boolean {
  return node.kind === 'element' && ['primitive', 'group'].includes(node.name);
}
