// SPDX-License-Identifier: GPL-2.0-or-later
/** One configuration text as the rules see it: statements with places, resources as a tree, properties, defaults, constraints. */
import type {
  BundleStatement, ContainerStatement, LocationStatement, MonitorStatement, NodeStatement, NvItem, NvPair, Operation, PrimitiveStatement, PropertyStatement, SetConstraintStatement, Span, Statement, TopologyStatement,
} from '../../language/index.ts';
import type { AgentSource } from './agent-source.ts';
import { membersOf, pairsOf, referenceOf, scoreOf, type LocationFacts, type PairConstraint, type Reference } from './constraint.ts';
import { byTypeOf, expressionsOf, itemListsOf, operationsOf, parametersOf, type KnownParameter, type PlacedExpression } from './lists.ts';
import { attributesOf, hasReferences, monitorOperation, operationFacts, ownMeta, type OperationFacts, type Resource } from './resource.ts';

/** Pacemaker series whose names and deprecations apply. */
export type Target = '2.1' | '3.0';

/** A statement that could not be read, with the parser's words. */
export interface UnreadableStatement {
  readonly span: Span;
  readonly message: string;
  /** The rule that says so. */
  readonly code: string;
}

export interface LintInput {
  readonly text: string;
  readonly statements: readonly Statement[];
  readonly unreadable: readonly UnreadableStatement[];
}

export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly pair: NvPair;
  readonly statement: PropertyStatement;
}

export interface LintModel extends LintInput {
  readonly target: Target;
  readonly agents: AgentSource;
  readonly nodes: readonly NodeStatement[];
  readonly nodeNames: ReadonlySet<string>;
  /** By id, in order of the text; templates among them. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** The same as a list. */
  readonly all: readonly Resource[];
  /** Primitives only. */
  readonly primitives: readonly Resource[];
  /** Primitives by the type of their agent. */
  readonly byType: ReadonlyMap<string, readonly Resource[]>;
  readonly operations: readonly { readonly resource: Resource; readonly one: OperationFacts }[];
  /** Parameters of agents with facts. */
  readonly parameters: readonly KnownParameter[];
  /** Every list of name-value pairs of the text. */
  readonly itemLists: readonly (readonly NvItem[])[];
  readonly expressions: readonly PlacedExpression[];
  readonly properties: ReadonlyMap<string, Setting>;
  readonly rscDefaults: ReadonlyMap<string, Setting>;
  readonly opDefaults: ReadonlyMap<string, Setting>;
  readonly locations: readonly LocationFacts[];
  readonly colocations: readonly PairConstraint[];
  readonly orders: readonly PairConstraint[];
  readonly topology: readonly TopologyStatement[];
  /** Resources named by ticket constraints. */
  readonly ticketReferences: readonly Reference[];
  /** Ids inside raw `xml` statements. */
  readonly rawIds: ReadonlySet<string>;
  /** Nodes or properties are given, so that what is absent from the text is absent from the cluster. */
  readonly isWhole: boolean;
}

export function buildModel(input: LintInput, agents: AgentSource, target: Target): LintModel {
  const statements = input.statements;
  const kinds = byKind(statements);
  const of = <K extends Statement['kind']>(...wanted: readonly K[]): Extract<Statement, { kind: K }>[] =>
    wanted.flatMap((kind) => (kinds.get(kind) ?? []) as Extract<Statement, { kind: K }>[]).sort((a, b) => a.start - b.start);
  const nodes = of('node');
  const resources = resourcesOf(of('primitive', 'rsc_template'), of('group', 'clone', 'ms'), of('bundle'), of('monitor'), agents);
  const all = [...resources.values()];
  const primitives = all.filter((resource) => resource.kind === 'primitive');
  const constraints = of('colocation', 'order', 'rsc_ticket').filter((one): one is SetConstraintStatement => 'sets' in one);
  return {
    ...input,
    target,
    agents,
    nodes,
    nodeNames: new Set(nodes.map((node) => node.name.text.split(':')[0]!)),
    resources,
    all,
    primitives,
    byType: byTypeOf(primitives),
    operations: operationsOf(all),
    parameters: parametersOf(all),
    itemLists: itemListsOf(statements),
    expressions: expressionsOf(statements),
    properties: settings(of('property')),
    rscDefaults: settings(of('rsc_defaults')),
    opDefaults: settings(of('op_defaults')),
    locations: of('location').map(locationFacts),
    colocations: constraints.filter((one) => one.kind === 'colocation').flatMap(pairsOf),
    orders: constraints.filter((one) => one.kind === 'order').flatMap(pairsOf),
    topology: of('fencing_topology'),
    ticketReferences: constraints.filter((one) => one.kind === 'rsc_ticket').flatMap((one) => membersOf(one.sets)),
    rawIds: new Set(of('xml').flatMap((one) => [...one.xml.text.matchAll(/\bid=["']([^"']+)["']/g)].map((match) => match[1]!))),
    isWhole: nodes.length > 0 || of('property').length > 0,
  };
}

/** Statements of each kind, in the order of the text. */
function byKind(statements: readonly Statement[]): ReadonlyMap<Statement['kind'], Statement[]> {
  const kinds = new Map<Statement['kind'], Statement[]>();
  for (const statement of statements) {
    const known = kinds.get(statement.kind);
    if (known === undefined) kinds.set(statement.kind, [statement]);
    else known.push(statement);
  }
  return kinds;
}

