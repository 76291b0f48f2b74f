// SPDX-License-Identifier: GPL-2.0-or-later
/** Makes text pasted from web pages and word processors typeable: odd blanks become blanks, curly quotes around a value become quotes (IN-1, IN-2). */

const ODD_BLANKS = /[\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]/g;
const DOUBLE = '“”„‟«»';
const SINGLE = '‘’';
/** A value that begins after a blank or `=` and ends before a blank, in curly quotes on both ends. */
const QUOTED_VALUE = new RegExp(`(^|[=\\s])(?:[${DOUBLE}]([^${DOUBLE}"]*)[${DOUBLE}]|[${SINGLE}]([^${SINGLE}"]*)[${SINGLE}])(?=$|\\s)`, 'g');
const QUOTED_ARGUMENT = new RegExp(`^([^=]*=)?(?:[${DOUBLE}]([^${DOUBLE}]*)[${DOUBLE}]|[${SINGLE}]([^${SINGLE}]*)[${SINGLE}])$`);

export interface CleanText {
  readonly text: string;
  /** Curly quotes were taken as quotes: the user is told once. */
  readonly hadCurlyQuotes: boolean;
}

/** One line of input. The length does not change, so that columns still point at what the user wrote. */
export function cleanLine(line: string): CleanText {
  const blanks = line.replace(ODD_BLANKS, ' ');
  const text = blanks.replace(QUOTED_VALUE, (_all, before: string, double?: string, single?: string) => `${before}"${double ?? single ?? ''}"`);
  return { text, hadCurlyQuotes: text !== blanks };
}

/** Arguments of a command line: stripped at both ends; one that holds only blanks is dropped, unless it was empty. */
export function cleanArguments(argv: readonly string[]): { readonly args: readonly string[]; readonly hadCurlyQuotes: boolean } {
  const args: string[] = [];
  let hadCurlyQuotes = false;
  for (const raw of argv) {
    const spaced = raw.replace(ODD_BLANKS, ' ');
    const stripped = spaced === raw ? raw : spaced.trim();
    if (stripped === '' && raw !== '') continue;
    const match = QUOTED_ARGUMENT.exec(stripped);
    if (match !== null) hadCurlyQuotes = true;
    args.push(match === null ? stripped : `${match[1] ?? ''}${match[2] ?? match[3] ?? ''}`);
  }
  return { args, hadCurlyQuotes };
}
