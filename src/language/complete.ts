// SPDX-License-Identifier: GPL-2.0-or-later
/** What may come next in a statement, given the words before the cursor. The grammar says which; the facts say what they are called. */
import { expectedNext } from '../../grammar/index.ts';

export interface Proposal {
  readonly text: string;
  readonly help?: string;
}

export interface NamedFact {
  readonly name: string;
  readonly help: string;
  /** What it takes, where that is a choice. */
  readonly values?: readonly string[];
}

export interface OperationFact {
  readonly name: string;
  readonly interval: string | undefined;
  readonly timeout: string | undefined;
  readonly role: string | undefined;
}

/** Names that only the configuration and the machine know. */
export interface CompletionFacts {
  nodes(): readonly string[];
  resources(): readonly string[];
  freePrimitives(): readonly string[];
  /** Primitives and groups that are in no container. */
  freeResources(): readonly string[];
  primitives(): readonly string[];
  templates(): readonly string[];
  fenceDevices(): readonly string[];
  roles(): readonly string[];
  agents(prefix: string): readonly string[];
  parameters(agent: string): readonly NamedFact[];
  operations(agent: string): readonly OperationFact[];
  metaAttributes(): readonly NamedFact[];
  operationAttributes(): readonly NamedFact[];
  clusterOptions(): readonly NamedFact[];
}

/** Candidates for the word that begins with `prefix`, behind `keyword words...`. */
export function completeWords(keyword: string, words: readonly string[], prefix: string, facts: CompletionFacts): Proposal[] {
  const proposals = [...contextual(keyword, words, prefix, facts), ...keywordsNext(keyword, words)];
  const seen = new Set<string>();
  return proposals.filter((one) => one.text.toLowerCase().startsWith(prefix.toLowerCase()) && !seen.has(one.text) && seen.add(one.text));
}

/** Keywords that the grammar accepts here. */
function keywordsNext(keyword: string, words: readonly string[]): Proposal[] {
  return expectedNext([keyword, ...words].join(' ')).map((text) => ({ text }));
}

const SECTIONS = new Set(['params', 'meta', 'utilization', 'attributes', 'op', 'op_params', 'op_meta', 'operations', 'rule', 'select', 'to', 'docker', 'podman', 'network', 'storage', 'port-mapping', 'storage-mapping', 'primitive']);

function contextual(keyword: string, words: readonly string[], prefix: string, facts: CompletionFacts): Proposal[] {
  const section = words.slice(2).reverse().find((word) => SECTIONS.has(word.toLowerCase()))?.toLowerCase();
  switch (keyword) {
    case 'node':
      return words.length === 0 ? plain(facts.nodes()) : [];
    case 'primitive':
    case 'rsc_template':
      return inPrimitive(words, prefix, section, facts);
    case 'group':
      if (words.length === 0) return [];
      return section === 'meta' ? pairs(facts.metaAttributes(), words, prefix) : plain(facts.freePrimitives().filter((name) => !words.includes(name)));
    case 'clone':
    case 'ms':
      if (words.length === 1) return plain(facts.freeResources());
      return section === 'meta' ? pairs(facts.metaAttributes(), words, prefix) : [];
    case 'bundle':
      return section === 'meta' ? pairs(facts.metaAttributes(), words, prefix) : section === 'primitive' ? plain(facts.freePrimitives()) : [];
    case 'location':
      return inLocation(words, facts);
    case 'colocation':
    case 'rsc_ticket':
      return words.length < 2 ? [] : plain(facts.resources());
    case 'order':
      if (words.length === 0) return [];
      return [...(words.length === 1 ? plain(['Mandatory:', 'Optional:', 'Serialize:']) : []), ...plain(facts.resources())];
    case 'property':
      return pairs(facts.clusterOptions(), words, prefix);
    case 'rsc_defaults':
      return pairs(facts.metaAttributes(), words, prefix);
    case 'op_defaults':
      return pairs(facts.operationAttributes(), words, prefix);
    case 'fencing_topology':
      return [...facts.nodes().map((name) => ({ text: `${name}:` })), ...plain(facts.fenceDevices())];
    case 'monitor':
      return words.length === 0 ? plain(facts.primitives()) : [];
    case 'tag':
      return words.length === 0 ? [] : plain(facts.resources());
    case 'acl_target':
    case 'acl_group':
      return words.length === 0 ? [] : plain(facts.roles());
    default:
      return [];
  }
}

function plain(names: readonly string[]): Proposal[] {
  return names.map((text) => ({ text }));
}

/** Names ending in `=` that have not been given yet; behind such a name the values it takes. */
function pairs(known: readonly NamedFact[], words: readonly string[], prefix: string): Proposal[] {
  const written = /^([^=]+)=/.exec(prefix)?.[1];
  const values = known.find((one) => one.name === written)?.values ?? [];
  if (values.length > 0) return values.map((value) => ({ text: `${written}=${value}` }));
  const given = new Set(words.map((word) => word.split('=')[0]));
  return known.filter((one) => !given.has(one.name)).map((one) => ({ text: `${one.name}=`, help: one.help }));
}

function inPrimitive(words: readonly string[], prefix: string, section: string | undefined, facts: CompletionFacts): Proposal[] {
  if (words.length === 0) return [];
  if (words.length === 1) return [...plain(facts.agents(prefix)), ...facts.templates().map((name) => ({ text: `@${name}`, help: 'template' }))];
  const agent = words[1] ?? '';
  if (section === 'meta') return pairs(facts.metaAttributes(), words, prefix);
  if (section !== 'op') return section === undefined || section === 'params' ? pairs(facts.parameters(agent), words, prefix) : [];
  const at = words.lastIndexOf('op');
  const inOperation = words.slice(at + 1);
  if (inOperation.length === 0) return [...new Set(facts.operations(agent).map((one) => one.name))].map((text) => ({ text }));
  return operationPairs(inOperation, prefix, facts.operations(agent).filter((one) => one.name === inOperation[0]), facts);
}

/** Advised values first, then the other attributes. */
function operationPairs(words: readonly string[], prefix: string, advised: readonly OperationFact[], facts: CompletionFacts): Proposal[] {
  const given = new Set(words.map((word) => word.split('=')[0]));
  const values: Proposal[] = advised.flatMap((one) => [
    ...(one.interval !== undefined && !given.has('interval') ? [{ text: `interval=${one.interval}`, help: 'advised' }] : []),
    ...(one.timeout !== undefined && !given.has('timeout') ? [{ text: `timeout=${one.timeout}`, help: 'advised' }] : []),
    ...(one.role !== undefined && !given.has('role') ? [{ text: `role=${one.role}` }] : []),
  ]);
  return [...values, ...pairs(facts.operationAttributes(), words, prefix)];
}

function inLocation(words: readonly string[], facts: CompletionFacts): Proposal[] {
  if (words.length === 0) return [];
  if (words.length === 1) return plain(facts.resources());
  const last = words.at(-1) ?? '';
  if (last.endsWith(':') && !words.includes('rule')) return plain(facts.nodes());
  if (words.includes('rule')) return last === 'eq' || last === 'ne' ? plain(facts.nodes()) : [];
  return [{ text: 'inf:', help: 'only there' }, { text: '-inf:', help: 'never there' }, { text: '100:', help: 'rather there' }];
}
