// SPDX-License-Identifier: GPL-2.0-or-later
/** What the schemas allow can be said in text; XML is left for what nobody can mean or the language of today has given up. */
import { describe, expect, it } from 'vitest';
import { CibDraft, decompile, deleteObjects, readXml, validateCib, writeXml, type SchemaVersion, type XmlElement } from '../../src/cib/index.ts';
import { DiagnosticSink, printDocument } from '../../src/language/index.ts';
import { anyConfiguration, MADE_VERSIONS } from './any-configuration.ts';
import { load } from './builders.ts';

type Section = 'crm_config' | 'nodes' | 'resources' | 'constraints' | 'acls' | 'rsc_defaults' | 'alerts';

const BASE: Readonly<Partial<Record<Section, string>>> = {
  resources: '<primitive id="a" class="ocf" provider="heartbeat" type="Dummy"/><primitive id="b" class="ocf" provider="heartbeat" type="Dummy"/>',
};
const RULE = '<rule id="r" score="INFINITY"><date_expression id="e" operation="lt" end="2030-01-01"/></rule>';
const OTHER = '<rule id="s" score="0"><expression id="f" operation="defined" attribute="x"/></rule>';

/** Schema, section, element, and its text without ids, on one line. */
const SAID: readonly (readonly [SchemaVersion, Section, string, string])[] = [
  ['3.10', 'constraints', `<rsc_location id="l" rsc="a" score="10" node="n1"><lifetime>${RULE}</lifetime></rsc_location>`, 'location l a 10: n1 lifetime rule date lt 2030-01-01'],
  ['1.0', 'constraints', `<rsc_location id="l" rsc="a">${OTHER}<lifetime>${RULE}</lifetime></rsc_location>`, 'location l a rule 0: defined x lifetime rule date lt 2030-01-01'],
  ['2.10', 'constraints', `<rsc_colocation id="c" score="INFINITY" rsc="a" with-rsc="b"><lifetime>${RULE}${OTHER}</lifetime></rsc_colocation>`, 'colocation c inf: a b lifetime rule date lt 2030-01-01 rule 0: defined x'],
  ['3.0', 'constraints', `<rsc_order id="o"><lifetime>${OTHER}</lifetime><resource_set id="o-0" sequential="false"><resource_ref id="a"/><resource_ref id="b"/></resource_set></rsc_order>`, 'order o ( a b ) lifetime rule 0: defined x'],
  ['3.0', 'constraints', '<rsc_order id="o" first="a" then="b" require-all="false"/>', 'order o a b $require-all=false'],
  ['4.0', 'constraints', '<rsc_order id="o" kind="Optional" symmetrical="false" require-all="true"><resource_set id="o-0" require-all="false" sequential="false"><resource_ref id="a"/><resource_ref id="b"/></resource_set></rsc_order>', 'order o Optional: [ a b ] symmetrical=false $require-all=true'],
  ['2.0', 'constraints', '<rsc_colocation id="c" score-attribute-mangle="x" rsc="a" with-rsc="b"/>', 'colocation c score=none: a b score-attribute-mangle=x'],
  ['3.9', 'constraints', '<rsc_colocation id="c" score="5"><resource_set id="c-0" sequential="false" action="start"><resource_ref id="a"/><resource_ref id="b"/></resource_set></rsc_colocation>', 'colocation c 5: ( a b action=start )'],
  ['3.9', 'constraints', '<rsc_location id="l" rsc="a"><rule id="r0" score="5"><rule id="r" score="0" role="Started"><expression id="f" operation="defined" attribute="x"/></rule><rule id-ref="r"/></rule></rsc_location>', 'location l a rule $id=r0 5: $id=r ( $role=Started 0: defined x ) and ( $id-ref=r )'],
  ['3.9', 'constraints', '<rsc_location id="l" rsc="a"><rule id="r" score="0"><date_expression id="e" operation="in_range" start="2030-01-01"/></rule></rsc_location>', 'location l a rule 0: date in start=2030-01-01 end=none'],
  ['1.2', 'constraints', '<rsc_location id="l" rsc="a"><rule id="r" score="0"><date_expression id="e" operation="in_range" end="2030-01-01"/></rule></rsc_location>', 'location l a rule 0: date in start=none end=2030-01-01'],
  ['3.9', 'constraints', '<rsc_location id="l" rsc="a"><rule id="r" score="0"><date_expression id="e" operation="date_spec"><date_spec id="d"/></date_expression></rule></rsc_location>', 'location l a rule 0: date spec $id=d'],
  ['3.9', 'constraints', '<rsc_location id="l" rsc="a"><rule id="r" score="0"><date_expression id="e" operation="date_spec"><date_spec id="d" hours=""/></date_expression></rule></rsc_location>', 'location l a rule 0: date spec hours=""'],
  ['3.9', 'constraints', '<rsc_location id="l" rsc="a"><rule id="r" score="0"><expression id="e" operation="eq" attribute="x"/></rule></rsc_location>', 'location l a rule 0: x eq none{}'],
  ['3.9', 'nodes', '<node id="n1" uname="n1" score="100"/>', 'node n1 score=100:'],
  ['3.0', 'nodes', '<node id="1" uname="n1" type="remote" score="-INFINITY" description="far"><utilization id="u"/></node>', 'node 1: n1:remote score=-inf: description=far utilization'],
  ['3.9', 'acls', '<acl_target id="bob"/>', 'acl_target bob'],
  ['3.9', 'acls', '<acl_target id="DOMAIN\\bob"/>', 'acl_target "DOMAIN\\bob"'],
  ['3.9', 'acls', '<acl_group id="g" name="Domain Admins"/>', 'acl_group g name="Domain Admins"'],
  ['3.9', 'acls', '<acl_role id="r"/>', 'role r none'],
  ['1.2', 'acls', '<acl_user id="u"/>', 'user u none'],
  ['3.0', 'resources', `<primitive id="p" class="ocf" provider="heartbeat" type="Dummy"><instance_attributes id="i"><nvpair id="i-x" name="x" value="1"/>${OTHER}<nvpair id="i-y" name="y" value="2"/></instance_attributes></primitive>`, 'primitive p Dummy params x=1 rule 0: defined x y=2'],
  ['3.0', 'rsc_defaults', `<meta_attributes id="m" score="7"><nvpair id="m-x" name="priority" value="1"/>${OTHER}</meta_attributes>`, 'rsc_defaults m: 7: priority=1 rule 0: defined x'],
  ['3.0', 'resources', '<primitive id="p" class="ocf" provider="heartbeat" type="Dummy"><operations id="k" id-ref="q"/></primitive><primitive id="z" class="ocf" provider="heartbeat" type="Dummy"><operations id="q"/></primitive>', 'primitive p Dummy operations $id=k $id-ref=q'],
];

