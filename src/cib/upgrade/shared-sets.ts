// SPDX-License-Identifier: GPL-2.0-or-later
/** 2.10 to 3.0, sets used by reference: a copy stands for each while the rules work, and becomes a reference again if it can. */
import { element, rewrite, writeXml, type XmlElement } from '../xml/index.ts';
import { UpgradeImpossible } from './note.ts';

const SETS: ReadonlySet<string> = new Set(['cluster_property_set', 'instance_attributes', 'meta_attributes']);
const COPY = '_cibtr-2_';

export function unfoldSets(root: XmlElement): XmlElement {
  const originals = new Map<string, XmlElement[]>();
  for (const here of root.descendants()) {
    if (SETS.has(here.name) && here.id !== undefined) originals.set(key(here), [...(originals.get(key(here)) ?? []), here]);
  }
  return rewrite(root, (here) => {
    const reference = here.get('id-ref');
    if (reference === undefined || !SETS.has(here.name)) return here;
    const found = originals.get(`${here.name} ${reference}`) ?? [];
    if (found.length !== 1) throw new UpgradeImpossible(`<${here.name} id-ref="${reference}"> names ${found.length === 0 ? 'no' : 'more than one'} ${here.name}`);
    return copyOf(found[0]!, reference);
  });
}

function key(set: XmlElement): string {
  return `${set.name} ${set.id}`;
}

function copyOf(original: XmlElement, reference: string): XmlElement {
  const inside = rewrite(original, (here) => (here.id === undefined ? here : here.with('id', `_${COPY}${reference}__${here.id}`)));
  return inside.with('id', `${COPY}${reference}`);
}

/** Copies that still say the same as their original become references again. */
export function foldSets(root: XmlElement): XmlElement {
  const originals = new Map<string, string>();
  for (const here of root.descendants()) if (SETS.has(here.name) && here.id !== undefined && !here.id.startsWith(COPY)) originals.set(key(here), content(here));
  return rewrite(root, (here) => {
    if (!SETS.has(here.name) || here.id?.startsWith(COPY) !== true) return here;
    const reference = here.id.slice(COPY.length);
    if (originals.get(`${here.name} ${reference}`) !== content(here)) return here;
    return element(here.name, { 'id-ref': reference });
  });
}

/** What a set says, without its ids. */
function content(set: XmlElement): string {
  return writeXml(rewrite(set, (here) => here.with('id', undefined)).with('id', undefined));
}
