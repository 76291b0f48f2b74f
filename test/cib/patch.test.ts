// SPDX-License-Identifier: GPL-2.0-or-later
/** Patches: what a difference says, applied to the old document, is the new one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatch, applyPatchVersion1, diffCib, diffCibVersion1, renderPatch, sameXml, writeXml, XmlElement, type PatchResult } from '../../src/cib/index.ts';
import { aDocument, anyDocument, xml } from './builders.ts';

const RUNS = { numRuns: 300 };

describe('a patch of format 2', () => {
  it('leads from the old document to the new one', () => {
    fc.assert(
      fc.property(aDocument(true), aDocument(true), fc.boolean(), (old, now, withDigest) => {
        const patch = diffCib(old, now, { withDigest });
        expect(result(patch === undefined ? { ok: true, cib: old } : applyPatch(old, patch))).toBe(text(now));
      }),
      RUNS,
    );
  });

  it('does so for siblings that cannot be told apart', () => {
    fc.assert(
      fc.property(anyDocument, anyDocument, (old, now) => {
        const patch = diffCib(old, now);
        expect(result(patch === undefined ? { ok: true, cib: old } : applyPatch(old, patch))).toBe(text(now));
      }),
      RUNS,
    );
  });

  it('survives writing and reading', () => {
    fc.assert(
      fc.property(aDocument(true), aDocument(true), (old, now) => {
        const patch = diffCib(old, now);
        if (patch !== undefined) expect(sameXml(xml(writeXml(patch, { indent: 2 })), patch)).toBe(true);
      }),
    );
  });

  it('is undefined exactly when nothing differs', () => {
    fc.assert(fc.property(aDocument(true), aDocument(true), (old, now) => (diffCib(old, now) === undefined) === sameXml(old, now)), RUNS);
    fc.assert(fc.property(aDocument(true), (old) => diffCib(old, xml(writeXml(old))) === undefined));
  });

  it.each([
    ['<a><b id="1"/><b id="2"/><b id="3"/></a>', '<a><b id="3"/><b id="1"/><b id="2"/></a>', ["move /a/b[@id='3'] 0", "move /a/b[@id='1'] 1"]],
    ['<a><b id="1"/><b id="2"/></a>', '<a><b id="0"/><b id="1"/><b id="2"/></a>', ['create /a 0']],
    ['<a><b id="1"/><b id="2"/></a>', '<a><b id="2"/></a>', ["delete /a/b[@id='1']"]],
    ['<a x="1" y="2"/>', '<a y="2" z="3"/>', ['modify /a']],
    ['<a><!--1--><b id="1"/><!--2--></a>', '<a><b id="1"/></a>', ['delete /a/comment 0', 'delete /a/comment 1']],
  ])('from %s to %s says %j', (old, now, changes) => {
    const patch = diffCib(xml(old), xml(now), { withoutVersion: true })!;
    expect(patch.elements('change').map((change) => [change.get('operation'), change.get('path'), change.get('position')].filter((word) => word !== undefined).join(' '))).toEqual(changes);
  });

  it('is refused where it does not fit', () => {
    const [old, now] = [xml('<cib admin_epoch="0" epoch="1" num_updates="0"><a id="x"/></cib>'), xml('<cib admin_epoch="0" epoch="2" num_updates="0"><a id="x" v="1"/></cib>')];
    const patch = diffCib(old, now, { withDigest: true })!;
    expect(problem(applyPatch(now, patch))).toBe('new');
    expect(problem(applyPatch(old.with('epoch', '0'), patch))).toBe('old');
    expect(problem(applyPatch(old.withChildren([]), patch))).toBe('misfit');
    expect(problem(applyPatch(old.with('validate-with', 'none').withChildren(xml('<x><a id="x" w="2"/><b/></x>').children), patch))).toBe('digest');
    expect(problem(applyPatch(old, xml('<diff/>')))).toBe('format');
    expect(problem(applyPatch(old, xml('<diff format="2"><change operation="move" path="/cib/a[@id=\'x\']" position="7"/></diff>')))).toBe('misfit');
  });

  it('is told to people in lines', () => {
    const old = xml('<cib admin_epoch="0" epoch="1" num_updates="0" dc-uuid="1"><configuration><tags/><resources><b id="1"/><b id="2"/></resources></configuration></cib>');
    const now = xml('<cib admin_epoch="0" epoch="2" num_updates="0"><configuration><resources><g id="3"><b id="4"/></g><b id="2" v="&lt;"/><b id="1"/></resources></configuration></cib>');
    expect(renderPatch(diffCib(old, now)!)).toEqual([
      'Diff: --- 0.1.0 2',
      'Diff: +++ 0.2.0 (no digest)',
      '-- /cib/configuration/tags',
      '+  /cib:  @epoch=2',
      '-- /cib:  @dc-uuid',
      '++ /cib/configuration/resources:  <g id="3">',
      '++                                  <b id="4"/>',
      '++                                </g>',
      "+  /cib/configuration/resources/b[@id='2']:  @v=&lt;",
      "+~ /cib/configuration/resources/b[@id='2'] moved to offset 1",
      "+~ /cib/configuration/resources/b[@id='1'] moved to offset 2",
    ]);
  });
});

describe('a patch of format 1', () => {
  it('leads from the old document to the new one', () => {
    fc.assert(
      fc.property(aDocument(false), aDocument(false), (old, now) => {
        const patch = diffCibVersion1(old, now);
        expect(result(patch === undefined ? { ok: true, cib: old } : applyPatchVersion1(old, patch))).toBe(text(now));
      }),
      RUNS,
    );
  });

  it('is refused for another version', () => {
    const [old, now] = [xml('<cib admin_epoch="0" epoch="1" num_updates="0"/>'), xml('<cib admin_epoch="0" epoch="2" num_updates="0"/>')];
    expect(problem(applyPatchVersion1(now, diffCibVersion1(old, now)!))).toBe('new');
    expect(problem(applyPatchVersion1(old, xml('<diff/>')))).toBe('format');
  });
});

function problem(reply: PatchResult): string {
  return reply.ok ? 'applied' : reply.problem;
}

function result(reply: PatchResult): string {
  return reply.ok ? text(reply.cib) : `${reply.problem}: ${reply.message}`;
}

/** The document with attributes in alphabetical order, because only a patch with a digest keeps theirs. */
function text(root: XmlElement): string {
  const sorted = (here: XmlElement): XmlElement =>
    new XmlElement(here.name, [...here.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).flat(), here.children.map((child) => (child.kind === 'element' ? sorted(child) : child)));
  return writeXml(sorted(root), { indent: 1 });
}
