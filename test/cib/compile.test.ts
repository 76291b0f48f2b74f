// SPDX-License-Identifier: GPL-2.0-or-later
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CibDraft, compile, decompile, deleteObjects, loadText, readXml, renameObject, sameXml, writeXml, type CompileResult, type XmlElement } from '../../src/cib/index.ts';
import { DiagnosticSink, parse, printDocument } from '../../src/language/index.ts';
import { UNKNOWN_AGENTS } from './builders.ts';

const SETTINGS = { mode: 'file', hasAdvisedOperations: false, hasAdvisedFencingOperations: false } as const;

function xml(text: string): XmlElement {
  const read = readXml(text);
  if (!read.ok) throw new Error(read.problem.message);
  return read.root;
}

function cib(inner = ''): XmlElement {
  return xml(`<cib validate-with="pacemaker-3.9"><configuration><crm_config/><nodes><node id="1" uname="n1"/></nodes><resources>${inner}</resources><constraints/></configuration><status/></cib>`);
}

function load(draft: CibDraft, text: string, mode: 'file' | 'typed' = 'file'): CompileResult {
  return compile({ parsed: parse(text, { mode }), draft, agents: UNKNOWN_AGENTS, settings: { ...SETTINGS, mode } });
}

/** The element of one object as text. */
function made(draft: CibDraft, key: string): string {
  const object = draft.get(key);
  return object === undefined ? '' : writeXml(draft.whole(object));
}

describe('compiling', () => {
  it.each([
    ['primitive r1 Dummy params state=x', 'r1', '<primitive id="r1" class="ocf" provider="heartbeat" type="Dummy"><instance_attributes id="r1-instance_attributes"><nvpair name="state" value="x" id="r1-instance_attributes-state"/></instance_attributes></primitive>'],
    ['primitive r1 Dummy op monitor interval=10s', 'r1', '<primitive id="r1" class="ocf" provider="heartbeat" type="Dummy"><operations><op name="monitor" interval="10s" id="r1-monitor-10s"/></operations></primitive>'],
    ['location l a rule 1: x eq 1 and ( y eq 2 or date spec hours=9 minutes=0 )', 'l', '<rsc_location id="l" rsc="a"><rule score="1" id="l-rule"><expression operation="eq" attribute="x" value="1" id="l-rule-expression"/><rule boolean-op="or" id="l-rule-rule"><expression operation="eq" attribute="y" value="2" id="l-rule-rule-expression"/><date_expression operation="date_spec" id="l-rule-rule-expression-0"><date_spec hours="9" minutes="0" id="l-rule-rule-expression-0-date_spec"/></date_expression></rule></rule></rsc_location>'],
    ['op_defaults rule op_expression monitor:10s and rsc_expression ocf:*:IPaddr2 timeout=5s', 'op-options', '<meta_attributes id="op-options"><rule score="INFINITY" id="op-options-rule"><op_expression name="monitor" interval="10s" id="op-options-rule-expression"/><rsc_expression class="ocf" type="IPaddr2" id="op-options-rule-expression-0"/></rule><nvpair name="timeout" value="5s" id="op-options-timeout"/></meta_attributes>'],
    ['colocation c score=none: a a2', 'c', '<rsc_colocation id="c" rsc="a" with-rsc="a2"/>'],
    ['order o score=-inf: a a2', 'o', '<rsc_order id="o" score="-INFINITY" first="a" then="a2"/>'],
    ['rsc_defaults d: rule score=none: x eq "{y}" priority=1', 'd', '<meta_attributes id="d"><rule id="d-rule"><expression operation="eq" attribute="x" value="{y}" id="d-rule-expression"/></rule><nvpair name="priority" value="1" id="d-priority"/></meta_attributes>'],
    ['alert al /x select nodes attributes e=1', 'al', '<alert id="al" path="/x"><select><select_nodes/></select><instance_attributes id="al-instance_attributes"><nvpair name="e" value="1" id="al-instance_attributes-e"/></instance_attributes></alert>'],
    ['fencing_topology n1: index=3 st', 'fencing_topology', '<fencing-topology><fencing-level target="n1" index="3" devices="st" id="fencing"/></fencing-topology>'],
  ])('%j', (text, key, expected) => {
    const draft = new CibDraft(cib('<primitive id="a" class="ocf" provider="heartbeat" type="Dummy"/>'));
    load(draft, 'primitive a2 Dummy');
    expect(load(draft, text).isApplied).toBe(true);
    expect(made(draft, key)).toBe(expected);
    const again = parse(printDocument({ statements: decompile(draft, {}, [draft.get(key)!]), trailing: [] }));
    expect([again.statements[0]?.statement.kind === 'xml', load(draft, printDocument(again)).isApplied, made(draft, key)]).toEqual([false, true, expected]);
  });

  it('changes nothing when one statement is wrong', () => {
    const draft = new CibDraft(cib());
    const before = draft.finish();
    expect(load(draft, 'primitive a Dummy\nlocation l nosuch inf: n1\n').isApplied).toBe(false);
    expect(sameXml(draft.finish(), before)).toBe(true);
  });

  it('keeps the ids of what did not change', () => {
    const draft = new CibDraft(cib('<primitive id="a" class="ocf" provider="heartbeat" type="Dummy"><instance_attributes id="mine"><nvpair id="p1" name="x" value="1"/></instance_attributes></primitive>'));
    load(draft, 'primitive a Dummy params x=2 y=3');
    expect(made(draft, 'a')).toContain('<instance_attributes id="mine"><nvpair id="p1" name="x" value="2"/><nvpair name="y" value="3" id="mine-y"/>');
  });

  it('accepts objects in any order', () => {
    const draft = new CibDraft(cib());
    expect(load(draft, 'clone c g\ngroup g a b\nlocation l c inf: n1\nprimitive a Dummy\nprimitive b Dummy\n').isApplied).toBe(true);
    expect(draft.get('a')?.parent).toBe('g');
    expect(draft.get('g')?.parent).toBe('c');
  });
});

