// SPDX-License-Identifier: GPL-2.0-or-later
/** The only place that knows fast-xml-parser: foreign XML (agents' meta-data) in, plain nodes out, entities never expanded from a DTD. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** One element of a foreign document. */
export interface ForeignElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly ForeignElement[];
  /** Joined character data of this element. */
  readonly text: string;
}

const ATTRIBUTES = ':@';
const TEXT = '#text';

type OrderedNode = Readonly<Record<string, unknown>>;

/** The document's root element, or undefined when the text is not well-formed. */
export function readForeignXml(text: string): ForeignElement | undefined {
  const body = withoutDoctype(text.trim());
  if (body.includes('<!DOCTYPE')) return undefined;
  if (XMLValidator.validate(body, { allowBooleanAttributes: false }) !== true) return undefined;
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    stopNodes: [],
  });
  const nodes = parser.parse(body) as readonly OrderedNode[];
  for (const node of nodes) {
    const found = convert(node);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Agents name a DTD that is never read. One with an internal subset stays in, and the document is refused: it could define entities. */
function withoutDoctype(text: string): string {
  return text.replace(/<!DOCTYPE[^[>]*>/i, '');
}

function convert(node: OrderedNode): ForeignElement | undefined {
  const name = Object.keys(node).find((key) => key !== ATTRIBUTES && key !== TEXT);
  if (name === undefined) return undefined;
  const attributes = new Map<string, string>();
  for (const [key, value] of Object.entries((node[ATTRIBUTES] ?? {}) as Record<string, unknown>)) attributes.set(key, String(value));
  const children: ForeignElement[] = [];
  let text = '';
  for (const child of (node[name] ?? []) as readonly OrderedNode[]) {
    if (TEXT in child) text += String(child[TEXT]);
    else {
      const element = convert(child);
      if (element !== undefined) children.push(element);
    }
  }
  return { name, attributes, children, text };
}
