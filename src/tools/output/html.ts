// SPDX-License-Identifier: GPL-2.0-or-later
/** The lines of a tool as a page that can be put on a web server. */

export function htmlDocument(title: string, lines: readonly string[]): string {
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8"/>',
    `<title>${escape(title)}</title>`,
    '</head>',
    '<body>',
    ...(lines.length === 0 ? [] : ['<pre>', ...lines.map(escape), '</pre>']),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
