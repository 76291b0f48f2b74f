// SPDX-License-Identifier: GPL-2.0-or-later
/** 3.10 to 4.0, attribute sets: sorted to the end by score, each name once, without what 4.0 no longer knows. */
import { INFINITY, parseScore } from '../values/index.ts';
import { mapChildren, rewrite, type XmlElement, type XmlNode } from '../xml/index.ts';
import type { Notes } from './note.ts';
import type { RetiredOption } from './options.ts';

const SETS: ReadonlySet<string> = new Set(['cluster_property_set', 'instance_attributes', 'meta_attributes', 'utilization']);

const RENAMED_OPTIONS: ReadonlyMap<string, string> = new Map([
  ['crmd-finalization-timeout', 'join-finalization-timeout'],
  ['crmd-integration-timeout', 'join-integration-timeout'],
  ['crmd-transition-delay', 'transition-delay'],
]);

const OPERATION_SETTINGS: ReadonlySet<string> = new Set(['can_fail', 'role_after_failure']);
const RESOURCES: ReadonlySet<string> = new Set(['primitive', 'template', 'group', 'clone', 'master', 'bundle', 'rsc_defaults']);

/** First stage: removed names and values, order of sets. */
export function upgradeSets(root: XmlElement, notes: Notes): XmlElement {
  const changed = rewrite(root, (here, ancestors) => {
    switch (here.name) {
      case 'nvpair':
        return upgradePair(here, ancestors[ancestors.length - 1]!, notes);
      case 'date_spec':
        return withoutMoon(here, notes);
      case 'fencing-level':
        return Number(here.get('index')) > 9 ? undefined : sortSets(here);
      default:
        return sortSets(here);
    }
  });
  return sortSets(changed);
}

function upgradePair(pair: XmlElement, set: XmlElement, notes: Notes): XmlElement | undefined {
  if (!pair.has('value') && !pair.has('id-ref')) return undefined;
  if (set.name !== 'cluster_property_set') return pair;
  const name = pair.get('name') ?? '';
  const found = retiredInFour(name, pair.get('value') ?? '');
  if (found?.kind === 'changed') return pair.with('name', found.name).with('value', pair.has('value') ? found.value : undefined);
  if (found === undefined) return pair;
  notes.push({ level: 'warning', id: pair.id ?? '', message: `Dropping nvpair ${pair.id} because the ${name} property is unsupported` });
  return undefined;
}

/** What 4.0 makes of a cluster option that it does not know any more. */
export function retiredInFour(name: string, value: string): RetiredOption | undefined {
  const renamed = RENAMED_OPTIONS.get(name);
  if (renamed !== undefined) return { kind: 'changed', name: renamed, value };
  if (name === 'remove-after-stop') return { kind: 'dropped', instead: 'it is unsupported' };
  return name === 'stonith-action' && value === 'poweroff' ? { kind: 'changed', name, value: 'off' } : undefined;
}

function withoutMoon(spec: XmlElement, notes: Notes): XmlElement {
  if (!spec.has('moon')) return spec;
  notes.push({ level: 'warning', id: spec.id ?? '', message: `Dropping moon attribute from date spec ${spec.id} because moon phase is no longer supported` });
  return spec.with('moon', undefined);
}

/** The sets of an element, after everything else, by falling score. */
function sortSets(here: XmlElement): XmlElement {
  const sets: { readonly set: XmlElement; readonly rank: number }[] = [];
  const others: XmlNode[] = [];
  for (const child of here.children) {
    if (child.kind === 'element' && SETS.has(child.name)) sets.push({ set: child, rank: rank(child) });
    else others.push(child);
  }
  if (sets.length === 0) return here;
  sets.sort((a, b) => a.rank - b.rank);
  const sorted = [...others, ...sets.map((one) => one.set)];
  return sorted.every((child, i) => child === here.children[i]) ? here : here.withChildren(sorted);
}

/** Position of a set: `cib-bootstrap-options` first, then by score; a number with a plus sign comes last, as in the reference. */
function rank(set: XmlElement): number {
  if (set.name === 'cluster_property_set' && set.id === 'cib-bootstrap-options') return -INFINITY - 1;
  const text = set.get('score');
  if (text === undefined) return 0;
  if (/^\+\d/.test(text)) return INFINITY + 1;
  return -(parseScore(text) ?? 0);
}

/** Second stage: each name once in a set. */
export function dropRepeatedPairs(root: XmlElement): XmlElement {
  return rewrite(root, (here) => (SETS.has(here.name) ? once(here) : here));
}

/** The first pair of a name counts; a `#default` takes back everything before it and gives way to what follows. */
function once(set: XmlElement): XmlElement {
  const kept = new Map<string, XmlElement>();
  for (const pair of set.elements('nvpair')) {
    const name = pair.get('name');
    if (name === undefined) continue;
    const before = kept.get(name);
    if (before === undefined || pair.get('value') === '#default' || before.get('value') === '#default') kept.set(name, pair);
  }
  return mapChildren(set, (child) => {
    if (child.kind !== 'element' || child.name !== 'nvpair') return child;
    const name = child.get('name');
    return name === undefined || kept.get(name) === child ? child : undefined;
  });
}

/** Fourth stage: settings that are no longer obeyed. */
export function dropRemovedSettings(root: XmlElement, notes: Notes): XmlElement {
  return rewrite(root, (set, ancestors) => {
    if (set.name !== 'meta_attributes') return set;
    const owner = ancestors[ancestors.length - 1]!.name;
    const isOperation = owner === 'op' || owner === 'op_defaults';
    if (!isOperation && !RESOURCES.has(owner)) return set;
    return mapChildren(set, (pair) => {
      if (pair.kind !== 'element' || pair.name !== 'nvpair') return pair;
      const name = pair.get('name') ?? '';
      if (isOperation ? !OPERATION_SETTINGS.has(name) : name !== 'restart-type') return pair;
      const instead = isOperation ? 'Consider setting the "on-fail" operation attribute instead' : 'Consider setting the "kind" attribute for relevant constraints';
      notes.push({ level: 'warning', id: pair.id ?? '', message: `Dropping ${name} meta-attribute from ${set.id} because it is no longer supported. ${instead}` });
      return undefined;
    });
  });
}
