// SPDX-License-Identifier: GPL-2.0-or-later
/** Splits a command line into words as a system shell would: double quotes with backslash, single quotes literally. */

export interface Word {
  readonly text: string;
  /** Offsets into the line; `end` is behind the last character. */
  readonly start: number;
  readonly end: number;
}

export type Split = { readonly ok: true; readonly words: readonly Word[] } | { readonly ok: false; readonly at: number; readonly message: string };

export function splitWords(line: string): Split {
  const words: Word[] = [];
  let at = 0;
  while (at < line.length) {
    if (isBlank(line[at]!)) {
      at++;
      continue;
    }
    const word = readWord(line, at);
    if (typeof word === 'number') return { ok: false, at: word, message: `no closing ${line[word]} for the quote` };
    words.push(word);
    at = word.end;
  }
  return { ok: true, words };
}

/** A number is the offset of a quote that is never closed. */
function readWord(line: string, start: number): Word | number {
  let text = '';
  let at = start;
  while (at < line.length && !isBlank(line[at]!)) {
    const character = line[at]!;
    if (character === "'" || character === '"') {
      const part = readQuoted(line, at, character);
      if (part === undefined) return at;
      text += part.text;
      at = part.end;
    } else if (character === '\\' && at + 1 < line.length) {
      text += line[at + 1];
      at += 2;
    } else {
      text += character;
      at++;
    }
  }
  return { text, start, end: at };
}

function readQuoted(line: string, start: number, quote: string): { readonly text: string; readonly end: number } | undefined {
  let text = '';
  for (let at = start + 1; at < line.length; at++) {
    const character = line[at]!;
    if (character === quote) return { text, end: at + 1 };
    if (quote === '"' && character === '\\' && (line[at + 1] === '"' || line[at + 1] === '\\')) {
      text += line[at + 1];
      at++;
    } else text += character;
  }
  return undefined;
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}

/** Arguments as one line that splits into them again; a value behind `name=` is quoted by itself, as `show` prints it. */
export function joinWords(args: readonly string[]): string {
  return args.map(quoted).join(' ');
}

function quoted(arg: string): string {
  if (arg !== '' && !/[\s"'\\]/.test(arg)) return arg;
  const pair = /^([\w.$#-]+=)([\s\S]*)$/.exec(arg);
  const [before, value] = pair === null ? ['', arg] : [pair[1]!, pair[2]!];
  if (!value.includes("'") && /["\\]/.test(value)) return `${before}'${value}'`;
  return `${before}"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