describe('changes of the draft', () => {
  const TEXT = 'primitive a Dummy\nprimitive b Dummy\nprimitive c Dummy\ngroup g a b\nlocation l g inf: n1\norder o c g\ntag t c g\nfencing_topology n1: c\n';

  it('are undone step by step', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'g', 'l', 'o', 't'), { maxLength: 5 }), (keys) => {
      const draft = new CibDraft(cib());
      load(draft, TEXT);
      const [mark, before] = [draft.mark(), draft.finish()];
      deleteObjects(draft, keys, new DiagnosticSink());
      draft.rollback(mark);
      expect(sameXml(draft.finish(), before)).toBe(true);
    }));
  });

  it('rename everything that names an object', () => {
    const draft = new CibDraft(cib());
    load(draft, TEXT);
    renameObject(draft, 'c', 'z');
    expect(['o', 't', 'fencing_topology'].map((key) => made(draft, key).includes('"z"'))).toEqual([true, true, true]);
    expect(writeXml(draft.finish())).not.toContain('"c"');
  });

  it('rename what access rules ask for and the resource around another', () => {
    const draft = new CibDraft(cib());
    load(draft, `${TEXT}role r read meta:c:target-role location:c write ref:c deny xpath:"//primitive[@id='cc']"\nprimitive d Dummy meta container=c\n`);
    renameObject(draft, 'c', 'z');
    const role = made(draft, 'r');
    expect([...role.matchAll(/(?:xpath|reference)="([^"]*)"/g)].map((match) => match[1]).sort()).toEqual([
      "//primitive[@id='cc']", "//primitive[@id='z']/meta_attributes/nvpair[@name='target-role']", "//rsc_location[@id='cli-prefer-z' and @rsc='z']", 'z',
    ]);
    expect(made(draft, 'd')).toContain('name="container" value="z"');
  });

  it('take constraints and tags with a deleted resource', () => {
    const draft = new CibDraft(cib());
    load(draft, TEXT);
    deleteObjects(draft, ['c'], new DiagnosticSink());
    expect(draft.get('o')).toBeUndefined();
    expect(made(draft, 't')).toBe('<tag id="t"><obj_ref id="g"/></tag>');
  });
});

