// SPDX-License-Identifier: GPL-2.0-or-later
/** Constraints against the resources and nodes there are. */
import { memberIds, namedResources, nodeKey, sectionOf, type CibObject } from '../../../../cib/index.ts';
import { nearest, type DiagnosticSink } from '../../../../language/index.ts';
import type { ConfigurationSession } from '../../../configuration-session.ts';
import { NOWHERE } from './index.ts';

/** A connection to a remote node lives outside of what it carries. */
export function checkRemote(object: CibObject, configuration: ConfigurationSession, sink: DiagnosticSink): void {
  const members = object.kind === 'group' ? memberIds(object.element) : object.kind === 'colocation' || object.kind === 'order' ? namedResources(object.element) : [];
  const place = object.kind === 'group' ? 'a group' : `${object.kind === 'order' ? 'an' : 'a'} ${object.kind}`;
  for (const name of members) {
    const element = configuration.draft.get(name)?.element;
    if (element?.get('provider') !== 'pacemaker' || element.get('type') !== 'remote') continue;
    sink.add('remote-connection', NOWHERE, `${object.key}: cannot put remote resource '${name}' in ${place}`, { object: object.key, word: name });
  }
}

export function checkConstraint(object: CibObject, configuration: ConfigurationSession, sink: DiagnosticSink): void {
  for (const name of new Set(namedResources(object.element))) checkNamed(object, name, configuration, sink);
  const about = { object: object.key };
  const node = object.element.get('node');
  if (object.kind === 'location' && node !== undefined && !isNode(configuration, node)) sink.add('unknown-node', NOWHERE, `${object.key}: node ${node} not found`, { ...about, word: node, ...meant(node, nodeNames(configuration)) });
  const pattern = object.element.get('rsc-pattern');
  if (pattern === undefined) return;
  try {
    RegExp(pattern);
  } catch {
    sink.add('invalid-pattern', NOWHERE, `${object.key}: "${pattern}" may not be a valid regular expression`, about);
  }
}

function checkNamed(object: CibObject, name: string, configuration: ConfigurationSession, sink: DiagnosticSink): void {
  const { draft } = configuration;
  const about = { object: object.key, word: name };
  const named = draft.get(name);
  if (named === undefined || (sectionOf(named.kind) !== 'resources' && named.kind !== 'tag')) {
    sink.add('unknown-resource', NOWHERE, `${object.key}: resource ${name} does not exist`, { ...about, ...meant(name, resourceNames(configuration)) });
    return;
  }
  const parent = named.parent === undefined ? undefined : draft.get(named.parent);
  if (parent?.kind === 'group' && object.kind === 'colocation') {
    sink.add('inner-constraint', NOWHERE, `${object.key}: resource ${name} is grouped, constraints should apply to the group`, { ...about, suggestion: parent.key });
  } else if (parent?.kind === 'clone' || parent?.kind === 'ms') {
    sink.add('inner-constraint', NOWHERE, `${object.key}: resource ${name} is in the clone ${parent.key}, constraints should apply to the clone`, { ...about, suggestion: parent.key });
  }
}

function meant(name: string, candidates: Iterable<string>): { suggestion?: string } {
  const suggestion = nearest(name, candidates);
  return suggestion === undefined ? {} : { suggestion };
}

function* nodeNames(configuration: ConfigurationSession): Iterable<string> {
  for (const object of configuration.draft.objects()) if (object.kind === 'node') yield object.element.get('uname') ?? '';
}

function* resourceNames(configuration: ConfigurationSession): Iterable<string> {
  for (const object of configuration.draft.objects()) if (sectionOf(object.kind) === 'resources' || object.kind === 'tag') yield object.key;
}

/** Guest nodes are named by a meta attribute, remote nodes by their connection resource. */
export function isNode(configuration: ConfigurationSession, name: string): boolean {
  const { draft } = configuration;
  if (draft.get(nodeKey(name)) !== undefined) return true;
  for (const object of draft.objects()) {
    if (object.kind === 'node' && object.element.id === name) return true;
    if (object.kind !== 'primitive') continue;
    if (object.key === name && object.element.get('provider') === 'pacemaker' && object.element.get('type') === 'remote') return true;
    for (const set of object.element.elements('meta_attributes')) if (set.elements('nvpair').some((pair) => pair.get('name') === 'remote-node' && pair.get('value') === name)) return true;
  }
  return false;
}
