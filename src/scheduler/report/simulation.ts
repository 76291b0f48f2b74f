// SPDX-License-Identifier: GPL-2.0-or-later
/** The report of a simulated cluster: status, changes, plan, execution, revised status; the parts as one text or one tree. */
import type { XmlElement } from '../../cib/index.ts';
import { element } from '../../cib/index.ts';
import { attributeList, attributesXml } from './attributes.ts';
import { countInstances } from './counts.ts';
import { failureList, failuresXml } from './failures.ts';
import { historyList, historyXml } from './history.ts';
import { nodeList } from './node-list.ts';
import { nodesXml } from './node-xml.ts';
import type { OutlineNode } from './outline.ts';
import { resourceList } from './resource-list.ts';
import { resourcesXml } from './resource-xml.ts';
import { outlineToText } from './text.ts';
import type { View } from './view.ts';

/** What a status block shows besides nodes and resources. */
export interface StatusParts {
  readonly attributes?: boolean;
  readonly failCounts?: boolean;
}

/** The banner on maintenance and the line on switched-off or stuck resources, each followed by an empty line; often nothing. */
export function preamble(view: View): string {
  const { options } = view.cluster;
  const { instances, disabled, blocked } = countInstances(view.cluster);
  const banner = options.isMaintenance
    ? '\n              *** Resource management is DISABLED ***\n  The cluster will not attempt to start, stop or recover services\n\n'
    : '';
  const counts = disabled > 0 || blocked > 0 ? `${disabled} of ${instances} resource instances DISABLED and ${blocked} BLOCKED from further action due to failure\n\n` : '';
  return `${banner}${counts}`;
}

/** `title` with node list and resource list below it, and what else is asked for. */
export function statusText(title: string, view: View, parts: StatusParts = {}): string {
  const sections: (OutlineNode | undefined)[] = [nodeList(view), resourceList(view, true)];
  if (parts.attributes === true) sections.push(attributeList(view));
  if (parts.failCounts === true) {
    sections.push(historyList(view, false));
    sections.push(failureList(view.with({ isDetailed: true })));
  }
  const blocks = sections.filter((section) => section !== undefined).map((section) => outlineToText(section, 1));
  return `${title}:\n${blocks.join('\n')}`;
}

export function statusXml(name: string, view: View, parts: StatusParts = {}): XmlElement {
  const children: (XmlElement | undefined)[] = [nodesXml(view), resourcesXml(view)];
  if (parts.attributes === true) children.push(attributesXml(view));
  if (parts.failCounts === true) {
    children.push(historyXml(view, false));
    children.push(failuresXml(view));
  }
  return element(name, {}, children.filter((child) => child !== undefined));
}
