// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/shell/index.ts';
import { entryName, lookup, type Entry } from '../../src/shell/tree/lookup.ts';

const command = (name: string, more: Partial<Command> = {}): Entry => ({ kind: 'command', command: { name, usage: '', summary: name, run: async () => 0, ...more } });

const ENTRIES: readonly Entry[] = [
  command('configure'),
  command('resource'),
  command('maintenance'),
  command('colocation', { aliases: ['collocation'] }),
  command('location'),
  command('order'),
  command('property'),
  command('primitive'),
  command('rsc_defaults'),
  command('delete', { oldNames: ['rm'], isDestructive: true }),
  command('clone'),
];

describe('what a word means', () => {
  it.each([
    ['configure', 'configure', 'exact'],
    ['conf', 'configure', 'abbreviation'],
    ['CONF', 'configure', 'abbreviation'],
    ['cfg', 'configure', 'abbreviation'],
    ['rsc_d', 'rsc_defaults', 'abbreviation'],
    ['mnt', 'maintenance', 'abbreviation'],
    ['prim', 'primitive', 'abbreviation'],
    ['prop', 'property', 'abbreviation'],
    ['collocation', 'colocation', 'alias'],
    ['rm', 'delete', 'old-name'],
    ['propertry', 'property', 'correction'],
    ['locatoin', 'location', 'correction'],
  ])('%s means %s by %s', (word, name, how) => {
    const found = lookup(word, ENTRIES, true);
    expect(found.entry === undefined ? undefined : entryName(found.entry)).toBe(name);
    expect(found).toMatchObject({ how });
  });

  it.each([
    ['col', true, ['colocation', 'collocation']],
    ['delte', true, ['delete']],
    ['xyzzy', true, []],
    ['propertry', false, ['property']],
  ])('%s means nothing (corrections %s) and suggests %j', (word, correct, candidates) => {
    expect(lookup(word, ENTRIES, correct)).toMatchObject({ entry: undefined, candidates });
  });
});
