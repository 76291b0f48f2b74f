// SPDX-License-Identifier: GPL-2.0-or-later
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Lexer } from 'chevrotain';
import { describe, expect, it, vi } from 'vitest';
import { generated } from '../../grammar/generate.ts';
import { expectedNext, makeParser, parseLine, sectionWords, statementWords, tokenize } from '../../grammar/index.ts';
import { lexerDefinition } from '../../grammar/tokens.ts';
import { decodeWord } from '../../grammar/word.ts';

describe('the grammar', () => {
  it('is sound: no ambiguity, no left recursion, no unreachable token', () => {
    expect(() => makeParser(false)).not.toThrow();
    expect(new Lexer(lexerDefinition, { positionTracking: 'onlyOffset' }).lexerDefinitionErrors).toEqual([]);
  });

  it('knows with which characters each word may begin', () => {
    // Without the shortcut over first characters every pattern is tried; a forgotten first character would show as a difference.
    const [quick, slow] = [false, true].map((safeMode) => new Lexer(lexerDefinition, { positionTracking: 'onlyOffset', safeMode }));
    const words = keywordsOfTheLanguage().flatMap((word) => [word, word.toUpperCase(), `"${word}x"`, `'${word}y'`]);
    for (const head of ['primitive x', 'location x', 'order x', 'bundle x', 'alert x', 'role x', 'fencing_topology', 'xml', 'location x {', 'clone x', 'collocation x', 'monitor x']) {
      const text = words.map((word) => `${head} ${word}\n${word} x\n`).join('');
      const [found, expected] = [quick!, slow!].map((lexer) => lexer.tokenize(text).tokens.map((one) => `${one.tokenType.name} ${one.image}`));
      expect(found).toEqual(expected);
    }
  });

  it.each([...generated().keys()])('has an up-to-date %s', (name) => {
    const file = join(dirname(fileURLToPath(import.meta.url)), '../../grammar/generated', name);
    expect(readFileSync(file, 'utf8')).toBe(generated().get(name));
  });
});

describe('a text', () => {
  it('can be read after the words that may follow in a line were asked for, before anything else', async () => {
    // The parser is made by whoever comes first: here by a completion, as at a prompt.
    vi.resetModules();
    const fresh = await import('../../grammar/index.ts');
    expect(fresh.expectedNext('primitive a Dummy')).toContain('params');
    expect(fresh.parseLine([...fresh.tokenize('primitive a Dummy')].flat()).statement?.kind).toBe('primitive');
  });

  it('tells what may follow a lifetime, which only its rule makes one', () => {
    expect(expectedNext('location l a 10: n1')).toContain('lifetime');
    expect(expectedNext('colocation c inf: a b lifetime')).toEqual(['rule']);
    const kinds = (text: string): string[] => [...tokenize(text)].flat().map((token) => token.tokenType.name);
    expect(kinds('order o a lifetime')).not.toContain('Lifetime');
    expect(kinds('order o a "lifetime" rule')).not.toContain('Lifetime');
    expect(kinds('order o a b lifetime \\\n\trule defined x')).toContain('Lifetime');
  });

  it('of many parts has the tokens, and their places, that it has in one part', () => {
    const lines = [
      'primitive p1 ocf:pacemaker:Dummy \\\n  params a="b c" \\ \t\n  op monitor interval=10s', '# a comment that ends in a backslash \\', 'group g p1', '', 'order o1 [ a b ] c',
      "location l1 'p\\\n1' inf: \u{1F600}", 'xml <primitive id="a"/>', 'nothing "open', 'tag t a',
    ];
    const text = Array.from({ length: 400 }, (_, i) => lines[(i * 7) % lines.length]).join('\n');
    const whole = new Lexer(lexerDefinition, { positionTracking: 'onlyOffset' }).tokenize(text).tokens;
    const parts = [...tokenize(text)];
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flat().map((one) => [one.tokenType.name, one.image, one.startOffset])).toEqual(whole.map((one) => [one.tokenType.name, one.image, one.startOffset]));
  });

  it.each(['bundle', 'alert', 'acl_target', 'user', 'ROLE', 'Location', '"order"', 'xml', 'fencing-topology'])('that begins with %s is cut by the words of that statement', (keyword) => {
    const names = (tokens: readonly { tokenType: { name: string }; image: string }[]) => tokens.map((one) => `${one.tokenType.name} ${one.image}`);
    const text = `${keyword} x { a=b c: read id=q @r ( docker params to index=1 lt <x/>`;
    expect(names([...tokenize(text)].flat())).toEqual(names(new Lexer(lexerDefinition, { positionTracking: 'onlyOffset' }).tokenize(text).tokens));
  });
});

