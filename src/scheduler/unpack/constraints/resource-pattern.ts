// SPDX-License-Identifier: GPL-2.0-or-later
/** `rsc-pattern`: a POSIX extended regular expression over resource ids; `!` in front inverts it. */

export interface ResourcePattern {
  /** The sub-matches (the whole match first) when the id is meant; empty when an inverted pattern does not match. */
  match(id: string): readonly string[] | undefined;
}

/** Undefined when the expression is not valid. */
export function readPattern(text: string): ResourcePattern | undefined {
  const isInverted = text.startsWith('!');
  const expression = compile(isInverted ? text.slice(1) : text);
  if (expression === undefined) return undefined;
  return {
    match(id) {
      const found = expression.exec(id);
      if (isInverted) return found === null ? [] : undefined;
      return found === null ? undefined : [...found].map((part) => part ?? '');
    },
  };
}

/** Named classes of POSIX and what they are here. */
const CLASSES: readonly (readonly [string, string])[] = [
  ['[:alpha:]', 'A-Za-z'],
  ['[:digit:]', '0-9'],
  ['[:alnum:]', 'A-Za-z0-9'],
  ['[:upper:]', 'A-Z'],
  ['[:lower:]', 'a-z'],
  ['[:space:]', '\\s'],
  ['[:blank:]', ' \\t'],
  ['[:punct:]', '!-\\/:-@\\[-`{-~'],
  ['[:xdigit:]', '0-9A-Fa-f'],
];

function compile(text: string): RegExp | undefined {
  const source = CLASSES.reduce((here, [name, characters]) => here.replaceAll(name, characters), text);
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}
