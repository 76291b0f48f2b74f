// SPDX-License-Identifier: GPL-2.0-or-later
/** Names and values of cluster properties, meta attributes and operation defaults. */
import { cloneMetaOptions, clusterOptions, expectedValue, operationOptions, resourceMetaOptions, takesValue, type CibObject, type OptionFact, type XmlElement } from '../../../../cib/index.ts';
import { nearest, type DiagnosticSink } from '../../../../language/index.ts';
import type { ConfigurationSession } from '../../../configuration-session.ts';
import { NOWHERE } from './index.ts';

interface Options {
  readonly cluster: ReadonlyMap<string, OptionFact>;
  readonly meta: ReadonlyMap<string, OptionFact>;
  readonly operation: ReadonlyMap<string, OptionFact>;
}

let options: Options | undefined;

function known(): Options {
  if (options !== undefined) return options;
  const byName = (list: readonly OptionFact[]): Map<string, OptionFact> => new Map(list.map((option) => [option.name, option]));
  options = { cluster: byName(clusterOptions()), meta: byName([...resourceMetaOptions(), ...cloneMetaOptions()]), operation: byName(operationOptions()) };
  return options;
}

export function checkOptions(object: CibObject, _configuration: ConfigurationSession, sink: DiagnosticSink): void {
  switch (object.kind) {
    case 'property':
      // Sets with names of their own belong to agents, which keep what they like in them.
      if (object.key === 'cib-bootstrap-options') checkSet(object, object.element, known().cluster, 'property-value', sink);
      return;
    case 'rsc_defaults':
      return checkSet(object, object.element, known().meta, 'meta-value', sink);
    case 'op_defaults':
      return checkSet(object, object.element, known().operation, undefined, sink);
    case 'primitive':
    case 'rsc_template':
    case 'group':
    case 'clone':
    case 'ms':
    case 'bundle':
      for (const set of object.element.elements('meta_attributes')) checkSet(object, set, known().meta, 'meta-value', sink);
      return;
    default:
  }
}

/** Values of operation defaults are words of many kinds; only their names are checked. */
function checkSet(object: CibObject, set: XmlElement, allowed: ReadonlyMap<string, OptionFact>, badValue: 'property-value' | 'meta-value' | undefined, sink: DiagnosticSink): void {
  for (const pair of set.elements('nvpair')) {
    const [name, value] = [pair.get('name'), pair.get('value')];
    // Attributes of user programs begin with a dollar sign or hold a colon.
    if (name === undefined || /[$:]/.test(name)) continue;
    const option = allowed.get(name);
    const about = { object: object.key, word: name };
    if (option === undefined) {
      const suggestion = nearest(name, allowed.keys());
      sink.add('unknown-attribute', NOWHERE, `${object.key}: unknown attribute '${name}'`, { ...about, ...(suggestion === undefined ? {} : { suggestion }) });
    } else if (badValue !== undefined && value !== undefined && !takesValue(option, value)) {
      const suggestion = nearest(value, option.type === 'boolean' ? ['true', 'false'] : (option.values ?? []));
      sink.add(badValue, NOWHERE, `${object.key}: ${name} takes ${expectedValue(option)}, not "${value}"`, { ...about, ...(suggestion === undefined ? {} : { suggestion }) });
    }
  }
}
