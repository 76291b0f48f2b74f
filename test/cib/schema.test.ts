// SPDX-License-Identifier: GPL-2.0-or-later
/** Validation tells what is wrong where and what to do; the table is sound in every version. */
import { describe, expect, it } from 'vitest';
import { grammarOf, isChanged, isValid, NEWEST_SCHEMA, schemaName, schemaOf, schemaPosition, SCHEMA_VERSIONS, validateCib } from '../../src/cib/index.ts';
import { aCib, aDummy, xml } from './builders.ts';

const told = (sections: string): string[] => validateCib(aCib(sections)).map((finding) => `${finding.kind} ${finding.path}: ${finding.message}`);

describe('a document', () => {
  it('without faults has no findings', () => expect(told(`<resources>${aDummy('a')}</resources><constraints><rsc_location id="l" rsc="a" node="n" score="INFINITY"/></constraints>`)).toEqual([]));

  it.each([
    [`<resources>${aDummy('a', 'colour="red"')}</resources>`, ["unknown-attribute /cib/configuration/resources/primitive[@id='a']: <primitive> may not have the attribute colour here"]],
    ['<resources><primitive id="a" class="ocf" type="Dummy"/></resources>', ["missing-attribute /cib/configuration/resources/primitive[@id='a']: <primitive> lacks the attribute provider"]],
    ['<resources><primitive id="a" class="nagios" type="x"/></resources>', ["bad-value /cib/configuration/resources/primitive[@id='a']: \"nagios\" is no value for class of <primitive>"]],
    ['<resources><group id="g"/></resources>', ["missing-child /cib/configuration/resources/group[@id='g']: <group> lacks <primitive>"]],
    [`<resources><clone id="c">${aDummy('a')}${aDummy('b')}</clone></resources>`, ["too-many /cib/configuration/resources/clone[@id='c']: <clone> has 2 of <primitive> or <group>"]],
    ['<resources><thing id="t"/></resources>', ["unknown-element /cib/configuration/resources/thing[@id='t']: <thing> may not stand in <resources>"]],
    [`<resources>${aDummy('a')}${aDummy('a')}</resources>`, ["duplicate-id /cib/configuration/resources/primitive[@id='a']: the id \"a\" of <primitive> is taken by <primitive>"]],
    ['<constraints><rsc_location id="l" rsc="ghost" node="n" score="1"/></constraints>', ["dangling-reference /cib/configuration/constraints/rsc_location[@id='l']: rsc of <rsc_location> names \"ghost\", and no element has that id"]],
    ['<nodes>words</nodes>', ['text /cib/configuration/nodes: <nodes> holds text']],
  ])('%s has the findings %j', (sections, findings) => expect(told(sections)).toEqual(findings));

  it('in the wrong order is told what goes first', () => {
    const root = xml('<cib validate-with="pacemaker-4.0" admin_epoch="0" epoch="0" num_updates="0"><status/><configuration><crm_config/><nodes/><resources/><constraints/></configuration></cib>');
    expect(validateCib(root).map((finding) => finding.repair)).toEqual(['move <configuration> before <status>']);
  });

  it('of an unknown schema is told the known ones, and none is not looked at', () => {
    const [finding] = validateCib(aCib().with('validate-with', 'pacemaker-9.9'));
    expect([finding?.kind, finding?.expected?.includes('pacemaker-3.9')]).toEqual(['unknown-schema', true]);
    expect(validateCib(aCib('<nonsense/>').with('validate-with', 'none'))).toEqual([]);
  });

  it('says for every finding what is expected or to be done', () => {
    const findings = validateCib(aCib('<resources x="1"><group id="1"><thing/></group></resources><constraints><rsc_order/></constraints>'));
    expect(findings.length).toBeGreaterThan(3);
    for (const finding of findings) expect(finding.expected ?? finding.repair).toBeTruthy();
  });

  it('whose configuration was found valid before is still looked at outside of it', () => {
    const root = aCib();
    expect(validateCib(root)).toEqual([]);
    expect(validateCib(root.with('colour', 'red')).map((finding) => finding.kind)).toEqual(['unknown-attribute']);
    expect(validateCib(root.append(xml('<status/>'))).map((finding) => finding.kind)).toEqual(['too-many']);
    expect(isValid(root, '1.0')).toBe(true);
    expect(isValid(aCib('<tags/>'), '1.0')).toBe(false);
  });

  it('may hold anything in its status, comments anywhere, and white space around values', () => {
    const root = aCib(`<!--x--><resources><!--y--><primitive id=" a " class=" ocf " provider="p" type="t"/></resources>`);
    expect(validateCib(root.replaceChild(root.first('status')!, xml('<status><any x="1">text<id id="1"/><id id="1"/></any></status>')))).toEqual([]);
  });
});

describe('the schema versions', () => {
  it('are in order of release, not of number', () => {
    expect(schemaPosition('2.10')! > schemaPosition('2.9')!).toBe(true);
    expect([schemaOf('pacemaker-2.10'), schemaOf('none'), schemaOf('pacemaker-1.1'), schemaOf(undefined)]).toEqual(['2.10', 'none', undefined, undefined]);
    expect(SCHEMA_VERSIONS.at(-1)).toBe(NEWEST_SCHEMA);
  });

  it.each(SCHEMA_VERSIONS)('%s defines every element it mentions and accepts an empty document', (version) => {
    const grammar = grammarOf(version);
    for (const definition of grammar.values()) {
      for (const child of definition.children.values()) expect(child === 'ANY' || grammar.get(child) !== undefined).toBe(true);
      expect(definition.meaning).not.toBe('');
    }
    expect(isValid(aCib().with('validate-with', schemaName(version)), version)).toBe(true);
  });

  it.each([
    ['<tags/>', '1.3', '4.0'],
    ['<acls><acl_user id="u"/></acls>', '1.2', '1.3'],
    ['<acls><acl_target id="u"/></acls>', '2.0', '4.0'],
    ['<alerts/>', '2.5', '4.0'],
    [`<resources><master id="m">${aDummy('a')}</master></resources>`, '1.0', '3.10'],
    ['<resources><bundle id="b"><rkt image="i"/></bundle></resources>', '2.10', '3.10'],
    ['<resources><bundle id="b"><podman image="i"/></bundle></resources>', '3.2', '4.0'],
    [`<resources>${aDummy('a')}</resources><constraints><rsc_location id="l" rsc="a" role="Promoted" node="n" score="1"/></constraints>`, '3.7', '4.0'],
    ['<crm_config><cluster_property_set id="s"><nvpair id="n" name="stonith_enabled" value="1"/></cluster_property_set></crm_config>', '1.0', '2.10'],
  ] as const)('accept %s from %s to %s', (sections, since, until) => {
    const root = aCib(sections);
    const accepting = SCHEMA_VERSIONS.filter((version) => isValid(root, version));
    // The removed option names are no longer refused by the newest version.
    const expected = SCHEMA_VERSIONS.filter((_, at) => (at >= schemaPosition(since)! && at <= schemaPosition(until)!) || (sections.includes('stonith_enabled') && at === schemaPosition('4.0')));
    expect(accepting).toEqual(expected);
  });

  it('know which elements a version changed', () => {
    expect(isChanged('podman', '3.2')).toBe(true);
    expect(isChanged('rkt', '2.10')).toBe(true);
    expect(isChanged('rsc_location', '3.7')).toBe(true);
    expect(isChanged('nodes', '3.7')).toBe(false);
    expect(isChanged('nothing-of-this-name', '3.7')).toBe(false);
  });
});
