// SPDX-License-Identifier: GPL-2.0-or-later
/** Primitives, templates, groups, clones and bundles. */
import {
  isLabel, isWord, OP_ATTRIBUTES, optionalWord, pair, word, type AttributeSet, type BundlePart, type BundleStatement, type ContainerStatement, type NvPair, type Operation, type PrimitiveStatement, type Section,
} from '../../language/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { RESOURCE_ELEMENTS } from '../compile/index.ts';
import { decompileSet } from './attribute-set.ts';
import { elementsOf, inexpressible, onlyAttributes, shownId, type DecompileContext } from './context.ts';

const NOWHERE = { start: -1, end: -1 };

/** An empty one comes back when the text replaces the object. */
export function description(element: XmlElement, context: DecompileContext): ReturnType<typeof optionalWord> {
  const text = element.get('description');
  if (text === '') return context.detail === 'whole' ? inexpressible('an empty description') : undefined;
  return optionalWord(text);
}

export function decompilePrimitive(element: XmlElement, context: DecompileContext): PrimitiveStatement {
  const kind = element.name === 'template' ? 'rsc_template' : 'primitive';
  onlyAttributes(element, ['id', 'class', 'provider', 'type', 'template', 'description']);
  return { kind, keyword: word(kind), id: word(element.id!), agent: word(agentOf(element, context)), description: description(element, context), sections: sectionsOf(element, context), ...NOWHERE };
}

function agentOf(element: XmlElement, context: DecompileContext): string {
  const [agentClass, provider, type, template] = ['class', 'provider', 'type', 'template'].map((name) => element.get(name));
  if (template !== undefined) return type === undefined && agentClass === undefined && provider === undefined && isLabel(template) ? `@${template}` : inexpressible('a template and a type');
  if (agentClass === undefined || type === undefined || [agentClass, provider, type].some((part) => part !== undefined && (part === '' || part.includes(':') || !isWord(part)))) inexpressible('an agent without class or type');
  if (agentClass === 'ocf' && provider === undefined) inexpressible('an ocf agent without provider');
  // The short form means this agent only where no other one of its name would be preferred.
  if (agentClass === 'ocf' && provider === 'heartbeat' && context.detail === 'shown' && !/^(?:fence_|@)/.test(type!)) return type!;
  return provider === undefined ? `${agentClass}:${type}` : `${agentClass}:${provider}:${type}`;
}

const SETS: ReadonlyMap<string, AttributeSet['section']> = new Map([
  ['instance_attributes', 'params'],
  ['meta_attributes', 'meta'],
  ['utilization', 'utilization'],
]);

function sectionsOf(element: XmlElement, context: DecompileContext): Section[] {
  const sections: Section[] = [];
  let hasOperations = false;
  for (const child of elementsOf(element)) {
    const keyword = SETS.get(child.name);
    if (keyword !== undefined) sections.push(decompileSet(child, keyword, context));
    else if (child.name === 'operations' && !hasOperations) {
      hasOperations = true;
      sections.push(...operationsOf(child, context));
    } else inexpressible(`${child.name} in ${element.name}`);
  }
  return sections;
}

function operationsOf(element: XmlElement, context: DecompileContext): Section[] {
  onlyAttributes(element, ['id', 'id-ref']);
  const [id, reference] = [element.id, element.get('id-ref')];
  const ops = elementsOf(element).map((op) => decompileOperation(op, context));
  if (id !== undefined || reference !== undefined) return [{ kind: 'operations', id: optionalWord(id), reference: optionalWord(reference), ...NOWHERE }, ...ops];
  if (ops.length === 0 && context.detail === 'whole') inexpressible('operations without operation');
  return ops;
}

function decompileOperation(op: XmlElement, context: DecompileContext): Operation {
  if (op.name !== 'op') inexpressible(`${op.name} among operations`);
  const name = op.get('name');
  if (name === undefined || name === '' || (name !== 'monitor' && !op.has('interval'))) inexpressible('an operation without name or interval');
  const items: NvPair[] = [];
  for (const [key, value] of op.entries()) {
    if (key === 'name') continue;
    if (!OP_ATTRIBUTES.has(key)) inexpressible(`op has ${key}`);
    if (key !== 'id' || shownId(op, context) !== undefined) items.push(pair(key, value));
  }
  const sets = elementsOf(op).map((child) => {
    if (child.name === 'instance_attributes') return decompileSet(child, 'op_params', context);
    return child.name === 'meta_attributes' ? decompileSet(child, 'op_meta', context) : inexpressible(`${child.name} in op`);
  });
  return { kind: 'op', name: word(name), items, sets, ...NOWHERE };
}

/** Containers print their sets first; `whole` asks that they stand first too. */
export function decompileContainer(element: XmlElement, kind: ContainerStatement['kind'], context: DecompileContext): ContainerStatement {
  onlyAttributes(element, ['id', 'description']);
  const members: string[] = [];
  const sections: Section[] = [];
  for (const child of elementsOf(element)) {
    if (RESOURCE_ELEMENTS.has(child.name) && child.id !== undefined) members.push(child.id);
    else if (child.name === 'instance_attributes' || child.name === 'meta_attributes') {
      if (members.length > 0 && context.detail === 'whole') inexpressible('a set behind a member');
      sections.push(decompileSet(child, SETS.get(child.name)!, context));
    } else inexpressible(`${child.name} in ${element.name}`);
  }
  if (members.length === 0 || (kind !== 'group' && members.length > 1)) inexpressible('an empty container');
  return { kind, keyword: word(kind), id: word(element.id!), members: members.map(word), description: description(element, context), sections, ...NOWHERE };
}

export function decompileBundle(element: XmlElement, context: DecompileContext): BundleStatement {
  onlyAttributes(element, ['id', 'description']);
  const parts = elementsOf(element).map((child) => bundlePart(child, context));
  if (parts.length === 0) inexpressible('an empty bundle');
  return { kind: 'bundle', keyword: word('bundle'), id: word(element.id!), description: description(element, context), parts, ...NOWHERE };
}

function bundlePart(child: XmlElement, context: DecompileContext): BundlePart {
  const keyword = word(child.name);
  switch (child.name) {
    case 'meta_attributes':
    case 'instance_attributes':
      return decompileSet(child, SETS.get(child.name)!, context);
    case 'primitive':
      return { kind: 'primitive', keyword, words: [word(child.id!)] };
    case 'docker':
    case 'podman':
    case 'rkt':
      if (!child.has('image') || child.children.length > 0) inexpressible('a container without image');
      return { kind: child.name, keyword, pairs: pairsOf(child, true), mappings: [] };
    case 'network':
    case 'storage': {
      const kind = child.name === 'network' ? 'port-mapping' : 'storage-mapping';
      if (child.name === 'storage' && child.attributes.length > 0) inexpressible('storage with attributes');
      const mappings = elementsOf(child).map((mapping) => {
        if (mapping.name !== kind || mapping.children.length > 0) inexpressible(`${mapping.name} in ${child.name}`);
        return { kind, keyword: word(kind), pairs: pairsOf(mapping, shownId(mapping, context) !== undefined) } as const;
      });
      return { kind: child.name, keyword, pairs: pairsOf(child, true), mappings };
    }
    default:
      return inexpressible(`${child.name} in bundle`);
  }
}

function pairsOf(element: XmlElement, hasId: boolean): NvPair[] {
  const pairs: NvPair[] = [];
  for (const [name, value] of element.entries()) {
    if (name === 'description' && value === '') inexpressible('an empty description');
    if (name !== 'id' || hasId) pairs.push(pair(name, value));
  }
  return pairs;
}
