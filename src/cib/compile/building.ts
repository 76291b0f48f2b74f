// SPDX-License-Identifier: GPL-2.0-or-later
/** An element under construction: ids are filled in before it becomes part of a document. */
import { XmlElement, type XmlNode } from '../xml/index.ts';

export class Building {
  readonly name: string;
  readonly attributes: string[] = [];
  readonly children: (Building | XmlNode)[] = [];
  /** Name under which the text knows an nvpair whose name was modernised; its id is made from it. */
  spelling: string | undefined;

  constructor(name: string, attributes: ReadonlyArray<readonly [string, string | undefined]> = []) {
    this.name = name;
    for (let i = 0; i < attributes.length; i++) this.set(attributes[i]![0], attributes[i]![1]);
  }

  get(name: string): string | undefined {
    const list = this.attributes;
    for (let i = 0; i < list.length; i += 2) if (list[i] === name) return list[i + 1];
    return undefined;
  }

  /** Sets an attribute; an undefined value leaves it as it is. */
  set(name: string, value: string | undefined): this {
    if (value === undefined) return this;
    const list = this.attributes;
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name) {
        list[i + 1] = value;
        return this;
      }
    }
    list.push(name, value);
    return this;
  }

  add(...children: readonly (Building | XmlNode)[]): this {
    this.children.push(...children);
    return this;
  }

  /** Elements under construction among the children. */
  parts(): Building[] {
    const found: Building[] = [];
    for (const child of this.children) if (child instanceof Building) found.push(child);
    return found;
  }

  /** The finished element; the building must not be used any more. A list that grew has room for sixteen more words, its copy has not. */
  seal(): XmlElement {
    return new XmlElement(this.name, this.attributes.slice(), this.children.length === 0 ? NONE : this.children.map((child) => (child instanceof Building ? child.seal() : child)));
  }

  /** An element taken apart, to be changed. */
  static of(whole: XmlElement): Building {
    const made = new Building(whole.name);
    made.attributes.push(...whole.attributes);
    made.children.push(...whole.children.map((child) => (child.kind === 'element' ? Building.of(child) : child)));
    return made;
  }
}

const NONE: readonly XmlNode[] = [];
