// SPDX-License-Identifier: GPL-2.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, mergeConfigurations, readXml, sameXml, summaryOf, type XmlElement } from '../../src/cib/index.ts';

const primitive = ([id, value]: readonly string[]): string => `<primitive id="${id}" class="ocf" type="${value}"/>`;
const option = ([name, value]: readonly string[]): string => `<nvpair id="o-${name}" name="${name}" value="${value}"/>`;
const pairs = (words: string): string[][] => words.trim().split(/\s+/).filter((word) => word !== '').map((word) => word.split('='));

/** `a=1 b=2 | opt=x`: resources with a value, then options of the cluster. */
function aCib(text: string): XmlElement {
  const [resources = '', options = ''] = text.split('|');
  const set = options.trim() === '' ? '' : `<cluster_property_set id="cib-bootstrap-options">${pairs(options).map(option).join('')}</cluster_property_set>`;
  const result = readXml(`<cib epoch="1"><configuration><crm_config>${set}</crm_config><nodes/><resources>${pairs(resources).map(primitive).join('')}</resources><constraints/></configuration><status/></cib>`);
  if (!result.ok) throw new Error(result.problem.message);
  return result.root;
}

function told(cib: XmlElement): string {
  const resources = (cib.at('configuration', 'resources')?.elements() ?? []).map((one) => `${one.id}=${one.get('type')}`);
  const options = [...cib.descendants()].filter((one) => one.name === 'nvpair').map((one) => `${one.get('name')}=${one.get('value')}`);
  return [...resources, '|', ...options].join(' ');
}

describe("merging two people's changes", () => {
  it.each([
    ['a=1 b=1', 'a=2 b=1', 'a=1 b=2', 'a=2 b=2 |'],
    ['a=1', 'a=1 b=1', 'a=1 c=1', 'a=1 c=1 b=1 |'],
    ['a=1 b=1', 'a=1', 'a=1 b=1 c=1', 'a=1 c=1 |'],
    ['a=1', 'a=2', 'a=2', 'a=2 |'],
    ['a=1 b=1', 'a=1', 'a=1', 'a=1 |'],
    ['| x=1', '| x=1 y=2', '| x=1 z=3', '| x=1 z=3 y=2'],
    ['', '| x=1', 'a=1', 'a=1 | x=1'],
    ['| x=1 y=1', '| x=1', '| x=2 y=1', '| x=2'],
  ])('from %j to %j and %j gives %j', (base, mine, theirs, expected) => {
    const merged = mergeConfigurations(aCib(base), aCib(mine), aCib(theirs));
    expect(merged.ok && told(merged.cib)).toBe(expected);
  });

  it.each([
    ['a=1', 'a=2', 'a=3', [{ name: 'a', mine: 'changed', theirs: 'changed' }]],
    ['a=1', '', 'a=3', [{ name: 'a', mine: 'removed', theirs: 'changed' }]],
    ['', 'a=1', 'a=2', [{ name: 'a', mine: 'added', theirs: 'added' }]],
    ['| x=1', '| x=2', '| x=3', [{ name: 'x (cib-bootstrap-options)', mine: 'changed', theirs: 'changed' }]],
  ])('from %j to %j and %j is a conflict', (base, mine, theirs, conflicts) => {
    expect(mergeConfigurations(aCib(base), aCib(mine), aCib(theirs))).toEqual({ ok: false, conflicts });
  });

  it('changes are told shortly', () => {
    expect(summaryOf(changesBetween(aCib('a=1 b=1'), aCib('b=2 c=1 | x=1')))).toBe('-a +x (cib-bootstrap-options) ~b +c');
  });

  const configuration = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2', '3')).map((record) => Object.entries(record).map(([id, value]) => `${id}=${value}`).join(' '));

  it('merging is symmetric in what it changes, and no change of mine gives the other side', () => {
    fc.assert(
      fc.property(configuration, configuration, configuration, (base, mine, theirs) => {
        const one = mergeConfigurations(aCib(base), aCib(mine), aCib(theirs));
        const other = mergeConfigurations(aCib(base), aCib(theirs), aCib(mine));
        expect(one.ok).toBe(other.ok);
        if (one.ok && other.ok) expect(changesBetween(one.cib, other.cib)).toEqual([]);
        const unchanged = mergeConfigurations(aCib(base), aCib(base), aCib(theirs));
        expect(unchanged.ok && sameXml(unchanged.cib, aCib(theirs))).toBe(true);
      }),
    );
  });
});
