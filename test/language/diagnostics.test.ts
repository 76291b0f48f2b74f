// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { diagnosticCatalogue, parse, renderDiagnostics } from '../../src/language/index.ts';

/** Text with the place of the diagnostic between arrows, its code, and what was probably meant. */
const CASES: readonly (readonly [string, string, string | undefined])[] = [
  ['\u2192primitve\u2190 r1 Dummy', 'unknown-statement', 'primitive'],
  ['primitive r1 Dummy \u2192parms\u2190 x=1', 'valueless-parameter', 'params'],
  ['primitive r1 Dummy params \u2192ip="1.2.3.4"\\\n  op\u2190 monitor', 'glued-continuation', 'ip="1.2.3.4" op'],
  ['primitive r1 Dummy state=\u2192"x\u2190', 'unterminated-quote', undefined],
  ['primitive r1 Dummy state="x\u2192\u0001\u2190y"', 'invalid-character', undefined],
  ['# a\u2192\uffff\u2190', 'invalid-character', undefined],
  ['primitive \u21921r\u2190 Dummy', 'invalid-id', undefined],
  ['colocation c inf: m:\u2192Promotd\u2190 p', 'invalid-role', 'Promoted'],
  ['order o "m:\u2192\u2190strat" p', 'invalid-action', 'start'],
  ['order o \u2192Mandatry:\u2190 a b', 'invalid-kind', 'Mandatory'],
  ['order o \u2192score=none:\u2190 a b', 'invalid-kind', undefined],
  ['colocation c \u2192score=x:\u2190 a b', 'invalid-value', undefined],
  ['rsc_ticket c \u2192score=5:\u2190 a', 'invalid-value', undefined],
  ['location l a rule a eq \u2192{x}\u2190', 'invalid-value', undefined],
  ['location l p rule 1: a eq 1 and b eq 2 \u2192or\u2190 c eq 3', 'mixed-operators', undefined],
  ['\u2192# a -- b\u2190', 'comment-dashes', undefined],
  ['role r read \u2192bogus:x\u2190', 'invalid-acl-target', undefined],
  ['role r read \u2192xpath="//x"\u2190', 'invalid-acl-target', 'xpath://x'],
  ['location l p rule 10: \u2192$role=master\u2190 a eq b', 'unexpected-word', undefined],
  ['group g \u2192\u2190', 'unexpected-end', undefined],
  ['group g a \u2192a\u2190', 'duplicate-member', undefined],
  ['property\u2192\u2190', 'unexpected-end', undefined],
  ['primitive r Dummy \u2192ocf:heartbeat:Dummy\u2190', 'unexpected-word', undefined],
  ['primitive r Dummy \u2192=\u2190 x', 'unexpected-word', undefined],
  ['primitive r Dummy params \u2192ip = 1.2.3.4\u2190 nic=eth0', 'unexpected-word', 'ip=1.2.3.4'],
  ['primitive r Dummy op monitor \u2192timeout =20s\u2190', 'unexpected-word', 'timeout=20s'],
  ['primitive r Dummy params ip= \u21921.2.3.4\u2190', 'valueless-parameter', 'ip=1.2.3.4'],
  ['clone c a meta \u2192clone-max\u2190 2', 'valueless-parameter', 'clone-max=2'],
  ['property \u2192stonith-enabled\u2190 false', 'valueless-parameter', 'stonith-enabled=false'],
  ['colocation c \u2192inf\u2190 a b', 'unexpected-word', 'inf:'],
  ['location l a \u2192-inf\u2190 n1', 'unexpected-word', '-inf:'],
  ['location l a rule #uname \u2192==\u2190 n1', 'unexpected-word', 'eq'],
  ['location l a rule a eq 1 \u2192&&\u2190 b eq 2', 'unexpected-word', 'and'],
  ['group g \u2192a,b\u2190', 'unexpected-word', 'a b'],
  ['order o \u2192a,\u2190 b', 'unexpected-word', 'a'],
  ['location l p rule date spec \u2192days=1\u2190', 'invalid-value', undefined],
  ['location l a 10: n1 \u2192lifetime\u2190 date lt 2030-01-01', 'unexpected-word', 'lifetime rule'],
  ['rsc_ticket t T: a lifetime \u2192rule defined x\u2190', 'unexpected-word', undefined],
  ['order o a b \u2192require-all=false\u2190', 'set-option', undefined],
  ['order o a b \u2192$require-all=maybe\u2190', 'invalid-boolean', undefined],
  ['colocation c inf: a b \u2192$require-all=false\u2190', 'invalid-option', undefined],
  ['colocation c inf: ( $id-ref=\u2192s\u2190 )', 'invalid-value', undefined],
  ['colocation c inf: $id=x $id-ref=\u2192s\u2190', 'invalid-value', undefined],
  ['colocation c inf: a $id-ref=s \u2192sequential=false\u2190', 'invalid-option', undefined],
  ['location l a rule 1: defined x and \u2192$id=z ( $id-ref=r )\u2190', 'invalid-value', undefined],
  ['location l a rule 1: \u2192($id-ref=r)\u2190', 'unexpected-word', undefined],
  ['location l a rule \u2192date in start=2030-01-01\u2190', 'unexpected-end', undefined],
  ['location l a rule \u2192date in start=none end=none\u2190', 'invalid-value', undefined],
  ['location l a rule x eq \u2192none{y}\u2190', 'invalid-value', undefined],
  ['node n \u2192score=none:\u2190 a=1', 'invalid-value', undefined],
  ['acl_target \u2192bob\u2190', 'no-role', undefined],
  ['acl_target bob \u2192r,s\u2190', 'unexpected-word', 'r s'],
  ['acl_target bob \u2192role:r\u2190', 'unexpected-word', 'r'],
  ['order o a b lifetime rule defined x \u2192lifetime\u2190 rule defined y', 'unexpected-word', undefined],
  ['order o \u2192$require-all=false\u2190 a b', 'unexpected-word', undefined],
  ['order o a b symmetrical=false \u2192require-all=false\u2190', 'unexpected-word', undefined],
  ['acl_target bob \u2192nam=x\u2190 r', 'invalid-option', 'name'],
  ['acl_group g name=x \u2192name=y\u2190 r', 'unexpected-word', undefined],
  ['role r \u2192none\u2190 read xpath:/cib', 'unexpected-word', undefined],
  ['role r \u2192\u2190', 'unexpected-end', undefined],
  ['bundle b docker image=x \u2192netwrk\u2190', 'unexpected-word', 'network'],
];

