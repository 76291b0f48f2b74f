// SPDX-License-Identifier: GPL-2.0-or-later
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { chooseBackend, shadowPath, type Backend } from '../../src/backends/index.ts';
import { element } from '../../src/cib/index.ts';
import { realFaceDisk } from '../../src/platform/real/index.ts';

const CIB = '<cib validate-with="pacemaker-4.0" admin_epoch="0" epoch="1" num_updates="0"><configuration><crm_config/><nodes/><resources/><constraints/></configuration><status/></cib>\n';
const folder = mkdtempSync(join(tmpdir(), 'quorate-file-'));
const file = join(folder, 'cib.xml');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function open(env: Readonly<Record<string, string>>, input = ''): Promise<Backend> {
  return chooseBackend({ env: new Map(Object.entries(env)), disk: realFaceDisk, cwd: folder, userName: 'someone', readInput: () => Promise.resolve(input) });
}

function nodeRequest(id: string) {
  return { change: { op: 'create', section: 'nodes', data: element('node', { id, uname: `n${id}` }) } } as const;
}

test('a change is written in place, keeps the mode of the file and leaves nothing else behind', async () => {
  writeFileSync(file, CIB, { mode: 0o640 });
  const backend = await open({ CIB_file: file });
  expect(await backend.apply(nodeRequest('1'))).toMatchObject({ ok: true, changed: true });
  expect(readFileSync(file, 'utf8')).toContain('      <node id="1" uname="n1"/>\n');
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(realFaceDisk.list(folder)).toEqual(['cib.xml']);
});

test('a request that is refused, or that changes nothing, does not touch the file', async () => {
  writeFileSync(file, CIB);
  const before = statSync(file).mtimeMs;
  const backend = await open({ CIB_file: 'cib.xml' });
  expect(await backend.apply({ change: { op: 'delete', section: 'nodes', data: element('node', { id: '9' }) } })).toMatchObject({ ok: true, changed: false });
  expect(await backend.apply({ change: { op: 'create', section: 'resources', data: element('primitive', { id: 'x' }) } })).toMatchObject({ ok: false, code: 78 });
  expect(statSync(file).mtimeMs).toBe(before);
  expect(readFileSync(file, 'utf8')).toBe(CIB);
});

test('of many changes at once none is lost', async () => {
  writeFileSync(file, CIB);
  const ids = Array.from({ length: 12 }, (_, i) => String(i + 1));
  const replies = await Promise.all(ids.map(async (id) => (await open({ CIB_file: file })).apply(nodeRequest(id))));
  expect(replies.every((reply) => reply.ok)).toBe(true);
  const cib = await (await open({ CIB_file: file })).query();
  expect(cib.at('configuration', 'nodes')?.elements('node').map((node) => node.id).sort()).toEqual(ids.sort());
  expect(cib.get('epoch')).toBe('13');
});

test('a shadow goes before a file, unless what lies behind it is asked for', async () => {
  writeFileSync(file, CIB);
  const env = { CIB_file: file, CIB_shadow: 'plan', CIB_shadow_dir: folder };
  writeFileSync(shadowPath('plan', new Map(Object.entries(env)), 'someone'), CIB.replace('epoch="1"', 'epoch="7"'));
  expect((await (await open(env)).query()).get('epoch')).toBe('7');
  const behind = await chooseBackend({ env: new Map(Object.entries(env)), disk: realFaceDisk, cwd: folder, userName: 'someone', readInput: () => Promise.resolve(''), ignoresShadow: true });
  expect((await behind.query()).get('epoch')).toBe('1');
});

test.each([
  ['root', {}, '/var/lib/pacemaker/cib/shadow.s'],
  ['someone', { HOME: '/home/someone' }, '/home/someone/.cib/shadow.s'],
  ['root', { CIB_shadow_dir: '/tmp/x' }, '/tmp/x/shadow.s'],
])('the shadow of %s with %j lies in %s', (user, env, path) => {
  expect(shadowPath('s', new Map(Object.entries(env)), user)).toBe(path);
});

test('a document from standard input can be read and not written', async () => {
  const backend = await open({ CIB_file: '-' }, CIB);
  expect((await backend.query()).name).toBe('cib');
  expect(await backend.apply(nodeRequest('1'))).toMatchObject({ ok: false });
});

test.each([
  ['no such file', undefined, 105],
  ['no XML', 'garbage', 78],
])('%s is told with its exit code', async (_name, text, code) => {
  rmSync(file, { force: true });
  if (text !== undefined) writeFileSync(file, text);
  await expect((await open({ CIB_file: file })).query()).rejects.toMatchObject({ code });
});

test('what a user may not read he does not see, and what he may not write is refused', async () => {
  const acl =
    '<cib validate-with="pacemaker-4.0" admin_epoch="0" epoch="1" num_updates="0"><configuration><crm_config><cluster_property_set id="o"><nvpair id="o-a" name="enable-acl" value="true"/></cluster_property_set></crm_config>' +
    '<nodes/><resources/><constraints/><acls><acl_target id="bob"><role id="r"/></acl_target><acl_role id="r"><acl_permission id="p" kind="read" xpath="//crm_config"/></acl_role></acls></configuration><status/></cib>';
  writeFileSync(file, acl);
  const backend = await open({ CIB_file: file, CIB_user: 'bob' });
  const cib = await backend.query();
  expect(cib.at('configuration', 'crm_config')?.elements()).toHaveLength(1);
  expect(cib.at('configuration', 'acls')).toBeUndefined();
  expect(await backend.apply(nodeRequest('1'))).toMatchObject({ ok: false, code: 4 });
  await expect((await open({ CIB_file: file, CIB_user: 'eve' })).query()).rejects.toMatchObject({ code: 4 });
});
