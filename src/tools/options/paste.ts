// SPDX-License-Identifier: GPL-2.0-or-later
/** Makes arguments that were pasted from a web page usable: odd blanks and curly quotes are not part of them. */

const ODD_BLANK = '[\\u00A0\\u2000-\\u200D\\u202F\\u205F\\u2060\\u3000\\uFEFF]';
const EDGES = new RegExp(`^${ODD_BLANK}+|${ODD_BLANK}+$`, 'g');
const CURLY = /^([^=\s]*=)?([“”„‟«»‘’])([^]*)([“”„‟«»‘’])$/;

/** An argument of odd blanks alone is dropped; curly quotes around a value are dropped with a notice. */
export function cleanArguments(argv: readonly string[]): { readonly args: readonly string[]; readonly notices: readonly string[] } {
  const args: string[] = [];
  const notices: string[] = [];
  for (const word of argv) {
    const trimmed = word.replace(EDGES, '');
    if (trimmed === '' && word !== '') continue;
    const quoted = CURLY.exec(trimmed);
    if (quoted === null) {
      args.push(trimmed);
      continue;
    }
    const plain = `${quoted[1] ?? ''}${quoted[3]}`;
    notices.push(`INFO: read ${trimmed} as ${plain}: typographic quotes are taken as quotes`);
    args.push(plain);
  }
  return { args, notices };
}
