// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The CIB as an immutable element tree. A change makes a new element and shares every child that did not change,
 * so that two versions of a document cost one path and can be compared by identity.
 */

export type XmlNode = XmlElement | XmlComment | XmlText;

/** A comment, without its delimiters, exactly as written. */
export class XmlComment {
  readonly kind = 'comment';
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Character data between elements, decoded. White space that only indents is not kept by the reader. */
export class XmlText {
  readonly kind = 'text';
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Attributes as callers like to write them; an undefined value leaves the attribute out. */
export type AttributeInput = Readonly<Record<string, string | undefined>> | ReadonlyArray<readonly [string, string]>;

/**
 * One element. `attributes` is flat (`name, value, name, value`) in document order: a CIB of 10 MB holds some
 * hundred thousand elements, and a map for each would cost several times the document.
 */
export class XmlElement {
  readonly kind = 'element';
  readonly name: string;
  readonly attributes: readonly string[];
  readonly children: readonly XmlNode[];
  /** Offset of `<` in the text the element was read from (UTF-16 units), -1 when it was made by a program. */
  readonly offset: number;

  constructor(name: string, attributes: readonly string[], children: readonly XmlNode[], offset = -1) {
    this.name = name;
    this.attributes = attributes;
    this.children = children;
    this.offset = offset;
  }

  get id(): string | undefined {
    return this.get('id');
  }

  get(name: string): string | undefined {
    const list = this.attributes;
    for (let i = 0; i < list.length; i += 2) if (list[i] === name) return list[i + 1];
    return undefined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Attribute pairs in document order. */
  *entries(): IterableIterator<[string, string]> {
    const list = this.attributes;
    for (let i = 0; i < list.length; i += 2) yield [list[i]!, list[i + 1]!];
  }

  /** Child elements in document order, optionally of one name; comments and text are passed over. */
  elements(name?: string): XmlElement[] {
    const found: XmlElement[] = [];
    for (const child of this.children) {
      if (child.kind === 'element' && (name === undefined || child.name === name)) found.push(child);
    }
    return found;
  }

  /** First child element of that name. */
  first(name: string): XmlElement | undefined {
    for (const child of this.children) if (child.kind === 'element' && child.name === name) return child;
    return undefined;
  }

  /** The descendant reached by taking the first child of each name in turn. */
  at(...path: readonly string[]): XmlElement | undefined {
    return path.reduce<XmlElement | undefined>((here, name) => here?.first(name), this);
  }

  /** Joined character data of the direct children. */
  get text(): string {
    let joined = '';
    for (const child of this.children) if (child.kind === 'text') joined += child.text;
    return joined;
  }

  /** This element and all below it, in document order. */
  *descendants(): IterableIterator<XmlElement> {
    const stack: XmlElement[] = [this];
    for (let here = stack.pop(); here !== undefined; here = stack.pop()) {
      yield here;
      for (let i = here.children.length - 1; i >= 0; i--) {
        const child = here.children[i]!;
        if (child.kind === 'element') stack.push(child);
      }
    }
  }

  /** The same element with one attribute set (in place if present, else appended) or, with undefined, removed. */
  with(name: string, value: string | undefined): XmlElement {
    const at = this.attributes.findIndex((word, i) => i % 2 === 0 && word === name);
    if (at < 0) {
      if (value === undefined) return this;
      return new XmlElement(this.name, [...this.attributes, name, value], this.children, this.offset);
    }
    if (this.attributes[at + 1] === value) return this;
    const list = this.attributes.slice();
    if (value === undefined) list.splice(at, 2);
    else list[at + 1] = value;
    return new XmlElement(this.name, list, this.children, this.offset);
  }

  /** Several attributes set or (undefined) removed. */
  withAll(changes: Readonly<Record<string, string | undefined>>): XmlElement {
    return Object.keys(changes).reduce<XmlElement>((here, name) => here.with(name, changes[name]), this);
  }

  withChildren(children: readonly XmlNode[]): XmlElement {
    return children === this.children ? this : new XmlElement(this.name, this.attributes, children, this.offset);
  }

  withName(name: string): XmlElement {
    return name === this.name ? this : new XmlElement(name, this.attributes, this.children, this.offset);
  }

  /** The same element with a child added at the end. */
  append(...children: readonly XmlNode[]): XmlElement {
    return this.withChildren([...this.children, ...children]);
  }

  /** The same element with one direct child (found by identity) replaced, or removed when `by` is undefined. */
  replaceChild(child: XmlNode, by: XmlNode | undefined): XmlElement {
    const at = this.children.indexOf(child);
    if (at < 0) throw new Error(`defect: <${this.name}> has no such child`);
    const list = this.children.slice();
    if (by === undefined) list.splice(at, 1);
    else list[at] = by;
    return this.withChildren(list);
  }
}

/** Makes an element: `element('nvpair', { id: 'x', name: 'a', value: 'b' })`. */
export function element(name: string, attributes: AttributeInput = {}, children: readonly XmlNode[] = []): XmlElement {
  const flat: string[] = [];
  if (Array.isArray(attributes)) {
    for (const [key, value] of attributes as ReadonlyArray<readonly [string, string]>) flat.push(key, value);
  } else {
    const record = attributes as Readonly<Record<string, string | undefined>>;
    for (const key of Object.keys(record)) {
      const value = record[key];
      if (value !== undefined) flat.push(key, value);
    }
  }
  return new XmlElement(name, flat, children);
}
