// SPDX-License-Identifier: GPL-2.0-or-later
/** Every rule has an example that shows it, a right form without it, and a page that is current. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fix, lint, rules, textRules } from '../../src/lint/index.ts';
import { catalogueAgents, indexPage, PAGES, ruleExamples, rulePage } from './rule-pages.ts';

const examples = ruleExamples();
const agents = catalogueAgents();

function codes(text: string, code: string, target: '2.1' | '3.0'): string[] {
  return lint(text, { agents, target, enable: new Set([code]) }).map((one) => one.code);
}

describe('the table of rules', () => {
  it('has an example for every rule and no rule twice', () => {
    const all = [...textRules, ...rules].map((one) => one.code).sort();
    expect(new Set(all).size).toBe(all.length);
    expect(examples.map((one) => one.code).sort()).toEqual(all);
  });

  it.each(examples)('reports the example of $code', ({ code, badText, target }) => {
    expect(codes(badText, code, target)).toContain(code);
  });

  it.each(examples)('is content with the right form of $code', ({ code, goodText, target }) => {
    expect(codes(goodText, code, target)).not.toContain(code);
  });

  it.each(examples)('has a current page for $code', (example) => {
    const file = join(PAGES, `${example.code}.md`);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(rulePage(example));
  });

  it('has a current index of pages', () => {
    expect(readFileSync(join(PAGES, 'README.md'), 'utf8')).toBe(indexPage());
  });
});

describe('repairing', () => {
  it.each(examples)('$code comes to an end', ({ badText, target }) => {
    const once = fix(badText, { agents, target });
    expect(fix(once, { agents, target })).toBe(once);
  });

  it('keeps what it does not repair, comments included', () => {
    const text = '# the shop\nnode 1: paris\n\nprimitive app Dummy \\\n\top monitor interval=10s timeout=20s\n# end\n';
    expect(fix(text, { agents }, (code) => code !== 'MET701')).toBe(text);
  });

  it('leaves decisions about fencing to people', () => {
    const text = 'node 1: paris\nproperty cib-bootstrap-options: stonith-enabled=false\n';
    expect(fix(text, { agents })).toContain('stonith-enabled=false');
  });

  it.each([
    ['property stonith_enabled=false', 'stonith_enabled=false'],
    ['rsc_defaults resource-stickiness=1 stonith-enabled=false', 'rsc_defaults resource-stickiness=1 stonith-enabled=false'],
    ['property startup_fencing=no', 'startup_fencing=no'],
  ])('brings no %s into force', (line, kept) => {
    expect(fix(`node 1: paris\n${line}\n`, { agents })).toContain(kept);
  });
});

describe('findings', () => {
  it('end where their words end, also where something behind them was healed away', () => {
    const text = 'node 1: paris\nproperty stonith-enabled=false # lab\n';
    const off = lint(text, { agents }).find((one) => one.code === 'FEN302')!;
    expect(text.slice(off.span.start, off.span.end)).toBe('stonith-enabled=false');
  });

  it('point into the text as it was written, also behind a healed place', () => {
    const text = 'primitive vip IPaddr2\\\n\tparams ip=192.0.2.300 op monitor interval=10s timeout=20s\n';
    const found = lint(text, { agents }).find((one) => one.code === 'AGT111')!;
    expect(text.slice(found.span.start, found.span.end)).toBe('ip=192.0.2.300');
  });

  it('can be accepted by code', () => {
    const text = 'primitive app Dummy\n';
    expect(lint(text, { agents }).map((one) => one.code)).toContain('OPS201');
    expect(lint(text, { agents, allow: new Set(['OPS201']) }).map((one) => one.code)).not.toContain('OPS201');
  });
});
