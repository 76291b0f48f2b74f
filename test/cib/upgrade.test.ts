// SPDX-License-Identifier: GPL-2.0-or-later
/** Upgrades end, are final, keep what was configured, and say what they did. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isValid, sameXml, schemaName, upgradeCib, writeXml, type SchemaVersion } from '../../src/cib/index.ts';
import { aCib, aDummy } from './builders.ts';

const from = (schema: SchemaVersion, sections: string): ReturnType<typeof upgradeCib> => upgradeCib(aCib(sections).with('validate-with', schemaName(schema)));
const configuration = (result: ReturnType<typeof upgradeCib>): string => writeXml(result.cib.first('configuration')!);

/** Pieces of old configurations; each brings its own ids. */
const RESOURCES = [
  aDummy('a'),
  `<master id="m">${aDummy('am')}</master>`,
  '<primitive id="st" class="stonith" type="fence_x"><instance_attributes id="st-i"><nvpair id="st-q" name="pcmk_off_cmd" value="x"/></instance_attributes></primitive>',
  '<primitive id="iso" class="ocf" provider="p" type="t"><meta_attributes id="iso-m"><nvpair id="iso-z" name="priority" value="1"/><nvpair id="iso-q" name="isolation" value="x"/></meta_attributes></primitive>',
  '<primitive id="req" class="ocf" provider="p" type="t"><operations><op id="req-s" name="start" interval="0" requires="nothing"/></operations></primitive>',
  '<primitive id="up" class="upstart" type="x"/>',
  `<group id="g">${aDummy('ga')}<primitive id="gu" class="upstart" type="x"/></group>`,
  '<primitive id="ref" class="ocf" provider="p" type="t"><meta_attributes id-ref="shared"/></primitive>',
  '<primitive id="def" class="ocf" provider="p" type="t"><meta_attributes id="shared" score="5"><nvpair id="sh-1" name="priority" value="1"/><nvpair id="sh-2" name="priority" value="2"/></meta_attributes></primitive>',
];
const OPTIONS = ['default-resource-stickiness', 'stonith_enabled', 'expected-quorum-votes', 'crmd-transition-delay', 'cluster-name', 'is_managed_default'];
const CONSTRAINTS = [
  '<rsc_location id="l1" rsc="def" node="n" score="7"><lifetime><rule id="l1-r" score="0"><date_expression id="l1-d" operation="lt" end="2030-01-01"/></rule></lifetime></rsc_location>',
  '<rsc_location id="l2" rsc="def"><rule id="l2-r" score="1"><expression id="l2-e" attribute="x" operation="defined"/></rule><rule id="l2-s" score="2"><expression id="l2-f" attribute="y" operation="defined"/></rule></rsc_location>',
  '<rsc_order id="o1" first="def" then="a"><lifetime><rule id="o1-r" score="0"><date_expression id="o1-d" operation="lt" end="2030-01-01"/></rule></lifetime></rsc_order>',
];

const oldDocuments = fc
  .record({
    schema: fc.constantFrom<SchemaVersion>('1.2', '2.0', '2.10', '3.0', '3.10'),
    resources: fc.subarray(RESOURCES),
    options: fc.subarray(OPTIONS),
    constraints: fc.subarray(CONSTRAINTS),
    ping: fc.boolean(),
  })
  .map(({ schema, resources, options, constraints, ping }) => {
    const all = [...new Set([...resources, RESOURCES[0]!, RESOURCES[8]!])].join('');
    const pairs = options.map((name, i) => `<nvpair id="o-${i}" name="${name}" value="1"/>`).join('');
    const nodes = ping ? '<nodes><node id="1" uname="gw" type="ping"/></nodes>' : '<nodes/>';
    const sections = `<crm_config><cluster_property_set id="o">${pairs}</cluster_property_set></crm_config>${nodes}<resources>${all}</resources><constraints>${constraints.join('')}</constraints>`;
    return aCib(sections).with('validate-with', schemaName(schema));
  });

