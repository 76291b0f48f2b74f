// SPDX-License-Identifier: GPL-2.0-or-later
/** Random constraints, tickets and tags as XML. */
import type { Chance } from '../../chance.ts';
import { element, randomRule } from './markup.ts';
import { guestsOf, type Shape } from './shape.ts';

const SCORES = ['INFINITY', '-INFINITY', '100', '-100', '50', '7', '0', '-1'] as const;
const ROLES = ['Started', 'Promoted', 'Unpromoted', 'Stopped', 'Master', 'Slave'] as const;
const ACTIONS = ['start', 'stop', 'promote', 'demote'] as const;
export const TICKETS = ['ta', 'tb'] as const;

type Attributes = readonly (readonly [string, string | undefined])[];

export function constraintsXml(chance: Chance, shape: Shape): string {
  const { features } = shape;
  const targets = constrained(shape);
  const nodes = [...shape.nodes.map(([, name]) => name), ...shape.remotes, ...guestsOf(shape)];
  const out: string[] = [];
  const repeat = (feature: Parameters<typeof features.has>[0], most: number, write: (id: string) => string): void => {
    if (!features.has(feature)) return;
    for (let left = chance.below(most) + 1, i = 0; left > 0; left--, i++) out.push(write(`${feature.slice(0, 2)}${i}`));
  };
  repeat('locations', 4, (id) => locationXml(chance, shape, id, targets, nodes));
  repeat('discovery', 2, (id) => element('rsc_location', [['id', id], ['rsc', chance.pick(targets)], ['node', chance.pick(nodes)], ['score', chance.pick(SCORES)], ['resource-discovery', chance.pick(['always', 'never', 'exclusive'])]]));
  if (targets.length > 1) {
    repeat('colocations', 4, (id) => colocationXml(chance, shape, id, targets));
    repeat('orders', 4, (id) => orderXml(chance, id, targets));
    repeat('sets', 2, (id) => (chance.is(0.5) ? orderSetsXml(chance, id, targets) : colocationSetsXml(chance, id, targets)));
  }
  repeat('tickets', 3, (id) => ticketXml(chance, id, targets));
  const first = chance.below(out.length + 1);
  return element('constraints', [], ...out.slice(first), ...out.slice(0, first));
}

/** What constraints may name: resources, sometimes members of groups, and tags and templates. */
function constrained({ features, resources }: Shape): string[] {
  const members = resources.flatMap(({ kind, members: list }) => (kind === 'group' ? [list[0]!.id] : []));
  const tags = features.has('tags') ? ['tag0'] : [];
  return [...resources.map(({ id }) => id), ...members, ...tags];
}

function pair(chance: Chance, targets: readonly string[]): readonly [string, string] {
  const a = chance.below(targets.length);
  const b = (a + 1 + chance.below(targets.length - 1)) % targets.length;
  return [targets[a]!, targets[b]!];
}

function locationXml(chance: Chance, { features }: Shape, id: string, targets: readonly string[], nodes: readonly string[]): string {
  const who: Attributes = chance.is(0.1) ? [['rsc-pattern', chance.pick(['p(.*)', '^g', '.*', '!p1', '(p)([0-9])'])]] : [['rsc', chance.pick(targets)]];
  const role: Attributes = [['role', features.has('promotable') && chance.is(0.4) ? chance.pick(ROLES) : undefined]];
  if (!features.has('rules') || chance.is(0.4)) return element('rsc_location', [['id', id], ...who, ...role, ['node', chance.pick(nodes)], ['score', chance.pick(SCORES)]]);
  const score: Attributes = chance.is(0.3) ? [['score-attribute', chance.pick(['weight', 'color', 'missing'])]] : [['score', chance.pick(SCORES)]];
  const ruleRole: Attributes = [['role', features.has('promotable') && chance.is(0.3) ? chance.pick(ROLES) : undefined]];
  const rules = Array.from({ length: chance.is(0.2) ? 2 : 1 }, (_, i) => randomRule(chance, `${id}-r${i}`, 'node', [...score, ...ruleRole]));
  return element('rsc_location', [['id', id], ...who], ...rules);
}

