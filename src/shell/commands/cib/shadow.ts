// SPDX-License-Identifier: GPL-2.0-or-later
/** What the cib level does with shadow files. */
import { shadowDirectory, shadowPath, type Backend } from '../../../backends/index.ts';
import { emptyCib, readXml, versionOf, writeXml, type XmlElement } from '../../../cib/index.ts';
import { absolute } from '../../../platform/index.ts';
import { FAILURE, SUCCESS } from '../../command.ts';
import { inColumns } from '../../columns.ts';
import type { Session } from '../../session.ts';
import { stateDirectory } from '../history/source.ts';

/** Name of a shadow that nobody named. */
const TEMPORARY = '@tmp@';
const RESERVED = new Set(['live', TEMPORARY]);
const PREFIX = 'shadow.';
/** Beside a shadow stands the version of the live CIB it was copied from. */
const BASE_SUFFIX = '.base';

function pathOf(session: Session, name: string): string {
  return shadowPath(name, session.context.env, session.context.userName);
}

export function shadowNames(session: Session): readonly string[] {
  const { disk, env, userName } = session.context;
  return disk.list(shadowDirectory(env, userName)).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length)).filter((name) => name !== TEMPORARY && !name.endsWith(BASE_SUFFIX)).sort();
}

async function withLive<T>(session: Session, action: (live: Backend) => Promise<T>): Promise<T> {
  const live = await session.context.openBackend({ shadow: undefined });
  try {
    return await action(live);
  } finally {
    await live.close();
  }
}

function store(session: Session, name: string, cib: XmlElement, base: XmlElement | undefined): void {
  const { disk } = session.context;
  disk.write(pathOf(session, name), writeXml(cib, { indent: 2 }));
  if (base === undefined) disk.remove(pathOf(session, name) + BASE_SUFFIX);
  else disk.write(pathOf(session, name) + BASE_SUFFIX, `${configurationVersion(base)}\n`);
}

/** The part of the version that changes with the configuration, not with the status. */
function configurationVersion(cib: XmlElement): string {
  const { adminEpoch, epoch } = versionOf(cib);
  return `${adminEpoch}.${epoch}`;
}

export async function createShadow(session: Session, words: readonly string[]): Promise<number> {
  const options = words.filter((word) => ['withstatus', 'force', 'empty'].includes(word));
  const [name = TEMPORARY, extra] = words.filter((word) => !options.includes(word));
  if (extra !== undefined) return session.error(`cib.new: unexpected "${extra}"`);
  if (words.includes(name) && RESERVED.has(name)) return session.error(`cib.new: ${name} is a reserved name`);
  const isTaken = session.context.disk.status(pathOf(session, name)) !== undefined && name !== TEMPORARY;
  if (isTaken && !options.includes('force') && !session.flags.force) return session.error(`cib.new: shadow CIB ${name} exists already (force replaces it)`);
  const base = await withLive(session, (live) => live.query());
  store(session, name, options.includes('empty') ? emptyCib() : base, base);
  await session.useShadow(name);
  session.info(`cib.new: ${name} shadow CIB created`);
  return SUCCESS;
}

export async function useShadow(session: Session, name: string): Promise<number> {
  if (name === 'live') {
    await session.useShadow(undefined);
    return SUCCESS;
  }
  if (session.context.disk.status(pathOf(session, name)) === undefined) return session.error(`cib.use: no shadow CIB ${name}${others(session)}`);
  await session.useShadow(name);
  return SUCCESS;
}

function others(session: Session): string {
  const names = shadowNames(session);
  return names.length === 0 ? '' : ` (there are ${names.join(', ')})`;
}

export function listShadows(session: Session): number {
  const names = shadowNames(session);
  session.present({ data: names, text: () => inColumns(names, session.context.terminal.columns) });
  return SUCCESS;
}

export async function deleteShadow(session: Session, name: string): Promise<number> {
  const { disk } = session.context;
  if (disk.status(pathOf(session, name)) === undefined) return session.error(`cib.delete: no shadow CIB ${name}${others(session)}`);
  if (session.shadow === name) return session.error(`cib.delete: ${name} shadow CIB is in use`);
  disk.remove(pathOf(session, name));
  disk.remove(pathOf(session, name) + BASE_SUFFIX);
  session.info(`cib.delete: ${name} shadow CIB deleted`);
  return SUCCESS;
}

