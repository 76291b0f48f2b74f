// SPDX-License-Identifier: GPL-2.0-or-later
/** The same edits give the same configuration as with crmsh, where it is installed. */
import { describe, expect, it } from 'vitest';
import { compareEdits, isPeerInstalled } from './edits/run.ts';

describe.skipIf(!isPeerInstalled())('random edits (with crmsh 4.4 installed)', () => {
  it('give what crmsh makes of them, but for the differences that were judged', async () => {
    const { steps, differences } = await compareEdits(6, 11);
    expect(steps).toBeGreaterThan(25);
    expect(differences.filter((one) => one.verdict === undefined)).toEqual([]);
  }, 120_000);
});
