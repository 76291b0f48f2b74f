// SPDX-License-Identifier: GPL-2.0-or-later
/** The schema table as it holds at one version: what each element may have and contain. Built when first asked for. */
import { holds, parseTable, type AlternativeEntry, type Cardinality, type DefinitionEntry, type VersionSpan } from './notation.ts';
import { ACCESS } from './table/access.ts';
import { CONSTRAINTS } from './table/constraints.ts';
import { DOCUMENT } from './table/document.ts';
import { RESOURCES } from './table/resources.ts';
import { RULES } from './table/rules.ts';
import { SETS } from './table/sets.ts';
import { listedValues, valueType, type ValueType } from './value-type.ts';
import { schemaPosition, type SchemaVersion } from './versions.ts';

export interface Attribute {
  readonly name: string;
  readonly type: ValueType;
  readonly isRequired: boolean;
}

export interface Particle {
  /** Element names that may stand here. */
  readonly names: readonly string[];
  readonly cardinality: Cardinality;
}

/** One way an element may look. */
export interface Alternative {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly required: readonly string[];
  /** Attributes that hold an id or name one. */
  readonly naming: readonly Attribute[];
  readonly isOrdered: boolean;
  readonly particles: readonly Particle[];
  /** Which particle takes an element name. */
  readonly places: ReadonlyMap<string, number>;
  /** Every particle may be absent. */
  readonly mayBeEmpty: boolean;
}

export interface Definition {
  readonly id: string;
  readonly name: string;
  readonly meaning: string;
  readonly alternatives: readonly Alternative[];
  /** Definition of each child element, the same in all alternatives. */
  readonly children: ReadonlyMap<string, string>;
  /** Anything may stand inside (`status`). */
  readonly isOpen: boolean;
}

/** The definitions that exist in a version, by id. */
export interface Grammar {
  get(id: string): Definition | undefined;
  values(): Iterable<Definition>;
}

const ANYTHING = 'ANY';
const grammars = new Map<SchemaVersion, Grammar>();
let table: ReadonlyMap<string, DefinitionEntry> | undefined;

/** All definitions, over all versions, as the table has them, by id. */
function schemaTable(): ReadonlyMap<string, DefinitionEntry> {
  table ??= new Map([DOCUMENT, RESOURCES, SETS, RULES, CONSTRAINTS, ACCESS].flatMap(parseTable).map((entry) => [entry.id, entry]));
  return table;
}

export function grammarOf(version: SchemaVersion): Grammar {
  let grammar = grammars.get(version);
  if (grammar === undefined) {
    grammar = new VersionGrammar(schemaPosition(version)!);
    grammars.set(version, grammar);
  }
  return grammar;
}

/** Builds a definition when it is first asked for. */
class VersionGrammar implements Grammar {
  readonly #at: number;
  readonly #built = new Map<string, Definition | undefined>();

  constructor(at: number) {
    this.#at = at;
  }

  get(id: string): Definition | undefined {
    const known = this.#built.get(id);
    if (known !== undefined || this.#built.has(id)) return known;
    const entry = schemaTable().get(id);
    const alternatives = entry?.alternatives.filter((one) => holds([one.span], this.#at)) ?? [];
    const definition = entry === undefined || alternatives.length === 0 ? undefined : buildDefinition(entry, alternatives, this.#at);
    this.#built.set(id, definition);
    return definition;
  }

  *values(): Iterable<Definition> {
    for (const id of schemaTable().keys()) {
      const definition = this.get(id);
      if (definition !== undefined) yield definition;
    }
  }
}

function buildDefinition(entry: DefinitionEntry, alternatives: readonly AlternativeEntry[], at: number): Definition {
  const children = new Map<string, string>();
  const built = alternatives.map((alternative) => buildAlternative(alternative, at, children));
  return { id: entry.id, name: entry.name, meaning: entry.meaning, alternatives: built, children, isOpen: children.has(ANYTHING) };
}

function buildAlternative(entry: AlternativeEntry, at: number, children: Map<string, string>): Alternative {
  const attributes = new Map<string, Attribute>();
  for (const { value, spans } of entry.attributes) {
    if (holds(spans, at)) attributes.set(value.name, { name: value.name, type: valueType(value.type, at), isRequired: value.isRequired });
  }
  const particles: Particle[] = [];
  const places = new Map<string, number>();
  for (const { value, spans } of entry.particles) {
    if (!holds(spans, at)) continue;
    const ids = value.choices.filter((choice) => holds(choice.spans, at)).map((choice) => choice.value);
    const names = ids.map((id) => id.replace(/@.*/, ''));
    for (const [i, name] of names.entries()) {
      places.set(name, particles.length);
      children.set(name, ids[i]!);
    }
    particles.push({ names, cardinality: value.cardinality });
  }
  const required = [...attributes.values()].filter((attribute) => attribute.isRequired).map((attribute) => attribute.name);
  const naming = [...attributes.values()].filter((attribute) => attribute.type.kind === 'id' || attribute.type.kind === 'idref');
  const mayBeEmpty = particles.every(({ cardinality }) => cardinality === '?' || cardinality === '*');
  return { attributes, required, naming, isOrdered: entry.isOrdered, particles, places, mayBeEmpty };
}

/** Positions of the versions in which the definitions of a name differ from those before. */
const changes = new Map<string, ReadonlySet<number>>();

/** Whether the definitions of an element differ between a version and the one before it. */
export function isChanged(name: string, version: SchemaVersion): boolean {
  let positions = changes.get(name);
  if (positions === undefined) {
    positions = changesOf(name);
    changes.set(name, positions);
  }
  return positions.has(schemaPosition(version)!);
}

function changesOf(name: string): ReadonlySet<number> {
  const found = new Set<number>();
  const note = (spans: readonly VersionSpan[]): void => {
    for (const { since, until } of spans) found.add(since).add(until + 1);
  };
  for (const entry of schemaTable().values()) {
    if (entry.name !== name) continue;
    for (const alternative of entry.alternatives) {
      note([alternative.span]);
      for (const { value, spans } of alternative.attributes) {
        note(spans);
        for (const choice of listedValues(value.type)) note(choice.spans);
      }
      for (const { value, spans } of alternative.particles) {
        note(spans);
        for (const choice of value.choices) note(choice.spans);
      }
    }
  }
  return found;
}