describe('words', () => {
  it.each(['"', "'"])('with a quote %s that is not closed before many continued lines are refused at once', (quote) => {
    const lines = `a=${quote}x ${'\\\\\\\\ \n   y '.repeat(200)}`;
    const start = process.cpuUsage();
    expect([...tokenize(`primitive r Dummy ${lines}`)].flat()).not.toEqual([]);
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
  });

  it.each([
    ['"a b"', 'a b'],
    ["'a b'", 'a b'],
    [`'it'"'"'s'`, "it's"],
    ['a\\ b', 'a b'],
    ['"bo\\"o"', 'bo"o'],
    ['"back\\\\slash"', 'back\\slash'],
    ['"back\\slash"', 'back\\slash'],
    ['one\\\n  two', 'onetwo'],
    ['\u201dtrue\u201d', 'true'],
    ['name=\u201dMyVM1\u201d', 'name=MyVM1'],
    ['5\u201ddisk', '5\u201ddisk'],
  ])('%j mean %j', (written, meant) => {
    expect(decodeWord(written)).toBe(meant);
  });

  it.each([
    ['primitive op Dummy', 'primitive'],
    ['primitive r1 Dummy params "meta"', 'primitive'],
    ['group g op utilization', 'group'],
    ['location l1 { p1 (p2 p3) } inf: n1', 'location'],
    ['ORDER o [a b] c SYMMETRICAL=true', 'order'],
    ['rsc_defaults rule rsc_expression ocf:*:IPaddr2 and ( date gt 2020-01-01 or #uname eq n1 ) x=1', 'rsc_defaults'],
    ['xml <primitive id="a"/>', 'xml'],
    ['alert a /x select attributes { a } to { y meta z=1 }', 'alert'],
  ])('%j is one statement of kind %s', (line, kind) => {
    expect(parseLine([...tokenize(line)].flat()).statement?.kind).toBe(kind);
  });
});

/** Every fixed word, and words that begin with one. */
function keywordsOfTheLanguage(): string[] {
  const rules = ['and', 'or', 'lt', 'gt', 'lte', 'gte', 'eq', 'ne', 'defined', 'not_defined', 'in', 'in_range', 'spec', 'date_spec', 'date', 'rsc_expression', 'op_expression'];
  const types = rules.flatMap((word) => ['string', 'integer', 'number', 'version'].map((type) => `${type}:${word}`));
  const names = ['id', '$id', '$id-ref', '$role', 'role', 'description', 'start', 'end', 'seconds', 'minutes', 'hours', 'monthdays', 'weekdays', 'yearsdays', 'yeardays', 'days', 'months', 'weeks', 'years', 'weekyears', 'moon'];
  const options = ['sequential', 'require-all', 'ordering', 'action', 'score', 'kind', 'index', 'attr:site'];
  const others = ['@ref', 'pattern:a.*', 'read', 'write', 'deny', 'nodes', 'fencing', 'resources', 'select', 'to', '_rsc_set_', '(', ')', '[', ']', '{', '}', '#x', 'label:'];
  return [...rules, ...types, ...[...names, ...options].map((name) => `${name}=v`), ...others, ...sectionWords(), ...statementWords()];
}
