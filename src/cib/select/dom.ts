// SPDX-License-Identifier: GPL-2.0-or-later
/** A view of the element tree with parents, as the XPath library wants to see it. Made for one evaluation. */
import type { Location, XmlElement, XmlNode } from '../xml/index.ts';

const ELEMENT = 1;
const ATTRIBUTE = 2;
const TEXT = 3;
const COMMENT = 8;
const DOCUMENT = 9;

export class DomNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly localName: string;
  readonly prefix = '';
  readonly namespaceURI = null;
  readonly parentNode: DomNode | null;
  /** Attribute value, text or comment. */
  readonly data: string;
  /** The element shown; undefined for other nodes. */
  readonly element: XmlElement | undefined;
  readonly #root: XmlElement | undefined;
  #children: DomNode[] | undefined;
  #attributes: DomNode[] | undefined;

  constructor(nodeType: number, name: string, parent: DomNode | null, data: string, element?: XmlElement, root?: XmlElement) {
    this.nodeType = nodeType;
    this.nodeName = name;
    this.localName = name;
    this.parentNode = parent;
    this.data = data;
    this.element = element;
    this.#root = root;
  }

  get name(): string {
    return this.nodeName;
  }

  get value(): string {
    return this.data;
  }

  get nodeValue(): string {
    return this.data;
  }

  get ownerElement(): DomNode | null {
    return this.parentNode;
  }

  get childNodes(): readonly DomNode[] {
    this.#children ??= this.#root !== undefined ? [view(this.#root, this)] : (this.element?.children ?? []).map((child) => view(child, this));
    return this.#children;
  }

  get attributes(): readonly DomNode[] {
    this.#attributes ??= this.element === undefined ? [] : [...this.element.entries()].map(([name, value]) => new DomNode(ATTRIBUTE, name, this, value));
    return this.#attributes;
  }

  /** The chain of elements down to this node (an attribute counts as its element). */
  get location(): Location | undefined {
    const chain: XmlElement[] = [];
    for (let here: DomNode | null = this; here !== null; here = here.parentNode) if (here.element !== undefined) chain.unshift(here.element);
    return chain.length === 0 ? undefined : (chain as [XmlElement, ...XmlElement[]]);
  }
}

export function documentView(root: XmlElement): DomNode {
  return new DomNode(DOCUMENT, '#document', null, '', undefined, root);
}

function view(node: XmlNode, parent: DomNode): DomNode {
  switch (node.kind) {
    case 'element':
      return new DomNode(ELEMENT, node.name, parent, '', node);
    case 'text':
      return new DomNode(TEXT, '#text', parent, node.text);
    case 'comment':
      return new DomNode(COMMENT, '#comment', parent, node.text);
  }
}

/** What the library asks about nodes. */
export const DOM_FACADE = {
  getAllAttributes: (node: DomNode): readonly DomNode[] => node.attributes,
  getAttribute: (node: DomNode, name: string): string | null => node.element?.get(name) ?? null,
  getChildNodes: (node: DomNode): readonly DomNode[] => node.childNodes,
  getData: (node: DomNode): string => node.data,
  getFirstChild: (node: DomNode): DomNode | null => node.childNodes[0] ?? null,
  getLastChild: (node: DomNode): DomNode | null => node.childNodes[node.childNodes.length - 1] ?? null,
  getNextSibling: (node: DomNode): DomNode | null => sibling(node, 1),
  getParentNode: (node: DomNode): DomNode | null => node.parentNode,
  getPreviousSibling: (node: DomNode): DomNode | null => sibling(node, -1),
};

function sibling(node: DomNode, by: 1 | -1): DomNode | null {
  const siblings = node.parentNode?.childNodes;
  return siblings?.[siblings.indexOf(node) + by] ?? null;
}
