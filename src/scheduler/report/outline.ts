// SPDX-License-Identifier: GPL-2.0-or-later
/** A status report as nested lists of short lines: what the text and the HTML form of a report are both written from. */

/** A run of characters with a style class; plain text and HTML may show the class or not. */
export interface Span {
  readonly text: string;
  readonly style?: string;
}

export type OutlineNode = OutlineItem | OutlineList | OutlineLines;

/** One bulleted line. `spans` instead of `text` when parts of it are styled. */
export interface OutlineItem {
  readonly kind: 'item';
  readonly text: string;
  readonly spans?: readonly Span[];
}

/** A heading with lines below it. The heading is written with a colon in text and without in HTML. */
export interface OutlineList {
  readonly kind: 'list';
  /** None for lines that are only set in deeper. */
  readonly title: string | undefined;
  readonly nodes: readonly OutlineNode[];
  /** False for the rare headings that text writes without a colon. */
  readonly colon?: boolean;
}

/** Lines written as they are, without bullet or indentation (an empty line is a separator). */
export interface OutlineLines {
  readonly kind: 'lines';
  readonly lines: readonly string[];
}

export function item(text: string): OutlineItem {
  return { kind: 'item', text };
}

/** A line of which the whole carries one style. */
export function styledItem(text: string, style: string): OutlineItem {
  return { kind: 'item', text, spans: [{ text, style }] };
}

export function spansItem(...spans: readonly Span[]): OutlineItem {
  return { kind: 'item', text: spans.map((span) => span.text).join(''), spans };
}

export function list(title: string, nodes: readonly OutlineNode[]): OutlineList {
  return { kind: 'list', title, nodes };
}

export function lines(...text: readonly string[]): OutlineLines {
  return { kind: 'lines', lines: text };
}
