// SPDX-License-Identifier: GPL-2.0-or-later
/** Nodes, tags, property sets, fencing levels and alerts. */
import {
  isLabel, isWord, optionalWord, word, type AlertSelect, type AlertStatement, type AttributeSet, type NodeStatement, type PropertyStatement, type Recipient, type TagStatement, type TopologyItem, type TopologyStatement,
} from '../../language/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { decompileSet, label, setParts } from './attribute-set.ts';
import { elementsOf, inexpressible, onlyAttributes, shownId, type DecompileContext } from './context.ts';
import { description } from './resource.ts';
import { explicitLabel } from './rule.ts';

const NOWHERE = { start: -1, end: -1 };

export function decompileNode(element: XmlElement, context: DecompileContext): NodeStatement {
  onlyAttributes(element, ['id', 'uname', 'type', 'score', 'description']);
  const [uname, type] = [element.get('uname'), element.get('type')];
  if (uname === undefined || !isWord(uname) || uname === '' || uname.includes(':') || (type !== undefined && type !== 'member' && type !== 'remote')) inexpressible('the name of a node');
  const sections = elementsOf(element).map((child) => {
    if (child.name === 'instance_attributes') return decompileSet(child, 'attributes', context);
    return child.name === 'utilization' ? decompileSet(child, 'utilization', context) : inexpressible(`${child.name} in a node`);
  });
  if (type === undefined && context.needsNodeType && context.detail === 'whole') inexpressible('a node without type');
  const shownType = type === 'remote' || (type === 'member' && context.detail === 'whole') ? `:${type}` : '';
  const id = element.id === uname ? undefined : optionalWord(element.id);
  return { kind: 'node', keyword: word('node'), id, name: word(`${uname}${shownType}`), score: explicitLabel(element), description: description(element, context), sections, ...NOWHERE };
}

export function decompileTag(element: XmlElement): TagStatement {
  onlyAttributes(element, ['id']);
  const members = elementsOf(element).map((child) => {
    onlyAttributes(child, ['id']);
    return child.name === 'obj_ref' && child.id !== undefined && isWord(child.id) && !child.id.includes(':') ? word(child.id) : inexpressible(`${child.name} in a tag`);
  });
  if (members.length === 0) inexpressible('an empty tag');
  return { kind: 'tag', keyword: word('tag'), id: word(element.id!), members, ...NOWHERE };
}

export function decompileProperty(element: XmlElement, kind: PropertyStatement['kind'], context: DecompileContext): PropertyStatement {
  if (element.has('id-ref')) inexpressible('a reference among properties');
  const parts = setParts(element, context);
  const names = parts.items.flatMap((item) => (item.kind === 'pair' && item.id === undefined ? [item.name.text] : []));
  if (context.detail === 'whole' && new Set(names).size < names.length) inexpressible('a property twice');
  return { kind, keyword: word(kind), id: label(element.id), reference: undefined, ...parts, ...NOWHERE };
}

export function decompileTopology(element: XmlElement, context: DecompileContext): TopologyStatement {
  onlyAttributes(element, []);
  const levels = elementsOf(element).map((level) => levelOf(level, context));
  const items = sharedLevels(levels, context) ?? targetedLevels(levels);
  return { kind: 'fencing_topology', keyword: word('fencing_topology'), items, ...NOWHERE };
}

interface Level {
  readonly target: Exclude<TopologyItem, { kind: 'level' }>;
  /** Equal for levels of one target. */
  readonly name: string;
  /** Levels with the same are counted together. */
  readonly counted: string;
  readonly index: string;
  readonly devices: string;
  readonly id: string | undefined;
}

function levelOf(level: XmlElement, context: DecompileContext): Level {
  if (level.name !== 'fencing-level' || level.children.length > 0) inexpressible('content of a fencing topology');
  onlyAttributes(level, ['id', 'target', 'target-pattern', 'target-attribute', 'target-value', 'index', 'devices']);
  const [node, pattern, attribute, value] = ['target', 'target-pattern', 'target-attribute', 'target-value'].map((name) => level.get(name));
  const [index, devices] = [level.get('index'), level.get('devices')];
  const forms = [node, pattern, attribute].filter((one) => one !== undefined).length;
  if (forms !== 1 || (attribute === undefined) !== (value === undefined) || devices === undefined || !isWord(devices) || devices === '' || !/^[1-9]\d*$/.test(index ?? '')) inexpressible('a fencing level');
  const common = { index: index!, devices, id: shownId(level, context) };
  if (node !== undefined) return isLabel(node) ? { ...common, target: { kind: 'node', word: word(node) }, name: `node ${node}`, counted: `node ${node}` } : inexpressible('a target');
  if (pattern !== undefined) return { ...common, target: { kind: 'pattern', word: word(pattern) }, name: `pattern ${pattern}`, counted: `pattern ${pattern}` };
  if (!isLabel(attribute!)) inexpressible('a target attribute');
  return { ...common, target: { kind: 'attribute', name: word(attribute!), value: word(value!) }, name: `attr ${attribute}=${value}`, counted: `attr ${attribute}` };
}

