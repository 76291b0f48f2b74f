// SPDX-License-Identifier: GPL-2.0-or-later
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentCall, daemonEnvironment, fenceNodeInput, operationEnvironment, parseMetadata } from '../../src/agents/index.ts';
import { recorded } from './fixtures.ts';

const DUMMY = { class: 'ocf', provider: 'pacemaker', type: 'Dummy' };

describe('environment of an operation', () => {
  it('holds parameters verbatim, meta attributes with underscores, the check level bare', () => {
    const env = new Map(
      operationEnvironment({
        agent: DUMMY,
        instance: 'cu:1',
        action: 'monitor',
        ocfRoot: '/usr/lib/ocf',
        attributes: [['fake', 'a "b" $c \\d'], ['OCF_CHECK_LEVEL', '10'], ['CRM_meta_clone-max', '2'], ['crm_feature_set', '3.20.1'], ['a-b', '1']],
      }),
    );
    expect(env.get('OCF_RESKEY_fake')).toBe('a "b" $c \\d');
    expect(env.get('OCF_CHECK_LEVEL')).toBe('10');
    expect(env.has('OCF_RESKEY_OCF_CHECK_LEVEL')).toBe(false);
    expect(env.get('OCF_RESKEY_CRM_meta_clone_max')).toBe('2');
    expect(env.get('OCF_RESKEY_a-b')).toBe('1');
    expect(env.get('OCF_RESOURCE_INSTANCE')).toBe('cu:1');
  });

  it('of an init script holds nothing but the output format', () => {
    const agent = { class: 'lsb', provider: undefined, type: 'exim' };
    expect(operationEnvironment({ agent, instance: 'x', action: 'monitor', ocfRoot: '/o', attributes: [['a', 'b']] })).toEqual([['OCF_OUTPUT_FORMAT', 'text']]);
    expect(agentCall(agent, '/init/exim', 'monitor', []).args).toEqual(['status']);
  });

  it('old heartbeat scripts get their numbered parameters before the action', () => {
    const agent = { class: 'heartbeat', provider: undefined, type: 'IPaddr' };
    expect(agentCall(agent, '/x', 'start', [['2', 'b'], ['10', 'c'], ['1', 'a']]).args).toEqual(['a', 'b', 'c', 'start']);
  });

  it('the daemon hands down its own environment and forces the C locale', () => {
    const env = new Map(daemonEnvironment([['PATH', '/p'], ['LC_ALL', 'de']], { daemon: 'pacemaker-execd', stack: 'corosync', logFile: '/l' }));
    expect(env.get('PATH')).toBe('/p');
    expect(env.get('LC_ALL')).toBe('C');
    expect(env.get('HA_LOGFILE')).toBe('/l');
    expect(env.get('PCMK_service')).toBe('pacemaker-execd');
  });

  it('a fence agent reads its parameters without pcmk_ ones, the plug under the name its meta-data has', () => {
    const withPort = parseMetadata('<resource-agent name="f"><parameters><parameter name="port"/><parameter name="plug"/></parameters></resource-agent>');
    const withPlug = parseMetadata('<resource-agent name="f"><parameters><parameter name="plug"/></parameters></resource-agent>');
    const given = [['ip', '1.2.3.4'], ['pcmk_host_list', 'a b']] as const;
    expect(fenceNodeInput(given, 'reboot', 'n1', 'p1', withPort)).toBe('ip=1.2.3.4\naction=reboot\nnodename=n1\nport=p1\n');
    expect(fenceNodeInput(given, 'off', 'n1', 'p1', withPlug)).toBe('ip=1.2.3.4\naction=off\nnodename=n1\nplug=p1\n');
  });
});

const recordings = recorded('live/agent-env');

/** The recorded environment is rebuilt from what the action carried, so that only the rules of naming are judged. */
describe.skipIf(recordings === undefined)('recorded environments of a real executor', () => {
  it('are rebuilt from their attributes', () => {
    let judged = 0;
    for (const file of readdirSync(recordings!).filter((name) => name.endsWith('.env'))) {
      const env = new Map(readFileSync(join(recordings!, file), 'utf8').split('\n').filter((line) => line.includes('=')).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const));
      const provider = env.get('OCF_RESOURCE_PROVIDER');
      if (provider === undefined || !env.has('OCF_RESKEY_CRM_meta_timeout')) continue;
      const wanted = new Map([...env].filter(([name]) => name.startsWith('OCF_') && name !== 'OCF_TRACE_FILE'));
      const attributes = [...wanted].filter(([name]) => name.startsWith('OCF_RESKEY_') || name === 'OCF_CHECK_LEVEL').map(([name, value]) => [name.replace('OCF_RESKEY_', ''), value] as const);
      const built = new Map(operationEnvironment({ agent: { class: 'ocf', provider, type: env.get('OCF_RESOURCE_TYPE')! }, instance: env.get('OCF_RESOURCE_INSTANCE')!, action: 'x', attributes, ocfRoot: env.get('OCF_ROOT')! }));
      expect([...built].sort(), file).toEqual([...wanted].sort());
      judged++;
    }
    expect(judged).toBeGreaterThan(20);
    expect(existsSync(recordings!)).toBe(true);
  });
});
