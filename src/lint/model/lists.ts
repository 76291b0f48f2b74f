// SPDX-License-Identifier: GPL-2.0-or-later
/** Parts of all statements that many rules walk, gathered once for all of them. */
import type { AttributeSet, Expression, NvItem, Operation, Rule as LocationRule, Statement } from '../../language/index.ts';
import { typeOf, type Attribute, type OperationFacts, type Resource } from './resource.ts';
import type { AgentFactsEntry } from './agent-source.ts';

/** An expression with the rule it stands in: of locations, attribute sets and defaults. */
export interface PlacedExpression {
  readonly expression: Expression;
  readonly rule: LocationRule;
  readonly statement: Statement;
}

/** Attribute sets and operations of a statement. */
export function sectionsOf(statement: Statement): readonly (AttributeSet | Operation)[] {
  if ('sections' in statement) return statement.sections.filter((section): section is AttributeSet | Operation => section.kind !== 'operations');
  if (statement.kind === 'bundle' || statement.kind === 'alert') return statement.parts.filter((part): part is AttributeSet => part.kind === 'set');
  return [];
}

/** Every list of name-value pairs. */
export function itemListsOf(statements: readonly Statement[]): readonly (readonly NvItem[])[] {
  const lists: (readonly NvItem[])[] = [];
  for (const statement of statements) {
    if (statement.kind === 'property' || statement.kind === 'rsc_defaults' || statement.kind === 'op_defaults') lists.push(statement.items);
    for (const section of sectionsOf(statement)) {
      lists.push(section.items);
      if (section.kind === 'op') for (const set of section.sets) lists.push(set.items);
    }
  }
  return lists;
}

export function expressionsOf(statements: readonly Statement[]): readonly PlacedExpression[] {
  const found: PlacedExpression[] = [];
  for (const statement of statements) {
    for (const rule of rulesOf(statement)) if (rule.expression !== undefined) found.push({ expression: rule.expression, rule, statement });
  }
  return found;
}

function rulesOf(statement: Statement): readonly LocationRule[] {
  const own = 'rules' in statement ? statement.rules : [];
  const inSets = sectionsOf(statement).flatMap((section) => (section.kind === 'set' ? section.rules : section.sets.flatMap((set) => set.rules)));
  const lifetime = 'lifetime' in statement ? statement.lifetime : [];
  return inSets.length + lifetime.length === 0 ? own : [...own, ...lifetime, ...inSets];
}

export function operationsOf(resources: readonly Resource[]): readonly { readonly resource: Resource; readonly one: OperationFacts }[] {
  return resources.flatMap((resource) => resource.operations.map((one) => ({ resource, one })));
}

/** A parameter that a primitive or template gives itself, with the facts of its agent. */
export interface KnownParameter {
  readonly resource: Resource;
  readonly attribute: Attribute;
  readonly facts: AgentFactsEntry;
}

export function parametersOf(resources: readonly Resource[]): readonly KnownParameter[] {
  const found: KnownParameter[] = [];
  for (const resource of resources) {
    const facts = resource.facts ?? resource.template?.facts;
    if (facts !== undefined) for (const attribute of resource.params) found.push({ resource, attribute, facts });
  }
  return found;
}

/** Resources by the type of their agent. */
export function byTypeOf(primitives: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const types = new Map<string, Resource[]>();
  for (const one of primitives) {
    const known = types.get(typeOf(one));
    if (known === undefined) types.set(typeOf(one), [one]);
    else known.push(one);
  }
  return types;
}
