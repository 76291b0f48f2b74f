// SPDX-License-Identifier: GPL-2.0-or-later
/** The command line as it stands in the `request` attribute of a result. */

/** Words joined by blanks; a word that a POSIX shell would take apart is quoted. */
export function requestText(name: string, argv: readonly string[]): string {
  return [name, ...argv].map((word) => (NEEDS_QUOTES.test(word) || word === '' ? `'${word.replaceAll("'", `'\\''`)}'` : word)).join(' ');
}

const NEEDS_QUOTES = /[\s'"\\$`|&;<>()*?[\]#~%!{}]/;