/** The same, where the text leaves out what means nothing or says it in other words. */
const KEPT: readonly (readonly [SchemaVersion, Section, string, string])[] = [
  ['3.9', 'constraints', '<rsc_order id="o" first="a" then="b" symmetrical="0" require-all="1"/>', 'order o a b symmetrical=false $require-all=true'],
  ['3.9', 'constraints', '<rsc_order id="o"><resource_set id="o-0" sequential="0" require-all="1"><resource_ref id="a"/><resource_ref id="b"/></resource_set></rsc_order>', 'order o ( a b )'],
  ['3.9', 'constraints', '<rsc_location id="l" rsc="a"><rule id="r" score="0"><expression id="e" operation="defined" attribute="x" value="y" type="number"/></rule></rsc_location>', 'location l a rule 0: defined x'],
  ['3.9', 'constraints', '<rsc_location id="l" rsc="a"><rule id="r" score="0"><expression id="e" operation="eq" attribute="x" value-source="meta"/></rule></rsc_location>', 'location l a rule 0: x eq none{}'],
  ['3.9', 'resources', '<primitive id="p" class="ocf" provider="heartbeat" type="Dummy" description=""/>', 'primitive p Dummy'],
  ['3.9', 'alerts', '<alert id="x" path="y"><select/></alert>', 'alert x y'],
];
const DOCUMENTS = 110;

function cibOf(version: SchemaVersion, section: Section, xml: string): XmlElement {
  const sections = ['crm_config', 'nodes', 'resources', 'constraints', ...(['acls', 'rsc_defaults', 'alerts'].includes(section) ? [section] : [])];
  const inner = sections.map((name) => `<${name}>${BASE[name as Section] ?? ''}${name === section ? xml : ''}</${name}>`).join('');
  const read = readXml(`<cib validate-with="pacemaker-${version}" admin_epoch="0" epoch="1" num_updates="0"><configuration>${inner}</configuration><status/></cib>`);
  if (!read.ok) throw new Error(read.problem.message);
  return read.root;
}

function keyOf(section: Section, xml: string): string {
  return section === 'nodes' ? `node:${/uname="([^"]*)"/.exec(xml)![1]}` : /id="([^"]*)"/.exec(xml)![1]!;
}

