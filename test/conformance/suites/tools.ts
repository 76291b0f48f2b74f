// SPDX-License-Identifier: GPL-2.0-or-later
/** The `tools` suite: a command line, a frozen clock and a CIB; judged are exit code, both streams and what is on disk afterwards. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { helpText, optionTables, tools } from '../../../src/tools/index.ts';
import { runTool, type ToolWorld } from '../../tools/world.ts';
import { firstDifference, type ConformanceCase, type Outcome, type Suite } from '../suite.ts';

interface Recorded {
  readonly id: string;
  readonly tool: string;
  readonly argv?: readonly string[];
  readonly shell?: string;
  readonly env: Readonly<Record<string, string>>;
  readonly now: string;
  readonly stdin?: string;
  readonly cibPath: string | null;
  readonly cibBefore: string | null;
  readonly files?: Readonly<Record<string, string>>;
  readonly expect: {
    readonly rc: number;
    readonly stdout: string;
    readonly stderr: string;
    readonly cibAfter: string | null;
    readonly cibDeleted?: boolean;
    readonly filesAfter?: Readonly<Record<string, string | null>>;
  };
}

const SCRATCH = '/scratch';
const DATA = '/data';

export const suite: Suite = {
  name: 'tools',
  cases(dir) {
    const files = readdirSync(join(dir, 'cases')).filter((name) => name.endsWith('.json'));
    return files.sort().flatMap((file) => {
      const list = JSON.parse(readFileSync(join(dir, 'cases', file), 'utf8')) as Recorded[];
      return list.map((one): ConformanceCase => ({ id: `${basename(file, '.json')}/${one.id}`, group: one.tool, run: () => judge(one, dir, `${one.tool}/${one.id}`) }));
    });
  },
};

async function judge(one: Recorded, dir: string, id: string): Promise<Outcome[]> {
  const content = (ref: string): string => readFileSync(join(dir, 'cib', `${ref}.xml`), 'utf8');
  const fill = (text: string): string => text.replaceAll('{DIR}', SCRATCH).replaceAll('{DATA}', DATA).replace(/\{CONTENT:(\w+)\}/g, (_all, ref: string) => content(ref));
  const files = new Map<string, string>();
  for (const name of readdirSync(join(dir, 'data'))) files.set(`${DATA}/${name}`, readFileSync(join(dir, 'data', name), 'utf8'));
  if (one.cibPath !== null && one.cibBefore !== null) files.set(`${SCRATCH}/${one.cibPath}`, content(one.cibBefore));
  for (const [path, ref] of Object.entries(one.files ?? {})) files.set(`${SCRATCH}/${path}`, content(ref));
  const before = new Map(files);
  const world: ToolWorld = {
    files,
    directories: new Set([SCRATCH, DATA, ...[...files.keys()].map(dirname)]),
    env: new Map(Object.entries(one.env).map(([name, value]) => [name, fill(value)])),
    nowEpochMs: Date.parse(one.now),
    input: fill(one.stdin ?? ''),
    cwd: SCRATCH,
  };
  const result = one.argv === undefined ? await runShell(one.shell ?? '', world, fill) : await runTool(tools, one.tool, one.argv.slice(1).map(fill), world);
  const usage = helpText(await optionTables.get(one.tool)!());
  const blank = (text: string): string => normalise(text, usage);
  const found =
    compare('exit code', [String(one.expect.rc)], [String(result.code)]) ??
    compare('stderr', lines(normaliseExpected(one.expect.stderr)), lines(blank(result.stderr))) ??
    compare('stdout', lines(normaliseExpected(one.expect.stdout)), lines(blank(result.stdout))) ??
    compareFiles(one, before, files, content);
  return [{ id, ...found }];
}

/** The pipelines of the suite end in `grep`; it runs for real on what our tool printed. */
async function runShell(command: string, world: ToolWorld, fill: (text: string) => string): Promise<{ code: number; stdout: string; stderr: string }> {
  const bar = command.indexOf('|');
  const [name = '', ...argv] = command.slice(0, bar).trim().split(/\s+/).map(fill);
  const result = await runTool(tools, name, argv, world);
  const { spawnSync } = await import('node:child_process');
  const filtered = spawnSync('sh', ['-c', command.slice(bar + 1)], { input: result.stdout, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  return { code: filtered.status ?? 1, stdout: filtered.stdout, stderr: result.stderr + filtered.stderr };
}

const lines = (text: string): string[] => text.split('\n');

/** Paths, versions and help texts of ours as the placeholders of the recording. */
function normalise(text: string, usage: string): string {
  return text
    .replaceAll(usage, '{USAGE}')
    .replaceAll(SCRATCH, '{DIR}')
    .replaceAll(`${DATA}/`, '{DATA}/')
    .replace(/api-version="[^"]*"/g, 'api-version="{API_VERSION}"')
    .replace(/<crm_mon version="[^"]*"/, '<crm_mon version="{VERSION}"')
    .replace(/^Pacemaker \d+\.\d+\.\d+$/m, 'Pacemaker {VERSION}')
    .replaceAll('testhost', '{HOSTNAME}')
    .replace(/request="[^]*?"/g, (all) => all.replaceAll(/\s+/g, ' '))
    .replace(/\{USAGE\}\n*/g, '{USAGE}\n')
    .trimEnd();
}

function normaliseExpected(text: string): string {
  return text
    .replace(/\{USAGE\}\n*/g, '{USAGE}\n')
    .replace(/request="[^]*?"/g, (all) => all.replaceAll(/\s+/g, ' '))
    .trimEnd();
}

function compare(what: string, expected: readonly string[], actual: readonly string[]): Pick<Outcome, 'difference' | 'full'> | undefined {
  const found = firstDifference(expected, actual);
  return found && { difference: `${what}: ${found.difference}`, full: `${what}: ${found.full}` };
}

function compareFiles(one: Recorded, before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>, content: (ref: string) => string): Pick<Outcome, 'difference' | 'full'> | undefined {
  const expected = new Map(before);
  const { cibAfter, cibDeleted, filesAfter } = one.expect;
  if (one.cibPath !== null && cibAfter !== null) expected.set(`${SCRATCH}/${one.cibPath}`, content(cibAfter));
  if (one.cibPath !== null && cibDeleted === true) expected.delete(`${SCRATCH}/${one.cibPath}`);
  for (const [path, ref] of Object.entries(filesAfter ?? {})) {
    if (ref === null) expected.delete(`${SCRATCH}/${path}`);
    else expected.set(`${SCRATCH}/${path}`, content(ref));
  }
  for (const path of new Set([...expected.keys(), ...after.keys()])) {
    const found = compare(path, lines(expected.get(path) ?? '(no file)'), lines((after.get(path) ?? '(no file)').replaceAll(SCRATCH, '{DIR}')));
    if (found !== undefined) return found;
  }
  return undefined;
}
