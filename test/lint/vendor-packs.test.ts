// SPDX-License-Identifier: GPL-2.0-or-later
/** Packs of vendors: data in order, silent until asked for, and what each finds. */
import { describe, expect, it } from 'vitest';
import { readOrganisationRules, vendorPacks } from '../../src/lint/index.ts';
import { aShell } from '../shell/a-shell.ts';

const HANA = [
  'primitive hana ocf:suse:SAPHana params SID=HA1 InstanceNumber=00 PREFER_SITE_TAKEOVER=false DUPLICATE_PRIMARY_TIMEOUT=7200 \\',
  '\top start timeout=3600s interval=0 op stop timeout=600s interval=0 op promote timeout=900s interval=0',
  'property cib-bootstrap-options: stonith-timeout=300s priority-fencing-delay=30',
  '',
].join('\n');
const AZURE = [
  'primitive fence stonith:fence_azure_arm params msi=true pcmk_reboot_timeout=900 power_timeout=60 pcmk_delay_max=15',
  'primitive lb azure-lb params port=62500 meta resource-stickiness=5',
  'property cib-bootstrap-options: stonith-timeout=900s',
  '',
].join('\n');

async function found(pack: string, text: string): Promise<string[]> {
  const shell = aShell({ files: { '/work/a.crm': text } });
  const { out } = await shell.run('configure', 'lint', '--offline', '--format', 'json', ...(pack === '' ? [] : ['--pack', pack]), 'a.crm');
  const { files } = JSON.parse(out) as { files: { findings: { code: string }[] }[] };
  const own = new Set(vendorPacks().flatMap(({ rules }) => rules.map(({ code }) => code)));
  return files[0]!.findings.map(({ code }) => code).filter((code) => own.has(code)).sort();
}

describe('packs of vendors', () => {
  it.each(vendorPacks())('$name is valid as rules of an organisation', ({ rules }) => {
    const written = JSON.parse(JSON.stringify(rules)) as unknown;
    expect(readOrganisationRules(written)).toMatchObject({ ok: true });
    expect(rules.length).toBeGreaterThan(0);
  });

  it('have names of their own in order', () => {
    const names = vendorPacks().map(({ name }) => name);
    expect([...new Set(names)].sort()).toEqual(names);
  });

  it.each([
    ['', HANA, []],
    ['sap-hana-suse', HANA, ['HSLE-1']],
    ['sap-hana-aws', HANA, ['HAWS-1', 'HAWS-4', 'HAWS-5', 'HAWS-6']],
    ['sap-hana-azure', HANA, ['HAZF-1', 'HAZR-1', 'HAZR-4', 'HAZR-5']],
    ['sap-hana-suse,aws-general', HANA, ['AWSG-1', 'HSLE-1']],
    ['azure-general', AZURE, ['AZRG-3', 'AZRG-4', 'AZRG-5']],
    ['azure-general', AZURE.replace('=60 ', '=240 pcmk_monitor_retries=4 ').replace('=5\n', '=0\n'), []],
  ])('with --pack "%s" find what their guide has otherwise', async (pack, text, expected) => {
    expect(await found(pack, text)).toEqual(expected);
  });

  it('are listed on request', async () => {
    const { code, out } = await aShell().run('configure', 'lint', '--pack', 'list');
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n').map((line) => line.split(' ')[0])).toEqual(vendorPacks().map(({ name }) => name));
  });

  it('must be known by name', async () => {
    const { code, err } = await aShell({ files: { '/work/a.crm': AZURE } }).run('configure', 'lint', '--pack', 'sap-hana-mars', 'a.crm');
    expect([code, err]).toEqual([2, expect.stringContaining('there is no pack "sap-hana-mars"; there are aws-general, ')]);
  });
});