function textOf(draft: CibDraft, key: string, detail: 'shown' | 'whole' = 'shown'): string {
  return printDocument({ statements: decompile(draft, { detail }, [draft.get(key)!]), trailing: [] }, 'line').trimEnd();
}

describe('what a schema allows', () => {
  it.each(SAID)('in %s: <%s> %s is said as text', (version, section, xml, text) => {
    const cib = cibOf(version, section, xml);
    expect(validateCib(cib)).toEqual([]);
    const draft = new CibDraft(cib);
    const key = keyOf(section, xml);
    expect(textOf(draft, key)).toBe(text);
    // Its own text changes nothing.
    expect(load(draft, text).isApplied).toBe(true);
    expect(writeXml(draft.finish())).toBe(writeXml(cib));
    // The whole text makes the same object where there is none.
    const empty = new CibDraft(cibOf(version, section, ''));
    expect(load(empty, textOf(draft, key, 'whole')).isApplied).toBe(true);
    expect(textOf(empty, key, 'whole')).toBe(textOf(draft, key, 'whole'));
  });

  it.each(KEPT)('in %s: <%s> %s says %s, and keeps what that does not say', (version, section, xml, text) => {
    const cib = cibOf(version, section, xml);
    expect(validateCib(cib)).toEqual([]);
    const draft = new CibDraft(cib);
    expect(textOf(draft, keyOf(section, xml))).toBe(text);
    expect(load(draft, text).isApplied).toBe(true);
    expect(writeXml(draft.finish())).toBe(writeXml(cib));
  });

  it('in plain words is text, but for old types of nodes and phases of the moon', () => {
    for (let seed = 0; seed < DOCUMENTS; seed++) {
      const draft = new CibDraft(anyConfiguration(seed, MADE_VERSIONS[seed % MADE_VERSIONS.length]!, 'plain'));
      const asXml = decompile(draft).flatMap(({ statement }) => (statement.kind === 'xml' ? [statement.xml.text] : []));
      expect(asXml.filter((xml) => !/^<node [^>]*type="(?:normal|ping)"|<(?:date_spec|duration) [^>]*moon="/.test(xml))).toEqual([]);
    }
  });
});

describe('a constraint with parts of its own', () => {
  it('keeps its lifetime and the sets that stand elsewhere when a resource goes', () => {
    const draft = new CibDraft(cibOf('3.0', 'constraints', `<rsc_order id="o"><lifetime>${OTHER}</lifetime><resource_set id="t"><resource_ref id="a"/><resource_ref id="b"/></resource_set></rsc_order><rsc_colocation id="c"><resource_set id-ref="t"/><resource_set id="u"><resource_ref id="a"/><resource_ref id="b"/></resource_set></rsc_colocation>`));
    expect(textOf(draft, 'c')).toBe('colocation c score=none: $id-ref=t a b');
    deleteObjects(draft, ['a'], new DiagnosticSink());
    expect(textOf(draft, 'o')).toBe('order o $id=t b lifetime rule 0: defined x');
    expect(textOf(draft, 'c')).toBe('colocation c score=none: $id-ref=t b');
  });

  it('has no lifetime where the schema has none', () => {
    const { isApplied, diagnostics } = load(new CibDraft(cibOf('4.0', 'constraints', '')), 'location l a 5: n1 lifetime rule defined x');
    expect([isApplied, diagnostics.map((one) => one.code)]).toEqual([false, ['unsupported-by-schema']]);
  });

  it('may name resources called like its words', () => {
    const draft = new CibDraft(cibOf('3.0', 'resources', '<primitive id="lifetime" class="ocf" provider="heartbeat" type="Dummy"/><primitive id="rule" class="ocf" provider="heartbeat" type="Dummy"/>'));
    expect(load(draft, 'colocation c inf: a "lifetime" rule\ncolocation d inf: a lifetime').isApplied).toBe(true);
    expect(textOf(draft, 'c')).toBe('colocation c inf: a "lifetime" rule');
    expect(load(draft, textOf(draft, 'c')).isApplied).toBe(true);
    expect(draft.get('c')!.element.elements('resource_set')[0]!.elements().map((one) => one.id)).toEqual(['a', 'lifetime', 'rule']);
  });

  it('is told from a set: an option beside the members is the set\'s', () => {
    const draft = new CibDraft(cibOf('3.0', 'constraints', ''));
    load(draft, 'order o a b require-all=false\norder p a b $require-all=false');
    expect([textOf(draft, 'o'), textOf(draft, 'p')]).toEqual(['order o [ a b sequential=true ]', 'order p a b $require-all=false']);
  });
});
