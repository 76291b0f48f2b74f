// SPDX-License-Identifier: GPL-2.0-or-later
/** Writes outlines as indented plain text: headings with a colon, two blanks per level and a star per line. */
import type { OutlineNode } from './outline.ts';

/** One outline after the other, separated by an empty line where something stands on both sides. */
export function outlinesToText(sections: readonly (OutlineNode | undefined)[]): string {
  const written = sections.filter((section) => section !== undefined).map((section) => outlineToText(section));
  return written.filter((text) => text !== '').join('\n');
}

/** Text of one outline; `depth` 0 writes a heading without bullet. */
export function outlineToText(node: OutlineNode, depth = 0): string {
  const out: string[] = [];
  writeNode(node, depth, out);
  return out.length === 0 ? '' : `${out.join('\n')}\n`;
}

function writeNode(node: OutlineNode, depth: number, out: string[]): void {
  switch (node.kind) {
    case 'lines':
      out.push(...node.lines);
      return;
    case 'item':
      out.push(`${bullet(depth)}${node.text}`);
      return;
    case 'list':
      if (node.title !== undefined) out.push(`${bullet(depth)}${node.title}${node.colon === false ? '' : ':'}`);
      for (const inner of node.nodes) writeNode(inner, depth + 1, out);
  }
}

function bullet(depth: number): string {
  return depth === 0 ? '' : `${'  '.repeat(depth)}* `;
}
