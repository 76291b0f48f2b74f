// SPDX-License-Identifier: GPL-2.0-or-later
/** 2.10 to 3.0, nodes, colocations and the attribute sets of primitives and templates. */
import { rewrite, mapChildren, type XmlElement } from '../xml/index.ts';
import type { Notes } from './note.ts';

const COMMANDS: ReadonlySet<string> = new Set(['pcmk_list_cmd', 'pcmk_monitor_cmd', 'pcmk_off_cmd', 'pcmk_on_cmd', 'pcmk_reboot_cmd', 'pcmk_status_cmd']);
const ISOLATION: ReadonlySet<string> = new Set(['isolation', 'isolation-host', 'isolation-instance', 'isolation-wrapper']);
const FAILURE_STICKINESS: ReadonlySet<string> = new Set(['resource-failure-stickiness', 'resource_failure_stickiness']);
const COLOCATION_SCORES = ['score-attribute', 'score-attribute-mangle'] as const;

export function upgradeNodes(root: XmlElement, notes: Notes): XmlElement {
  return rewrite(root, (here, ancestors) => {
    const isNormal = here.name === 'node' && ancestors[ancestors.length - 1]!.name === 'nodes' && here.get('type') === 'normal';
    if (!isNormal) return here;
    notes.push({ level: 'debug', id: here.id ?? '', message: `Cluster node: ${here.get('uname')} (id=${here.id}): keeping type as type, redefined as member, for matching normal` });
    return here.with('type', 'member');
  });
}

export function upgradeColocations(root: XmlElement, notes: Notes): XmlElement {
  return rewrite(root, (here) => (here.name === 'rsc_colocation' ? withoutAttributeScore(here, notes) : here));
}

/** One attribute set of a primitive or template; undefined when nothing is left of it. */
export function upgradeResourceSet(set: XmlElement, resource: XmlElement, notes: Notes): XmlElement | undefined {
  if (set.name === 'instance_attributes') return upgradeSet(set, (pair) => fenceParameter(pair, notes));
  return set.name === 'meta_attributes' ? upgradeSet(set, (pair) => metaAttribute(pair, resource, set, notes)) : set;
}

function withoutAttributeScore(constraint: XmlElement, notes: Notes): XmlElement {
  let here = constraint;
  for (const name of COLOCATION_SCORES) {
    if (!here.has(name)) continue;
    const id = here.id ?? '';
    notes.push({ level: 'info', id, message: `Constraints-colocation: ${id}: dropping ${name}` });
    notes.push({ level: 'info', id, message: 'Constraints-colocation: ... was actually never in effect' });
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
  const told = (what: string): void => void notes.push({ level: 'debug', id, message: `Resource instance_attributes: ${id}: ${what}` });
  if (COMMANDS.has(name)) {
    const renamed = name.replace(/_cmd$/, '_action');
    told(`renaming ${name} as ${renamed}`);
    return pair.with('name', renamed);
  }
  if (name !== 'pcmk_arg_map') return pair;
  const port = /^port:([^,]*)$/.exec(pair.get('value') ?? '');
  if (port === null) {
    told('dropping pcmk_arg_map');
    return undefined;
  }
  told('renaming pcmk_arg_map as pcmk_host_argument for matching port: prefix that will, meanwhile, get dropped');
  return pair.withAll({ name: 'pcmk_host_argument', value: port[1]! });
}

function metaAttribute(pair: XmlElement, resource: XmlElement, set: XmlElement, notes: Notes): XmlElement | undefined {
  const name = pair.get('name') ?? '';
  const told = (level: 'debug' | 'info' | 'warning', what: string, reason?: string): void => {
    const id = pair.id ?? '';
    notes.push({ level, id, message: `Resource meta_attributes: ${resource.id} (meta=${set.id}): ${what}` });
    if (reason !== undefined) notes.push({ level, id, message: `Resource meta_attributes: ... ${reason}` });
  };
  if (ISOLATION.has(name)) {
    told('warning', `renaming ${name} as target-role, redefined as Stopped`, 'i.e. resource at hand disabled; isolation wrappers obsoleted with bundle resources');
    return pair.withAll({ name: 'target-role', value: 'Stopped' });
  }
  if (!FAILURE_STICKINESS.has(name)) return pair;
  if (pair.get('value') !== '-INFINITY') {
    told('info', `dropping ${name}`, 'migration-threshold can be configured instead');
    return undefined;
  }
  told('debug', `renaming ${name} as migration-threshold, redefined as 1, for matching -INFINITY`);
  return pair.withAll({ name: 'migration-threshold', value: '1' });
}
