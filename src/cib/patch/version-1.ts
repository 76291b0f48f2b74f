// SPDX-License-Identifier: GPL-2.0-or-later
/** Patches of format 1: what went and what came, as two skeletons of the document. Elements come at the end of their parent. */
import { sameXml } from '../compare.ts';
import { digestV2 } from '../digest.ts';
import { element, XmlElement, type XmlNode } from '../xml/index.ts';
import { childKey } from './align.ts';

const MARKER = '__crm_diff_marker__';
const VERSION = ['admin_epoch', 'epoch', 'num_updates'] as const;

export interface Version1Options {
  readonly withDigest?: boolean;
  readonly featureSet?: string;
}

export function diffVersion1(old: XmlElement, now: XmlElement, options: Version1Options): XmlElement | undefined {
  if (sameXml(old, now) || old.name !== now.name) return undefined;
  const removed = difference(old, now, 'removed') ?? bare(old);
  const added = difference(now, old, 'added') ?? bare(now);
  // The new root is told with all its attributes, so that attributes that went are known.
  const root = new XmlElement(now.name, now.attributes, added.children);
  const attributes = { crm_feature_set: options.featureSet ?? now.get('crm_feature_set'), digest: options.withDigest === true ? digestV2(now) : undefined };
  const version = Object.fromEntries(VERSION.map((name) => [name, old.get(name)]));
  return element('diff', attributes, [element('diff-removed', version, [removed]), element('diff-added', {}, [root])]);
}

function bare(here: XmlElement): XmlElement {
  return element(here.name, { id: here.id });
}

/**
 * The part of `here` that `other` does not have, as a skeleton. Children of the result must end up in order although they can only
 * be added at the end, so those after the first that cannot stay in place go and come again.
 */
function difference(here: XmlElement, other: XmlElement, marker: 'removed' | 'added'): XmlElement | undefined {
  const staying = stayingChildren(marker === 'removed' ? here : other, marker === 'removed' ? other : here);
  const partners = new Map(other.elements().map((child) => [childKey(child), child]));
  const children: XmlNode[] = [];
  for (const child of here.children) {
    // Comments and text cannot be told in this format.
    if (child.kind !== 'element') continue;
    const partner = staying.has(childKey(child)) ? partners.get(childKey(child)) : undefined;
    if (partner === undefined) children.push(child.with(MARKER, `${marker}:top`));
    else {
      const inside = difference(child, partner, marker);
      if (inside !== undefined) children.push(inside);
    }
  }
  const attributes: string[] = [];
  for (const [name, value] of here.entries()) if (name === 'id' || other.get(name) !== value) attributes.push(name, value);
  const isChanged = attributes.length > (here.id === undefined ? 0 : 2);
  return children.length === 0 && !isChanged ? undefined : new XmlElement(here.name, attributes, children);
}

/** Keys of the children that can stay: the longest beginning of the new children that the old ones contain in that order. */
function stayingChildren(old: XmlElement, now: XmlElement): ReadonlySet<string> {
  const staying = new Set<string>();
  if (hasTwins(old) || hasTwins(now)) return staying;
  const olds = old.elements();
  let at = 0;
  for (const child of now.elements()) {
    const key = childKey(child);
    while (at < olds.length && childKey(olds[at]!) !== key) at++;
    if (at >= olds.length) break;
    staying.add(key);
    at++;
  }
  return staying;
}

/** Whether two children cannot be told apart by name and id. */
function hasTwins(parent: XmlElement): boolean {
  const keys = parent.elements().map(childKey);
  return new Set(keys).size < keys.length;
}

export function applyVersion1(root: XmlElement, patch: XmlElement): XmlElement {
  const removed = patch.first('diff-removed')?.elements()[0];
  const added = patch.first('diff-added')?.elements()[0];
  let here = removed === undefined ? root : take(root, removed);
  if (added === undefined) return here;
  here = put(here, added);
  // All attributes of the new root are in the patch.
  return new XmlElement(here.name, added.attributes, here.children, here.offset);
}

/** Removes what is marked, and attributes that only the old version had or had otherwise. */
function take(here: XmlElement, skeleton: XmlElement): XmlElement {
  const wanted = new Map(skeleton.elements().map((child) => [childKey(child.with(MARKER, undefined)), child]));
  const children = here.children.flatMap((child): readonly XmlNode[] => {
    const found = child.kind === 'element' ? wanted.get(childKey(child)) : undefined;
    if (child.kind !== 'element' || found === undefined) return [child];
    return found.get(MARKER) === 'removed:top' ? [] : [take(child, found)];
  });
  let changed = here.withChildren(children);
  for (const [name] of skeleton.entries()) if (name !== 'id') changed = changed.with(name, undefined);
  return changed;
}

/** Adds what is marked at the end, and attributes. */
function put(here: XmlElement, skeleton: XmlElement): XmlElement {
  let changed = here;
  for (const [name, value] of skeleton.entries()) if (name !== 'id' && name !== MARKER) changed = changed.with(name, value);
  const inside = new Map<string, XmlElement>();
  const arriving: XmlElement[] = [];
  for (const child of skeleton.elements()) {
    if (child.has(MARKER)) arriving.push(child.with(MARKER, undefined));
    else inside.set(childKey(child), child);
  }
  const present = new Set(here.elements().map(childKey));
  const children = here.children.map((child) => {
    const found = child.kind === 'element' ? inside.get(childKey(child)) : undefined;
    return child.kind === 'element' && found !== undefined ? put(child, found) : child;
  });
  const unmarked = [...inside].filter(([key]) => !present.has(key)).map(([, child]) => child);
  return changed.withChildren([...children, ...unmarked, ...arriving]);
}
