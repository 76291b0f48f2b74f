// SPDX-License-Identifier: GPL-2.0-or-later
/** Names of cluster properties, meta attributes and operation defaults. */
import { cloneMetaOptions, clusterOptions, operationOptions, resourceMetaOptions, type CibObject, type OptionFact, type XmlElement } from '../../../../cib/index.ts';
import { nearest, type DiagnosticSink } from '../../../../language/index.ts';
import type { ConfigurationSession } from '../../../configuration-session.ts';
import { NOWHERE } from './index.ts';

interface Names {
  readonly cluster: ReadonlySet<string>;
  readonly meta: ReadonlySet<string>;
  readonly operation: ReadonlySet<string>;
}

let names: Names | undefined;

function known(): Names {
  if (names !== undefined) return names;
  const namesOf = (options: readonly OptionFact[]): string[] => options.map((option) => option.name);
  const meta = [...namesOf(resourceMetaOptions()), ...namesOf(cloneMetaOptions())];
  names = { cluster: new Set(namesOf(clusterOptions())), meta: new Set(meta), operation: new Set(namesOf(operationOptions())) };
  return names;
}

export function checkOptions(object: CibObject, _configuration: ConfigurationSession, sink: DiagnosticSink): void {
  switch (object.kind) {
    case 'property':
      // Sets with names of their own belong to agents, which keep what they like in them.
      if (object.key === 'cib-bootstrap-options') checkNames(object, object.element, known().cluster, sink);
      return;
    case 'rsc_defaults':
      return checkNames(object, object.element, known().meta, sink);
    case 'op_defaults':
      return checkNames(object, object.element, known().operation, sink);
    case 'primitive':
    case 'rsc_template':
    case 'group':
    case 'clone':
    case 'ms':
    case 'bundle':
      for (const set of object.element.elements('meta_attributes')) checkNames(object, set, known().meta, sink);
      return;
    default:
  }
}

function checkNames(object: CibObject, set: XmlElement, allowed: ReadonlySet<string>, sink: DiagnosticSink): void {
  for (const pair of set.elements('nvpair')) {
    const name = pair.get('name');
    // Attributes of user programs begin with a dollar sign or hold a colon.
    if (name === undefined || allowed.has(name) || /[$:]/.test(name)) continue;
    const suggestion = nearest(name, allowed);
    sink.add('unknown-attribute', NOWHERE, `${object.key}: unknown attribute '${name}'`, { object: object.key, ...(suggestion === undefined ? {} : { suggestion }) });
  }
}
