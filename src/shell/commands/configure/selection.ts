// SPDX-License-Identifier: GPL-2.0-or-later
/** Which objects the words of `show`, `save`, `edit` and `filter` mean. */
import { nodeKey, sameXml, type CibDraft, type CibObject } from '../../../cib/index.ts';
import { CibDraft as Draft } from '../../../cib/index.ts';
import { nearest } from '../../../language/index.ts';
import type { ConfigurationSession } from '../../configuration-session.ts';

export interface Selection {
  readonly objects: readonly CibObject[];
  readonly isXml: boolean;
  /** True when no word chose anything: everything is meant. */
  readonly isAll: boolean;
  /** Patterns of names whose values are hidden. */
  readonly obscured: readonly string[];
}

export type SelectionResult = { readonly ok: true; readonly selection: Selection } | { readonly ok: false; readonly message: string };

/** Terms side by side are joined with `or`, unless `and` stands between them. */
export function select(configuration: ConfigurationSession, words: readonly string[]): SelectionResult {
  const { draft } = configuration;
  let isXml = false;
  let isAnd = false;
  let chosen: Set<string> | undefined;
  const obscured: string[] = [];
  for (const word of words) {
    if (word === 'xml') isXml = true;
    else if (word === 'and' || word === 'or') isAnd = word === 'and';
    else if (word.startsWith('obscure:')) obscured.push(word.slice('obscure:'.length));
    else {
      const found = term(configuration, word);
      if (typeof found === 'string') return { ok: false, message: found };
      chosen = combine(chosen, new Set(found), isAnd);
      isAnd = false;
    }
  }
  const objects = chosen === undefined ? [...draft.objects()] : [...draft.objects()].filter((object) => chosen.has(object.key));
  return { ok: true, selection: { objects, isXml, isAll: chosen === undefined, obscured } };
}

function combine(chosen: Set<string> | undefined, found: Set<string>, isAnd: boolean): Set<string> {
  if (chosen === undefined) return found;
  return isAnd ? new Set([...chosen].filter((key) => found.has(key))) : new Set([...chosen, ...found]);
}

/** Keys of the objects that one word means, or what to say when it names something that does not exist. */
function term(configuration: ConfigurationSession, word: string): string[] | string {
  const { draft } = configuration;
  if (word === 'changed') return changedKeys(configuration);
  const [, prefix, rest = ''] = /^(type|tag|related):(.*)$/.exec(word) ?? [];
  switch (prefix) {
    case 'type':
      return keysOf(draft, (object) => object.kind === rest);
    case 'tag': {
      const tag = draft.get(rest);
      return tag?.kind === 'tag' ? [rest, ...tag.element.elements('obj_ref').map((one) => one.id ?? '')] : [];
    }
    case 'related':
      return related(draft, rest);
    default:
  }
  const key = keyOf(draft, word);
  if (key !== undefined) return [key];
  if (!/[*?[]/.test(word)) return missing(draft, word);
  const pattern = globPattern(word);
  return keysOf(draft, (object) => pattern.test(nameOf(object)));
}

/** That there is no object of this name, with the one that was probably meant. */
export function missing(draft: CibDraft, name: string): string {
  const meant = nearest(name, [...draft.objects()].map(nameOf));
  return `object ${name} does not exist${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
}

/** The object a user means by a name: a resource or constraint before a node. */
export function keyOf(draft: CibDraft, name: string): string | undefined {
  if (draft.get(name) !== undefined) return name;
  if (name === 'fencing-topology' && draft.get('fencing_topology') !== undefined) return 'fencing_topology';
  return draft.get(nodeKey(name)) === undefined ? undefined : nodeKey(name);
}

/** What the user calls an object. */
export function nameOf(object: CibObject): string {
  return object.kind === 'node' ? (object.element.get('uname') ?? object.key) : object.key;
}

function keysOf(draft: CibDraft, isWanted: (object: CibObject) => boolean): string[] {
  return [...draft.objects()].filter(isWanted).map((object) => object.key);
}

function changedKeys(configuration: ConfigurationSession): string[] {
  const before = new Draft(configuration.base);
  return keysOf(configuration.draft, (object) => {
    const old = before.get(object.key);
    return old === undefined || !sameXml(old.element, object.element);
  });
}

/** A resource with the constraints and containers around it; or the resources of an agent type. */
function related(draft: CibDraft, name: string): string[] {
  const object = draft.get(name);
  if (object === undefined) return keysOf(draft, (one) => one.element.get('type') === name || [one.element.get('class'), one.element.get('provider'), one.element.get('type')].filter((part) => part !== undefined).join(':') === name);
  const found = [name, ...draft.constraintsOn(name)];
  if (object.parent !== undefined) found.push(object.parent);
  for (const one of draft.objects()) {
    if (one.parent === name || one.element.get('template') === name) found.push(one.key);
    else if (one.kind === 'tag' && one.element.elements('obj_ref').some((part) => part.id === name)) found.push(one.key);
  }
  return found;
}

/** `*`, `?` and `[...]` as a shell reads them, against the whole name. */
export function globPattern(glob: string): RegExp {
  const source = glob.replace(/[.+^${}()|\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.').replace(/\[!/g, '[^');
  try {
    return new RegExp(`^(?:${source})$`);
  } catch {
    return new RegExp(`^${glob.replace(/[^\w]/g, '\\$&')}$`);
  }
}
