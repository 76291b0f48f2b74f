// SPDX-License-Identifier: GPL-2.0-or-later
/** Formatting: twice is once, the configuration stays the same, for recorded and for generated texts. */
import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { aShell } from '../shell/a-shell.ts';

const FIXTURES = process.env['QUORATE_FIXTURES'] ?? join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'shared', 'fixtures');

interface NamedText {
  readonly name: string;
  readonly text: string;
}

interface Formatted {
  readonly code: number;
  readonly err: string;
  readonly text: string;
}

async function format(text: string, ...options: string[]): Promise<Formatted> {
  const shell = aShell({ files: { '/work/a.crm': text } });
  const { code, err } = await shell.run('configure', 'fmt', ...options, 'a.crm');
  return { code, err, text: shell.files.get('/work/a.crm')! };
}

/** A complaint, or undefined: what cannot be read is refused and left alone, all else is rewritten once and for all. */
async function plainProblem({ name, text }: NamedText): Promise<string | undefined> {
  const once = await format(text);
  if (once.code === 2) return once.text === text && !once.err.includes('the configuration differs') ? undefined : `${name}: ${once.err}`;
  if (once.text !== text && !once.err.endsWith('; the configuration is the same\n')) return `${name}: ${once.err}`;
  const twice = await format(once.text);
  return twice.code === 0 && twice.text === once.text && twice.err === '' ? undefined : `${name}: twice is not once: ${twice.err}`;
}

async function modernProblem({ name, text }: NamedText): Promise<string | undefined> {
  const once = await format(text, '--modernize');
  if (once.code === 2) return once.text === text ? undefined : `${name}: changed though refused`;
  const says = /; the configuration (?:is the same|differs: \S.*)\n$/.test(once.err);
  if (once.text !== text && !says) return `${name}: no proof: ${once.err}`;
  const twice = await format(once.text, '--modernize');
  return twice.code === 0 && twice.text === once.text ? undefined : `${name}: twice is not once: ${twice.err}`;
}

async function problems(texts: readonly NamedText[], check: (one: NamedText) => Promise<string | undefined>): Promise<string[]> {
  const all: string[] = [];
  for (const one of texts) {
    const problem = await check(one);
    if (problem !== undefined) all.push(problem);
  }
  return all;
}

function collected(): NamedText[] {
  const folder = join(FIXTURES, 'real-world');
  return readdirSync(folder).filter((name) => name.endsWith('.crm')).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

function lintTexts(): NamedText[] {
  const { cases, clean } = JSON.parse(readFileSync(join(FIXTURES, 'lint', 'cases.json'), 'utf8')) as Record<'cases' | 'clean', readonly { id: string; crm: string }[]>;
  return [...cases, ...clean].map(({ id, crm }) => ({ name: id, text: crm }));
}

function statements(): NamedText[] {
  const folder = join(FIXTURES, 'configure');
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.flatMap((file) => {
    const cases: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    return Array.isArray(cases) ? (cases as { id?: string; cli?: unknown }[]).flatMap(({ id, cli }) => (typeof cli === 'string' ? [{ name: id ?? file, text: `${cli}\n` }] : [])) : [];
  });
}

const SETS: readonly (readonly [string, () => NamedText[]])[] = [['real-world', collected], ['lint', lintTexts], ['configure', statements]];

describe.each(SETS)('recorded texts of %s', (name, texts) => {
  const isThere = existsSync(join(FIXTURES, name));

  it.skipIf(!isThere)('are formatted once and for all, with the same configuration', async () => {
    expect(texts().length).toBeGreaterThan(0);
    expect(await problems(texts(), plainProblem)).toEqual([]);
  }, 120_000);

  it.skipIf(!isThere)('are modernised once and for all, with a word about what changes', async () => {
    expect(await problems(texts(), modernProblem)).toEqual([]);
  }, 120_000);
});

const value = fc.constantFrom('1', '10s', 'a-b', '"two words"', 'x=y', '/dev/sdb', '"it\'s"', '#uname');
const pairs = fc.uniqueArray(fc.tuple(fc.constantFrom('ip', 'state', 'fake', 'target-role', 'priority'), value), { maxLength: 3, selector: ([name]) => name }).map((all) => all.map(([name, text]) => `${name}=${text}`));
const gap = fc.constantFrom(' ', '  ', '\t', ' \\\n\t', ' \\\n  ');
const section = fc.tuple(fc.constantFrom('params', 'meta', 'utilization'), pairs).map(([keyword, all]) => (all.length === 0 ? [] : [keyword, ...all]));
const operation = fc.tuple(fc.constantFrom('monitor', 'start', 'stop'), fc.integer({ min: 1, max: 90 })).map(([name, seconds]) => ['op', name, `interval=${name === 'monitor' ? seconds : 0}s`, `timeout=${seconds}s`]);
const primitive = fc.tuple(fc.array(section, { maxLength: 2 }), fc.uniqueArray(operation, { maxLength: 2, selector: (words) => words[1] })).map(([sets, operations]) => ['Dummy', ...sets.flat(), ...operations.flat()]);

/** Texts of some primitives, what is built on them, comments and empty lines, with blanks anywhere. */
const document = fc.array(fc.tuple(primitive, gap, fc.constantFrom('', '\n', '# a note\n', 'group', 'clone', 'ms', 'location')), { minLength: 1, maxLength: 6 }).map((all) =>
  all.map(([words, blank, more], i) => {
    const line = `primitive${blank}r${i}${blank}${words.join(blank)}\n`;
    if (more === 'location') return `${line}location${blank}l${i}${blank}r${i}${blank}${i}00:${blank}node1\n`;
    if (more === 'group' || more === 'clone' || more === 'ms') return `${line}${more}${blank}m${i}${blank}r${i}\n`;
    return `${more}${line}`;
  }).join(''),
);

describe('generated texts', () => {
  it('are formatted once and for all, with the same configuration', async () => {
    await fc.assert(fc.asyncProperty(document, async (text) => {
        expect(await plainProblem({ name: text, text })).toBeUndefined();
      }), { numRuns: 60 });
  }, 60_000);

  it('are modernised without a change of the configuration', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (text) => {
        const { err } = await format(text, '--modernize');
        expect(err).not.toContain('differs');
        expect(await modernProblem({ name: text, text })).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('are never refused', async () => {
    await fc.assert(fc.asyncProperty(document, async (text) => {
        expect((await format(text)).code).toBe(0);
      }), { numRuns: 40 });
  }, 60_000);
});
