// SPDX-License-Identifier: GPL-2.0-or-later
/** Aligns the children of two versions of an element: which stay, which move, which come and go. */
import type { XmlElement, XmlNode } from '../xml/index.ts';

export interface Alignment {
  /** Positions, in the old children, of those that went. */
  readonly deleted: readonly number[];
  /** Pairs of the same element before and after. */
  readonly kept: readonly { readonly old: XmlElement; readonly now: XmlElement; readonly at: number; readonly isMoved: boolean }[];
  /** Positions, in the new children, of those that came. */
  readonly created: ReadonlySet<number>;
  /** All go and all come; then names are enough in paths, also where an id cannot be written in one. */
  readonly isWhole?: boolean;
}

/**
 * Elements are the same when name and id agree, comments when they say the same at the same position. Undefined when
 * children cannot be told apart by name and id: then their parent counts as another element.
 */
export function alignChildren(old: XmlElement, now: XmlElement): Alignment | undefined {
  const before = index(old);
  const after = index(now);
  if (before === undefined || after === undefined) return undefined;
  const partner = new Map<number, number>();
  for (const [at, child] of now.children.entries()) {
    const found = child.kind === 'element' ? before.get(childKey(child)) : sameComment(old, child, at) ? at : undefined;
    if (found !== undefined) partner.set(at, found);
  }
  for (;;) {
    const moved = findMoves(old, now, partner);
    // A path cannot name one of several comments, so a comment that would move goes and comes instead. Each turn takes
    // comments out of the pairs, so the turns are bounded by their number, which is small.
    const comments = moved.filter((at) => now.children[at]!.kind === 'comment');
    if (comments.length === 0) return conclude(old, now, partner, new Set(moved));
    for (const at of comments) partner.delete(at);
  }
}

export function childKey(child: XmlElement): string {
  const { id } = child;
  return id === undefined ? child.name : `${child.name} ${id}`;
}

/** Positions of child elements by key; undefined when a key repeats or there is text among the children. */
function index(parent: XmlElement): Map<string, number> | undefined {
  const positions = new Map<string, number>();
  for (const [at, child] of parent.children.entries()) {
    if (child.kind === 'text') return undefined;
    if (child.kind === 'comment') continue;
    const key = childKey(child);
    // An id with a quote cannot be written in a path.
    if (positions.has(key) || child.id?.includes("'") === true) return undefined;
    positions.set(key, at);
  }
  return positions;
}

function sameComment(old: XmlElement, comment: XmlNode, at: number): boolean {
  const other = old.children[at];
  return other?.kind === 'comment' && comment.kind === 'comment' && other.text === comment.text;
}

/**
 * New positions of the children that moved. A child moved when its place among those that count differs before and after; of a
 * child that moved forward the old place stops counting, of one that moved back the new place, so that one move explains
 * the shift of the others.
 */
function findMoves(old: XmlElement, now: XmlElement, partner: ReadonlyMap<number, number>): number[] {
  const places = new Places(old.children.length);
  const kept = new Set(partner.values());
  for (let i = 0; i < old.children.length; i++) if (!kept.has(i)) places.drop(i);
  const moved: number[] = [];
  let place = 0;
  for (let at = 0; at < now.children.length; at++) {
    const from = partner.get(at);
    if (from === undefined) continue;
    const oldPlace = places.before(from);
    if (oldPlace === place) {
      place++;
      continue;
    }
    moved.push(at);
    if (oldPlace > place) {
      places.drop(from);
      place++;
    }
  }
  return moved;
}

function conclude(old: XmlElement, now: XmlElement, partner: ReadonlyMap<number, number>, moved: ReadonlySet<number>): Alignment {
  const kept = new Set(partner.values());
  const pairs: { old: XmlElement; now: XmlElement; at: number; isMoved: boolean }[] = [];
  const created = new Set<number>();
  for (const [at, child] of now.children.entries()) {
    const from = partner.get(at);
    const other = from === undefined ? undefined : old.children[from];
    if (other === undefined) created.add(at);
    else if (child.kind === 'element' && other.kind === 'element') pairs.push({ old: other, now: child, at, isMoved: moved.has(at) });
  }
  return { deleted: [...old.children.keys()].filter((at) => !kept.has(at)), kept: pairs, created };
}

/** Counts the places before one that still count; a binary indexed tree, because sections have thousands of children. */
class Places {
  readonly #tree: Int32Array;
  readonly #dropped: Uint8Array;

  constructor(size: number) {
    this.#tree = new Int32Array(size + 1);
    this.#dropped = new Uint8Array(size);
  }

  drop(at: number): void {
    if (this.#dropped[at] === 1) return;
    this.#dropped[at] = 1;
    for (let i = at + 1; i < this.#tree.length; i += i & -i) this.#tree[i]!++;
  }

  before(at: number): number {
    let dropped = 0;
    for (let i = at; i > 0; i -= i & -i) dropped += this.#tree[i]!;
    return at - dropped;
  }
}
