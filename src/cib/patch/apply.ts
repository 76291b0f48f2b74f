// SPDX-License-Identifier: GPL-2.0-or-later
/** Applies a patch of format 2. */
import type { XmlElement, XmlNode } from '../xml/index.ts';
import { Work, type WorkNode } from './work.ts';

/** Why a patch does not fit. */
export class Misfit extends Error {}

interface Arrival {
  readonly parent: Work;
  readonly node: XmlNode | Work;
  readonly position: number;
  readonly isMove: boolean;
}

/** Deletions and changes of attributes happen in their order, then everything that comes or moves, by rising position. */
export function applyVersion2(root: XmlElement, patch: XmlElement): XmlElement {
  const work = new Work(root);
  const arrivals: Arrival[] = [];
  const leaving = new Map<Work, Set<WorkNode>>();
  for (const change of patch.elements('change')) {
    const operation = change.get('operation');
    const path = change.get('path') ?? '';
    if (operation === 'delete') remove(work, path, change, leaving);
    else if (operation === 'create') {
      settle(leaving);
      arrivals.push(creation(work, path, change));
    } else {
      settle(leaving);
      const target = find(work, path);
      if (target === undefined) throw new Misfit(`there is no ${path}`);
      if (operation === 'modify') modify(target, change);
      else if (operation === 'move') arrivals.push(movement(target, change));
      else throw new Misfit(`unknown operation "${operation}"`);
    }
  }
  settle(leaving);
  arrive(arrivals);
  return work.finish();
}

/** Deletions are noted and done together, because taking children out one by one costs the number of their siblings each. */
function remove(work: Work, path: string, change: XmlElement, leaving: Map<Work, Set<WorkNode>>): void {
  const anonymous = /^(.*)\/(comment|text)(?:\(\))?$/.exec(path);
  if (anonymous !== null && change.get('position') !== undefined) {
    settle(leaving);
    const parent = find(work, anonymous[1]!);
    const child = parent?.children[Number(change.get('position'))];
    if (parent === undefined || child === undefined || child instanceof Work || child.kind !== anonymous[2]) return;
    parent.remove(child);
    return;
  }
  const target = find(work, path);
  if (target === undefined) return;
  if (target.parent === undefined) throw new Misfit('the root cannot be deleted');
  const gone = leaving.get(target.parent) ?? new Set();
  // Of elements that cannot be told apart each deletion means the next.
  if (gone.has(target)) {
    settle(leaving);
    remove(work, path, change, leaving);
    return;
  }
  leaving.set(target.parent, gone.add(target));
}

function settle(leaving: Map<Work, Set<WorkNode>>): void {
  for (const [parent, gone] of leaving) parent.removeAll(gone);
  leaving.clear();
}

function creation(work: Work, path: string, change: XmlElement): Arrival {
  const parent = find(work, path);
  const node = change.children[0];
  if (parent === undefined) throw new Misfit(`there is no ${path} to create in`);
  if (node === undefined) throw new Misfit(`nothing to create in ${path}`);
  return { parent, node, position: position(change), isMove: false };
}

function movement(target: Work, change: XmlElement): Arrival {
  if (target.parent === undefined) throw new Misfit('the root cannot move');
  return { parent: target.parent, node: target, position: position(change), isMove: true };
}

function position(change: XmlElement): number {
  const text = change.get('position');
  if (text === undefined || !/^\d+$/.test(text)) throw new Misfit(`"${text}" is no position`);
  return Number(text);
}

function modify(target: Work, change: XmlElement): void {
  const result = change.first('change-result')?.elements()[0];
  if (result === undefined) throw new Misfit('a modification without its result');
  target.element = result.withChildren(target.element.children);
}

/** Everything that moves is taken out before anything is put in, so that positions are those of the result. */
function arrive(arrivals: readonly Arrival[]): void {
  const moving = new Map<Work, Set<WorkNode>>();
  for (const { parent, node, isMove } of arrivals) {
    if (isMove && node instanceof Work) moving.set(parent, (moving.get(parent) ?? new Set<WorkNode>()).add(node));
  }
  settle(moving);
  for (const { parent, node, position: at, isMove } of [...arrivals].sort((a, b) => a.position - b.position)) {
    if (isMove && at > parent.children.length) throw new Misfit(`position ${at} is beyond the end of <${parent.element.name}>`);
    parent.insert(Math.min(at, parent.children.length), node);
  }
}

const STEP = /\/([^/[\]]+)(?:\[@id='([^']*)'\])?/y;

/** The element a path names: from the root, the first child of each name and id. */
function find(work: Work, path: string): Work | undefined {
  let here: Work | undefined;
  STEP.lastIndex = 0;
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path);
    if (match === null) return undefined;
    const [, name, id] = match;
    const key = id === undefined ? name! : `${name} ${id}`;
    if (here !== undefined) here = here.child(key);
    else if (work.element.name === name && (id === undefined || work.element.id === id)) here = work;
    if (here === undefined) return undefined;
  }
  return here;
}
