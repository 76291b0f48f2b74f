// SPDX-License-Identifier: GPL-2.0-or-later
/** 3.10 to 4.0, first and last stage: every reference becomes a copy, and copies become references again where the original lives on. */
import { rewrite, XmlElement } from '../xml/index.ts';

/** Prefix of every id this step makes. */
export const MADE = 'pcmk__3_10_upgrade-';

/** Marks elements that do not define their id. A blank cannot stand in an XML name, so no document has this attribute. */
const COPY = ' copy';

const REFERABLE: ReadonlySet<string> = new Set([
  'cluster_property_set', 'instance_attributes', 'meta_attributes', 'utilization', 'nvpair', 'rule', 'operations', 'resource_set',
]);

/** References that lead to references deeper than this lead in a circle. */
const MAX_CHAIN = 20;

export function markCopy(here: XmlElement): XmlElement {
  return here.with(COPY, 'yes');
}

export function unfoldReferences(root: XmlElement): XmlElement {
  const originals = new Map<string, XmlElement>();
  for (const here of root.descendants()) if (REFERABLE.has(here.name) && here.id !== undefined && !here.has('id-ref')) originals.set(`${here.name} ${here.id}`, here);
  const unfold = (here: XmlElement, depth: number): XmlElement => {
    const reference = here.get('id-ref');
    if (reference === undefined || !REFERABLE.has(here.name)) return here;
    const original = originals.get(`${here.name} ${reference}`);
    if (original === undefined || depth > MAX_CHAIN) return here;
    const inside = rewrite(original, (child) => markCopy(unfold(child, depth + 1)));
    const name = here.name === 'nvpair' ? here.get('name') : undefined;
    return name === undefined ? markCopy(inside) : renamedPair(inside, reference, name);
  };
  return rewrite(root, (here) => unfold(here, 0));
}

/** A pair by reference with a name of its own is a pair of its own from now on. */
function renamedPair(original: XmlElement, reference: string, name: string): XmlElement {
  return markCopy(original.withAll({ id: `${MADE}${reference}-${name}`, name }));
}

/** Copies and repeated definitions become references; marks go. */
export function foldReferences(root: XmlElement): XmlElement {
  const originals = new Set<string>();
  for (const here of root.descendants()) if (here.id !== undefined && !here.has(COPY)) originals.add(here.id);
  return fold(root, originals, new Set());
}

function fold(here: XmlElement, originals: ReadonlySet<string>, seen: Set<string>): XmlElement {
  const isCopy = here.has(COPY);
  const id = REFERABLE.has(here.name) ? here.id : undefined;
  if (id !== undefined) {
    if (seen.has(id) || (isCopy && originals.has(id))) return new XmlElement(here.name, ['id-ref', id], []);
    seen.add(id);
  }
  const clean = isCopy ? here.with(COPY, undefined) : here;
  let changed = false;
  const children = clean.children.map((child) => {
    const folded = child.kind === 'element' ? fold(child, originals, seen) : child;
    changed ||= folded !== child;
    return folded;
  });
  return changed ? clean.withChildren(children) : clean;
}
