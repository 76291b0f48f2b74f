// SPDX-License-Identifier: GPL-2.0-or-later
/** `commit`, `refresh` and `undo`: the working copy becomes the configuration, or is dropped. */
import { sameXml, versionOf, type CibReply, type XmlElement } from '../../../cib/index.ts';
import { blocksCommit } from '../../../language/index.ts';
import { FAILURE, SUCCESS, type Command } from '../../command.ts';
import { configurationOf, dropConfiguration, openConfiguration, report, type ConfigurationSession } from '../../configuration-session.ts';
import type { Session } from '../../session.ts';
import { changedObjects, verifyConfiguration } from './verify.ts';

export const commit: Command = {
  name: 'commit',
  usage: '[force] [replace]',
  summary: 'write the changes to the cluster',
  help: 'Errors stop the commit unless it is forced. With "replace" the whole configuration is written, and only if nobody changed it meanwhile.',
  skill: 'administrator',
  waits: true,
  takes: [0, 2],
  complete: () => ['force', 'replace'],
  run: async ({ args }, session) => {
    const unknown = args.find((arg) => arg !== 'force' && arg !== 'replace');
    if (unknown !== undefined) return session.error(`configure.commit: Expected force or replace (found ${unknown})`);
    const configuration = openConfiguration(session);
    if (configuration === undefined || !configuration.isChanged) {
      session.info('apparently there is nothing to commit');
      session.info('try changing something first');
      return SUCCESS;
    }
    return commitConfiguration(session, configuration, { force: args.includes('force'), replace: args.includes('replace') });
  },
};

export interface CommitOptions {
  readonly force: boolean;
  readonly replace: boolean;
}

/** Checks, then writes. The working copy is dropped when it was written. */
export async function commitConfiguration(session: Session, configuration: ConfigurationSession, options: CommitOptions): Promise<number> {
  const isForced = options.force || session.flags.force;
  const found = verifyConfiguration(configuration, session, changedObjects(configuration));
  report(session, found);
  if (found.some((one) => one.severity === 'error' && (one.code === 'schema' || one.code === 'unknown-operation')) && !isForced) return FAILURE;
  if (found.some(blocksCommit) && !isForced && !(await session.confirm('Do you still want to commit?'))) return FAILURE;
  const problem = await write(session, configuration, options.replace ? 'replace' : 'merge', isForced);
  if (problem !== undefined) return session.error(problem);
  dropConfiguration(session);
  return SUCCESS;
}

/** Others may write between reading and writing; each attempt starts from what is there then. */
const ATTEMPTS = 5;
const OLD = 103;

async function write(session: Session, configuration: ConfigurationSession, mode: 'replace' | 'merge', isForced: boolean): Promise<string | undefined> {
  const backend = await session.backend();
  const user = session.options.get('core.user');
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const current = await backend.query();
    const isSame = sameXml(current.first('configuration'), configuration.base.first('configuration'));
    if (mode === 'replace' && !isSame && !isForced) return "CIB changed in the meantime: won't touch it!";
    const merged = isSame || mode === 'replace' ? configuration.draft.finish() : await rebase(configuration, current);
    if (merged === undefined) return 'the configuration was changed in the meantime, and the changes do not fit together; use "refresh" and change it again';
    const reply = await backend.apply({ change: changeOf(current, merged), expected: versionOf(current), client: 'crm', ...(user === '' ? {} : { user }) });
    if (reply.ok) return undefined;
    if (reply.code !== OLD) return refusal(reply);
  }
  return 'the configuration is being changed all the time; try again';
}

function changeOf(current: XmlElement, wanted: XmlElement): Parameters<Awaited<ReturnType<Session['backend']>>['apply']>[0]['change'] {
  const configuration = wanted.first('configuration')!;
  if (current.get('validate-with') === wanted.get('validate-with')) return { op: 'replace', section: 'configuration', data: configuration };
  const children = current.children.map((child) => (child.kind === 'element' && child.name === 'configuration' ? configuration : child));
  return { op: 'replace', data: current.with('validate-with', wanted.get('validate-with')).withChildren(children) };
}

/** This session's change, as a difference, applied to what others made of the configuration. */
async function rebase(configuration: ConfigurationSession, current: XmlElement): Promise<XmlElement | undefined> {
  const { applyPatch, diffCib, withVersion } = await import('../../../cib/index.ts');
  const version = versionOf(current);
  const patch = diffCib(withVersion(configuration.base, version), withVersion(configuration.draft.finish(), version));
  if (patch === undefined) return current;
  const result = applyPatch(current, patch);
  return result.ok ? result.cib : undefined;
}

function refusal(reply: Extract<CibReply, { ok: false }>): string {
  return [`the configuration was refused: ${reply.message}`, ...(reply.detail ?? []).map((line) => `  ${line}`)].join('\n');
}

export const refresh: Command = {
  name: 'refresh',
  usage: '',
  summary: 'drop the changes and read the CIB again',
  skill: 'administrator',
  takes: [0, 0],
  run: async (_invocation, session) => {
    const configuration = openConfiguration(session);
    if (configuration?.isChanged === true && session.mode === 'interactive' && !(await session.confirm('All changes will be dropped. Do you want to proceed?'))) return SUCCESS;
    dropConfiguration(session);
    await configurationOf(session);
    return SUCCESS;
  },
};

export const undo: Command = {
  name: 'undo',
  usage: '[COUNT]',
  summary: 'take back the last change of this session',
  skill: 'administrator',
  takes: [0, 1],
  run: async ({ args }, session) => {
    const count = args[0] === undefined ? 1 : Number(args[0]);
    if (!Number.isInteger(count) || count < 1) return session.error(`configure.undo: Expected a number of steps (found ${args[0]})`);
    const configuration = await configurationOf(session);
    for (let step = 0; step < count; step++) if (!configuration.undo()) return session.error(step === 0 ? 'there is nothing to undo' : `only ${step} steps could be undone`);
    return SUCCESS;
  },
};
