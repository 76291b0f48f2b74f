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
  readonly isOrdered: boolean;
  readonly particles: readonly Particle[];
  /** Which particle takes an element name. */
  readonly places: ReadonlyMap<string, number>;
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

export type Grammar = ReadonlyMap<string, Definition>;

const ANYTHING = 'ANY';
const grammars = new Map<SchemaVersion, Grammar>();
let table: readonly DefinitionEntry[] | undefined;

/** All definitions, over all versions, as the table has them. */
function schemaTable(): readonly DefinitionEntry[] {
  table ??= [DOCUMENT, RESOURCES, SETS, RULES, CONSTRAINTS, ACCESS].flatMap(parseTable);
  return table;
}

/** The definitions that exist in a version, by id. */
export function grammarOf(version: SchemaVersion): Grammar {
  let grammar = grammars.get(version);
  if (grammar === undefined) {
    grammar = buildGrammar(schemaPosition(version)!);
    grammars.set(version, grammar);
  }
  return grammar;
}

function buildGrammar(at: number): Grammar {
  const grammar = new Map<string, Definition>();
  for (const entry of schemaTable()) {
    const alternatives = entry.alternatives.filter((one) => holds([one.span], at));
    if (alternatives.length > 0) grammar.set(entry.id, buildDefinition(entry, alternatives, at));
  }
  return grammar;
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
  return { attributes, required, isOrdered: entry.isOrdered, particles, places };
}

let changes: ReadonlyMap<number, ReadonlySet<string>> | undefined;

/** Names of the elements whose definitions differ between a version and the one before it. */
export function changedNames(version: SchemaVersion): ReadonlySet<string> {
  changes ??= findChanges();
  return changes.get(schemaPosition(version)!) ?? NOTHING;
}

const NOTHING: ReadonlySet<string> = new Set();

function findChanges(): ReadonlyMap<number, ReadonlySet<string>> {
  const found = new Map<number, Set<string>>();
  const note = (name: string, spans: readonly VersionSpan[]): void => {
    for (const { since, until } of spans) {
      for (const at of [since, until + 1]) {
        const names = found.get(at) ?? new Set<string>();
        found.set(at, names.add(name));
      }
    }
  };
  for (const { name, alternatives } of schemaTable()) {
    for (const alternative of alternatives) {
      note(name, [alternative.span]);
      for (const { value, spans } of alternative.attributes) {
        note(name, spans);
        for (const choice of listedValues(value.type)) note(name, choice.spans);
      }
      for (const { value, spans } of alternative.particles) {
        note(name, spans);
        for (const choice of value.choices) note(name, choice.spans);
      }
    }
  }
  return found;
}
