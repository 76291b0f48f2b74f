// SPDX-License-Identifier: GPL-2.0-or-later
/** What is wrong with a document, where, and what would be right. */
import type { XmlElement } from '../xml/index.ts';

export type FindingKind =
  | 'unknown-schema'
  | 'unknown-element'
  | 'unknown-attribute'
  | 'missing-attribute'
  | 'bad-value'
  | 'missing-child'
  | 'too-many'
  | 'order'
  | 'text'
  | 'duplicate-id'
  | 'dangling-reference';

export interface SchemaFinding {
  readonly kind: FindingKind;
  /** Where, as `/cib/configuration/resources/primitive[@id='x']`. */
  readonly path: string;
  /** The element concerned; its offset leads back to the text. */
  readonly element: XmlElement;
  readonly attribute?: string;
  /** What was found, in a sentence. */
  readonly message: string;
  /** What the schema wants there. */
  readonly expected?: string;
  /** What to do about it. */
  readonly repair?: string;
}
