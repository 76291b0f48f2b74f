// SPDX-License-Identifier: GPL-2.0-or-later
/** `lint`: what is wrong with configuration texts, without a cluster. Exit code 0 clean, 1 errors, 2 cannot be done. */
import { parseArgs } from 'node:util';
import {
  catalogueSource, countOf, fix, githubReport, jsonReport, junitReport, librarySource, lint, newFindings, readOrganisationRules, ruleOf, rules, sarifReport, textReport, textRules, vendorPacks,
  type FileFindings, type LintOptions, type OrganisationRule, type Paint,
} from '../../../lint/index.ts';
import { absolute } from '../../../platform/index.ts';
import { codesIn } from '../../consent.ts';
import type { Session } from '../../session.ts';
import { isColourful, paint } from '../../session/paint.ts';
import { readInputs, type InputText } from './files.ts';

const CLEAN = 0;
const FOUND = 1;
const IMPOSSIBLE = 2;

const OPTIONS = {
  format: { type: 'string' },
  strict: { type: 'boolean' },
  allow: { type: 'string', multiple: true },
  enable: { type: 'string', multiple: true },
  target: { type: 'string' },
  offline: { type: 'boolean' },
  rules: { type: 'string', multiple: true },
  pack: { type: 'string', multiple: true },
  'diff-base': { type: 'string' },
  fix: { type: 'boolean' },
  explain: { type: 'string' },
} as const;

/** Those that are not for people. */
const REPORTS: ReadonlyMap<string, (files: readonly FileFindings[], version: string) => string> = new Map([
  ['json', jsonReport],
  ['sarif', sarifReport],
  ['github', githubReport],
  ['junit', junitReport],
]);
/** From this many files on a terminal is told how far the work is. */
const PROGRESS_FROM = 20;

export async function runLint(args: readonly string[], session: Session): Promise<number> {
  const options = readOptions(args);
  if (typeof options === 'string') return impossible(session, options);
  if (options.values.explain !== undefined) return explain(session, options.values.explain);
  const packs = namesOf(options.values.pack);
  if (packs.includes('list')) return listPacks(session);
  if (options.positionals.length === 0) return impossible(session, 'expected a file, a folder, or - for standard input');
  return check(session, options);
}

type ParsedOptions = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>;

function readOptions(args: readonly string[]): ParsedOptions | string {
  try {
    const parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const { format, target } = parsed.values;
    if (format !== undefined && format !== 'text' && !REPORTS.has(format)) return `--format is text, ${[...REPORTS.keys()].join(', ')}, not "${format}"`;
    if (target !== undefined && target !== '2.1' && target !== '3.0') return `--target is 2.1 or 3.0, not "${target}"`;
    const unknown = [...codesOf(parsed.values.allow), ...codesOf(parsed.values.enable)].find((code) => ruleOf(code) === undefined && /^[A-Z]{3}\d+$/.test(code));
    return unknown === undefined ? parsed : `there is no rule ${unknown}`;
  } catch (problem) {
    return problem instanceof Error ? problem.message : String(problem);
  }
}

function namesOf(given: readonly string[] | undefined): string[] {
  return (given ?? []).flatMap((text) => text.split(/[\s,]+/)).filter((name) => name !== '');
}

function codesOf(given: readonly string[] | undefined): string[] {
  return namesOf(given).map((code) => code.toUpperCase());
}

function rulesOfPacks(names: readonly string[]): readonly OrganisationRule[] | string {
  if (names.length === 0) return [];
  const packs = new Map(vendorPacks().map((pack) => [pack.name, pack.rules]));
  const unknown = names.find((name) => !packs.has(name));
  return unknown === undefined ? names.flatMap((name) => packs.get(name) ?? []) : `there is no pack "${unknown}"; there are ${[...packs.keys()].join(', ')}`;
}

function listPacks(session: Session): number {
  const packs = vendorPacks().map(({ name, title, rules: { length } }) => ({ name, title, rules: length }));
  const width = Math.max(...packs.map(({ name }) => name.length));
  session.present({ data: packs, text: () => packs.map(({ name, title }) => `${name.padEnd(width)}  ${title}`).join('\n') });
  return CLEAN;
}

function impossible(session: Session, message: string): number {
  session.error(`configure.lint: ${message}`);
  return IMPOSSIBLE;
}

