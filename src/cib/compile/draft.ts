// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The configuration as the objects a user names: found by id, changed in the time of their own size, undone step by
 * step. Resources inside containers are objects of their own; a container holds an empty stub in the place of each.
 */
import type { XmlElement} from '../xml/index.ts';
import { element, type XmlNode } from '../xml/index.ts';
import { kindOf, objectKey, RESOURCE_ELEMENTS, SECTION_ORDER, sectionOf, type ObjectKind } from './kinds.ts';
import { ownIds, ownReferences } from './ids.ts';

export interface CibObject {
  /** What `show` and `delete` call it: the id, the uname of a node, `fencing_topology`. */
  readonly key: string;
  readonly kind: ObjectKind;
  /** The element, with a stub for each resource inside it. */
  readonly element: XmlElement;
  /** Key of the container around it. */
  readonly parent: string | undefined;
  /** Place among the objects of its section. */
  readonly rank: number;
}

interface Step {
  readonly key: string;
  readonly before: CibObject | undefined;
}

interface Section {
  readonly element: XmlElement;
  /** Comments and unknown elements, with their rank. */
  readonly others: readonly { readonly node: XmlNode; readonly rank: number }[];
}

/** Marks a state of the draft to come back to. */
export type DraftMark = number;

/** What a rollback took away, in the order it was made. */
export type UndoneChange = readonly { readonly key: string; readonly after: CibObject | undefined }[];

export class CibDraft {
  readonly #cib: XmlElement;
  readonly #objects = new Map<string, CibObject>();
  readonly #sections = new Map<string, Section>();
  readonly #ids = new Map<string, string>();
  readonly #constraints = new Map<string, Set<string>>();
  readonly #references = new Map<string, number>();
  readonly #journal: Step[] = [];
  readonly #touched = new Set<string>();
  #attributes: XmlElement;
  #nextRank = 0;
  #built: XmlElement | undefined;

  constructor(cib: XmlElement) {
    this.#cib = cib;
    this.#attributes = cib;
    for (const section of cib.first('configuration')?.elements() ?? []) this.#readSection(section);
    this.#built = cib;
  }

  get(key: string): CibObject | undefined {
    return this.#objects.get(key);
  }

  /** Objects in the order of the document, members after their container's place. */
  objects(): IterableIterator<CibObject> {
    return this.#objects.values();
  }

  /** Key of the object that an id belongs to. */
  ownerOf(id: string): string | undefined {
    return this.#ids.get(id);
  }

