// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { readXml } from '../../src/cib/index.ts';
import { fuzz } from '../fuzz.ts';
import { loadOracle } from './fuzz/load.ts';
import { xmlOracle } from './fuzz/xml.ts';

describe('mutated configuration texts', () => {
  it('make CIBs that come back from their whole text, and stay as they are under the text that is shown', () => {
    expect(fuzz(loadOracle, 4000, 11).failures).toEqual([]);
    expect(loadOracle.seeds.map((seed) => loadOracle.judge(seed))).toEqual(loadOracle.seeds.map(() => 'accepted'));
  });
});

describe('the XML reader', () => {
  it('answers mutated documents: at once, with words, unchanged by writing', () => {
    expect(fuzz(xmlOracle, 4000, 11).failures).toEqual([]);
  });

  it.each([
    ['10,000 elements in each other', `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`],
    ['entities that multiply', '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]><a>&d;</a>'],
    ['an entity from outside', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ])('refuses %s with a message', (_name, text) => {
    const read = readXml(text);
    expect(read.ok ? 'accepted' : read.problem.message).toMatch(/\w+ \w+/);
    expect(read.ok).toBe(false);
  });

  it('takes __proto__ and constructor for names like any other', () => {
    const read = readXml('<__proto__ constructor="x" __proto__="y"><toString/></__proto__>');
    expect(read.ok && [read.root.name, read.root.get('__proto__'), read.root.get('toString'), read.root.first('toString')?.name]).toEqual(['__proto__', 'y', undefined, 'toString']);
  });
});
