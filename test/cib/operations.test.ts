// SPDX-License-Identifier: GPL-2.0-or-later
/** Requests: what each changes, how versions go on, and what is refused without a trace. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyRequest, compareCibVersions, dateTime, diffCib, formatCibVersion, isValid, sameXml, versionOf, writeXml, type CibChange, type CibReply } from '../../src/cib/index.ts';
import { aCib, aDummy, xml } from './builders.ts';

const CIB = aCib(
  `<crm_config><cluster_property_set id="o"><nvpair id="o-a" name="a" value="1"/></cluster_property_set></crm_config><nodes><node id="1" uname="n1"/></nodes>` +
    `<resources>${aDummy('a')}${aDummy('b')}</resources><constraints><rsc_location id="l" rsc="a" node="n1" score="5"/></constraints>`,
);

const apply = (change: CibChange): CibReply => applyRequest(CIB, { change });
const outcome = (reply: CibReply): string => (reply.ok ? `${formatCibVersion(versionOf(reply.cib))}${reply.changed ? '' : ' unchanged'}` : `${reply.code}`);

describe('a request', () => {
  it.each<[string, CibChange, string]>([
    ['creates in a section', { op: 'create', section: 'resources', data: xml(aDummy('c')) }, '0.6.0'],
    ['creates several at once', { op: 'create', section: 'resources', data: xml(`<resources>${aDummy('c')}${aDummy('d')}</resources>`) }, '0.6.0'],
    ['does not create what is there', { op: 'create', section: 'resources', data: xml(aDummy('a')) }, '108'],
    ['does not create in a section that is not there', { op: 'create', section: 'tags', data: xml('<tag id="t"/>') }, '70'],
    ['does not create what the schema refuses', { op: 'create', section: 'resources', data: xml('<primitive id="c"/>') }, '78'],
    ['creates in the status without a new epoch', { op: 'create', section: 'status', data: xml('<node_state id="1"/>') }, '0.5.4'],
    ['modifies what it finds', { op: 'modify', data: xml('<primitive id="a" description="x"/>') }, '0.6.0'],
    ['modifies nothing when all is so already', { op: 'modify', data: xml('<primitive id="a" class="ocf"/>') }, '0.5.3 unchanged'],
    ['does not modify what is not there', { op: 'modify', data: xml('<primitive id="z"/>') }, '105'],
    ['makes what is not there when it may', { op: 'modify', allowCreate: true, section: 'resources', data: xml(aDummy('z')) }, '0.6.0'],
    ['makes a section by modifying it', { op: 'modify', section: 'tags', data: xml('<tags><tag id="t"><obj_ref id="a"/></tag></tags>') }, '0.6.0'],
    ['modifies attributes of the document', { op: 'modify', data: xml('<cib admin_epoch="5" have-quorum="1"/>') }, '5.5.4'],
    ['counts up', { op: 'modify', data: xml('<cib admin_epoch="admin_epoch++"/>') }, '1.5.4'],
    ['does not go back', { op: 'modify', data: xml('<cib epoch="4"/>') }, '103'],
    ['replaces a section', { op: 'replace', section: 'constraints', data: xml('<constraints/>') }, '0.6.0'],
    ['replaces an element', { op: 'replace', data: xml('<rsc_location id="l" rsc="b" node="n1" score="1"/>') }, '0.6.0'],
    ['replaces the document by a newer one', { op: 'replace', data: aCib().with('epoch', '9') }, '0.10.0'],
    ['does not replace it by an older one', { op: 'replace', data: aCib().with('epoch', '4') }, '103'],
    ['does not replace a section by another', { op: 'replace', section: 'nodes', data: xml('<constraints/>') }, '105'],
    ['deletes by attributes', { op: 'delete', data: xml('<rsc_location score="5"/>') }, '0.6.0'],
    ['deletes nothing without a word', { op: 'delete', data: xml('<rsc_location score="6"/>') }, '0.5.3 unchanged'],
    ['deletes inside what it finds', { op: 'delete', data: xml('<cluster_property_set id="o"><nvpair name="a"/></cluster_property_set>') }, '0.6.0'],
    ['does not delete what others name', { op: 'delete', data: xml('<primitive id="a"/>') }, '78'],
    ['deletes the first match of an XPath', { op: 'delete', xpath: '//rsc_location' }, '0.6.0'],
    ['deletes all matches', { op: 'delete-all', xpath: "//rsc_location|//primitive[@id='b']" }, '0.6.0'],
    ['does not delete the document', { op: 'delete-all', xpath: '/cib' }, '78'],
    ['erases', { op: 'erase' }, '1.6.0'],
    ['bumps', { op: 'bump' }, '0.6.4'],
    ['upgrades to what it has', { op: 'upgrade' }, '0.5.4'],
    ['does all of a transaction in one step', { op: 'transaction', changes: [{ op: 'delete', data: xml('<rsc_location id="l"/>') }, { op: 'delete', data: xml('<primitive id="a"/>') }] }, '0.6.0'],
    ['does nothing of a transaction that fails', { op: 'transaction', changes: [{ op: 'delete', data: xml('<rsc_location id="l"/>') }, { op: 'modify', data: xml('<primitive id="z"/>') }] }, '105'],
    ['deletes nothing from a section that is not there', { op: 'delete', section: 'alerts', data: xml('<alert id="a"/>') }, '0.5.3 unchanged'],
    ['does not know another section', { op: 'delete', section: 'bogus', data: xml('<a/>') }, '70'],
  ])('%s', (_, change, expected) => expect(outcome(apply(change))).toBe(expected));

  it('that changes nothing is counted where the asker wants that, for the tools that do so in the reference', () => {
    const change: CibChange = { op: 'modify', data: xml('<primitive id="a" class="ocf"/>') };
    const counted = (countsUnchanged: 'epoch' | 'numUpdates', one = change): string => outcome(applyRequest(CIB, { change: one, countsUnchanged }));
    expect([counted('epoch'), counted('numUpdates')]).toEqual(['0.6.0', '0.5.4']);
    expect(counted('numUpdates', { op: 'modify', data: xml('<primitive id="a" description="x"/>') })).toBe('0.6.0');
  });

  it('made for another version is refused', () => {
    const reply = applyRequest(CIB, { change: { op: 'bump' }, expected: { adminEpoch: 0, epoch: 4, numUpdates: 0 } });
    expect(reply).toMatchObject({ ok: false, code: 103, detail: ['the configuration is at 0.5.3, the change was made for 0.4.0'] });
  });

  it('that is not valid says where and why', () => {
    const reply = apply({ op: 'delete', data: xml('<primitive id="a"/>') });
    expect(reply.ok ? [] : reply.detail).toEqual([`/cib/configuration/constraints/rsc_location[@id='l']: rsc of <rsc_location> names "a", and no element has that id`]);
  });

  it('with an XPath that nobody can answer is refused', () => {
    expect(outcome(apply({ op: 'delete', xpath: '//primitive[last()]' }))).toBe('70');
  });

  it('through a daemon is signed when it changes the configuration', () => {
    const writer = { now: dateTime(Date.UTC(2024, 5, 1, 12) / 1000), origin: 'n1' };
    const reply = applyRequest(CIB, { change: { op: 'delete', data: xml('<primitive id="b"/>') }, client: 'cibadmin', user: 'root' }, writer);
    expect(reply.ok && ['cib-last-written', 'update-origin', 'update-client', 'update-user'].map((name) => reply.cib.get(name))).toEqual(['Sat Jun  1 12:00:00 2024', 'n1', 'cibadmin', 'root']);
    const status = applyRequest(CIB, { change: { op: 'create', section: 'status', data: xml('<node_state id="1"/>') } }, writer);
    expect(status.ok && status.cib.has('update-origin')).toBe(false);
  });

  it('upgrades an old document with a new administrative epoch', () => {
    const old = aCib(`<resources><master id="m">${aDummy('a')}</master></resources>`).with('validate-with', 'pacemaker-3.10');
    expect(outcome(applyRequest(old, { change: { op: 'upgrade' } }))).toBe('1.2.0');
    expect(outcome(applyRequest(aCib().with('validate-with', 'pacemaker-3.0'), { change: { op: 'upgrade' } }))).toBe('1.1.2');
    expect(outcome(applyRequest(aCib('<nonsense/>').with('validate-with', 'pacemaker-3.0'), { change: { op: 'upgrade' } }))).toBe('78');
  });

  it('patches from the version the document has', () => {
    const later = apply({ op: 'modify', data: xml('<primitive id="a" description="x"/>') });
    if (!later.ok) throw new Error(later.message);
    const patch = diffCib(CIB, later.cib, { withDigest: true })!;
    const reply = apply({ op: 'patch', data: patch });
    expect(reply.ok && writeXml(reply.cib.first('configuration')!)).toBe(writeXml(later.cib.first('configuration')!));
    expect(outcome(applyRequest(later.cib, { change: { op: 'patch', data: patch } }))).toBe('1');
    expect(outcome(apply({ op: 'patch', data: xml('<diff/>') }))).toBe('70');
  });
});

describe('any sequence of requests', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd');
  const changes: fc.Arbitrary<CibChange> = fc.oneof(
    id.map((name): CibChange => ({ op: 'create', section: 'resources', data: xml(aDummy(name)) })),
    fc.tuple(id, fc.constantFrom('x', 'y')).map(([name, text]): CibChange => ({ op: 'modify', data: xml(`<primitive id="${name}" description="${text}"/>`) })),
    id.map((name): CibChange => ({ op: 'delete', data: xml(`<primitive id="${name}"/>`) })),
    fc.tuple(id, id).map(([name, rsc]): CibChange => ({ op: 'modify', allowCreate: true, section: 'constraints', data: xml(`<rsc_location id="l-${name}" rsc="${rsc}" node="n" score="1"/>`) })),
    fc.constantFrom<CibChange>({ op: 'bump' }, { op: 'erase' }, { op: 'upgrade' }, { op: 'delete-all', xpath: '//rsc_location' }),
    id.map((name): CibChange => ({ op: 'modify', allowCreate: true, section: 'status', data: xml(`<node_state id="${name}" crmd="online"/>`) })),
  );

  it('keeps the document valid, never lowers its version, and changes nothing when it says so', () => {
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 20 }), (list) => {
        let here = CIB;
        for (const change of list) {
          const reply = applyRequest(here, { change });
          if (!reply.ok) continue;
          expect(compareCibVersions(versionOf(reply.cib), versionOf(here))).toBeGreaterThanOrEqual(reply.changed ? 1 : 0);
          if (!reply.changed) expect(reply.cib).toBe(here);
          expect(isValid(reply.cib, '4.0')).toBe(true);
          if (reply.changed) expect(sameXml(reply.cib, here)).toBe(false);
          here = reply.cib;
        }
      }),
      { numRuns: 200 },
    );
  });
});
