// SPDX-License-Identifier: GPL-2.0-or-later
/** 2.10 to 3.0, cluster options: renamed, dropped, or moved to the defaults of resources and operations. */
import { element, mapChildren, type XmlElement, type XmlNode } from '../xml/index.ts';
import type { Notes } from './note.ts';
import { retiredInFour } from './sets.ts';

type Section = 'op_defaults' | 'rsc_defaults';

const WITH_DASHES: ReadonlySet<string> = new Set([
  'cluster_recheck_interval', 'dc_deadtime', 'election_timeout', 'no_quorum_policy', 'remove_after_stop', 'shutdown_escalation',
  'startup_fencing', 'stonith_action', 'stonith_enabled', 'stop_orphan_actions', 'stop_orphan_resources', 'symmetric_cluster',
]);

const THRESHOLD_INSTEAD = 'migration-threshold in rsc_defaults can be configured instead';

/** With what does the same now. */
const DROPPED: ReadonlyMap<string, string> = new Map([
  ['expected-quorum-votes', 'corosync (2+) infrastructure tracks quorum on its own'],
  ['notification-agent', 'standalone alerts can be configured instead'],
  ['notification-recipient', 'standalone alerts can be configured instead'],
  ['default-migration-threshold', THRESHOLD_INSTEAD],
  ['default_migration_threshold', THRESHOLD_INSTEAD],
]);

const MOVED: ReadonlyMap<string, readonly [Section, string]> = new Map([
  ['default-action-timeout', ['op_defaults', 'timeout']],
  ['default_action_timeout', ['op_defaults', 'timeout']],
  ['default-resource-stickiness', ['rsc_defaults', 'resource-stickiness']],
  ['default_resource_stickiness', ['rsc_defaults', 'resource-stickiness']],
  ['is-managed-default', ['rsc_defaults', 'is-managed']],
  ['is_managed_default', ['rsc_defaults', 'is-managed']],
]);

const FAILURE_STICKINESS: ReadonlySet<string> = new Set(['default-resource-failure-stickiness', 'default_resource_failure_stickiness']);
const INFRASTRUCTURE = 'cluster-infrastructure';
const OLD_INFRASTRUCTURE = ['heartbeat', 'openais', 'classic openais', 'classic openais (with plugin)', 'cman'];
const INFRASTRUCTURE_INSTEAD = 'corosync (2+) infrastructure can be used instead, though the value is not of significance';

/** What became of an option: another name or value, nothing at all, or a default of resources or operations. */
export type RetiredOption =
  | { readonly kind: 'changed'; readonly name: string; readonly value: string }
  | { readonly kind: 'dropped'; readonly instead: string }
  | { readonly kind: 'moved'; readonly section: Section; readonly name: string; readonly value: string };

/** Undefined for what the schema of that number knows. */
export function retiredOption(name: string, value: string, schema: { readonly major: number }): RetiredOption | undefined {
  const three = schema.major >= 3 ? retiredInThree(name, value) : undefined;
  return three ?? (schema.major >= 4 ? retiredInFour(name, value) : undefined);
}

function retiredInThree(name: string, value: string): RetiredOption | undefined {
  const renamed = WITH_DASHES.has(name) ? name.replaceAll('_', '-') : name === 'transition_idle_timeout' ? 'cluster-delay' : undefined;
  if (renamed !== undefined) return { kind: 'changed', name: renamed, value };
  if (name === INFRASTRUCTURE && OLD_INFRASTRUCTURE.includes(value)) return { kind: 'dropped', instead: INFRASTRUCTURE_INSTEAD };
  const instead = DROPPED.get(name);
  if (instead !== undefined) return { kind: 'dropped', instead };
  const target = MOVED.get(name);
  if (target !== undefined) return { kind: 'moved', section: target[0], name: target[1], value };
  if (!FAILURE_STICKINESS.has(name)) return undefined;
  return value === '-INFINITY' ? { kind: 'moved', section: 'rsc_defaults', name: 'migration-threshold', value: '1' } : { kind: 'dropped', instead: THRESHOLD_INSTEAD };
}

/** A pair on its way to a section; pairs of a set with a rule need the rule there too. */
interface Move {
  readonly section: Section;
  readonly pair: XmlElement;
  readonly from: XmlElement;
}

