// SPDX-License-Identifier: GPL-2.0-or-later
/** Rules of an organisation: how they are read and what each constraint finds. */
import { describe, expect, it } from 'vitest';
import { lint, readOrganisationRules } from '../../src/lint/index.ts';
import { catalogueAgents } from './rule-pages.ts';

const TEXT = [
  'node 1: paris',
  'primitive vip IPaddr2 params ip=192.0.2.3 cidr_netmask=24 op monitor interval=30s timeout=20s meta migration-threshold=3',
  'primitive app Dummy op monitor interval=10s timeout=20s',
  'property cib-bootstrap-options: stonith-timeout=60s cluster-name=shop',
  '',
].join('\n');

function found(row: Record<string, unknown>, text = TEXT): string[] {
  const read = readOrganisationRules([{ code: 'ACME1', ...row }]);
  if (!read.ok) throw new Error(read.problems.join('; '));
  return lint(text, { agents: catalogueAgents(), organisation: read.rules })
    .filter((one) => one.code === 'ACME1')
    .map((one) => `${text.slice(one.span.start, one.span.end)}: ${one.message}`);
}

describe('a rule of an organisation', () => {
  it.each([
    ['a parameter of an agent', { agent: 'IPaddr2', parameter: 'cidr_netmask', value: '32' }, ['cidr_netmask=24: cidr_netmask of vip must be "32", not "24"']],
    ['an agent by its full name', { agent: 'ocf:heartbeat:IPaddr2', parameter: 'cidr_netmask', value: '32' }, ['cidr_netmask=24: cidr_netmask of vip must be "32", not "24"']],
    ['a list of values', { parameter: 'cidr_netmask', oneOf: [16, 32] }, ['cidr_netmask=24: cidr_netmask of vip must be one of 16, 32, not "24"']],
    ['a pattern', { parameter: 'ip', pattern: '^10\\.' }, ['ip=192.0.2.3: ip of vip must match ^10\\., not "192.0.2.3"']],
    ['a least time', { op: 'monitor', attribute: 'interval', min: '20s' }, ['interval=10s: interval of monitor of app must be at least 20s, not "10s"']],
    ['a greatest time', { op: 'monitor', attribute: 'interval', max: '20s' }, ['interval=30s: interval of monitor of vip must be at most 20s, not "30s"']],
    ['a required meta attribute', { meta: 'migration-threshold', required: true }, ['app: app needs migration-threshold']],
    ['a required operation', { op: 'start', attribute: 'timeout', agent: 'Dummy', required: true }, ['app: app needs timeout of start']],
    ['a property', { property: 'stonith-timeout', min: '150s' }, ['stonith-timeout=60s: stonith-timeout must be at least 150s, not "60s"']],
    ['a required property', { property: 'node-health-strategy', required: true }, ['node: the property node-health-strategy is required']],
    ['words of its own', { property: 'cluster-name', value: 'store', message: 'call it store' }, ['cluster-name=shop: call it store']],
  ])('checks %s', (_what, row, expected) => {
    expect(found(row)).toEqual(expected);
  });

  it.each([
    ['an equal value', { parameter: 'cidr_netmask', value: 24 }],
    ['an equal time in other units', { property: 'stonith-timeout', value: '1min' }],
    ['another agent', { agent: 'Filesystem', parameter: 'cidr_netmask', value: '32' }],
    ['something optional that is absent', { meta: 'priority', min: 5 }],
  ])('is silent about %s', (_what, row) => {
    expect(found(row)).toEqual([]);
  });

  it.each([
    ['a word', 'rules', 'expected a list'],
    ['a row that is no object', ['x'], 'rule 1: expected names'],
    ['a code in small letters', [{ code: 'acme', meta: 'priority' }], '"code" in capitals'],
    ['an unknown severity', [{ code: 'A', severity: 'fatal', meta: 'priority' }], 'severity is error, warning, info'],
    ['two subjects', [{ code: 'A', meta: 'x', property: 'y' }], 'expected one of parameter'],
    ['no subject', [{ code: 'A' }], 'expected one of parameter'],
    ['an operation without attribute', [{ code: 'A', op: 'monitor' }], 'belong together'],
    ['a broken pattern', [{ code: 'A', meta: 'x', pattern: '(' }], 'no regular expression'],
    ['values that are no list', [{ code: 'A', meta: 'x', oneOf: 'a' }], '"oneOf" is a list'],
    ['a bound that is no number', [{ code: 'A', meta: 'x', min: 'much' }], '"min" is a number or a time'],
    ['an unknown name', [{ code: 'A', meta: 'x', minimum: 3 }], 'unknown: minimum'],
  ])('is refused as data with %s', (_what, data, problem) => {
    const read = readOrganisationRules(data);
    expect(read.ok ? [] : read.problems.join()).toContain(problem);
  });

  it('is told about every bad row at once', () => {
    const read = readOrganisationRules({ rules: [{ code: 'a' }, { code: 'B', meta: 'x' }, { code: 'C' }] });
    expect(read.ok ? [] : read.problems.map((one) => one.split(':')[0])).toEqual(['rule 1', 'rule 3']);
  });
});
