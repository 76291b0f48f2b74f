// SPDX-License-Identifier: GPL-2.0-or-later
/** Valid CIBs made from the schema table itself: every element, attribute and value that a version allows will come sooner or later. */
import { element, grammarOf, schemaName, SCHEMA_VERSIONS, type Alternative, type Attribute, type Grammar, type Particle, type SchemaVersion, type XmlElement } from '../../src/cib/index.ts';

/** Versions whose CIBs differ enough to matter. */
export const MADE_VERSIONS: readonly SchemaVersion[] = SCHEMA_VERSIONS.filter((version) => !['1.0', '2.7', '2.9'].includes(version));

/** Small, fast and the same everywhere: a document can be made again from its number. */
class Chance {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

const TEXTS = ['x', 'a b', '', '0', '10s', "it's", 'say "so"', 'back\\slash', 'end\\', 'a=b', '=', '#uname', 'übung €', '{x}', 'param{x}', '(', ')', 'a:b', ':', '@x', '$x', 'op', 'and', 'meta', '/a b/', 'http://h:80/?a=1&b=2', '%d;', '<tag>', '”q”', 'x'.repeat(40), '*'];
const NAMES = ['ip', 'target-role', 'is-managed', 'a_b', 'my param', 'x.y', 'op', 'params', 'rule', 'date', 'ü', 'a:b', '1', 'id', 'description', 'with"quote', '#kind'];
const WORDS = ['x', 'alpha', 'n1', '10.0.0.1', 'a-b', 'a_b.c'];
const PATTERNS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^a score/, ['0', '10', '-5', 'INFINITY', '-INFINITY', '+7']],
  [/from 1/, ['1', '2', '3']],
  [/^a whole number/, ['0', '1', '22']],
  [/fence devices/, ['st', 'st,st2']],
  [/port/, ['80', '8000-8010']],
];
/** Most elements have few children, some have several. */
const COUNTS = [0, 1, 1, 2, 3];

/** `odd` words are any that a schema accepts, `plain` ones those that somebody might write. */
export type Wording = 'odd' | 'plain';
const PLAIN_ROLES = ['Started', 'Stopped'];

export function anyConfiguration(seed: number, version: SchemaVersion, wording: Wording = 'odd'): XmlElement {
  const made = new Maker(new Chance(seed), grammarOf(version), wording).configuration();
  return element('cib', { 'validate-with': schemaName(version), admin_epoch: '0', epoch: '1', num_updates: '0' }, [made, element('status')]);
}

const RESOURCES: readonly string[] = ['primitive', 'group', 'clone', 'master', 'bundle'];

class Maker {
  readonly #chance: Chance;
  readonly #grammar: Grammar;
  readonly #wording: Wording;
  /** Ids by the element they belong to. */
  readonly #ids = new Map<string, string[]>();
  #count = 0;

  constructor(chance: Chance, grammar: Grammar, wording: Wording) {
    this.#chance = chance;
    this.#grammar = grammar;
    this.#wording = wording;
  }