export async function resetShadow(session: Session, name: string): Promise<number> {
  if (session.context.disk.status(pathOf(session, name)) === undefined) return session.error(`cib.reset: no shadow CIB ${name}${others(session)}`);
  const live = await withLive(session, (backend) => backend.query());
  store(session, name, live, live);
  session.info(`cib.reset: copied live CIB to ${name}`);
  return SUCCESS;
}

export async function commitShadow(session: Session, word: string | undefined): Promise<number> {
  const name = word ?? session.shadow;
  if (name === undefined) return session.error('cib.commit: no shadow CIB is in use; name one');
  const cib = readShadow(session, name);
  if (cib === undefined) return session.error(`cib.commit: no shadow CIB ${name}${others(session)}`);
  const problem = await withLive(session, (live) => replaceConfiguration(session, live, cib, name));
  if (problem !== undefined) return session.error(`cib.commit: ${problem}`);
  session.info(`cib.commit: committed '${name}' shadow CIB to the cluster`);
  return SUCCESS;
}

/** The status belongs to the cluster; only the configuration is taken over, and only if nobody changed it meanwhile. A sentence when refused. */
async function replaceConfiguration(session: Session, live: Backend, shadow: XmlElement, name: string): Promise<string | undefined> {
  const configuration = shadow.first('configuration');
  if (configuration === undefined) return 'the shadow CIB has no configuration';
  const now = await live.query();
  const base = session.context.disk.read(pathOf(session, name) + BASE_SUFFIX)?.trim();
  if (base !== undefined && base !== configurationVersion(now) && !session.flags.force) {
    return `the live CIB changed since ${name} was copied (${base} to ${configurationVersion(now)}): crm cib diff shows how, crm -F overwrites it`;
  }
  const reply = await live.apply({ change: { op: 'replace', section: 'configuration', data: configuration }, client: 'crm' });
  if (!reply.ok) return reply.message;
  session.context.disk.write(pathOf(session, name) + BASE_SUFFIX, `${configurationVersion(reply.cib)}\n`);
  return undefined;
}

function readShadow(session: Session, name: string): XmlElement | undefined {
  const text = session.context.disk.read(pathOf(session, name));
  if (text === undefined) return undefined;
  const result = readXml(text);
  return result.ok ? result.root : undefined;
}

export async function diffShadow(session: Session): Promise<number> {
  if (session.shadow === undefined) return session.error('cib.diff: no shadow CIB is in use');
  const shadow = readShadow(session, session.shadow);
  if (shadow === undefined) return session.error(`cib.diff: shadow CIB ${session.shadow} cannot be read`);
  const live = await withLive(session, (backend) => backend.query());
  const { createTwoFilesPatch } = await import('diff');
  const textOf = (cib: XmlElement): string => writeXml(cib.first('configuration') ?? cib, { indent: 2 });
  const patch = createTwoFilesPatch('live', session.shadow, textOf(live), textOf(shadow), undefined, undefined, { context: 2 });
  const lines = patch.split('\n').slice(3);
  session.present({ data: lines, text: () => lines.join('\n').trimEnd() });
  return SUCCESS;
}

export async function importShadow(session: Session, source: string, word: string | undefined): Promise<number> {
  const { disk, cwd } = session.context;
  const path = /^\d+$/.test(source) ? inputPath(session, Number(source)) : absolute(cwd, source);
  const text = disk.read(path);
  if (text === undefined) return session.error(`cib.import: cannot read ${path}`);
  const result = readXml(text);
  if (!result.ok) return session.error(`cib.import: ${path}:${result.problem.line}:${result.problem.column}: ${result.problem.message}`);
  const name = word ?? (path.split('/').at(-1) ?? source).replace(/\.(xml|bz2)$/g, '');
  if (RESERVED.has(name)) return session.error(`cib.import: ${name} is a reserved name`);
  if (disk.status(pathOf(session, name)) !== undefined && !(await session.confirm(`Shadow CIB ${name} exists. Replace it?`))) return FAILURE;
  store(session, name, result.root, undefined);
  await session.useShadow(name);
  session.info(`cib.import: ${name} shadow CIB created from ${path}`);
  return SUCCESS;
}

/** Inputs of the scheduler that the embedded cluster keeps. */
function inputPath(session: Session, number: number): string {
  return `${stateDirectory(session)}/history/pe-input-${number}.xml`;
}