describe('an upgrade', () => {
  it('gives a valid document of the newest schema, and a second one changes nothing', () => {
    fc.assert(
      fc.property(oldDocuments, (old) => {
        const first = upgradeCib(old);
        fc.pre(first.problem?.kind !== 'invalid');
        expect(first.problem).toBeUndefined();
        expect(isValid(first.cib, '4.0')).toBe(true);
        expect(upgradeCib(first.cib)).toEqual({ cib: first.cib, schema: '4.0', isTransformed: false, notes: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('in two steps gives what it gives in one', () => {
    fc.assert(
      fc.property(oldDocuments, fc.constantFrom<SchemaVersion>('2.5', '3.0', '3.9'), (old, between) => {
        fc.pre(upgradeCib(old).problem === undefined);
        const halfWay = upgradeCib(old, { to: between });
        fc.pre(halfWay.problem === undefined);
        expect(sameXml(upgradeCib(halfWay.cib).cib, upgradeCib(old).cib)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('leaves the status and unknown schemas alone', () => {
    expect(upgradeCib(aCib().with('validate-with', 'pacemaker-9.9')).problem?.kind).toBe('unknown-schema');
    expect(upgradeCib(aCib().with('validate-with', 'none')).schema).toBe('none');
  });

  it('starts at the first version that fits when the document claims too old a one', () => {
    const result = from('1.0', '<alerts><alert id="a" path="/x"/></alerts>');
    expect([result.schema, result.isTransformed, result.problem]).toEqual(['4.0', false, undefined]);
  });

  it('tells why it stops', () => {
    expect(from('3.0', '<nonsense/>').problem).toMatchObject({ kind: 'invalid' });
    const clash = from('3.10', `<resources><bundle id="b"><rkt image="i"/>${aDummy('bp')}</bundle></resources><constraints><rsc_location id="l" rsc="bp" node="n" score="1"/></constraints>`);
    expect([clash.problem?.kind, clash.schema]).toEqual(['step-failed', '3.10']);
  });
});

describe('what the reference loses', () => {
  const date = '<rule id="r" score="0"><date_expression id="d" operation="gt" start="2024-01-01"/></rule>';

  it('is kept when an option moves to a section without a plain set', () => {
    const result = from('2.10', '<crm_config><cluster_property_set id="o"><nvpair id="p" name="default-resource-stickiness" value="7"/></cluster_property_set></crm_config><rsc_defaults/>');
    expect(configuration(result)).toContain('<rsc_defaults><meta_attributes id="_2TO3_-rsc-defaults"><nvpair id="p" name="resource-stickiness" value="7"/></meta_attributes></rsc_defaults>');
  });

  it('is kept, with its rule, when an option moves out of a set with a rule', () => {
    const result = from('2.10', `<crm_config><cluster_property_set id="o" score="3">${date}<nvpair id="p" name="default-resource-stickiness" value="7"/><nvpair id="q" name="default-action-timeout" value="8"/></cluster_property_set></crm_config>`);
    const defaults = result.cib.first('configuration')!;
    expect(writeXml(defaults.first('op_defaults')!)).toBe(`<op_defaults><meta_attributes id="_2TO3_op-o" score="3">${date}<nvpair id="q" name="timeout" value="8"/></meta_attributes></op_defaults>`);
    expect(writeXml(defaults.first('rsc_defaults')!)).toBe('<rsc_defaults><meta_attributes id="_2TO3_rsc-o" score="3"><rule id-ref="r"/><nvpair id="p" name="resource-stickiness" value="7"/></meta_attributes></rsc_defaults>');
  });

  it('is kept when a renamed meta-attribute is not the first of its set', () => {
    expect(configuration(from('2.10', `<resources>${RESOURCES[3]}</resources>`))).toContain('<nvpair id="iso-q" name="target-role" value="Stopped"/>');
  });

  it('is the weight of a constraint with a lifetime, which stays', () => {
    const result = from('3.10', `<resources>${RESOURCES[8]}</resources><constraints>${CONSTRAINTS[0]}</constraints>`);
    expect(configuration(result)).toContain('<rule id="pcmk__3_10_upgrade-l1-lifetime-and-rule" boolean-op="and" score="7">');
  });

  it('is the attribute of a permission by reference, which becomes part of an XPath', () => {
    const result = from('1.3', `<resources>${aDummy('a')}</resources><acls><acl_role id="r"><read id="p" ref="a" attribute="type"/></acl_role></acls>`);
    expect(configuration(result)).toContain(`xpath="//*[@id='a'][@type]"`);
  });
});

describe('the notes of an upgrade', () => {
  it('name what no longer works', () => {
    const result = from('3.10', `<resources>${aDummy('a')}<primitive id="up" class="upstart" type="x"/></resources><constraints><rsc_order id="o" first="up" then="a"/></constraints>`);
    expect(result.notes.filter((note) => note.level === 'warning').map((note) => note.message)).toEqual(['Dropping resource up because upstart resources are no longer supported']);
    expect(configuration(result)).not.toContain('up');
  });
});
