// SPDX-License-Identifier: GPL-2.0-or-later
/** Attribute sets and rules as XML text. */
import type { Chance } from '../../chance.ts';

export type Pair = readonly [name: string, value: string];

export function element(name: string, attributes: readonly (readonly [string, string | undefined])[], ...inner: readonly string[]): string {
  const written = attributes.map(([key, value]) => (value === undefined ? '' : ` ${key}="${value}"`)).join('');
  const content = inner.join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** A set of pairs, or nothing when there are none. Of two pairs of one name the first is kept, as ids must differ. */
export function attributeSet(kind: string, id: string, pairs: readonly Pair[], inner = '', score?: string): string {
  const unique = new Map<string, string>();
  for (const [name, value] of pairs) if (!unique.has(name)) unique.set(name, value);
  if (unique.size === 0) return '';
  const written = [...unique].map(([name, value]) => element('nvpair', [['id', `${id}-${name.replace(/[^\w-]/g, '_')}`], ['name', name], ['value', value]]));
  return element(kind, [['id', id], ['score', score]], inner, ...written);
}

const ATTRIBUTES = ['color', 'weight', '#uname', '#kind', '#id', '#is_dc', '#site-name', 'missing'] as const;
const VALUES = ['red', 'Red', 'blue', '5', '10', '1.5', 'node1', 'node2', 'cluster', 'remote', 'container', 'true', '1', '2'] as const;

/** One condition. Operations on attributes for node rules; on time for every rule; on resource or operation where they are known. */
function randomCondition(chance: Chance, id: string, place: RulePlace): string {
  const kinds = ['date', ...(place === 'node' ? ['attribute', 'attribute', 'attribute'] : []), ...(place === 'resource' || place === 'operation' ? ['rsc'] : []), ...(place === 'operation' ? ['op'] : [])];
  switch (chance.pick(kinds)) {
    case 'attribute':
      return randomExpression(chance, id);
    case 'rsc':
      return element('rsc_expression', [['id', id], ['class', chance.is(0.5) ? chance.pick(['ocf', 'systemd', 'stonith']) : undefined], ['type', chance.is(0.5) ? 'Dummy' : undefined]]);
    case 'op':
      return element('op_expression', [['id', id], ['name', chance.pick(['monitor', 'start', 'stop'])], ['interval', chance.is(0.5) ? '10s' : undefined]]);
    default:
      return randomDate(chance, id);
  }
}

export type RulePlace = 'node' | 'resource' | 'operation' | 'option';

function randomExpression(chance: Chance, id: string): string {
  const operation = chance.pick(['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'defined', 'not_defined']);
  const takesValue = !operation.endsWith('defined');
  const type = takesValue && chance.is(0.5) ? chance.pick(['string', 'integer', 'number', 'version']) : undefined;
  const source = takesValue && chance.is(0.15) ? chance.pick(['param', 'meta', 'literal']) : undefined;
  const value = takesValue ? (source === 'param' ? 'fake' : source === 'meta' ? 'priority' : chance.pick(VALUES)) : undefined;
  return element('expression', [['id', id], ['attribute', chance.pick(ATTRIBUTES)], ['operation', operation], ['type', type], ['value-source', source], ['value', value]]);
}

/** The cases are judged in autumn 2026. */
const DATES = ['2026-09-01', '2026-09-20', '2026-09-21 12:00:00', '2026-09-22T00:00:00Z', '2026-12-01', '2026-W40-1', '2026-300', '2025-01-01'] as const;

function randomDate(chance: Chance, id: string): string {
  const start = chance.pick(DATES);
  switch (chance.below(5)) {
    case 0:
      return element('date_expression', [['id', id], ['operation', 'gt'], ['start', start]]);
    case 1:
      return element('date_expression', [['id', id], ['operation', 'lt'], ['end', start]]);
    case 2:
      return element('date_expression', [['id', id], ['operation', 'in_range'], ['start', '2026-09-01'], ['end', chance.pick(['2026-09-02', '2026-10-01', '2026-09-21T14:00:00Z'])]]);
    case 3:
      return element('date_expression', [['id', id], ['operation', 'in_range'], ['start', start]], element('duration', [['id', `${id}-d`], [chance.pick(['hours', 'months', 'weeks', 'days', 'years']), String(chance.below(5) + 1)]]));
    default: {
      const field = chance.pick([['hours', '9-16'], ['weekdays', '1-5'], ['monthdays', '21'], ['months', '9'], ['years', '2026-'], ['weeks', '39'], ['yeardays', '200-'], ['minutes', '0-29'], ['weekyears', '2026']] as const);
      return element('date_expression', [['id', id], ['operation', 'date_spec']], element('date_spec', [['id', `${id}-s`], field]));
    }
  }
}

export function randomRule(chance: Chance, id: string, place: RulePlace, attributes: readonly (readonly [string, string | undefined])[] = [], depth = 0): string {
  const conditions = Array.from({ length: chance.below(2) + 1 }, (_, i) => {
    const conditionId = `${id}-e${i}`;
    return depth < 1 && chance.is(0.2) ? randomRule(chance, conditionId, place, [], depth + 1) : randomCondition(chance, conditionId, place);
  });
  return element('rule', [['id', id], ['boolean-op', chance.is(0.5) ? chance.pick(['and', 'or']) : undefined], ...attributes], ...conditions);
}
