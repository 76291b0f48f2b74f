// SPDX-License-Identifier: GPL-2.0-or-later
/** Makes a patch of format 2: the changes that lead from one document to another. */
import { sameAttributes } from '../compare.ts';
import { digestV2 } from '../digest.ts';
import { element, type XmlElement } from '../xml/index.ts';
import { alignChildren, type Alignment } from './align.ts';

export interface DiffOptions {
  /** Leave out the version triples and differences in them. */
  readonly withoutVersion?: boolean;
  /** Add the digest of the target. */
  readonly withDigest?: boolean;
  /** The order of attributes counts as well; it does by itself when there is a digest, which depends on it. */
  readonly attributeOrder?: boolean;
}

const VERSION = ['admin_epoch', 'epoch', 'num_updates'] as const;

/** The patch from one document to another; undefined when they are the same or have roots of different names. */
export function diffVersion2(old: XmlElement, now: XmlElement, options: DiffOptions): XmlElement | undefined {
  if (old.name !== now.name) return undefined;
  const from = options.withoutVersion === true ? versionLike(old, now) : old;
  const differ = new Differ(options.attributeOrder ?? options.withDigest === true);
  differ.deletions(from, now, rootPath(now), rootPath(from));
  differ.changes(from, now, rootPath(now));
  if (differ.changed.length === 0) return undefined;
  const head = options.withoutVersion === true ? [] : [element('version', {}, [triple('source', old), triple('target', now)])];
  const digest = options.withDigest === true ? digestV2(now) : undefined;
  return element('diff', { format: '2', digest }, [...head, ...differ.changed]);
}

/** The root with the version of another, so that no difference is seen in it. */
function versionLike(root: XmlElement, other: XmlElement): XmlElement {
  return VERSION.reduce((here, name) => here.with(name, other.get(name)), root);
}

function triple(name: string, root: XmlElement): XmlElement {
  // What is no CIB is told as version 1.1.1.
  const missing = root.name === 'cib' ? '0' : '1';
  return element(name, Object.fromEntries(VERSION.map((field) => [field, root.get(field) ?? missing])));
}

/** `primitive[@id='x']`, or the name alone. */
function pathStep(here: XmlElement): string {
  const { id } = here;
  return id === undefined ? here.name : `${here.name}[@id='${id}']`;
}

function rootPath(root: XmlElement): string {
  return `/${pathStep(root)}`;
}

class Differ {
  readonly changed: XmlElement[] = [];
  readonly #attributeOrder: boolean;
  /** Alignments found in the first walk, for the second. */
  readonly #alignments = new Map<XmlElement, { readonly old: XmlElement; readonly alignment: Alignment }>();

  constructor(attributeOrder: boolean) {
    this.#attributeOrder = attributeOrder;
  }

  /** First walk: what went, in the order of the old document. */
  deletions(old: XmlElement, now: XmlElement, path: string, oldPath: string): void {
    if (old === now) return;
    const alignment = alignChildren(old, now) ?? everything(old, now);
    this.#alignments.set(now, { old, alignment });
    const gone = new Set(alignment.deleted);
    const partners = new Map(alignment.kept.map((pair) => [pair.old, pair]));
    let deleted = 0;
    for (const [at, child] of old.children.entries()) {
      if (gone.has(at)) {
        const position = String(at - deleted++);
        if (child.kind === 'comment') this.#add('delete', `${oldPath}/comment`, { position });
        else if (child.kind === 'text') this.#add('delete', `${oldPath}/text`, { position });
        else this.#add('delete', `${oldPath}/${alignment.isWhole === true ? child.name : pathStep(child)}`, {});
      } else if (child.kind === 'element') {
        const pair = partners.get(child)!;
        this.deletions(child, pair.now, `${path}/${pathStep(pair.now)}`, `${oldPath}/${pathStep(child)}`);
      }
    }
  }

  /** Second walk: what changed, came and moved, in the order of the new document. */
  changes(old: XmlElement, now: XmlElement, path: string): void {
    if (old === now) return;
    this.#attributes(old, now, path);
    const { alignment } = this.#alignments.get(now)!;
    const pairs = new Map(alignment.kept.map((pair) => [pair.at, pair]));
    for (const [at, child] of now.children.entries()) {
      if (alignment.created.has(at)) {
        this.changed.push(element('change', { operation: 'create', path, position: String(at) }, [child]));
        continue;
      }
      const pair = pairs.get(at);
      if (pair === undefined) continue;
      const below = `${path}/${pathStep(pair.now)}`;
      this.changes(pair.old, pair.now, below);
      if (pair.isMoved) this.#add('move', below, { position: String(at) });
    }
  }

  #add(operation: string, path: string, more: Readonly<Record<string, string>>): void {
    this.changed.push(element('change', { operation, path, ...more }));
  }

  #attributes(old: XmlElement, now: XmlElement, path: string): void {
    if (old.attributes === now.attributes || (!this.#attributeOrder && sameAttributes(old, now))) return;
    const moved = this.#attributeOrder ? movedAttributes(old, now) : NONE;
    const list: XmlElement[] = [];
    for (const [name, value] of now.entries()) {
      if (old.get(name) !== value || moved.has(name)) list.push(element('change-attr', { name, operation: 'set', value }));
    }
    for (const [name] of old.entries()) if (!now.has(name)) list.push(element('change-attr', { name, operation: 'unset' }));
    if (list.length === 0) return;
    const result = element('change-result', {}, [now.withChildren([])]);
    this.changed.push(element('change', { operation: 'modify', path }, [element('change-list', {}, list), result]));
  }
}

const NONE: ReadonlySet<string> = new Set();

/** All old children go and all new ones come: the way out when they cannot be told apart. */
function everything(old: XmlElement, now: XmlElement): Alignment {
  return { deleted: [...old.children.keys()], kept: [], created: new Set(now.children.keys()), isWhole: true };
}

/** Attributes that changed their place among those that count, by the same counting as for children. */
function movedAttributes(old: XmlElement, now: XmlElement): ReadonlySet<string> {
  const order = [...old.entries()].map(([name]) => name);
  const dropped = new Set<string>();
  const moved = new Set<string>();
  let place = 0;
  for (const [name] of now.entries()) {
    const from = order.indexOf(name);
    if (from < 0) {
      place++;
      continue;
    }
    const oldPlace = order.slice(0, from).filter((other) => !dropped.has(other)).length;
    if (oldPlace !== place) moved.add(name);
    if (oldPlace > place) dropped.add(name);
    if (oldPlace >= place) place++;
  }
  return moved;
}
