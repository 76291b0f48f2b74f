// SPDX-License-Identifier: GPL-2.0-or-later
/** Checks attribute values against the types of the schema table. */
import { holds, parseChoices, type Spanned } from './notation.ts';
import { REFUSED_WORDS, VALUE_LISTS } from './table/values.ts';
import { schemaNames } from './versions.ts';

/** A type at one schema version. */
export interface ValueType {
  readonly kind: 'id' | 'idref' | 'text' | 'values' | 'pattern' | 'refused';
  /** What is expected, in words. */
  readonly expected: string;
  /** Allowed values (of kind `values`) or refused words (of kind `refused`). */
  readonly words?: readonly string[];
  accepts(value: string): boolean;
}

/** The type a table names, at a version position. */
export function valueType(name: string, at: number): ValueType {
  const simple = SIMPLE.get(name);
  if (simple !== undefined) return simple;
  if (name === 'schema') return oneOf(schemaNames());
  if (name.startsWith('not-')) return refused(REFUSED_WORDS.get(name.slice(4))!);
  const choices = listedValues(name);
  if (choices.length === 0) throw new Error(`defect: schema table, type "${name}"`);
  return oneOf(choices.filter((choice) => holds(choice.spans, at)).map((choice) => choice.value));
}

/** The values of a list over all versions; none when the type is no list. */
export function listedValues(name: string): readonly Spanned<string>[] {
  const list = name.startsWith('(') ? name.slice(1, -1) : VALUE_LISTS.get(name);
  return list === undefined ? [] : parseChoices(list);
}

const NCNAME = /^\s*[\p{L}_][-\p{L}\p{N}\p{M}_.\u00B7]*\s*$/u;
/** The names that nearly all are, tested much quicker. */
const PLAIN_NAME = /^[A-Za-z_][-A-Za-z0-9_.]*$/;
function isName(value: string): boolean {
  return PLAIN_NAME.test(value) || NCNAME.test(value);
}

const ANY: ValueType = { kind: 'text', expected: 'any text', accepts: () => true };

const SIMPLE: ReadonlyMap<string, ValueType> = new Map([
  ['text', ANY],
  ['id', { kind: 'id', expected: 'an id: a letter or "_", then letters, digits, "_", "-" or "."', accepts: isName }],
  ['idref', { kind: 'idref', expected: 'the id of another element', accepts: isName }],
  ['boolean', oneOf(['true', 'false', '1', '0'])],
  ['integer', pattern('a whole number', /^\s*[+-]?\d+\s*$/)],
  ['nonNegative', pattern('a whole number from 0', /^\s*(?:\+?\d+|-0+)\s*$/)],
  ['positive', pattern('a whole number from 1', /^\s*\+?0*[1-9]\d*\s*$/)],
  ['positive9', pattern('a whole number from 1 to 9', /^\s*\+?0*[1-9]\s*$/)],
  ['score', pattern('a score: a whole number, INFINITY or -INFINITY', /^\s*(?:[+-]?\d+|[+-]?INFINITY)\s*$/)],
  ['devices', pattern('names of fence devices, separated by commas', /^[a-zA-Z0-9_.-]+(?:,[a-zA-Z0-9_.-]+)*$/)],
  ['port-range', pattern('a port or a range of ports such as 8000-8010', /^[0-9-]+$/)],
]);

function pattern(expected: string, expression: RegExp): ValueType {
  return { kind: 'pattern', expected, accepts: (value) => expression.test(value) };
}

function oneOf(words: readonly string[]): ValueType {
  const known = new Set(words);
  const expected = words.length === 1 ? `"${words[0]}"` : `one of ${words.join(', ')}`;
  return { kind: 'values', expected, words, accepts: (value) => known.has(value) || known.has(value.trim().replace(/\s+/g, ' ')) };
}

function refused(words: readonly string[]): ValueType {
  const known = new Set(words);
  return { kind: 'refused', expected: `a name other than ${words.join(', ')}`, words, accepts: (value) => !known.has(value) };
}
