// SPDX-License-Identifier: GPL-2.0-or-later
/** 3.10 to 4.0, constraints: one rule for each location, and no lifetime. */
import { element, mapChildren, type XmlElement, type XmlNode } from '../xml/index.ts';
import type { Notes } from './note.ts';
import { MADE } from './references.ts';

/** Ids that location constraints were split into, by their old id. */
export type SplitIds = Map<string, readonly string[]>;

/** Second stage: a location with several rules becomes as many locations. */
export function splitLocations(root: XmlElement, split: SplitIds): XmlElement {
  return mapConstraints(root, (constraint) => {
    const rules = constraint.name === 'rsc_location' ? constraint.elements('rule') : [];
    if (rules.length < 2) return constraint;
    const parts = rules.map((rule, i) => {
      const children = constraint.children.filter((child) => child.kind !== 'element' || child.name !== 'rule' || child === rule);
      return constraint.withChildren(children).with('id', `${MADE}${constraint.id}-${i + 1}`);
    });
    split.set(constraint.id ?? '', parts.map((part) => part.id!));
    return parts;
  });
}

/** Third stage: the lifetime of a location becomes part of its rule; other constraints lose theirs. */
export function upgradeLifetimes(root: XmlElement, notes: Notes): XmlElement {
  const orphans: XmlElement[] = [];
  const upgraded = mapConstraints(root, (constraint) => {
    const lifetime = constraint.first('lifetime');
    if (lifetime === undefined) return constraint;
    if (constraint.name === 'rsc_location') return withLifetimeRule(constraint, lifetime);
    const message = `Dropping lifetime element from constraint ${constraint.id} because lifetime elements are no longer supported. Any rules contained there will no longer apply to the constraint`;
    notes.push({ level: 'warning', id: constraint.id ?? '', message });
    orphans.push(...lifetime.elements('rule'));
    return constraint.replaceChild(lifetime, undefined);
  });
  return keepReferredRules(upgraded, orphans);
}

function mapConstraints(root: XmlElement, change: (constraint: XmlElement) => XmlElement | readonly XmlElement[]): XmlElement {
  return mapChildren(root, (configuration) => {
    if (configuration.kind !== 'element' || configuration.name !== 'configuration') return configuration;
    return mapChildren(configuration, (section) => {
      if (section.kind !== 'element' || section.name !== 'constraints') return section;
      return mapChildren(section, (child: XmlNode) => (child.kind === 'element' ? change(child) : child));
    });
  });
}

function withLifetimeRule(location: XmlElement, lifetime: XmlElement): XmlElement {
  const prefix = `${MADE}${location.id}`;
  const inner = location.first('rule') ?? nodeRule(location, prefix);
  const rules = lifetime.elements('rule');
  const limit = rules.length === 1 ? rules[0]! : element('rule', { id: `${prefix}-lifetime-or-rule`, 'boolean-op': 'or' }, rules);
  // Score and role of a rule count at the top only: without them there the constraint would have no weight.
  const whole = element(
    'rule',
    {
      id: `${prefix}-lifetime-and-rule`,
      'boolean-op': 'and',
      score: inner.get('score'),
      'score-attribute': inner.get('score-attribute'),
      role: inner.get('role'),
    },
    [inner, limit],
  );
  const rest = location.withAll({ node: undefined, score: undefined });
  return rest.withChildren([...rest.children.filter((child) => child !== lifetime && child !== inner), whole]);
}

/** `node` and `score` of a location as a rule. */
function nodeRule(location: XmlElement, prefix: string): XmlElement {
  const id = `${prefix}-node-score-rule`;
  const condition = element('expression', { id: `${id}-expr`, attribute: '#uname', operation: 'eq', value: location.get('node') });
  return element('rule', { id, score: location.get('score') }, [condition]);
}

/** Rules of dropped lifetimes that are used elsewhere live on in a constraint that matches no resource. */
function keepReferredRules(root: XmlElement, orphans: readonly XmlElement[]): XmlElement {
  if (orphans.length === 0) return root;
  const used = new Set<string>();
  for (const here of root.descendants()) if (here.name === 'rule' && here.id !== undefined) used.add(here.id);
  const kept = orphans.filter((rule) => [...rule.descendants()].some((one) => one.name === 'rule' && used.has(one.id ?? '')));
  if (kept.length === 0) return root;
  const id = `${MADE}coloc-order-lifetime-rules`;
  const keeper = element('rsc_location', { id, 'rsc-pattern': 'a^' }, [element('rule', { id: `${id}-rule`, score: '-INFINITY' }, kept)]);
  return mapChildren(root, (configuration) => {
    if (configuration.kind !== 'element' || configuration.name !== 'configuration') return configuration;
    return mapChildren(configuration, (section) => (section.kind === 'element' && section.name === 'constraints' ? section.append(keeper) : section));
  });
}
