// SPDX-License-Identifier: GPL-2.0-or-later
/** The customer's handbook as it was saved from the web, where it is at hand: with its odd blanks, curly quotes and broken lines. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanLine } from '../../src/shell/line/hygiene.ts';
import { commandsOfTranscript } from '../../src/shell/line/transcript.ts';
import { aShell } from './a-shell.ts';

const FOLDER = resolve(process.env['QUORATE_SEEDS'] ?? '../shared/seeds');
const named = (start: string): string | undefined => (existsSync(FOLDER) ? readdirSync(FOLDER).find((name) => name.startsWith(start)) : undefined);
const handbook = named('001_');
const overview = named('002_');

const textOf = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
const commandsOf = (name: string): string[] => commandsOfTranscript(textOf(name)).map((command) => cleanLine(command.text).text.trim());

/** Short command lines of the handbook "crm configure", in its order (curly quotes already plain). */
const HANDBOOK = [
  'crm configure propertry no-quorum-policy=ignore',
  'crm configure property stonith-enabled=false',
  'crm configure primitive Public-IP ocf:heartbeat:IPaddr2 params ip=1.2.3.4 id=p.public-ip',
  'crm configure modgroup mygroup add p.lsb-exim before p.public-ip',
  'crm resource move ClusterIP pacemaker02',
  "crm configure clone clone-vip ClusterIP meta clone-max='2' clone-node-max='1' globally-unique='true'",
  'crm configure rsc_template BigVM ocf:heartbeat:Xen params allow_mem_management="true" op monitor timeout=60s interval=15s op stop timeout=10m op start timeout=10m',
  'crm configure primitive MyVM1 @BigVM params xmfile="/etc/xen/shared-vm/MyVM1" name="MyVM1"',
  'crm_resource --resource myResource --move --node altNode',
  'crm_resource --meta --resource Email --set-parameter priority --property-value 100',
  'crm_attribute --type op_defaults --attr-name timeout --attr-value 20s',
];

describe.skipIf(handbook === undefined)('the handbook as it was saved', () => {
  it('gives its command lines, in order', () => {
    const found = commandsOf(handbook!);
    const places = HANDBOOK.map((command) => found.indexOf(command));
    expect(places.filter((place) => place < 0)).toEqual([]);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('runs as a dialogue; what fails is named by its line', async () => {
    const nodes = ['pacemaker01', 'pacemaker02', 'pacemaker03'].map((name, index) => `<node id="${index + 1}" uname="${name}"/>`).join('');
    const clusterIp = '<primitive id="ClusterIP" class="ocf" provider="heartbeat" type="IPaddr2"><instance_attributes id="a"><nvpair id="b" name="ip" value="192.168.100.100"/></instance_attributes></primitive>';
    const cib = `<cib validate-with="pacemaker-4.0" epoch="1" num_updates="0" admin_epoch="0"><configuration><crm_config/><nodes>${nodes}</nodes><resources>${clusterIp}</resources><constraints/></configuration><status/></cib>`;
    const shell = aShell({ cib, files: { '/work/handbook.txt': textOf(handbook!) } });
    const { err } = await shell.run('-F', '--strip-prompts', '-f', 'handbook.txt');
    // WebSite is cloned twice in the handbook, and the agents it lists are not here.
    const errors = err.split('\n').filter((line) => line.startsWith('ERROR:')).map((line) => line.replace(/^ERROR: handbook\.txt:\d+:\d+: /, ''));
    expect(errors.filter((line) => !/already in apache-clone|provider heartbeat|no such resource agent/.test(line))).toEqual([]);
    const { out } = await shell.run('configure', 'show');
    for (const part of ['no-quorum-policy=ignore', 'stonith-enabled=false', 'primitive myIP IPaddr2', 'group mygroup Public-IP', 'clone clone-vip ClusterIP', 'allow_mem_management=true', 'name=MyVM1']) expect(out).toContain(part);
  });
});

describe.skipIf(overview === undefined)('the overview as it was saved', () => {
  it('gives the command that stands on five lines', () => {
    expect(commandsOf(overview!)).toContain('pcs resource create service lsb:service');
  });
});

describe.skipIf(!existsSync(FOLDER))('wrongly decoded text', () => {
  it('is refused with its line, and the configuration stays', async () => {
    const garbled = readdirSync(FOLDER).find((name) => name.startsWith('003_'))!;
    const shell = aShell({ files: { '/work/x.crm': textOf(garbled) } });
    const before = shell.files.get('/cib.xml');
    const { code, err } = await shell.run('configure', 'load', 'update', 'x.crm');
    expect(code).toBe(1);
    expect(err).toMatch(/x\.crm:\d+:\d+/);
    expect(shell.files.get('/cib.xml')).toBe(before);
  });
});
