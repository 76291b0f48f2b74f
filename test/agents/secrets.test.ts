// SPDX-License-Identifier: GPL-2.0-or-later
/** Values that are kept in files: layout, sums, and how they get to agents. */
import { describe, expect, it } from 'vitest';
import { readSecret, revealSecrets, secretFile } from '../../src/agents/index.ts';

const FILES = new Map([
  ['/s/db/password', 'geheim\n'],
  ['/s/db/password.sign', 'e8636ea013e682faf61f56ce1cb1ab5c\n'],
  ['/s/db/changed', 'geheim2\n'],
  ['/s/db/changed.sign', 'e8636ea013e682faf61f56ce1cb1ab5c\n'],
  ['/s/db/unsigned', 'geheim\n'],
]);
const read = (path: string): string | undefined => FILES.get(path);

describe('secrets', () => {
  it('stand in a file of the resource, with the MD5 sum of the value beside it', () => {
    expect(readSecret('/s', 'db', 'password', read)).toEqual({ kind: 'value', value: 'geheim' });
  });

  it.each([
    ['changed', 'damaged'],
    ['unsigned', 'damaged'],
    ['nosuch', 'missing'],
  ])('that are not what was kept are not used: %s is %s', (parameter, kind) => {
    expect(readSecret('/s', 'db', parameter, read)).toEqual({ kind });
  });

  it('take the place of the mark in the parameters, and of nothing else', () => {
    const pairs = [['user', 'web'], ['password', 'lrm://'], ['CRM_meta_timeout', '20000']] as const;
    expect(revealSecrets(pairs, 'db', '/s', read)).toEqual({ ok: true, pairs: [['user', 'web'], ['password', 'geheim'], ['CRM_meta_timeout', '20000']] });
    expect(revealSecrets([['user', 'web']], 'nosuch', '/s', () => undefined)).toEqual({ ok: true, pairs: [['user', 'web']] });
  });

  it('name the parameter whose value cannot be had', () => {
    expect(revealSecrets([['password', 'lrm://'], ['changed', 'lrm://']], 'db', '/s', read)).toEqual({ ok: false, parameter: 'changed' });
  });

  it('of an instance of a clone are those of the resource', () => {
    expect(revealSecrets([['password', 'lrm://']], 'db:1', '/s', read)).toEqual({ ok: true, pairs: [['password', 'geheim']] });
  });

  it.each([['..', 'x'], ['a/../../b', 'x'], ['db', '../../key']])('stay below their directory whatever the names are: %s %s', (resource, parameter) => {
    expect(secretFile('/s', resource, parameter).value.split('/').slice(2)).not.toContain('..');
  });
});
