// SPDX-License-Identifier: GPL-2.0-or-later
/** Ids of elements: which are valid, how they are made, which elements define one. */
import type { XmlElement } from './xml/index.ts';

const NCNAME = /^[\p{L}_][-\p{L}\p{N}\p{M}_.\u00B7]*$/u;

/** Whether a text may be the id of an element. */
export function isValidId(text: string): boolean {
  return NCNAME.test(text);
}

/** A valid id made from any text: what is not allowed becomes `.`, and a beginning that is not allowed gets `_` in front. */
export function sanitizeId(text: string): string {
  const clean = text.replace(/[^-\p{L}\p{N}\p{M}_.\u00B7]/gu, '.');
  return /^[\p{L}_]/u.test(clean) ? clean : `_${clean}`;
}

/** The text made a valid id and, if that is taken, numbered from 0. */
export function uniqueId(text: string, isTaken: (id: string) => boolean): string {
  const base = sanitizeId(text);
  if (!isTaken(base)) return base;
  for (let number = 0; ; number++) {
    const id = `${base}-${number}`;
    if (!isTaken(id)) return id;
  }
}

const REFERENCES: ReadonlySet<string> = new Set(['obj_ref', 'resource_ref', 'role', 'role_ref']);

/** Whether the `id` attribute of an element is its own: references, nodes and everything in the status have ids of other kinds. */
export function definesId(element: XmlElement): boolean {
  return !REFERENCES.has(element.name) && element.name !== 'node' && element.name !== 'acl_target';
}

/** Every element that defines an id, by id. The status is left out: its ids are plain text and repeat. */
export function idIndex(root: XmlElement): Map<string, XmlElement> {
  const index = new Map<string, XmlElement>();
  const start = root.name === 'cib' ? root.elements('configuration') : [root];
  for (const top of start) {
    for (const here of top.descendants()) {
      const { id } = here;
      if (id !== undefined && definesId(here) && !index.has(id)) index.set(id, here);
    }
  }
  return index;
}
