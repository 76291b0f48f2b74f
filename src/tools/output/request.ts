// SPDX-License-Identifier: GPL-2.0-or-later
/** The command line as it stands in the `request` attribute of a result. */

/** Words joined by blanks; a word with white space or quotes in it is quoted as for a POSIX shell. */
export function requestText(name: string, argv: readonly string[]): string {
  return [name, ...argv].map((word) => (/[\s'"]/.test(word) || word === '' ? `'${word.replaceAll("'", `'\\''`)}'` : word)).join(' ');
}