function colocationXml(chance: Chance, { features }: Shape, id: string, targets: readonly string[]): string {
  const [dependent, primary] = pair(chance, targets);
  const role = (): string | undefined => (features.has('promotable') && chance.is(0.4) ? chance.pick(ROLES) : undefined);
  return element('rsc_colocation', [['id', id], ['rsc', dependent], ['with-rsc', primary], ['score', chance.pick(SCORES)], ['rsc-role', role()], ['with-rsc-role', role()],
    ['node-attribute', chance.is(0.15) ? chance.pick(['color', 'weight']) : undefined], ['influence', chance.is(0.15) ? chance.pick(['true', 'false']) : undefined]]);
}

function kind(chance: Chance): Attributes {
  return chance.is(0.2) ? [['score', chance.pick(['0', '1', 'INFINITY'])]] : [['kind', chance.pick(['Mandatory', 'Mandatory', 'Optional', 'Serialize', undefined])]];
}

function orderXml(chance: Chance, id: string, targets: readonly string[]): string {
  const [first, then] = pair(chance, targets);
  const action = (): string | undefined => (chance.is(0.35) ? chance.pick(ACTIONS) : undefined);
  return element('rsc_order', [['id', id], ['first', first], ['then', then], ['first-action', action()], ['then-action', action()], ...kind(chance),
    ['symmetrical', chance.is(0.25) ? chance.pick(['true', 'false']) : undefined], ['require-all', chance.is(0.15) ? 'false' : undefined]]);
}

function setsOf(chance: Chance, id: string, targets: readonly string[], attributes: () => Attributes): string[] {
  const left = [...targets];
  const sets: string[] = [];
  for (let i = 0, count = chance.below(3) + 1; i < count && left.length > 0; i++) {
    const members = Array.from({ length: Math.min(left.length, chance.below(3) + 1) }, () => left.splice(chance.below(left.length), 1)[0]!);
    sets.push(element('resource_set', [['id', `${id}-s${i}`], ...attributes()], ...members.map((member) => element('resource_ref', [['id', member]]))));
  }
  return sets;
}

function orderSetsXml(chance: Chance, id: string, targets: readonly string[]): string {
  const sets = setsOf(chance, id, targets, () => [['sequential', chance.is(0.5) ? chance.pick(['true', 'false']) : undefined], ['require-all', chance.is(0.3) ? 'false' : undefined], ['action', chance.is(0.2) ? chance.pick(ACTIONS) : undefined]]);
  return element('rsc_order', [['id', id], ...kind(chance), ['symmetrical', chance.is(0.2) ? 'false' : undefined]], ...sets);
}

function colocationSetsXml(chance: Chance, id: string, targets: readonly string[]): string {
  const sets = setsOf(chance, id, targets, () => [['sequential', chance.is(0.5) ? chance.pick(['true', 'false']) : undefined], ['role', chance.is(0.2) ? chance.pick(ROLES) : undefined]]);
  return element('rsc_colocation', [['id', id], ['score', chance.pick(SCORES)]], ...sets);
}

function ticketXml(chance: Chance, id: string, targets: readonly string[]): string {
  const policy: Attributes = [['ticket', chance.pick(TICKETS)], ['loss-policy', chance.is(0.7) ? chance.pick(['stop', 'demote', 'fence', 'freeze']) : undefined]];
  if (chance.is(0.2)) return element('rsc_ticket', [['id', id], ...policy], ...setsOf(chance, id, targets, () => [['role', chance.is(0.4) ? chance.pick(ROLES) : undefined]]));
  return element('rsc_ticket', [['id', id], ['rsc', chance.pick(targets)], ['rsc-role', chance.is(0.4) ? chance.pick(ROLES) : undefined], ...policy]);
}

export function tagsXml(chance: Chance, { features, resources }: Shape): string {
  if (!features.has('tags')) return '';
  const tagged = chance.some(resources.map(({ id }) => id), 0.4);
  const members = tagged.length === 0 ? [resources[0]!.id] : tagged;
  return element('tags', [], element('tag', [['id', 'tag0']], ...members.map((id) => element('obj_ref', [['id', id]]))));
}
