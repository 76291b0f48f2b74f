// SPDX-License-Identifier: GPL-2.0-or-later
/** A document being patched: elements become changeable where the patch reaches them, all else is shared. */
import { XmlElement, type XmlNode } from '../xml/index.ts';
import { childKey } from './align.ts';

export type WorkNode = Work | Exclude<XmlNode, XmlElement>;

export class Work {
  element: XmlElement;
  readonly parent: Work | undefined;
  #children: WorkNode[] | undefined;
  /** First child of each name and id; dropped whenever children come or go. */
  #index: Map<string, Work> | undefined;

  constructor(element: XmlElement, parent?: Work) {
    this.element = element;
    this.parent = parent;
  }

  get children(): WorkNode[] {
    this.#children ??= this.element.children.map((child) => (child.kind === 'element' ? new Work(child, this) : child));
    return this.#children;
  }

  /** The first child of a name and, if given, id. */
  child(key: string): Work | undefined {
    if (this.#index === undefined) {
      this.#index = new Map();
      for (const child of this.children) {
        if (!(child instanceof Work)) continue;
        for (const name of [childKey(child.element), child.element.name]) if (!this.#index.has(name)) this.#index.set(name, child);
      }
    }
    return this.#index.get(key);
  }

  /** Takes a child out. */
  remove(child: WorkNode): void {
    this.children.splice(this.children.indexOf(child), 1);
    this.#index = undefined;
  }

  /** Takes several children out at once. */
  removeAll(gone: ReadonlySet<WorkNode>): void {
    this.#children = this.children.filter((child) => !gone.has(child));
    this.#index = undefined;
  }

  insert(position: number, child: XmlNode | Work): void {
    const node = child instanceof Work ? child : child.kind === 'element' ? new Work(child, this) : child;
    this.children.splice(position, 0, node);
    this.#index = undefined;
  }

  /** The element as it is now. */
  finish(): XmlElement {
    if (this.#children === undefined) return this.element;
    const children = this.#children.map((child) => (child instanceof Work ? child.finish() : child));
    const isSame = children.length === this.element.children.length && children.every((child, i) => child === this.element.children[i]);
    return isSame ? this.element : new XmlElement(this.element.name, this.element.attributes, children, this.element.offset);
  }
}
