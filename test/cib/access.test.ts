// SPDX-License-Identifier: GPL-2.0-or-later
/** Access rules: who sees what, who may change what, and how it is shown. */
import { describe, expect, it } from 'vitest';
import { applyRequest, permissionXPaths, readableCib, renderAccess, writeXml, type CibChange } from '../../src/cib/index.ts';
import { aCib, aDummy, xml } from './builders.ts';

function guarded(permissions: string, more = ''): ReturnType<typeof aCib> {
  return aCib(
    `<crm_config><cluster_property_set id="o"><nvpair id="o-acl" name="enable-acl" value="true"/></cluster_property_set></crm_config>` +
      `<resources>${aDummy('a')}<primitive id="b" class="ocf" provider="pacemaker" type="Dummy"><meta_attributes id="b-m"><nvpair id="b-t" name="target-role" value="Started"/></meta_attributes></primitive></resources>` +
      `<acls><acl_role id="r">${permissions}</acl_role><acl_target id="user"><role id="r"/></acl_target><acl_group id="staff"><role id="r"/></acl_group>${more}</acls>`,
  );
}

const permission = (kind: string, selector: string, id = `${kind}-${selector.replace(/\W/g, '')}`): string => `<acl_permission id="${id}" kind="${kind}" ${selector}/>`;
const READ_ALL = permission('read', 'xpath="/cib"');

function allows(permissions: string, change: CibChange, user = 'user'): boolean {
  const reply = applyRequest(guarded(permissions), { change, user });
  if (!reply.ok && reply.code !== 4) throw new Error(`${reply.message}: ${reply.detail?.join('; ')}`);
  return reply.ok;
}

const DESCRIBE_A: CibChange = { op: 'modify', data: xml('<primitive id="a" description="x"/>') };
const STOP_B: CibChange = { op: 'modify', data: xml('<nvpair id="b-t" value="Stopped"/>') };
const CREATE_C: CibChange = { op: 'create', section: 'resources', data: xml(aDummy('c')) };

describe('writing', () => {
  it.each<[string, string, CibChange, boolean]>([
    ['without permissions', '', DESCRIBE_A, false],
    ['with reading alone', READ_ALL, DESCRIBE_A, false],
    ['with a permission on the element', permission('write', 'reference="a"'), DESCRIBE_A, true],
    ['with a permission on another element', permission('write', 'reference="b"'), DESCRIBE_A, false],
    ['with a permission on what is around', permission('write', 'xpath="//resources"'), DESCRIBE_A, true],
    ['with a refusal nearer by', permission('write', 'xpath="//resources"') + permission('deny', 'reference="a"'), DESCRIBE_A, false],
    ['with a permission nearer by', permission('deny', 'xpath="/cib"') + permission('write', 'reference="a"'), DESCRIBE_A, true],
    ['with refusal and permission on the same element', permission('deny', 'reference="a"') + permission('write', 'object-type="primitive"'), DESCRIBE_A, false],
    ['of a pair selected by its attribute', permission('write', 'xpath="//nvpair[@name=\'target-role\']"'), STOP_B, true],
    ['of a type with an attribute', permission('write', 'object-type="nvpair" attribute="name"'), STOP_B, true],
    ['of something new in a section', permission('write', 'xpath="//resources"'), CREATE_C, true],
    ['of something new elsewhere', permission('write', 'xpath="//constraints"'), CREATE_C, false],
    ['of frames with only an id', permission('write', 'xpath="//primitive[@id=\'a\']//nvpair"'), { op: 'modify', data: xml('<primitive id="a"><meta_attributes id="a-m"><nvpair id="a-t" name="target-role" value="Stopped"/></meta_attributes></primitive>') }, true],
    ['by deleting', permission('write', 'xpath="//primitive[@id=\'b\']"'), { op: 'delete', data: xml('<primitive id="b"/>') }, true],
    ['by deleting what is refused inside', permission('write', 'xpath="//primitive"') + permission('deny', 'xpath="//nvpair"'), { op: 'delete', data: xml('<primitive id="b"/>') }, false],
    ['of versions, which are nobody\'s', READ_ALL, { op: 'modify', data: xml('<cib admin_epoch="9"/>') }, true],
    ['by erasing', permission('write', 'xpath="//resources"'), { op: 'erase' }, false],
    ['by erasing with a permission on everything', permission('write', 'xpath="/cib"'), { op: 'erase' }, true],
  ])('%s', (_, permissions, change, expected) => expect(allows(permissions, change)).toBe(expected));

  it('is free for root and the daemons, and for all when the rules are off', () => {
    expect([allows('', DESCRIBE_A, 'root'), allows('', DESCRIBE_A, 'hacluster'), allows('', DESCRIBE_A, 'stranger')]).toEqual([true, true, false]);
    const off = aCib(`<resources>${aDummy('a')}</resources>`);
    expect(applyRequest(off, { change: DESCRIBE_A, user: 'stranger' }).ok).toBe(true);
  });

  it('of access rules does not come with a frame', () => {
    const change: CibChange = { op: 'create', section: 'acls', data: xml('<acl_role id="mine"/>') };
    expect(allows(READ_ALL, change)).toBe(false);
  });
});