async function check(session: Session, { values, positionals }: ParsedOptions): Promise<number> {
  const inputs = await readInputs(session, positionals);
  if (!inputs.ok) return impossible(session, inputs.message);
  const packs = rulesOfPacks(namesOf(values.pack));
  if (typeof packs === 'string') return impossible(session, packs);
  const own = await readRules(session, values.rules ?? []);
  if (typeof own === 'string') return impossible(session, own);
  const options: LintOptions = {
    agents: values.offline === true ? catalogueSource(session.agents.catalogue()) : librarySource(session.agents),
    target: values.target === '3.0' ? '3.0' : '2.1',
    allow: new Set([...codesOf(values.allow), ...codesIn(session.options.get('lint.allow'))]),
    enable: new Set(codesOf(values.enable)),
    organisation: [...packs, ...own],
  };
  const files: FileFindings[] = [];
  for (const [i, input] of inputs.texts.entries()) {
    progress(session, i, inputs.texts.length);
    const file = await checkOne(session, input, options, values['diff-base'], values.fix === true);
    if (typeof file === 'string') return impossible(session, file);
    files.push(file);
  }
  const machine = REPORTS.get(values.format ?? (session.flags.json ? 'json' : 'text'));
  const report = machine === undefined ? textReport(files, paintOf(session)) : machine(files, session.context.version);
  // A repaired text of standard input goes to standard output, alone.
  const isTaken = values.fix === true && inputs.texts.some(({ name }) => name === '-');
  if (isTaken) session.context.err(report);
  else session.context.out(report);
  const isBad = countOf(files, 'error') > 0 || ((values.strict === true || session.flags.strict) && countOf(files, 'warning') > 0);
  return isBad ? FOUND : CLEAN;
}

const COLOURS = { error: 'red bold', warning: 'yellow bold', info: 'cyan bold' } as const;

function paintOf(session: Session): Paint {
  return isColourful(session.context, session.options) ? (text, severity) => paint(text, COLOURS[severity]) : (text) => text;
}

async function checkOne(session: Session, input: InputText, options: LintOptions, base: string | undefined, repairs: boolean): Promise<FileFindings | string> {
  const text = repairs ? fix(input.text, options) : input.text;
  if (repairs && input.name === '-') session.context.out(text);
  else if (text !== input.text) {
    session.context.disk.write(absolute(session.context.cwd, input.name), text);
    session.context.err(`${input.name}: repaired\n`);
  }
  const findings = lint(text, options);
  if (base === undefined || input.name === '-') return { file: input.name, text, findings };
  const earlier = await textAt(session, base, input.name);
  if (!earlier.ok) return earlier.message;
  return { file: input.name, text, findings: newFindings(text, findings, earlier.text, lint(earlier.text, options)) };
}

/** A file as it was at a git revision; empty when it was not there yet. */
async function textAt(session: Session, revision: string, name: string): Promise<{ ok: true; text: string } | { ok: false; message: string }> {
  const path = absolute(session.context.cwd, name);
  const folder = path.slice(0, path.lastIndexOf('/')) || '/';
  const run = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> => session.context.spawn({ program: 'git', args: ['-C', folder, ...args] });
  const known = await run('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  if (known.code !== 0) return { ok: false, message: `--diff-base: git knows no revision "${revision}" here` };
  const shown = await run('show', `${known.stdout.trim()}:./${path.slice(path.lastIndexOf('/') + 1)}`);
  return { ok: true, text: shown.code === 0 ? shown.stdout : '' };
}

async function readRules(session: Session, files: readonly string[]): Promise<readonly OrganisationRule[] | string> {
  const all: OrganisationRule[] = [];
  for (const file of files) {
    const text = session.context.disk.read(absolute(session.context.cwd, file));
    if (text === undefined) return `${file}: cannot be read`;
    const { parse } = await import('yaml');
    let data: unknown;
    try {
      data = parse(text);
    } catch (problem) {
      return `${file}: ${problem instanceof Error ? problem.message : String(problem)}`;
    }
    const read = readOrganisationRules(data);
    if (!read.ok) return `${file}: ${read.problems.join('; ')}`;
    all.push(...read.rules);
  }
  return all;
}

function progress(session: Session, done: number, all: number): void {
  if (all < PROGRESS_FROM || !session.context.terminal.isOutput) return;
  session.context.err(`\r${done + 1}/${all} files${done + 1 === all ? '\n' : ''}`);
}

function explain(session: Session, code: string): number {
  const row = ruleOf(code.toUpperCase());
  if (row === undefined) return impossible(session, `there is no rule "${code}"; there are ${rules.length + textRules.length}, from ${textRules[0]!.code} on`);
  const { code: name, severity, title, why, advice } = row;
  session.present({
    data: { code: name, severity, title, why, advice, isOff: row.isOff === true, target: row.since ?? '2.1' },
    text: () => [`${name} (${severity}${row.isOff === true ? ', off unless --enable' : ''}${row.since === undefined ? '' : `, target ${row.since}`})`, '', title, '', `Why:    ${why}`, `Repair: ${advice}`].join('\n'),
  });
  return CLEAN;
}
