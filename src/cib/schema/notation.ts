// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Reads the notation of the schema table. A definition is a line `id -- what it is` (an element, or `element@place` where its
 * content depends on the place) followed by indented alternatives; an element is valid when one alternative accepts it:
 *
 *     SINCE-UNTIL | attributes | content
 *
 * An attribute is `name`, `name:type`, with `!` when it must be there. Types: `id`, `idref`, `text` (when none is named), `boolean`,
 * `integer`, `nonNegative`, `positive`, `positive9`, `score`, `schema`, `devices`, `port-range`, a value list of values.ts, an
 * own list `(a|b)`, or `not-LIST` for a text that is no word of a refused list. Content is `a & b? & (c|d)*`, in any order, or `a, b+`,
 * in this order; nothing means no children. `[3.7-]`, `[-3.10]`, `[3.0]` after a thing limit it to schema versions.
 */
import { schemaPosition, SCHEMA_VERSIONS } from './versions.ts';

/** Positions of the first and last version that has a thing. */
export interface VersionSpan {
  readonly since: number;
  readonly until: number;
}

export interface Spanned<T> {
  readonly value: T;
  /** Usually one span; a thing may come back. */
  readonly spans: readonly VersionSpan[];
}

export interface AttributeEntry {
  readonly name: string;
  /** Name of a type, or an own value list beginning with a parenthesis. */
  readonly type: string;
  readonly isRequired: boolean;
}

export type Cardinality = '' | '?' | '*' | '+';

export interface ParticleEntry {
  /** Definition ids; several are a choice. */
  readonly choices: readonly Spanned<string>[];
  readonly cardinality: Cardinality;
}

export interface AlternativeEntry {
  readonly span: VersionSpan;
  readonly attributes: readonly Spanned<AttributeEntry>[];
  readonly isOrdered: boolean;
  readonly particles: readonly Spanned<ParticleEntry>[];
}

export interface DefinitionEntry {
  readonly id: string;
  /** Element name. */
  readonly name: string;
  readonly meaning: string;
  readonly alternatives: readonly AlternativeEntry[];
}

const LAST = SCHEMA_VERSIONS.length - 1;

/** Definitions of one table text. Most commands meet a few elements only, so a definition is read when it is first asked for. */
export function parseTable(text: string): DefinitionEntry[] {
  const definitions: LazyDefinition[] = [];
  for (const line of text.replace(/\n {6,}/g, ' ').split('\n')) {
    if (line.startsWith('  ')) definitions[definitions.length - 1]!.lines.push(line);
    else if (line !== '') definitions.push(new LazyDefinition(line));
  }
  return definitions;
}

class LazyDefinition implements DefinitionEntry {
  readonly id: string;
  readonly name: string;
  readonly meaning: string;
  readonly lines: string[] = [];
  #alternatives: readonly AlternativeEntry[] | undefined;

  constructor(head: string) {
    const dash = head.indexOf(' -- ');
    this.id = head.slice(0, dash);
    this.name = this.id.split('@', 1)[0]!;
    this.meaning = head.slice(dash + ' -- '.length);
  }

  get alternatives(): readonly AlternativeEntry[] {
    return (this.#alternatives ??= this.lines.map((line) => parseAlternative(line.trim())));
  }
}

function parseAlternative(line: string): AlternativeEntry {
  // Bars inside parentheses separate choices; those between the three parts stand between blanks.
  const [span = '', attributes = '', content = ''] = line.split(/ \|(?: |$)/);
  const words = attributes.trim();
  return {
    span: parseSpan(span.trim()),
    attributes: words === '' ? [] : words.split(/\s+/).map(parseAttribute),
    isOrdered: content.includes(','),
    particles: content.trim() === '' ? [] : content.split(/[&,](?![^[]*\])/).map((part) => parseParticle(part.trim())),
  };
}

function parseAttribute(word: string): Spanned<AttributeEntry> {
  const match = /^([^:![(]+)(?::(\([^)]*\)|[^![]+))?(!?)(\[[^\]]*\])?$/.exec(word);
  if (match === null) throw new Error(`defect: schema table, attribute "${word}"`);
  return { value: { name: match[1]!, type: match[2] ?? 'text', isRequired: match[3] === '!' }, spans: parseSpans(match[4]) };
}

function parseParticle(word: string): Spanned<ParticleEntry> {
  const match = /^(?:\(([^)]*)\)|([^?*+[]+))([?*+]?)(\[[^\]]*\])?$/.exec(word);
  if (match === null) throw new Error(`defect: schema table, content "${word}"`);
  const choices = parseChoices(match[1] ?? match[2]!);
  // The expression admits only these characters.
  return { value: { choices, cardinality: match[3] as Cardinality }, spans: parseSpans(match[4]) };
}

/** `a|b[3.7-]` as choices with their spans. */
export function parseChoices(text: string): Spanned<string>[] {
  return text.split('|').map((choice) => {
    const bracket = choice.indexOf('[');
    return bracket < 0
      ? { value: choice, spans: EVERY }
      : { value: choice.slice(0, bracket), spans: parseSpans(choice.slice(bracket)) };
  });
}

const EVERY: readonly VersionSpan[] = [{ since: 0, until: LAST }];

function parseSpans(bracket: string | undefined): readonly VersionSpan[] {
  return bracket === undefined ? EVERY : bracket.slice(1, -1).split(',').map(parseSpan);
}

function parseSpan(text: string): VersionSpan {
  const dash = text.indexOf('-');
  const since = dash < 0 ? text : text.slice(0, dash);
  const until = dash < 0 ? text : text.slice(dash + 1);
  return { since: since === '' ? 0 : position(since), until: until === '' ? LAST : position(until) };
}

function position(version: string): number {
  const at = schemaPosition(version);
  if (at === undefined) throw new Error(`defect: schema table, version "${version}"`);
  return at;
}

export function holds(spans: readonly VersionSpan[], at: number): boolean {
  return spans.some((span) => at >= span.since && at <= span.until);
}
