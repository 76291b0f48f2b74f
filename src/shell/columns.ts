// SPDX-License-Identifier: GPL-2.0-or-later
/** Lists in columns, filled row by row, fitted to the width. */

export function inColumns(words: readonly string[], width: number, most = Number.POSITIVE_INFINITY): string {
  if (words.length === 0) return '';
  const cell = Math.max(...words.map((word) => word.length)) + 2;
  const columns = Math.max(1, Math.min(most, Math.floor(width / cell)));
  const rows: string[] = [];
  for (let at = 0; at < words.length; at += columns) {
    rows.push(words.slice(at, at + columns).map((word) => word.padEnd(cell)).join('').trimEnd());
  }
  return rows.join('\n');
}