  /** Resources come first, because the others name them; references to what is not there yet lead to what is. */
  configuration(): XmlElement {
    const sections = ['resources', 'nodes', 'crm_config', 'acls', 'constraints', 'fencing-topology', 'rsc_defaults', 'op_defaults', 'tags', 'alerts'].filter((name) => this.#grammar.get(name) !== undefined);
    const made = new Map(sections.map((name) => [name, name === 'resources' ? this.#resources() : this.#element(name, 0)]));
    const order = ['crm_config', 'nodes', 'resources', 'constraints', 'fencing-topology', 'rsc_defaults', 'op_defaults', 'acls', 'tags', 'alerts'];
    const needed = new Set(['crm_config', 'nodes', 'resources', 'constraints']);
    return element('configuration', {}, order.flatMap((name) => (made.has(name) && (needed.has(name) || made.get(name)!.children.length > 0) ? [made.get(name)!] : [])));
  }

  /** One at least: the other sections name it. */
  #resources(): XmlElement {
    const made = this.#element('resources', 0);
    return made.elements().some((one) => RESOURCES.includes(one.name)) ? made : made.append(this.#element('primitive', 1));
  }

  #element(id: string, depth: number): XmlElement {
    const definition = this.#grammar.get(id)!;
    const usable = definition.alternatives.filter((one) => this.#canRefer(definition.name, one));
    const alternative = this.#chance.pick(usable);
    const attributes: [string, string][] = [];
    for (const attribute of alternative.attributes.values()) {
      const isPossible = attribute.type.kind !== 'idref' || this.#targets(definition.name, attribute.name).length > 0;
      if (attribute.isRequired || (isPossible && this.#chance.below(3) === 0)) attributes.push([attribute.name, this.#value(definition.name, attribute)]);
    }
    const children = alternative.particles.flatMap((particle) => this.#children(definition.children, particle, depth));
    return element(definition.name, attributes, children);
  }

  #children(ids: ReadonlyMap<string, string>, particle: Particle, depth: number): XmlElement[] {
    const most = depth > 6 ? 0 : this.#chance.pick(COUNTS) + (depth === 0 ? 2 : 0);
    const count = { '': 1, '?': Math.min(1, most), '*': most, '+': Math.max(1, most) }[particle.cardinality];
    // Rules in rules end somewhere; templates come before what uses them.
    const names = particle.names.filter((name) => (depth <= 4 || name !== 'rule') && this.#grammar.get(ids.get(name)!)!.alternatives.some((one) => this.#canRefer(name, one)));
    const chosen = names.length === 0 ? [] : Array.from({ length: count }, () => this.#chance.pick(names));
    if (ids.has('template')) chosen.sort((a, b) => Number(b === 'template') - Number(a === 'template'));
    return chosen.map((name) => this.#element(ids.get(name)!, depth + 1));
  }

  /** Whether there is something to refer to. */
  #canRefer(name: string, alternative: Alternative): boolean {
    return [...alternative.attributes.values()].every((one) => !one.isRequired || one.type.kind !== 'idref' || this.#targets(name, one.name).length > 0);
  }

  #targets(owner: string, attribute: string): readonly string[] {
    if (attribute === 'id-ref') return this.#ids.get(owner) ?? [];
    if (attribute === 'template') return this.#ids.get('template') ?? [];
    if (owner === 'role' || owner === 'role_ref') return this.#ids.get('acl_role') ?? [];
    return RESOURCES.flatMap((name) => this.#ids.get(name) ?? []);
  }

  #value(owner: string, { name, type, isRequired }: Attribute): string {
    if (type.kind === 'id') return this.#newId(owner);
    if (type.kind === 'idref') {
      return this.#chance.pick(this.#targets(owner, name));
    }
    if (type.kind === 'values') return this.#chance.pick(type.words!);
    if (type.kind === 'pattern') return this.#chance.pick(PATTERNS.find(([words]) => words.test(type.expected))![1]);
    if (name === 'id' || name === 'uname') return this.#newId(`${owner} ${name}`);
    if (this.#wording === 'plain') return this.#chance.pick(name === 'role' ? PLAIN_ROLES : WORDS.filter((one) => type.accepts(one)));
    if (name === 'name' || name === 'attribute') return this.#chance.pick(NAMES.filter((one) => type.accepts(one)));
    if (isRequired && name !== 'value' && name !== 'xpath') return this.#chance.below(4) === 0 ? this.#chance.pick(TEXTS.filter((one) => one !== '')) : this.#chance.pick(WORDS);
    return this.#chance.pick(TEXTS);
  }

  #newId(owner: string): string {
    const id = `${this.#chance.pick(['r', 'x-y', 'a.b', '_', 'ü', 'group', 'op'])}${this.#count++}`;
    this.#ids.set(owner, [...(this.#ids.get(owner) ?? []), id]);
    return id;
  }
}