describe('a text that is loaded', () => {
  const push = (draft: CibDraft, text: string): CompileResult => loadText({ parsed: parse(text), draft, agents: UNKNOWN_AGENTS, settings: SETTINGS }, 'push');

  it('does not tell of changes that were not made', () => {
    const draft = new CibDraft(cib());
    load(draft, 'primitive a Dummy\nlocation l a inf: n1');
    const { isApplied, diagnostics } = load(draft, 'group g a nosuch');
    expect([isApplied, diagnostics.map((one) => one.code)]).toEqual([false, ['missing-object']]);
  });

  it('leaves on a node what it does not name, and replaces sets with rules by their place', () => {
    const draft = new CibDraft(cib());
    load(draft, 'node 1: n1 attributes standby=on rack=1 attributes rule defined x site=a');
    load(draft, 'node n1 attributes rack=2 attributes rule defined y site=b utilization cpu=4');
    const node = made(draft, 'node:n1');
    expect([...node.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map((match) => `${match[1]}=${match[2]}`)).toEqual(['standby=on', 'rack=2', 'site=b', 'cpu=4']);
    expect([node.match(/<rule /g)?.length, node.includes('attribute="y"')]).toEqual([1, true]);
  });

  it('brings its comments to what it adds to, and keeps those of others when it was made without', () => {
    const draft = new CibDraft(cib());
    load(draft, '# old\nnode 1: n1 attributes rack=1\n# prop\nproperty maintenance-mode=true\n# note\nprimitive a Dummy\n');
    const { diagnostics } = load(draft, '# new\nnode n1 attributes site=x\n# also\nproperty maintenance-mode=false\n');
    expect(diagnostics.map((one) => one.code)).toEqual(['comment-dropped']);
    compile({ parsed: parse('primitive a Dummy params x=1'), draft, agents: UNKNOWN_AGENTS, settings: { ...SETTINGS, keepsComments: true } });
    expect(['node:n1', 'cib-bootstrap-options', 'a'].map((key) => [...made(draft, key).matchAll(/<!--(.*?)-->/g)].map((match) => match[1]).join())).toEqual(['# new', '# prop', '# note']);
    load(draft, 'primitive a Dummy params x=1');
    expect(made(draft, 'a')).not.toContain('note');
  });

  it('keeps the rules of a node when a set with another rule is typed', () => {
    const draft = new CibDraft(cib());
    load(draft, 'node 1: n1 attributes rule defined x site=a');
    load(draft, 'node n1 attributes rule defined y site=b', 'typed');
    expect(made(draft, 'node:n1').match(/<rule /g)).toHaveLength(2);
  });

  it('may bring a constraint that was at fault before, but no new fault', () => {
    const draft = new CibDraft(cib());
    load(draft, 'primitive a Dummy\nprimitive b Dummy');
    load(draft, 'order o a nosuch', 'typed');
    expect(load(draft, 'order o Optional: a nosuch').isApplied).toBe(true);
    expect(load(draft, 'order o b other').isApplied).toBe(false);
  });

  it('is refused as a push when it names what it does not hold, though the configuration holds it', () => {
    const draft = new CibDraft(cib());
    load(draft, 'primitive a Dummy\nprimitive b Dummy');
    const before = draft.finish();
    for (const text of ['primitive a Dummy\norder o a b', 'group g a b']) expect(push(draft, text).diagnostics.map((one) => one.code)).toContain(text.startsWith('group') ? 'missing-object' : 'unknown-resource');
    expect(sameXml(draft.finish(), before)).toBe(true);
  });

  it('is all there is after a push', () => {
    const draft = new CibDraft(cib());
    load(draft, 'primitive a Dummy\nprimitive b Dummy\ngroup g a b\ntag t a b\nlocation l g inf: n1');
    expect(push(draft, 'node 1: n1\nprimitive a Dummy\ntag t a b').isApplied).toBe(true);
    expect([...draft.objects()].map((object) => object.key).sort()).toEqual(['a', 'node:n1', 't']);
    expect(draft.get('a')?.parent).toBeUndefined();
    expect(made(draft, 't')).toBe('<tag id="t"><obj_ref id="a"/><obj_ref id="b"/></tag>');
  });

  it('puts values without a set of their own into one without a rule', () => {
    const draft = new CibDraft(cib());
    load(draft, 'rsc_defaults night: rule date spec hours=0-6 resource-stickiness=0');
    load(draft, 'rsc_defaults migration-threshold=3', 'typed');
    expect(made(draft, 'night')).not.toContain('migration-threshold');
    expect(made(draft, 'rsc-options')).toContain('migration-threshold');
  });
});

describe('constraints on the members of a container', () => {
  const TEXT = 'primitive a Dummy\nprimitive b Dummy\nprimitive c Dummy\nlocation l a inf: n1\norder o ( a b ) c\n';

  it('follow them into a new one, each resource once', () => {
    const draft = new CibDraft(cib());
    load(draft, TEXT);
    load(draft, 'group g a b', 'typed');
    expect(made(draft, 'l')).toContain('rsc="g"');
    expect(made(draft, 'o')).toBe('<rsc_order id="o" first="g" then="c"/>');
  });

  it('stay when the container was there already', () => {
    const draft = new CibDraft(cib());
    load(draft, `${TEXT}primitive d Dummy\ngroup g d`);
    load(draft, 'group g d a');
    expect([draft.get('a')?.parent, made(draft, 'l')]).toEqual(['g', '<rsc_location id="l" rsc="a" score="INFINITY" node="n1"/>']);
  });
});

const FIXTURES = process.env['QUORATE_FIXTURES'] ?? '../shared/fixtures';
const RECORDED = join(FIXTURES, 'tools/cib');

describe.skipIf(!existsSync(RECORDED))('every recorded CIB', () => {
  it('survives as text: ids, order, unknown parts', () => {
    let objects = 0;
    for (const name of readdirSync(RECORDED).filter((one) => one.endsWith('.xml'))) {
      const read = readXml(readFileSync(join(RECORDED, name), 'utf8'));
      if (!read.ok || read.root.name !== 'cib') continue;
      const draft = new CibDraft(read.root);
      const text = printDocument({ statements: decompile(draft, { detail: 'whole' }), trailing: [] });
      const empty = cib().with('validate-with', read.root.get('validate-with'));
      const other = new CibDraft(empty.replaceChild(empty.first('configuration')!, undefined));
      // A constraint on what does not exist is refused, as it should be.
      if (!load(other, text).isApplied) continue;
      for (const object of draft.objects()) {
        objects++;
        expect(made(other, object.key) === '' ? name : sortedAttributes(made(other, object.key))).toBe(sortedAttributes(writeXml(draft.whole(object))));
      }
    }
    expect(objects).toBeGreaterThan(1000);
  }, 60_000);
});

function sortedAttributes(text: string): string {
  return text.replace(/<([\w-]+)((?: [\w-]+="[^"]*")*)/g, (_all, name: string, attributes: string) => `<${name} ${(attributes.match(/[\w-]+="[^"]*"/g) ?? []).sort().join(' ')}`);
}

describe('ms', () => {
  const text = 'primitive s ocf:pacemaker:Stateful\nms m s meta master-max=1\n';

  it('is a master where the schema has it', () => {
    const draft = new CibDraft(cib());
    expect(load(draft, text).isApplied).toBe(true);
    expect(made(draft, 'm')).toContain('<master id="m">');
  });

  it('is a promotable clone from schema 4.0 on', () => {
    const draft = new CibDraft(cib().with('validate-with', 'pacemaker-4.0'));
    expect(load(draft, text, 'typed').isApplied).toBe(true);
    expect(made(draft, 'm')).toMatch(/<clone id="m">.*name="promotable" value="true".*name="master-max"/);
    expect(made(draft, 'm')).not.toContain('interleave');
  });
});

describe('a set of properties that exists', () => {
  const SETS = '<op_defaults><meta_attributes id="slow"><rule id="r" score="INFINITY"><op_expression id="e" name="monitor"/></rule><nvpair id="n" name="timeout" value="9s"/></meta_attributes></op_defaults>';
  const draftOf = (): CibDraft => new CibDraft(xml(`<cib validate-with="pacemaker-3.9"><configuration><crm_config><cluster_property_set id="o"><nvpair id="o-x" name="x" value="1"/></cluster_property_set></crm_config><nodes/><resources/><constraints/>${SETS}</configuration><status/></cib>`));

  it('is not changed by its own text, rule and all', () => {
    const draft = draftOf();
    const before = made(draft, 'slow');
    expect(load(draft, 'op_defaults slow: rule op_expression monitor timeout=9s').isApplied).toBe(true);
    expect(made(draft, 'slow')).toBe(before);
  });

  it('takes over another rule and keeps its other values', () => {
    const draft = draftOf();
    expect(load(draft, 'op_defaults slow: rule op_expression start enabled=true').isApplied).toBe(true);
    expect(made(draft, 'slow')).toBe('<meta_attributes id="slow"><rule id="r" score="INFINITY"><op_expression id="e" name="start"/></rule><nvpair id="n" name="timeout" value="9s"/><nvpair name="enabled" value="true" id="slow-enabled"/></meta_attributes>');
  });

  it('gets no rule when it has values without one', () => {
    const draft = draftOf();
    expect(load(draft, 'property o: rule #uname eq n1 y=1').diagnostics[0]?.code).toBe('rule-dropped');
  });
});

describe('an object that its text replaces', () => {
  it.each([
    ['clone c a meta x=1', '<clone id="c"><primitive id="a" class="ocf" provider="heartbeat" type="Dummy"/><meta_attributes id="c-m"><nvpair id="p" name="x" value="1"/></meta_attributes></clone>', 'c'],
    ['location l a rule 1: x eq 1', '<rsc_location id="l" rsc="a"><rule score="1" id="l-r" boolean-op="and"><expression type="string" attribute="x" operation="eq" value="1" id="l-e"/></rule></rsc_location>', 'l'],
    ['order o ( a ) b', '<rsc_order id="o"><resource_set id="s1" sequential="false" require-all="true"><resource_ref id="a"/></resource_set><resource_set id="s2" sequential="true"><resource_ref id="b"/></resource_set></rsc_order>', 'o'],
  ])('keeps spelled-out defaults, orders and ids that %j does not mention', (text, element, key) => {
    const [resource, constraint] = element.startsWith('<clone') ? [element, ''] : ['<primitive id="a" class="ocf" provider="heartbeat" type="Dummy"/>', element];
    const draft = new CibDraft(xml(`<cib validate-with="pacemaker-3.9"><configuration><crm_config/><nodes/><resources>${resource}<primitive id="b" class="ocf" provider="heartbeat" type="Dummy"/></resources><!-- between --><constraints>${constraint}</constraints></configuration><status/></cib>`));
    const before = writeXml(draft.finish());
    expect(load(draft, text).isApplied).toBe(true);
    expect(made(draft, key)).toBe(element);
    expect(writeXml(draft.finish())).toBe(before);
  });
});

describe('compiled as the reference says', () => {
  it.each([
    ['an option belongs to the set that it stands in', 'order o [ a:start b sequential=true ]', 'o', '<rsc_order id="o"><resource_set require-all="false" sequential="false" action="start" id="o-0"><resource_ref id="a"/></resource_set><resource_set require-all="false" id="o-1"><resource_ref id="b"/></resource_set></rsc_order>'],
    ['$id= begins another set with options of its own', 'order o $id=s a ordering=listed $id=t b', 'o', '<rsc_order id="o"><resource_set id="s" ordering="listed"><resource_ref id="a"/></resource_set><resource_set id="t"><resource_ref id="b"/></resource_set></rsc_order>'],
    ['a new property set takes the last value of a name', 'property o: x=1 y=2 x=3', 'o', '<cluster_property_set id="o"><nvpair name="x" value="3" id="o-x"/><nvpair name="y" value="2" id="o-y"/></cluster_property_set>'],
    ['a keyword may stand in quotes', 'primitive "r" "Dummy" "params" "x=1"', 'r', '<primitive id="r" class="ocf" provider="heartbeat" type="Dummy"><instance_attributes id="r-instance_attributes"><nvpair name="x" value="1" id="r-instance_attributes-x"/></instance_attributes></primitive>'],
  ])('%s: %j', (_sentence, text, key, expected) => {
    const draft = new CibDraft(cib('<primitive id="a" class="ocf" provider="heartbeat" type="Dummy"/><primitive id="b" class="ocf" provider="heartbeat" type="Dummy"/>'));
    expect(load(draft, text).isApplied).toBe(true);
    expect(made(draft, key)).toBe(expected);
  });

  it.each([
    ['a comment above defaults with a rule stays above the rule', '# nightly\nrsc_defaults d: rule #uname eq n1 resource-stickiness=5\n'],
    ['an agent whose type begins with @ is no template', 'primitive p ocf:heartbeat:@x\n'],
    ['comments that differ in their blanks only stay as they are', '# a b\n# a  b\nprimitive p Dummy\n'],
    ['an id with blanks around it keeps them', 'xml <primitive id=" y" class="ocf" provider="p" type="t"/>\n'],
    ['a parameter called id is not read as the id of its set', 'primitive p Dummy params $id=s x=1 id=y\n'],
  ])('%s when the text that is shown is loaded again', (_what, text) => {
    const draft = new CibDraft(cib());
    expect(load(draft, text).isApplied).toBe(true);
    const before = writeXml(draft.finish());
    const { isApplied, diagnostics } = load(draft, printDocument({ statements: decompile(draft), trailing: [] }));
    expect([isApplied, diagnostics.filter((one) => one.code !== 'unknown-agent')]).toEqual([true, []]);
    expect(writeXml(draft.finish())).toBe(before);
  });

  it('comments between sections stay where they are', () => {
    const draft = new CibDraft(xml('<cib validate-with="pacemaker-3.9"><configuration><!-- one --><crm_config/><!-- two --><nodes/><resources/><constraints/><!-- three --></configuration><status/></cib>'));
    load(draft, 'primitive r Dummy\nproperty x=1\n');
    expect(writeXml(draft.finish()).replace(/<(?:primitive|cluster_property_set|nvpair)[^>]*>|<\/cluster_property_set>/g, '')).toContain('<!-- one --><crm_config></crm_config><!-- two --><nodes/><resources></resources><constraints/><!-- three -->');
  });

  it('lines of a comment inside XML are joined with a blank, and the comment that was there is kept', () => {
    const comment = '<!-- first\n   second -->';
    const draft = new CibDraft(cib(`<primitive id="a" class="ocf" provider="heartbeat" type="Dummy"><meta_attributes id="m">${comment}<nvpair id="n" name="x" value="1"/></meta_attributes></primitive>`));
    const text = printDocument({ statements: decompile(draft), trailing: [] }, 'line');
    expect(text).toContain('<!-- first second -->');
    expect(load(draft, text).isApplied).toBe(true);
    expect(made(draft, 'a')).toContain(comment);
  });
});
