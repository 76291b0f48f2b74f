// SPDX-License-Identifier: GPL-2.0-or-later
/** What a person would say of collected configurations, read once and kept; skipped where they are not at hand. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fix, lint } from '../../src/lint/index.ts';
import { catalogueAgents } from './rule-pages.ts';
import { findingsText, hasTexts, realWorldTexts, SNAPSHOT } from './real-world.ts';

describe.skipIf(!hasTexts())('collected configurations', () => {
  it('get the findings that were read and agreed with', () => {
    expect(findingsText()).toBe(readFileSync(SNAPSHOT, 'utf8'));
  });

  it('are repaired to an end, without a finding that was not there before', () => {
    const agents = catalogueAgents();
    for (const { name, text } of realWorldTexts()) {
      const fixed = fix(text, { agents });
      expect(fix(fixed, { agents }), name).toBe(fixed);
      const before = new Set(lint(text, { agents }).map((one) => one.code));
      const begotten = lint(fixed, { agents }).filter((one) => one.repair !== undefined && !before.has(one.code));
      expect(begotten.map((one) => `${name} ${one.code} ${one.message}`)).toEqual([]);
    }
  });
});