describe('reading', () => {
  const readable = (permissions: string, name = 'user', groups: string[] = []): string => {
    const seen = readableCib(guarded(permissions), { name, groups });
    return seen === undefined ? 'nothing' : writeXml(seen.first('configuration')?.first('resources') ?? xml('<none/>'));
  };

  it('shows what is not refused', () => {
    expect(readable(READ_ALL + permission('deny', 'reference="b"'))).toBe(`<resources>${writeXml(xml(aDummy('a')))}</resources>`);
  });

  it('shows frames with only their id around what may be seen', () => {
    expect(readable(permission('read', 'reference="b-m"'))).toBe('<resources><primitive id="b"><meta_attributes id="b-m"><nvpair id="b-t" name="target-role" value="Started"/></meta_attributes></primitive></resources>');
  });

  it('shows nothing to those without permissions', () => {
    expect([readable(''), readable(READ_ALL, 'stranger'), readable(permission('read', 'xpath="//nosuch"'))]).toEqual(['nothing', 'nothing', 'nothing']);
  });

  it('counts the groups of a user', () => expect(readable(READ_ALL, 'stranger', ['staff'])).toContain('id="a"'));
});

describe('the display of access', () => {
  const cib = guarded(permission('write', 'xpath="//resources"') + permission('deny', 'xpath="//acls"') + READ_ALL);

  it('has name spaces where access changes', () => {
    const text = renderAccess(cib, { name: 'user' }, 'namespace');
    expect(text).toMatch(/^<!-- ACLs as evaluated for user user -->\n<pcmk-access-readable:cib .*xmlns:pcmk-access-denied=/);
    expect(text.match(/<pcmk-access-\w+:\w+/g)).toEqual(['<pcmk-access-readable:cib', '<pcmk-access-writable:resources', '<pcmk-access-denied:acls']);
  });

  it('has marks in text and colours on a terminal', () => {
    expect(renderAccess(cib, { name: 'user' }, 'text').match(/vvv---\[ .* \]---vvv/g)).toEqual(['READABLE', 'WRITABLE', 'READABLE', '~DENIED~', 'READABLE'].map((word) => `vvv---[ ${word} ]---vvv`));
    expect(renderAccess(cib, { name: 'user' }, 'color')).toContain('\u001b[32m<resources>');
    expect(renderAccess(cib, { name: 'root' }, 'color')).not.toContain('\u001b[31m');
  });

  it('can be asked which XPaths it needs', () => expect(permissionXPaths(cib)).toEqual(['//resources', '//acls', '/cib']));
});
