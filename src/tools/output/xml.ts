// SPDX-License-Identifier: GPL-2.0-or-later
/** Writes the result document of a tool: like a CIB, but it may hold CDATA sections with quoted XML. */
import { escapeAttribute, writeXml, type XmlElement } from '../../cib/index.ts';

/** Text kept as it is in a CDATA section. */
export class Cdata {
  readonly kind = 'cdata';
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** An element of ours, or one with quoted XML somewhere inside. */
export type ResultNode = XmlElement | QuotingElement;

export interface QuotingElement {
  readonly kind?: undefined;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly (ResultNode | Cdata)[];
}

export function xmlDocument(wrapper: Readonly<Record<string, string>>, nodes: readonly ResultNode[]): string {
  const lines: string[] = [];
  write({ name: 'pacemaker-result', attributes: wrapper, children: nodes }, 0, lines);
  return lines.join('');
}

function write(node: ResultNode, level: number, out: string[]): void {
  if (node.kind === 'element') {
    out.push(writeXml(node, { indent: 2, level }));
    return;
  }
  const margin = '  '.repeat(level);
  out.push(margin, '<', node.name, ...attributeTexts(node.attributes));
  if (node.children.length === 0) {
    out.push('/>\n');
    return;
  }
  const quoted = node.children.find((child) => child.kind === 'cdata');
  if (quoted !== undefined) {
    out.push('>', cdataSection(quoted.text), '</', node.name, '>\n');
    return;
  }
  out.push('>\n');
  for (const child of node.children) if (child.kind !== 'cdata') write(child, level + 1, out);
  out.push(margin, '</', node.name, '>\n');
}

function attributeTexts(attributes: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(attributes).map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeAttribute(value)}"`));
}

/** `]]>` cannot stand inside a section, so the text is divided there. */
function cdataSection(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}
