// SPDX-License-Identifier: GPL-2.0-or-later
/** The result document of a tool as JSON: each element an object with its name, attributes and children. */
import type { ResultNode } from './xml.ts';

interface JsonNode {
  readonly element: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly JsonNode[];
  readonly text?: string;
}

export function jsonDocument(wrapper: Readonly<Record<string, string>>, nodes: readonly ResultNode[]): string {
  return `${JSON.stringify({ ...wrapper, results: nodes.map(jsonNode) }, null, 2)}\n`;
}

function jsonNode(node: ResultNode): JsonNode {
  const pairs = node.kind === 'element' ? [...node.entries()] : Object.entries(node.attributes).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const children: JsonNode[] = [];
  let text = '';
  for (const child of node.children) {
    if (child.kind === 'cdata' || child.kind === 'text') text += child.text;
    else if (child.kind !== 'comment') children.push(jsonNode(child));
  }
  return {
    element: node.name,
    ...(pairs.length === 0 ? {} : { attributes: Object.fromEntries(pairs) }),
    ...(children.length === 0 ? {} : { children }),
    ...(text === '' ? {} : { text }),
  };
}
