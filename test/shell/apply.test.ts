// SPDX-License-Identifier: GPL-2.0-or-later
/** Configurations of real clusters, applied: a second time changes nothing, and what was exported gives the same configuration again. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changesBetween, readXml } from '../../src/cib/index.ts';
import { aShell, type ShellUnderTest } from './a-shell.ts';

const FOLDER = resolve(process.env['QUORATE_FIXTURES'] ?? '../shared/fixtures', 'real-world');
const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.crm')) : [];
const empty = (schema: string): string => `<cib validate-with="pacemaker-${schema}" epoch="1" num_updates="0" admin_epoch="0"><configuration><crm_config/><nodes/><resources/><constraints/></configuration><status/></cib>`;

function configurationOf(shell: ShellUnderTest) {
  const result = readXml(shell.files.get('/cib.xml')!);
  if (!result.ok) throw new Error(result.problem.message);
  return result.root;
}

/** What schema 4.0 has no words for: a torn line that made a parameter without a value, and a class of agents that is gone. */
const BEYOND_FOUR: ReadonlyMap<string, string> = new Map([
  ['hastexo-ping.crm', '<nvpair> lacks the attribute value'],
  ['suse-geo-booth-site.crm', '<nvpair> lacks the attribute value'],
  ['suse-nagios-container.crm', '"nagios" is no value for class of <primitive>'],
]);

describe.skipIf(files.length === 0).each(['2.10', '3.10', '4.0'])('real-world configurations under schema %s', (schema) => {
  it.each(files)('%s is applied once', async (name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    const shell = aShell({ cib: empty(schema), files: { '/work/c.crm': text } });
    const first = await shell.run('-F', 'configure', 'apply', 'c.crm');
    if (first.code !== 0) {
      // Only what crmsh can make nothing of either, and nothing of it is left behind.
      const reason = schema === '4.0' ? BEYOND_FOUR.get(name) : undefined;
      if (reason !== undefined) expect(first.err).toContain(reason);
      else expect(existsSync(join(FOLDER, name.replace(/\.crm$/, '.xml'))), first.err).toBe(false);
      expect(changesBetween(configurationOf(aShell({ cib: empty(schema) })), configurationOf(shell))).toEqual([]);
      return;
    }
    const second = await shell.run('-F', 'configure', 'apply', 'c.crm', '--check');
    expect({ code: second.code, out: second.out }).toEqual({ code: 0, out: '' });

    await shell.run('configure', 'save', 'ids', '/work/exported.crm');
    const again = aShell({ cib: empty(schema), files: { '/work/c.crm': shell.files.get('/work/exported.crm')! } });
    const third = await again.run('-F', 'configure', 'apply', 'c.crm');
    expect(third.code, third.err).toBe(0);
    expect(changesBetween(configurationOf(shell), configurationOf(again)).map(({ name: object, kind }) => `${kind} ${object}`)).toEqual([]);
  });
});

const BASE = empty('3.10').replace('<crm_config/>', '<crm_config><cluster_property_set id="cib-bootstrap-options"><nvpair id="cib-bootstrap-options-no-quorum-policy" name="no-quorum-policy" value="stop"/></cluster_property_set></crm_config>');

describe('configure apply', () => {
  it('takes several statements about one set together, also from several files', async () => {
    const shell = aShell({ cib: BASE, files: { '/work/d/1-base.crm': 'property no-quorum-policy=ignore\nproperty stonith-enabled=false\n', '/work/d/2-more.crm': 'property maintenance-mode=false\nrsc_defaults resource-stickiness=10\n', '/work/d/3-more.crm': 'rsc_defaults migration-threshold=3\n' } });
    expect((await shell.run('configure', 'apply', 'd')).code).toBe(0);
    const { out } = await shell.run('configure', 'show');
    expect(out).toBe('property cib-bootstrap-options: \\\n\tno-quorum-policy=ignore \\\n\tstonith-enabled=false \\\n\tmaintenance-mode=false\nrsc_defaults rsc-options: \\\n\tresource-stickiness=10 \\\n\tmigration-threshold=3\n');
    expect(await shell.run('configure', 'apply', 'd', '--check', '--prune')).toMatchObject({ code: 0, out: '' });
  });

  it('says which of two values of one option counts', async () => {
    const shell = aShell({ cib: BASE, files: { '/work/c.crm': 'property no-quorum-policy=ignore\nproperty no-quorum-policy=freeze\n' } });
    const { code, err } = await shell.run('configure', 'apply', 'c.crm');
    expect(code).toBe(0);
    expect(err).toContain('c.crm:2:10: "no-quorum-policy" was set to ignore before; freeze counts');
    expect((await shell.run('configure', 'get_property', 'no-quorum-policy')).out.trim()).toBe('freeze');
    expect(await shell.run('configure', 'apply', 'c.crm', '--check')).toMatchObject({ code: 0, out: '' });
  });

  it('follows a default that the text gives under its old name', async () => {
    const shell = aShell({ cib: BASE, files: { '/work/c.crm': 'property default-resource-stickiness=100\n' } });
    expect((await shell.run('configure', 'apply', 'c.crm')).out).toBe('+ resource-stickiness (rsc-options)\n');
    shell.files.set('/work/c.crm', 'property default-resource-stickiness=200\n');
    expect((await shell.run('configure', 'apply', 'c.crm')).out).toBe('~ resource-stickiness (rsc-options)\n');
    expect((await shell.run('configure', 'show', 'rsc-options')).out).toBe('rsc_defaults rsc-options: \\\n\tresource-stickiness=200\n');
  });
});
