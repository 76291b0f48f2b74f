// SPDX-License-Identifier: GPL-2.0-or-later
/** One spelling for equal configurations: attributes by name, objects of a section by text, empty sections left out. */
import { readXml, writeXml, XmlElement } from '../../src/cib/index.ts';

/** Lines of a `<configuration>`, from its XML or that of the CIB around it. */
export function configurationForm(text: string, withComments = true): string[] {
  const read = readXml(text);
  if (!read.ok) return [`not XML: ${read.problem.message}`];
  const configuration = read.root.name === 'configuration' ? read.root : read.root.first('configuration');
  const lines: string[] = [];
  for (const section of configuration?.elements() ?? []) {
    const objects = section.name === 'fencing-topology' ? [section] : section.elements();
    const texts = objects.map((object) => `${section.name}: ${writeXml(sorted(object, withComments))}`).sort();
    lines.push(...texts);
  }
  return lines.sort();
}

function sorted(element: XmlElement, withComments: boolean): XmlElement {
  const attributes = [...element.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).flat();
  const children = element.children.filter((child) => withComments || child.kind !== 'comment').map((child) => (child.kind === 'element' ? sorted(child, withComments) : child));
  return new XmlElement(element.name, attributes, children);
}