function resourcesOf(leaves: readonly PrimitiveStatement[], containers: readonly ContainerStatement[], bundles: readonly BundleStatement[], monitors: readonly MonitorStatement[], agents: AgentSource): Map<string, Resource> {
  const resources = new Map<string, Resource>();
  const more = new Map<string, Operation[]>();
  for (const monitor of monitors) {
    const { resource, operation } = monitorOperation(monitor);
    more.set(resource, [...(more.get(resource) ?? []), operation]);
  }
  for (const statement of leaves) if (!resources.has(statement.id.text)) resources.set(statement.id.text, leafResource(statement, more.get(statement.id.text) ?? [], agents));
  for (const statement of containers) if (!resources.has(statement.id.text)) resources.set(statement.id.text, containerResource(statement));
  for (const statement of bundles) if (!resources.has(statement.id.text)) resources.set(statement.id.text, bundleResource(statement));
  for (const resource of resources.values()) {
    if (resource.templateId !== undefined) resource.template = resources.get(resource.templateId);
    for (const word of resource.memberWords) {
      const child = resources.get(word.text);
      if (child === undefined || child === resource || child.parent !== undefined) continue;
      child.parent = resource;
      resource.children.push(child);
    }
  }
  return resources;
}

/** `more`: operations that statements of their own give it. */
function leafResource(statement: PrimitiveStatement, more: readonly Operation[], agents: AgentSource): Resource {
  const text = statement.agent.text;
  const templateId = text.startsWith('@') ? text.slice(1) : undefined;
  const agent = templateId === undefined ? agents.resolve(text) : undefined;
  return {
    id: statement.id.text,
    kind: statement.kind === 'primitive' ? 'primitive' : 'template',
    statement,
    agentWord: statement.agent,
    agent,
    facts: agent === undefined ? undefined : agents.facts(agent),
    templateId,
    template: undefined,
    parent: undefined,
    children: [],
    memberWords: [],
    params: attributesOf(statement.sections, 'params'),
    meta: attributesOf(statement.sections, 'meta'),
    utilization: attributesOf(statement.sections, 'utilization'),
    operations: [...statement.sections.filter((section) => section.kind === 'op'), ...more].map(operationFacts),
    hasReferences: hasReferences(statement.sections),
  };
}

const NO_LEAF = { agentWord: undefined, agent: undefined, facts: undefined, templateId: undefined, operations: [] } as const;

function containerResource(statement: ContainerStatement): Resource {
  return {
    ...NO_LEAF,
    id: statement.id.text,
    kind: statement.kind === 'group' ? 'group' : 'clone',
    statement,
    template: undefined,
    parent: undefined,
    children: [],
    memberWords: statement.members,
    params: attributesOf(statement.sections, 'params'),
    meta: attributesOf(statement.sections, 'meta'),
    utilization: attributesOf(statement.sections, 'utilization'),
    hasReferences: hasReferences(statement.sections),
  };
}

function bundleResource(statement: BundleStatement): Resource {
  const sets = statement.parts.flatMap((part) => (part.kind === 'set' ? [part] : []));
  return {
    ...NO_LEAF,
    id: statement.id.text,
    kind: 'bundle',
    statement,
    template: undefined,
    parent: undefined,
    children: [],
    memberWords: statement.parts.flatMap((part) => (part.kind === 'primitive' ? part.words.slice(0, 1) : [])),
    params: attributesOf(sets, 'params'),
    meta: attributesOf(sets, 'meta'),
    utilization: [],
    hasReferences: hasReferences(sets),
  };
}

function settings(statements: readonly PropertyStatement[]): Map<string, Setting> {
  const found = new Map<string, Setting>();
  for (const statement of statements) {
    for (const item of statement.items) {
      if (item.kind !== 'pair' || found.has(item.name.text)) continue;
      found.set(item.name.text, { name: item.name.text, value: item.value?.text ?? '', pair: item, statement });
    }
  }
  return found;
}

function locationFacts(statement: LocationStatement): LocationFacts {
  const text = statement.target?.text;
  const isPattern = text !== undefined && text.startsWith('/');
  const targets = statement.sets !== undefined ? membersOf(statement.sets) : statement.target !== undefined && !isPattern ? [referenceOf(statement.target)] : [];
  return { statement, targets, pattern: isPattern ? text : undefined, score: scoreOf(statement.score?.text), node: statement.node };
}

export { catalogueSource, librarySource, type AgentFactsEntry, type AgentSource } from './agent-source.ts';
export { membersOf, optionOf, referenceOf, scoreOf, type LocationFacts, type PairConstraint, type Reference } from './constraint.ts';
/** A meta attribute that counts for a resource: its own, its template's, a container's, or the default. */
export function metaInEffect(model: LintModel, resource: Resource, name: string): { readonly value: string; readonly pair: NvPair } | undefined {
  for (let here: Resource | undefined = resource; here !== undefined; here = here.parent) {
    const given = ownMeta(here, name);
    if (given !== undefined) return given;
  }
  return model.rscDefaults.get(name);
}

export { sectionsOf } from './lists.ts';
export * from './resource.ts';
