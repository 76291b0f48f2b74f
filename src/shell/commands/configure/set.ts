// SPDX-License-Identifier: GPL-2.0-or-later
/** `set`: changes one value that exists. */
import type { XmlElement} from '../../../cib/index.ts';
import { parseInterval, sameXml, type CibObject } from '../../../cib/index.ts';
import { SUCCESS, type Command } from '../../command.ts';
import { configurationOf } from '../../configuration-session.ts';
import { objectNames } from './names.ts';
import { keyOf } from './selection.ts';

const PATH = 'Valid path: "id.[op_type.][interval.]name"';

export const set: Command = {
  name: 'set',
  usage: 'path value',
  summary: 'change one value: ID.[OP.][INTERVAL.]NAME VALUE',
  skill: 'administrator',
  takes: [2, 2],
  complete: async ({ words, session }) => (words.length === 0 ? objectNames(await configurationOf(session)).map((name) => `${name}.`) : []),
  run: async ({ args }, session) => {
    const [path = '', value = ''] = args;
    const configuration = await configurationOf(session);
    const parts = path.split('.');
    const name = parts.pop() ?? '';
    const found = splitPath(parts, (id) => keyOf(configuration.draft, id));
    if (parts.length === 0 || name === '') return session.error(`configure.set: Invalid path: "${path}"; ${PATH}`);
    if (found === undefined) return session.error(`configure.set: Object ${parts[0]} not found`);
    const object = configuration.draft.get(found.key)!;
    const changed = found.op === undefined ? setPair(object, name, value) : setOperation(object, found.op, found.interval, name, value);
    if (typeof changed === 'string') return session.error(`configure.set: ${changed}`);
    if (!sameXml(changed, object.element)) configuration.change(() => configuration.draft.put({ ...object, element: changed }));
    return SUCCESS;
  },
};

interface Path {
  readonly key: string;
  readonly op: string | undefined;
  readonly interval: string | undefined;
}

/** Ids may hold dots: the longest beginning that is an object counts. */
function splitPath(parts: readonly string[], keyFor: (id: string) => string | undefined): Path | undefined {
  for (let length = parts.length; length > 0; length--) {
    const key = keyFor(parts.slice(0, length).join('.'));
    const [op, interval, more] = parts.slice(length);
    if (key !== undefined && more === undefined) return { key, op, interval };
  }
  return undefined;
}

function setPair(object: CibObject, name: string, value: string): XmlElement | string {
  const sets = object.element.name === 'cluster_property_set' || object.element.name === 'meta_attributes' ? [object.element] : object.element.elements().filter((child) => child.name !== 'operations');
  const pairs = sets.flatMap((one) => one.elements('nvpair').filter((pair) => pair.get('name') === name));
  if (pairs.length !== 1) return `Expected 1 attribute named ${name}, found ${pairs.length}`;
  return replaced(object.element, pairs[0]!, pairs[0]!.with('value', value));
}

function setOperation(object: CibObject, op: string, interval: string | undefined, name: string, value: string): XmlElement | string {
  const all = object.element.elements('operations').flatMap((one) => one.elements('op')).filter((one) => one.get('name') === op);
  if (all.length === 0) return `Operation "${op}" not found for resource ${object.key}`;
  if (interval === undefined && all.length > 1) return `Should specify interval of ${op}`;
  const found = interval === undefined ? all[0] : all.find((one) => parseInterval(one.get('interval') ?? '0') === parseInterval(interval));
  if (found === undefined) return `Operation "${op}" interval "${interval}" not found for resource ${object.key}`;
  const isTime = name === 'interval' || name === 'timeout';
  const stored = isTime && /^\d+$/.test(value) ? `${value}s` : value;
  const changed = found.with(name, stored);
  // An id that was made from the interval follows it.
  const isMade = name === 'interval' && found.id === `${object.key}-${op}-${found.get('interval')}`;
  return replaced(object.element, found, isMade ? changed.with('id', `${object.key}-${op}-${stored}`) : changed);
}

/** The element with one of its descendants (by identity) replaced. */
function replaced(part: XmlElement, target: XmlElement, by: XmlElement): XmlElement {
  if (part === target) return by;
  const children = part.children.map((child) => (child.kind === 'element' ? replaced(child, target, by) : child));
  return children.every((child, i) => child === part.children[i]) ? part : part.withChildren(children);
}
