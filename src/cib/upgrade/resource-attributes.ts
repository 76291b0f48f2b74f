// SPDX-License-Identifier: GPL-2.0-or-later
/** 2.10 to 3.0, nodes, colocations and the attribute sets of primitives and templates. */
import { rewrite, mapChildren, type XmlElement } from '../xml/index.ts';
import type { Notes } from './note.ts';

const COMMANDS: ReadonlySet<string> = new Set(['pcmk_list_cmd', 'pcmk_monitor_cmd', 'pcmk_off_cmd', 'pcmk_on_cmd', 'pcmk_reboot_cmd', 'pcmk_status_cmd']);
const ISOLATION: ReadonlySet<string> = new Set(['isolation', 'isolation-host', 'isolation-instance', 'isolation-wrapper']);
const FAILURE_STICKINESS: ReadonlySet<string> = new Set(['resource-failure-stickiness', 'resource_failure_stickiness']);
const COLOCATION_SCORES = ['score-attribute', 'score-attribute-mangle'] as const;

export function upgradeResourceAttributes(root: XmlElement, notes: Notes): XmlElement {
  return rewrite(root, (here, ancestors) => {
    const parent = ancestors[ancestors.length - 1]!;
    switch (here.name) {
      case 'node':
        return parent.name === 'nodes' && here.get('type') === 'normal' ? here.with('type', 'member') : here;
      case 'rsc_colocation':
        return withoutAttributeScore(here, notes);
      case 'instance_attributes':
        return isResource(parent) ? upgradeSet(here, (pair) => fenceParameter(pair, notes)) : here;
      case 'meta_attributes':
        return isResource(parent) ? upgradeSet(here, (pair) => metaAttribute(pair, parent, notes)) : here;
      default:
        return here;
    }
  });
}

function isResource(element: XmlElement): boolean {
  return element.name === 'primitive' || element.name === 'template';
}

function withoutAttributeScore(constraint: XmlElement, notes: Notes): XmlElement {
  let here = constraint;
  for (const name of COLOCATION_SCORES) {
    if (!here.has(name)) continue;
    notes.push({ level: 'info', id: here.id ?? '', message: `colocation ${here.id}: ${name} dropped, it never had an effect` });
    here = here.with(name, undefined);
  }
  return here;
}

/** A set whose pairs are changed; of pairs that get the same new name the first counts; a set left without pairs goes. */
function upgradeSet(set: XmlElement, change: (pair: XmlElement) => XmlElement | undefined): XmlElement | undefined {
  const made = new Set<string>();
  const upgraded = mapChildren(set, (pair) => {
    if (pair.kind !== 'element' || pair.name !== 'nvpair') return pair;
    const changed = change(pair);
    if (changed === undefined || changed === pair) return changed;
    const name = changed.get('name') ?? '';
    if (made.has(name)) return undefined;
    made.add(name);
    return changed;
  });
  return upgraded !== set && upgraded.first('nvpair') === undefined ? undefined : upgraded;
}

function fenceParameter(pair: XmlElement, notes: Notes): XmlElement | undefined {
  const name = pair.get('name') ?? '';
  const id = pair.id ?? '';
  if (COMMANDS.has(name)) {
    const renamed = name.replace(/_cmd$/, '_action');
    notes.push({ level: 'debug', id, message: `parameter ${name} (${id}): now called ${renamed}` });
    return pair.with('name', renamed);
  }
  if (name !== 'pcmk_arg_map') return pair;
  const port = /^port:([^,]*)$/.exec(pair.get('value') ?? '');
  notes.push({ level: 'debug', id, message: `parameter pcmk_arg_map (${id}): ${port === null ? 'dropped' : 'now pcmk_host_argument'}` });
  return port === null ? undefined : pair.withAll({ name: 'pcmk_host_argument', value: port[1]! });
}

function metaAttribute(pair: XmlElement, resource: XmlElement, notes: Notes): XmlElement | undefined {
  const name = pair.get('name') ?? '';
  const told = (level: 'debug' | 'info' | 'warning', what: string): void =>
    void notes.push({ level, id: pair.id ?? '', message: `${name} of ${resource.id} (${pair.id}): ${what}` });
  if (ISOLATION.has(name)) {
    told('warning', 'isolation is gone (use a bundle); the resource is stopped by target-role=Stopped');
    return pair.withAll({ name: 'target-role', value: 'Stopped' });
  }
  if (!FAILURE_STICKINESS.has(name)) return pair;
  if (pair.get('value') !== '-INFINITY') {
    told('info', 'dropped, migration-threshold does this');
    return undefined;
  }
  told('debug', 'now migration-threshold=1');
  return pair.withAll({ name: 'migration-threshold', value: '1' });
}
