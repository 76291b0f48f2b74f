// SPDX-License-Identifier: GPL-2.0-or-later
/** Ids of elements: how a valid one is made of any text. */

/** A valid id made from any text: what is not allowed becomes `.`, and a beginning that is not allowed gets `_` in front. */
export function sanitizeId(text: string): string {
  const clean = text.replace(/[^-\p{L}\p{N}\p{M}_.\u00B7]/gu, '.');
  return /^[\p{L}_]/u.test(clean) ? clean : `_${clean}`;
}
