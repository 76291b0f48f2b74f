// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { agentPath, classesOf, isInstalled, providersIn, resolveService, typesOf } from '../../src/agents/index.ts';
import { PLACES, aDisk } from './fixtures.ts';

const DISK = aDisk([
  '/bundled/ocf/quorate/web',
  '/bundled/ocf/quorate/web.js -',
  '/ocf/resource.d/heartbeat/IPaddr2',
  '/ocf/resource.d/heartbeat/AoEtarget',
  '/ocf/resource.d/heartbeat/.shellfuncs',
  '/ocf/resource.d/redhat/vm',
  '/other/resource.d/heartbeat/old',
  '/init/exim',
  '/init/README -',
  '/init/skeleton',
  '/init/exim~',
  '/init/ssh.dpkg-old',
  '/init/apache2',
  '/sbin/fence_xvm',
  '/sbin/sshd',
  '/bundled/stonith/fence_quorate',
]);

describe('discovery of agents', () => {
  it('lists classes sorted, systemd and heartbeat only where they exist', () => {
    expect(classesOf(PLACES, DISK)).toEqual(['lsb', 'ocf', 'service', 'stonith']);
    const more = aDisk(['/systemd/x', '/ha.d/IPaddr']);
    expect(classesOf(PLACES, more)).toEqual(['heartbeat', 'lsb', 'ocf', 'service', 'stonith', 'systemd']);
  });

  it('takes every directory below an OCF root for a provider', () => {
    expect(providersIn(PLACES, DISK)).toEqual(['heartbeat', 'quorate', 'redhat']);
  });

  it.each([
    ['ocf', 'heartbeat', ['AoEtarget', 'IPaddr2', 'old']],
    ['ocf', 'quorate', ['web']],
    ['ocf', undefined, ['AoEtarget', 'IPaddr2', 'old', 'vm', 'web']],
    ['lsb', undefined, ['apache2', 'exim']],
    ['service', undefined, ['apache2', 'exim']],
    ['stonith', undefined, ['fence_quorate', 'fence_xvm']],
    ['systemd', undefined, []],
    ['nosuch', undefined, []],
  ])('types of %s %s', (agentClass, provider, types) => {
    expect(typesOf(PLACES, DISK, agentClass, provider)).toEqual(types);
  });

  it('a service is the systemd unit when there is one, else the init script', () => {
    const service = { class: 'service', provider: undefined, type: 'exim' };
    expect(resolveService(PLACES, DISK, service).class).toBe('lsb');
    const withUnits = aDisk(['/systemd/x', '/units/exim.service -', '/init/exim']);
    expect(resolveService(PLACES, withUnits, service).class).toBe('systemd');
    expect(isInstalled(PLACES, withUnits, service)).toBe(true);
  });

  it.each([
    ['ocf', 'quorate', 'web', '/bundled/ocf/quorate/web'],
    ['ocf', 'heartbeat', 'old', '/other/resource.d/heartbeat/old'],
    ['stonith', undefined, 'fence_xvm', '/sbin/fence_xvm'],
    ['lsb', undefined, 'exim', '/init/exim'],
    ['ocf', 'heartbeat', '../../etc/passwd', undefined],
    ['ocf', 'nosuch', 'IPaddr2', undefined],
  ])('the program of %s:%s:%s is %s', (agentClass, provider, type, path) => {
    expect(agentPath(PLACES, DISK, { class: agentClass, provider, type })).toBe(path);
  });

  it('finds the 42 init scripts of the handbook among its 44 directory entries', () => {
    const names = Array.from({ length: 42 }, (_, i) => `service${i}`);
    const disk = aDisk([...names.map((name) => `/init/${name}`), '/init/README -', '/init/skeleton']);
    expect(typesOf(PLACES, disk, 'lsb')).toEqual([...names].sort());
  });
});
