// SPDX-License-Identifier: GPL-2.0-or-later
/** Scores, booleans, versions, digests and ids. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addScores, compareCibVersions, compareVersions, digestV1, digestV2, formatCibVersion, formatScore, INFINITY, operationDigest, parameterNames, parseBoolean, parseInteger, parseScore, sanitizeId, versionOf, withVersion } from '../../src/cib/index.ts';
import { aCib, xml } from './builders.ts';

const scores = fc.integer({ min: -2_000_000, max: 2_000_000 }).map((value) => Math.max(-INFINITY, Math.min(INFINITY, value)));

describe('a score', () => {
  it.each([
    ['INFINITY', INFINITY],
    ['+INFINITY', INFINITY],
    ['-INFINITY', -INFINITY],
    ['99999999999999999999', INFINITY],
    ['-2000000', -INFINITY],
    ['+5', 5],
    ['-0', 0],
    ['infinity', undefined],
    ['10abc', undefined],
    ['', undefined],
  ])('%j is %s', (text, score) => expect(parseScore(text)).toBe(score));

  it('added to -INFINITY is lost, and to INFINITY has no effect', () => {
    expect([addScores(INFINITY, -INFINITY), addScores(INFINITY, -5), addScores(999_999, 5), addScores(-3, 5)]).toEqual([-INFINITY, INFINITY, INFINITY, 2]);
  });

  it('comes back from its text and adds up in either order', () => {
    fc.assert(
      fc.property(scores, scores, (a, b) => {
        expect(parseScore(formatScore(a))).toBe(a + 0);
        expect(addScores(a, b)).toBe(addScores(b, a));
      }),
    );
  });
});

describe('other values', () => {
  it('are booleans in ten spellings', () => {
    expect(['true', 'ON', 'yes', 'Y', '1', 'false', 'off', 'NO', 'n', '0', 'maybe', ''].map(parseBoolean)).toEqual([true, true, true, true, true, false, false, false, false, false, undefined, undefined]);
  });

  it('are integers with a sign and blanks before them only', () => {
    expect([' 7', '-7', '+7', '7 ', '7.0', 'x'].map(parseInteger)).toEqual([7, -7, 7, undefined, undefined, undefined]);
  });

  it.each([
    ['1.0', '1', 0],
    ['1.10', '1.9', 1],
    ['1.2-rc1', '1.2', 0],
    ['x', 'x', 0],
    ['x', '0', 0],
    [' 2', '1.9.9', 1],
    ['1.1', '1.1.0.1', -1],
  ])('version %s against %s gives %s', (a, b, order) => expect(compareVersions(a, b)).toBe(order));

  it('become ids', () => expect(['#health-x', 'a:b c', '1a', 'ok', 'ü'].map(sanitizeId)).toEqual(['_.health-x', 'a.b.c', '_1a', 'ok', 'ü']));
});

describe('the version of a document', () => {
  it('is ordered by its three counters in turn', () => {
    const triples = fc.record({ adminEpoch: fc.nat(2), epoch: fc.nat(2), numUpdates: fc.nat(2) });
    fc.assert(
      fc.property(triples, triples, triples, (a, b, c) => {
        expect(Math.sign(compareCibVersions(a, b))).toBe(-Math.sign(compareCibVersions(b, a)) + 0);
        if (compareCibVersions(a, b) <= 0 && compareCibVersions(b, c) <= 0) expect(compareCibVersions(a, c)).toBeLessThanOrEqual(0);
        expect(versionOf(withVersion(aCib(), a))).toEqual(a);
      }),
    );
  });

  it('counts what is missing as 0', () => expect(formatCibVersion(versionOf(xml('<cib epoch="x"/>')))).toBe('0.0.0'));
});

describe('a digest', () => {
  it('is the one of the reference, in both formats', () => {
    const root = xml('<a b="c"/>');
    expect([digestV1(root), digestV2(root)]).toEqual(['394b78dff9c85c17bc3ef32eedbf4f96', '87694e84ecfae71b349dc98d52447ae3']);
  });

  it('of format 2 does not see who wrote', () => {
    const [plain, signed] = [xml('<cib><a x="1"/></cib>'), xml('<cib update-user="u" cib-last-written="t" update-client="c" update-origin="o"><a x="1" crm-debug-origin="d"/></cib>')];
    expect(digestV2(signed)).toBe(digestV2(plain));
    expect(digestV1(signed)).not.toBe(digestV1(plain));
  });

  it('of an operation without parameters is well known', () => {
    const nothing: [string, string][] = [['CRM_meta_timeout', '20000'], ['id', 'x'], ['on_node', 'n'], ['crm_feature_set', '3.0']];
    expect(operationDigest(nothing, { isRecurring: false })).toBe('f2317cad3d54cec5d7d7aa7d0bf35cf8');
    expect(operationDigest(nothing, { isRecurring: true })).not.toBe('f2317cad3d54cec5d7d7aa7d0bf35cf8');
  });

  it('of an operation is independent of the order and can leave names out', () => {
    const parameters: [string, string][] = [['b', '2'], ['a', '1'], ['password', 'secret']];
    const digest = operationDigest(parameters, { isRecurring: false });
    expect(operationDigest([...parameters].reverse(), { isRecurring: false })).toBe(digest);
    expect(operationDigest(parameters, { isRecurring: false, without: parameterNames(' password ') })).toBe(operationDigest(parameters.slice(0, 2), { isRecurring: false }));
    expect(operationDigest(parameters, { isRecurring: false, only: parameterNames(' a b ') })).toBe(operationDigest(parameters.slice(0, 2), { isRecurring: false }));
  });
});
