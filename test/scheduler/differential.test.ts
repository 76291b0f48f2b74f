// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { hasPeer } from '../tools/simulate-differential.ts';
import { FAMILIES } from './differential/families.ts';
import { KNOWN } from './differential/known.ts';
import { differenceOf } from './differential/outputs.ts';
import { randomCluster } from './random/index.ts';

const CASES = 25;
const FAMILY_CASES = 10;

describe.skipIf(!hasPeer())('beside an installed crm_simulate 2.1.5', () => {
  it('random clusters get the same scores, graph and summary, known changes of the release aside', { timeout: 300_000 }, async () => {
    for (let number = 0; number < CASES; number++) {
      const { xml } = randomCluster(50_000 + number, { probability: 0.06, size: 4 });
      const found = await differenceOf(xml);
      if (found === undefined || typeof found === 'string' || KNOWN.some((known) => known.explains(found, xml))) continue;
      expect(found, `case ${number}`).toBeUndefined();
    }
  });

  it.each(Object.keys(FAMILIES))('so do cases of the family %s', { timeout: 300_000 }, async (family) => {
    for (let number = 0; number < FAMILY_CASES; number++) {
      const { cib, args = [] } = FAMILIES[family]!(number);
      const found = await differenceOf(cib, args);
      if (found === undefined || typeof found === 'string' || KNOWN.some((known) => known.explains(found, cib))) continue;
      expect(found, `case ${number}`).toBeUndefined();
    }
  });
});
