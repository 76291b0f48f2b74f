// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * An editing draft of a CIB: many changes to one document, each found by id or element and done in the time of its own size.
 * Elements handed out stay valid handles after the place they stand for was changed; `finish` gives the new document,
 * which shares with the old one whatever was not touched.
 */
import { definesId } from './ids.ts';
import type { XmlElement, XmlNode } from './xml/index.ts';

/** A place in the draft. */
interface Place {
  /** The element as of the last change inside or of this place. */
  element: XmlElement;
  readonly parent: Place | undefined;
  children: (Place | Exclude<XmlNode, XmlElement>)[];
  /** Whether `element` is behind the children. */
  isStale: boolean;
  isGone: boolean;
}

export function editCib(root: XmlElement): CibEditor {
  return new CibEditor(root);
}

export class CibEditor {
  readonly #root: Place;
  readonly #places = new WeakMap<XmlElement, Place>();
  readonly #ids = new Map<string, Place>();

  constructor(root: XmlElement) {
    this.#root = this.#plant(root, undefined, false);
  }

  /** The document as it is now. */
  finish(): XmlElement {
    return this.#fresh(this.#root);
  }

  /** The element that defines an id (nodes, access targets and everything in the status do not). */
  byId(id: string): XmlElement | undefined {
    const place = this.#ids.get(id);
    return place === undefined ? undefined : this.#fresh(place);
  }

  hasId(id: string): boolean {
    return this.#ids.has(id);
  }

  /** A section of the configuration, or `configuration`, or `status`. */
  section(name: string): XmlElement | undefined {
    const configuration = child(this.#root, 'configuration');
    const place = name === 'configuration' ? configuration : name === 'status' ? child(this.#root, name) : configuration && child(configuration, name);
    return place === undefined ? undefined : this.#fresh(place);
  }

  /** The element around another. Asking while the parent is being changed costs the size of the parent. */
  parentOf(element: XmlElement): XmlElement | undefined {
    const parent = this.#place(element).parent;
    return parent === undefined ? undefined : this.#fresh(parent);
  }

  /** The present state of an element that was handed out before; undefined when it was removed. */
  current(element: XmlElement): XmlElement | undefined {
    const place = this.#places.get(element);
    return place === undefined || isGone(place) ? undefined : this.#fresh(place);
  }

  /** Puts another element in place of one, or removes it (undefined). */
  replace(target: string | XmlElement, by: XmlElement | undefined): void {
    const place = typeof target === 'string' ? this.#ids.get(target) : this.#place(target);
    if (place === undefined) throw new Error(`defect: no element has the id "${String(target)}"`);
    this.#forget(place);
    touch(place.parent);
    if (by === undefined) {
      place.isGone = true;
      return;
    }
    place.element = by;
    place.isStale = false;
    this.#register(place);
  }

  /** Adds a node to a parent, before the given child or at the end; returns nothing: the element itself is the handle. */
  insert(parent: XmlElement, node: XmlNode, before?: XmlElement): void {
    const place = this.#place(parent);
    const planted = node.kind === 'element' ? this.#plant(node, place, this.#isStatus(place)) : node;
    const at = before === undefined ? place.children.length : place.children.indexOf(this.#place(before));
    if (at < 0) throw new Error(`defect: <${before!.name}> is not in <${parent.name}>`);
    place.children.splice(at, 0, planted);
    touch(place);
  }

  /** Sets or removes attributes and leaves the content alone. */
  setAttributes(target: XmlElement, changes: Readonly<Record<string, string | undefined>>): void {
    const place = this.#place(target);
    this.replace(target, this.#fresh(place).withAll(changes));
  }

  #place(element: XmlElement): Place {
    const place = this.#places.get(element);
    if (place === undefined || isGone(place)) throw new Error(`defect: <${element.name} id="${element.id}"> is not in the document`);
    return place;
  }

  #plant(element: XmlElement, parent: Place | undefined, isStatus: boolean): Place {
    const place: Place = { element, parent, children: [], isStale: false, isGone: false };
    this.#register(place, isStatus);
    return place;
  }

  /** Makes the places of an element's children and notes ids and handles. */
  #register(place: Place, isStatus = this.#isStatus(place)): void {
    const { element } = place;
    this.#places.set(element, place);
    const { id } = element;
    if (id !== undefined && !isStatus && definesId(element) && !this.#ids.has(id)) this.#ids.set(id, place);
    const inStatus = isStatus || element.name === 'status';
    place.children = element.children.map((node) => (node.kind === 'element' ? this.#plant(node, place, inStatus) : node));
  }

  #forget(place: Place): void {
    const { id } = place.element;
    if (id !== undefined && this.#ids.get(id) === place) this.#ids.delete(id);
    for (const node of place.children) {
      if (!isPlace(node)) continue;
      this.#forget(node);
      node.isGone = true;
    }
  }

  #isStatus(place: Place): boolean {
    for (let here: Place | undefined = place; here !== undefined; here = here.parent) if (here.element.name === 'status') return true;
    return false;
  }

  /** Brings the element of a place up to its children. */
  #fresh(place: Place): XmlElement {
    if (!place.isStale) return place.element;
    place.children = place.children.filter((node) => !isPlace(node) || !node.isGone);
    place.element = place.element.withChildren(place.children.map((node) => (isPlace(node) ? this.#fresh(node) : node)));
    place.isStale = false;
    this.#places.set(place.element, place);
    return place.element;
  }
}

function isPlace(node: Place | Exclude<XmlNode, XmlElement>): node is Place {
  return 'isStale' in node;
}

function isGone(place: Place): boolean {
  for (let here: Place | undefined = place; here !== undefined; here = here.parent) if (here.isGone) return true;
  return false;
}

function child(place: Place, name: string): Place | undefined {
  for (const node of place.children) if (isPlace(node) && !node.isGone && node.element.name === name) return node;
  return undefined;
}

/** Marks a place and all around it as behind. */
function touch(place: Place | undefined): void {
  for (let here = place; here !== undefined && !here.isStale; here = here.parent) here.isStale = true;
}