export function upgradeOptions(root: XmlElement, notes: Notes): XmlElement {
  const moves: Move[] = [];
  /** Sets that lost their last pair: their rules may move, those of others are referred to. */
  const emptied = new Set<XmlElement>();
  return mapChildren(root, (child) => {
    if (child.kind !== 'element' || child.name !== 'configuration') return child;
    const configuration = mapChildren(child, (section) =>
      section.kind === 'element' && section.name === 'crm_config' ? mapChildren(section, (set) => upgradeSet(set, moves, emptied, notes)) : section,
    );
    return fill(fill(configuration, 'op_defaults', moves, emptied), 'rsc_defaults', moves, emptied);
  });
}

function upgradeSet(set: XmlNode, moves: Move[], emptied: Set<XmlElement>, notes: Notes): XmlNode | undefined {
  if (set.kind !== 'element' || set.name !== 'cluster_property_set') return set;
  const upgraded = mapChildren(set, (pair) => {
    if (pair.kind !== 'element' || pair.name !== 'nvpair') return pair;
    return upgradePair(pair, set, moves, notes);
  });
  if (upgraded === set || upgraded.first('nvpair') !== undefined) return upgraded;
  emptied.add(set);
  return undefined;
}

function upgradePair(pair: XmlElement, set: XmlElement, moves: Move[], notes: Notes): XmlElement | undefined {
  const name = pair.get('name') ?? '';
  const value = pair.get('value') ?? '';
  const id = pair.id ?? '';
  const told = (level: 'debug' | 'info', what: string): void => void notes.push({ level, id, message: `Cluster properties: ${what}` });
  const found = retiredInThree(name, value);
  switch (found?.kind) {
    case undefined:
      return pair;
    case 'changed':
      told('debug', `${id}: renaming ${name} as ${found.name}`);
      return pair.with('name', found.name);
    case 'dropped':
      told('info', `${id}: dropping ${name}${name === INFRASTRUCTURE ? ` for matching ${OLD_INFRASTRUCTURE.join('|')}` : ''}`);
      told('info', `... ${found.instead}`);
      return undefined;
    case 'moved': {
      const more = FAILURE_STICKINESS.has(name) ? ', redefined as 1, for matching -INFINITY' : '';
      told('debug', `${id}: moving ${name} under ${found.section} as ${found.name} unless already defined there${more}`);
      moves.push({ section: found.section, pair: pair.withAll({ name: found.name, value: pair.has('value') ? found.value : undefined }), from: set });
      return undefined;
    }
  }
}

/** Puts moved pairs into a section, which is made when it is not there. */
function fill(configuration: XmlElement, name: Section, moves: readonly Move[], emptied: Set<XmlElement>): XmlElement {
  const mine = moves.filter((move) => move.section === name);
  if (mine.length === 0) return configuration;
  const plain = mine.filter((move) => ruleOf(move.from) === undefined).map((move) => move.pair);
  const present = configuration.first(name);
  const filled = addPlain(present ?? element(name), plain, name);
  const whole = filled.append(...conditionalSets(mine, emptied));
  return present === undefined ? configuration.append(whole) : configuration.replaceChild(present, whole);
}

/** The first set without a rule takes the pairs whose name it does not have yet; without such a set one is made. */
function addPlain(section: XmlElement, pairs: readonly XmlElement[], name: Section): XmlElement {
  if (pairs.length === 0) return section;
  const set = section.elements('meta_attributes').find((one) => ruleOf(one) === undefined && !one.has('id-ref'));
  if (set === undefined) return section.append(element('meta_attributes', { id: `_2TO3_-${name.replace('_', '-')}` }, pairs));
  const taken = new Set(set.elements('nvpair').map((pair) => pair.get('name')));
  return section.replaceChild(set, set.append(...pairs.filter((pair) => !taken.has(pair.get('name')))));
}

/** One set, with the rule, for each set of options with a rule. */
function conditionalSets(moves: readonly Move[], emptied: Set<XmlElement>): XmlElement[] {
  const sets = new Map<XmlElement, XmlElement[]>();
  for (const { from, pair } of moves) if (ruleOf(from) !== undefined) sets.set(from, [...(sets.get(from) ?? []), pair]);
  return [...sets].map(([from, pairs]) => {
    const rule = ruleOf(from)!;
    // The rule goes along when nothing else needs it; from then on it is referred to.
    const kept = emptied.delete(from) ? rule : element('rule', { 'id-ref': rule.get('id-ref') ?? rule.id });
    const id = `_2TO3_${moves[0]!.section === 'op_defaults' ? 'op' : 'rsc'}-${from.id ?? ''}`;
    return element('meta_attributes', { id, score: from.get('score') }, [kept, ...pairs]);
  });
}

function ruleOf(set: XmlElement): XmlElement | undefined {
  return set.first('rule');
}