/** The short form: every node of the cluster has the same levels. */
function sharedLevels(levels: readonly Level[], context: DecompileContext): TopologyItem[] | undefined {
  if (levels.length === 0 || levels.some((level) => level.target.kind !== 'node' || level.id !== undefined)) return undefined;
  const byNode = new Map<string, Level[]>();
  for (const level of levels) byNode.set(level.name, [...(byNode.get(level.name) ?? []), level]);
  const names = [...context.nodeNames].sort();
  if (byNode.size !== names.length || names.some((name) => !byNode.has(`node ${name}`))) return undefined;
  const [first, ...others] = [...byNode.values()].map((list) => list.map((level, i) => (level.index === String(i + 1) ? level.devices : undefined)));
  if (first!.includes(undefined) || others.some((list) => list.join(' ') !== first!.join(' '))) return undefined;
  if (context.detail === 'whole' && [...byNode.keys()].join() !== names.map((name) => `node ${name}`).join()) return undefined;
  return byNode.values().next().value!.map((level) => ({ kind: 'level', id: undefined, index: undefined, devices: word(level.devices) }));
}

function targetedLevels(levels: readonly Level[]): TopologyItem[] {
  const items: TopologyItem[] = [];
  const counts = new Map<string, number>();
  let current = '';
  for (const level of levels) {
    if (level.name !== current) items.push(level.target);
    current = level.name;
    const due = (counts.get(level.counted) ?? 0) + 1;
    counts.set(level.counted, Number(level.index));
    items.push({ kind: 'level', id: optionalWord(level.id), index: level.index === String(due) ? undefined : word(level.index), devices: word(level.devices) });
  }
  return items;
}

export function decompileAlert(element: XmlElement, context: DecompileContext): AlertStatement {
  onlyAttributes(element, ['id', 'path', 'description']);
  const path = element.get('path') ?? inexpressible('an alert without path');
  const parts = elementsOf(element).filter((child) => !isEmptySelection(child, context)).map((child) => alertPart(child, context));
  return { kind: 'alert', keyword: word('alert'), id: word(element.id!), path: word(path), description: description(element, context), parts, ...NOWHERE };
}

/** One that selects nothing comes back when the text replaces the object. */
function isEmptySelection(child: XmlElement, context: DecompileContext): boolean {
  return child.name === 'select' && child.children.length + child.attributes.length === 0 && context.detail === 'shown';
}

function alertPart(child: XmlElement, context: DecompileContext): AttributeSet | AlertSelect | Recipient {
  switch (child.name) {
    case 'instance_attributes':
      return decompileSet(child, 'attributes', context);
    case 'meta_attributes':
      return decompileSet(child, 'meta', context);
    case 'select':
      return { kind: 'select', parts: selectParts(child, context), ...NOWHERE };
    case 'recipient': {
      onlyAttributes(child, ['id', 'value', 'description']);
      const sets = elementsOf(child).map((set) => {
        if (set.name === 'instance_attributes') return decompileSet(set, 'attributes', context);
        return set.name === 'meta_attributes' ? decompileSet(set, 'meta', context) : inexpressible(`${set.name} in a recipient`);
      });
      return { kind: 'to', id: optionalWord(shownId(child, context)), value: word(child.get('value') ?? inexpressible('a recipient')), hasBraces: false, description: description(child, context), sets, ...NOWHERE };
    }
    default:
      return inexpressible(`${child.name} in an alert`);
  }
}

function selectParts(select: XmlElement, context: DecompileContext): AlertSelect['parts'] {
  onlyAttributes(select, []);
  const parts = elementsOf(select);
  if (parts.length === 0) inexpressible('an empty selection');
  return parts.map((part) => {
    const kind = /^select_(nodes|fencing|resources|attributes)$/.exec(part.name)?.[1] as 'nodes' | undefined;
    if (kind === undefined || part.attributes.length > 0) inexpressible(`${part.name} in a selection`);
    const names = elementsOf(part).map((one) => {
      onlyAttributes(one, ['id', 'name']);
      return one.name === 'attribute' && one.get('name') ? { id: optionalWord(shownId(one, context)), name: word(one.get('name')!) } : inexpressible('a selected attribute');
    });
    return { kind, names };
  });
}
