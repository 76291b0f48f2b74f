// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The conformance judge: `npm run -s conformance -- [SUITE DIR] [--only REGEX] [--group NAME] [--by-group] [--json FILE]
 * [--ratchet FILE] [--update-ratchet]`. Suites live in `suites/NAME.ts`, each exporting `suite`.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { ConformanceCase, Outcome, Suite } from './suite.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const SHOWN_CHARACTERS = 200;

interface Settings {
  readonly only: RegExp | undefined;
  readonly group: string | undefined;
}

interface Tally {
  readonly passed: string[];
  readonly failed: Outcome[];
  readonly skipped: string[];
  /** The same by the group of the case: a tool, a chapter. */
  readonly groups: Map<string, Count>;
}

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      group: { type: 'string' },
      'by-group': { type: 'boolean' },
      json: { type: 'string' },
      ratchet: { type: 'string' },
      'update-ratchet': { type: 'boolean' },
    },
  });
  const settings: Settings = { only: values.only === undefined ? undefined : new RegExp(values.only), group: values.group };
  const jobs = positionals.length >= 2 ? [{ name: positionals[0]!, dir: resolve(positionals[1]!) }] : suitesUnder(fixtures());
  const total: Tally = { passed: [], failed: [], skipped: [], groups: new Map() };
  for (const { name, dir } of jobs) {
    const tally = await judge(name, dir, settings, jobs.length === 1);
    if (jobs.length > 1) console.log(`${name} ${dir.split('/').pop()}: ${totals(tally)}`);
    if (values['by-group'] === true) tellGroups(tally);
    total.passed.push(...tally.passed.map((id) => `${name}/${id}`));
    total.failed.push(...tally.failed.map((outcome) => ({ ...outcome, id: `${name}/${outcome.id}` })));
    total.skipped.push(...tally.skipped.map((id) => `${name}/${id}`));
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ ...total, groups: undefined }, null, 1)}\n`);
  const verdict = values.ratchet === undefined ? (total.failed.length === 0 ? 0 : 1) : ratchet(values.ratchet, total, values['update-ratchet'] === true);
  console.log(totals(total));
  return verdict;
}

function fixtures(): string {
  return resolve(process.env['QUORATE_FIXTURES'] ?? join(HERE, '../../../shared/fixtures'));
}

/** Every suite with a folder under the fixtures; `scheduler` also judges the folders that share its layout. */
function suitesUnder(root: string): { name: string; dir: string }[] {
  if (!existsSync(root)) return [];
  const jobs: { name: string; dir: string }[] = [];
  for (const file of readdirSync(join(HERE, 'suites')).sort()) {
    if (!file.endsWith('.ts')) continue;
    const name = file.slice(0, -3);
    if (existsSync(join(root, name))) jobs.push({ name, dir: join(root, name) });
    if (name !== 'scheduler') continue;
    if (existsSync(join(root, 'scheduler-worked'))) jobs.push({ name, dir: join(root, 'scheduler-worked') });
    const random = join(root, 'scheduler-random');
    if (!existsSync(random)) continue;
    for (const level of readdirSync(random).sort()) {
      if (statSync(join(random, level)).isDirectory()) jobs.push({ name, dir: join(random, level) });
    }
  }
  return jobs;
}

async function judge(name: string, dir: string, settings: Settings, verbose: boolean): Promise<Tally> {
  const path = join(HERE, 'suites', `${name}.ts`);
  if (!existsSync(path)) throw new Error(`no suite called "${name}"`);
  const { suite } = (await import(path)) as { suite: Suite };
  const find = (relative: string): string | undefined =>
    [dir, dirname(dir), fixtures()].map((base) => join(base, relative)).find((candidate) => existsSync(candidate));
  const cases = (await suite.cases(dir, find)).filter((one) => wanted(one, settings));
  const listed = differences(name);
  const tally: Tally = { passed: [], failed: [], skipped: [], groups: new Map() };
  for (const one of cases) {
    const count = countOf(tally, one.group ?? '');
    for (const outcome of await attempt(one)) {
      if (outcome.difference === undefined) {
        tally.passed.push(outcome.id);
        count.passed += 1;
      } else if (listed.has(outcome.id)) {
        tally.skipped.push(outcome.id);
        count.skipped += 1;
      } else {
        tally.failed.push(outcome);
        count.failed += 1;
        const text = cases.length === 1 ? (outcome.full ?? outcome.difference) : outcome.difference.slice(0, SHOWN_CHARACTERS);
        if (verbose) console.log(`FAIL ${name}/${outcome.id}: ${text}`);
      }
    }
  }
  return tally;
}

function countOf({ groups }: Tally, group: string): Count {
  const count = groups.get(group) ?? { passed: 0, failed: 0, skipped: 0 };
  groups.set(group, count);
  return count;
}

function tellGroups({ groups }: Tally): void {
  for (const [group, { passed, failed, skipped }] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`  ${(group === '' ? '(no group)' : group).padEnd(32)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped`);
  }
}

function wanted(one: ConformanceCase, settings: Settings): boolean {
  if (settings.group !== undefined && one.group !== settings.group) return false;
  return settings.only === undefined || settings.only.test(one.id);
}

async function attempt(one: ConformanceCase): Promise<Outcome[]> {
  try {
    return await one.run();
  } catch (error) {
    const full = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return (one.outcomes ?? [one.id]).map((id) => ({ id, difference: `exception: ${full.split('\n')[0]}`, full }));
  }
}

/** Outcome ids of a suite that are kept different on purpose, each with its reason in differences.json. */
function differences(suite: string): ReadonlySet<string> {
  const list = JSON.parse(readFileSync(join(HERE, 'differences.json'), 'utf8')) as { suite: string; id: string }[];
  return new Set(list.filter((row) => row.suite === suite).map((row) => row.id));
}

/** Fails only when a listed case fails; with `update`, adds what passes now. The list may only grow. */
function ratchet(file: string, total: Tally, update: boolean): number {
  const listed = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line !== '') : [];
  const failed = new Set(total.failed.map((outcome) => outcome.id));
  const lost = listed.filter((id) => failed.has(id));
  for (const id of lost) console.log(`LOST ${id}`);
  if (update) {
    const grown = [...new Set([...listed, ...total.passed])].sort();
    writeFileSync(file, grown.map((id) => `${id}\n`).join(''));
  }
  return lost.length === 0 ? 0 : 1;
}

function totals(tally: Tally): string {
  return `${tally.passed.length} passed, ${tally.failed.length} failed, ${tally.skipped.length} skipped`;
}

process.exitCode = await main();