describe('diagnostics', () => {
  it.each(CASES)('%j gets %s', (marked, code, suggestion) => {
    const text = marked.replace(/[\u2192\u2190]/g, '');
    const found = parse(text, { file: 'a.crm' }).diagnostics.find((one) => one.code === code);
    expect(found).toBeDefined();
    expect(found?.suggestion).toBe(suggestion);
    if (!marked.includes('\u2192\u2190')) expect(text.slice(found!.span.start, found!.span.end)).toBe(marked.slice(marked.indexOf('\u2192') + 1, marked.indexOf('\u2190')));
  });

  it('come all in one run, in the order of the text', () => {
    const { diagnostics, statements } = parse('primitive r1 Dummy\ngroup\nclone x\nbogus y\n');
    expect(diagnostics.map((one) => one.code)).toEqual(['unexpected-end', 'unexpected-end', 'unknown-statement']);
    expect(statements).toHaveLength(1);
  });

  it('of a quote that stays open as the first word of a line leave the next line alone', () => {
    const { statements, unread } = parse('"abc\nprimitive x Dummy\nprimitive y "Dummy\nprimitive z Dummy\n');
    expect(statements.map(({ statement }) => 'id' in statement && statement.id?.text)).toEqual(['x', 'z']);
    expect(unread).toEqual(['"abc', 'primitive', 'y', '"Dummy']);
  });

  it('show the line, a caret and the repair', () => {
    const text = 'node n1\nprimitive r1 Dummy parms ip=1\n';
    expect(renderDiagnostics(parse(text, { file: 'web.crm' }).diagnostics, text)).toBe(
      ['WARNING: web.crm:2:20: "parms" is taken as a parameter without value', '  2 | primitive r1 Dummy parms ip=1', '    |                    ^^^^^', '  did you mean "params"?'].join('\n'),
    );
  });

  it('show control characters as pictures, which a terminal does not obey', () => {
    const text = 'primitive r Dummy x="\u001b[31m" y';
    expect(renderDiagnostics(parse(text, { file: 'f' }).diagnostics, text)).toContain('  1 | primitive r Dummy x="\u241b[31m" y\n    |                      ^\n');
  });

  it('have codes that no two entries share', () => {
    const codes = diagnosticCatalogue().map((one) => one.code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe('pasted text', () => {
  it('may hold no-break spaces between words', () => {
    expect(parse('property\u00a0no-quorum-policy=ignore\u00a0\u00a0').diagnostics).toEqual([]);
  });

  it('may be garbage: it is refused with a place, not with an exception', () => {
    const garbage = Array.from({ length: 300 }, (_, i) => String.fromCharCode(33 + ((i * 7919) % 60000))).join('');
    const { diagnostics } = parse(`node n1\n${garbage}\n`, { file: 'x' });
    expect(diagnostics[0]?.span.start).toBeGreaterThanOrEqual(8);
  });
});
