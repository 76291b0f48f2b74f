// SPDX-License-Identifier: GPL-2.0-or-later
/** Location constraints: for one resource, for all that match a pattern, or for sets; with a node or with a rule. */
import { rulePasses, type XmlElement } from '../../../cib/index.ts';
import { nodeAttribute, ProbeMode, Role, type Location, type Node, type Resource, type Scheduler } from '../../model/index.ts';
import { resourceParameters } from '../../order/parameters.ts';
import { ruleContext } from '../attribute-sets.ts';
import { readScore } from '../scores.ts';
import { constraintResource, expandSets, referenceKinds, sidesToSets, type SideAttributes } from './references.ts';
import { readPattern } from './resource-pattern.ts';
import { readRole } from '../roles.ts';

const SIDE: SideAttributes = { name: 'rsc', role: 'role', setRole: 'role' };

/** What a set may say otherwise than its constraint, and what the pattern matched. */
interface Override {
  readonly role?: string;
  readonly score?: string;
  readonly submatches?: readonly string[];
}

export function unpackLocation(scheduler: Scheduler, given: XmlElement): void {
  const xml = withSets(scheduler, given);
  if (xml === undefined) return;
  const sets = xml.elements('resource_set');
  for (const set of sets) {
    for (const reference of set.elements('resource_ref')) {
      const resource = constraintResource(scheduler, reference.id);
      if (resource === undefined) return;
      unpackForResource(scheduler, xml, resource, { role: set.get('role'), score: set.get('score') });
    }
  }
  if (sets.length === 0) unpackSimple(scheduler, xml);
}

function withSets(scheduler: Scheduler, xml: XmlElement): XmlElement | undefined {
  const expanded = expandSets(scheduler, xml);
  if (expanded !== xml || xml.first('resource_set') !== undefined) return expanded;
  switch (referenceKinds(scheduler, xml, [SIDE])) {
    case 'unknown':
      return undefined;
    case 'resources':
      return xml;
    case 'tags':
      return sidesToSets(scheduler, xml, [SIDE]);
  }
}

function unpackSimple(scheduler: Scheduler, xml: XmlElement): void {
  const resource = constraintResource(scheduler, xml.get('rsc'));
  if (resource !== undefined) unpackForResource(scheduler, xml, resource, {});
  const text = xml.get('rsc-pattern');
  if (text === undefined) return;
  const pattern = readPattern(text);
  if (pattern === undefined) {
    scheduler.messages.push({ severity: 'error', text: `Ignoring constraint '${xml.id ?? ''}' because its pattern '${text}' is not valid` });
    return;
  }
  for (const top of scheduler.resources) {
    const submatches = pattern.match(top.id);
    if (submatches !== undefined) unpackForResource(scheduler, xml, top, { submatches });
  }
}

function unpackForResource(scheduler: Scheduler, xml: XmlElement, resource: Resource, override: Override): void {
  const name = xml.get('node');
  const scoreText = override.score ?? xml.get('score');
  if (name !== undefined && scoreText !== undefined) {
    const node = scheduler.findNode(name);
    // An unknown node makes the whole constraint void, so the resource does not become one with exclusive discovery either.
    if (node === undefined) return;
    const probeMode = readProbeMode(xml, resource);
    const role = locationRole(scheduler, override.role ?? xml.get('role'));
    addLocation(scheduler, { id: xml.id ?? '', resource, role, probeMode, nodes: [{ node, score: readScore(scheduler, scoreText) ?? 0 }] });
    return;
  }
  const given = xml.first('rule');
  const reference = given?.get('id-ref');
  const rule = reference === undefined ? given : scheduler.elementById(reference);
  if (rule === undefined) return;
  const probeMode = readProbeMode(xml, resource);
  const role = locationRole(scheduler, override.role ?? rule.get('role'));
  addLocation(scheduler, { id: rule.id ?? xml.id ?? '', resource, role, probeMode, nodes: nodesOfRule(scheduler, rule, resource, override.submatches) });
}

/** Only roles that not every active resource has are kept. */
function locationRole(scheduler: Scheduler, text: string | undefined): Role {
  const role = readRole(scheduler, text) ?? Role.unknown;
  return role === Role.promoted || role === Role.stopped ? role : Role.unknown;
}

function readProbeMode(xml: XmlElement, resource: Resource): ProbeMode {
  switch (xml.get('resource-discovery')?.toLowerCase()) {
    case 'never':
      return ProbeMode.never;
    case 'exclusive':
      resource.hasExclusiveDiscovery = true;
      return ProbeMode.exclusive;
    default:
      return ProbeMode.always;
  }
}

/** Nodes for which a rule is true, with their scores; the last one first. */
function nodesOfRule(scheduler: Scheduler, rule: XmlElement, resource: Resource, submatches: readonly string[] | undefined): Location['nodes'] {
  const attribute = rule.get('score-attribute');
  const fixed = readScore(scheduler, rule.get('score')) ?? 0;
  const nodes: { node: Node; score: number }[] = [];
  for (const node of scheduler.nodes) {
    const context = ruleContext(scheduler, {
      nodeAttribute: (name) => node.attributes.get(name),
      parameter: (name) => resourceParameters(scheduler, resource, node).get(name),
      metaAttribute: (name) => resource.meta.get(name),
      submatches,
    });
    if (!rulePasses(rule, context)) continue;
    const score = attribute === undefined ? fixed : readScore(scheduler, nodeAttribute(node, attribute, resource, 'current'));
    if (score !== undefined) nodes.unshift({ node, score });
  }
  return nodes;
}

export function addLocation(scheduler: Scheduler, location: Location): void {
  scheduler.locations.unshift(location);
  location.resource.locations.unshift(location);
}