  isTaken(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Whether an `id-ref` leads to this id. */
  isReferenced(id: string): boolean {
    return (this.#references.get(id) ?? 0) > 0;
  }

  /** Keys of the constraints that name a resource. */
  constraintsOn(resource: string): readonly string[] {
    return [...(this.#constraints.get(resource) ?? [])];
  }

  get schema(): string {
    return this.#attributes.get('validate-with') ?? '';
  }

  setSchema(name: string): void {
    this.#attributes = this.#attributes.with('validate-with', name);
    this.#built = undefined;
  }

  /** Adds an object or replaces the one of that key in its place. */
  put(object: Omit<CibObject, 'rank'> & { readonly rank?: number | undefined }): CibObject {
    const before = this.#objects.get(object.key);
    const rank = object.rank ?? (before !== undefined && before.parent === object.parent ? before.rank : this.#nextRank++);
    const made: CibObject = { ...object, rank };
    this.#journal.push({ key: object.key, before });
    this.#write(object.key, made);
    return made;
  }

  remove(key: string): void {
    const before = this.#objects.get(key);
    if (before === undefined) return;
    this.#journal.push({ key, before });
    this.#write(key, undefined);
  }

  /** Ids of an object become free while it is being remade. */
  release(key: string): void {
    const object = this.#objects.get(key);
    if (object !== undefined) for (const id of ownIds(object.element)) if (this.#ids.get(id) === key) this.#ids.delete(id);
  }

  /** A place behind everything that is there. */
  reserveRank(): number {
    return this.#nextRank++;
  }

  mark(): DraftMark {
    return this.#journal.length;
  }

  hasChangedSince(mark: DraftMark): boolean {
    return this.#journal.length > mark;
  }

  /** Undoes everything since the mark; what it gives can be replayed as long as nothing else changes. */
  rollback(mark: DraftMark): UndoneChange {
    const undone: { key: string; after: CibObject | undefined }[] = [];
    while (this.#journal.length > mark) {
      const step = this.#journal.pop()!;
      undone.push({ key: step.key, after: this.#objects.get(step.key) });
      this.#write(step.key, step.before);
    }
    return undone.reverse();
  }

  /** Does again what a rollback undid. */
  replay(change: UndoneChange): void {
    for (const { key, after } of change) {
      this.#journal.push({ key, before: this.#objects.get(key) });
      this.#write(key, after);
    }
  }

  /** The element of an object with the elements of its members in it. */
  whole(object: CibObject): XmlElement {
    if (!object.element.children.some((child) => child.kind === 'element' && RESOURCE_ELEMENTS.has(child.name))) return object.element;
    const children = object.element.children.map((child) => {
      if (child.kind !== 'element' || !RESOURCE_ELEMENTS.has(child.name)) return child;
      const member = this.#objects.get(child.id ?? '');
      return member === undefined ? child : this.whole(member);
    });
    return object.element.withChildren(children);
  }

  /** The document as it is now. */
  finish(): XmlElement {
    if (this.#built !== undefined) return this.#built;
    const configuration = this.#cib.first('configuration') ?? element('configuration');
    const lists = this.#topLevel();
    const children = withSections(configuration, lists).flatMap((child) => {
      const built = typeof child === 'string' ? this.#buildSection(child, lists.get(child) ?? []) : child;
      return built === undefined ? [] : [built];
    });
    const made = configuration.withChildren(children);
    const replaced = this.#cib.first('configuration') === undefined ? [made, ...this.#cib.children] : this.#cib.children.map((child) => (child === configuration ? made : child));
    this.#built = this.#attributes.withChildren(replaced);
    return this.#built;
  }

  #readSection(section: XmlElement): void {
    const others: { node: XmlNode; rank: number }[] = [];
    this.#sections.set(section.name, { element: section, others });
    if (section.name === 'fencing-topology') {
      this.#read(section, undefined);
      return;
    }
    for (const child of section.children) {
      if (child.kind === 'element' && kindOf(child, section.name) !== undefined && this.#isNew(objectKey(child, section.name))) this.#read(child, undefined, section.name);
      else others.push({ node: child, rank: this.#nextRank++ });
    }
  }

  /** The first object of a name is the object; a second one is not valid anyway and stays where it is, as it is. */
  #isNew(key: string): boolean {
    return key !== '' && !this.#objects.has(key);
  }

  #read(whole: XmlElement, parent: string | undefined, section = whole.name): void {
    const key = objectKey(whole, section);
    const rank = this.#nextRank++;
    const members = whole.children.filter((child) => child.kind === 'element' && RESOURCE_ELEMENTS.has(child.name) && this.#isNew(child.id ?? '')) as XmlElement[];
    const inner = members.length === 0 ? whole : whole.withChildren(whole.children.map((child) => (members.includes(child as XmlElement) ? stub(child as XmlElement) : child)));
    this.#write(key, { key, kind: kindOf(whole, section)!, element: inner, parent, rank });
    for (const member of members) this.#read(member, key, section);
  }

  #write(key: string, object: CibObject | undefined): void {
    const before = this.#objects.get(key);
    if (before !== undefined) this.#index(before, false);
    if (object === undefined) this.#objects.delete(key);
    else {
      this.#objects.set(key, object);
      this.#index(object, true);
    }
    this.#built = undefined;
    for (const one of [before, object]) if (one !== undefined) this.#touched.add(sectionOf(one.kind));
  }

  #index(object: CibObject, isAdded: boolean): void {
    for (const id of ownIds(object.element)) {
      if (isAdded) this.#ids.set(id, object.key);
      else if (this.#ids.get(id) === object.key) this.#ids.delete(id);
    }
    for (const id of ownReferences(object.element)) this.#references.set(id, (this.#references.get(id) ?? 0) + (isAdded ? 1 : -1));
    if (sectionOf(object.kind) !== 'constraints') return;
    for (const resource of namedResources(object.element)) {
      const set = this.#constraints.get(resource) ?? new Set<string>();
      if (isAdded) set.add(object.key);
      else set.delete(object.key);
      this.#constraints.set(resource, set);
    }
  }

  #topLevel(): Map<string, CibObject[]> {
    const lists = new Map<string, CibObject[]>();
    for (const object of this.#objects.values()) {
      if (object.parent !== undefined) continue;
      const name = sectionOf(object.kind);
      if (!this.#touched.has(name)) continue;
      const list = lists.get(name);
      if (list === undefined) lists.set(name, [object]);
      else list.push(object);
    }
    return lists;
  }

  #buildSection(name: string, objects: readonly CibObject[]): XmlElement | undefined {
    const section = this.#sections.get(name);
    if (!this.#touched.has(name)) return section?.element;
    if (name === 'fencing-topology') return objects[0]?.element;
    const rows = [...objects.map((object) => ({ rank: object.rank, node: this.whole(object) as XmlNode })), ...(section?.others ?? [])].sort((a, b) => a.rank - b.rank);
    if (rows.length === 0 && (section === undefined || OPTIONAL_SECTIONS.has(name))) return undefined;
    return (section?.element ?? element(name)).withChildren(rows.map((row) => row.node));
  }
}

/** Sections that go away with their last object. */
const OPTIONAL_SECTIONS = new Set(['rsc_defaults', 'op_defaults', 'tags', 'alerts', 'acls', 'fencing-topology']);

function stub(member: XmlElement): XmlElement {
  return element(member.name, { id: member.id });
}

/** Names of the sections with the comments among them; sections that are new stand where the schema lists them. */
function withSections(configuration: XmlElement, lists: ReadonlyMap<string, readonly CibObject[]>): (string | XmlNode)[] {
  const children = configuration.children.map((child) => (child.kind === 'element' ? child.name : child));
  for (const name of SECTION_ORDER) {
    if (!lists.has(name) || children.includes(name)) continue;
    const behind: readonly (string | XmlNode)[] = SECTION_ORDER.slice(SECTION_ORDER.indexOf(name) + 1);
    const at = children.findIndex((one) => behind.includes(one));
    children.splice(at < 0 ? children.length : at, 0, name);
  }
  return children;
}

const NAMING = ['rsc', 'with-rsc', 'first', 'then'] as const;

/** Resources that a constraint names, in its attributes or sets. */
export function namedResources(constraint: XmlElement): string[] {
  const found = NAMING.map((name) => constraint.get(name)).filter((one) => one !== undefined) as string[];
  for (const set of constraint.elements('resource_set')) for (const one of set.elements('resource_ref')) if (one.id !== undefined) found.push(one.id);
  return found;
}
