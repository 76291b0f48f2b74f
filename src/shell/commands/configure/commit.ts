// SPDX-License-Identifier: GPL-2.0-or-later
/** `commit`, `refresh` and `undo`: the working copy becomes the configuration, or is dropped. */
import { mergeConfigurations, parseInterval, sameXml, versionOf, type CibReply, type CibRequest, type XmlElement } from '../../../cib/index.ts';
import { blocksCommit } from '../../../language/index.ts';
import { FAILURE, SUCCESS, type Command } from '../../command.ts';
import { configurationOf, dropConfiguration, openConfiguration, report, type ConfigurationSession } from '../../configuration-session.ts';
import { isRefused } from '../../consent.ts';
import type { Session } from '../../session.ts';
import { awaitConfirmation, confirmCommit, journalOf, pendingConfirmation } from '../../transactions/confirmation.ts';
import { conflictText } from './conflict.ts';
import { changedObjects, verifyConfiguration } from './verify.ts';

export const commit: Command = {
  name: 'commit',
  usage: '[force] [replace] [comment TEXT] [confirmed [TIME]]',
  summary: 'write the changes to the cluster',
  help: 'Errors stop the commit unless it is forced. With "replace" the whole configuration is written, and only if nobody changed it meanwhile. The comment stands in the log. A commit "confirmed" is taken back after TIME (default 10m) unless another commit confirms it.',
  skill: 'administrator',
  waits: true,
  complete: () => ['force', 'replace', 'comment', 'confirmed'],
  run: async ({ args }, session) => {
    const options = readOptions(args);
    if (typeof options === 'string') return session.error(`configure.commit: ${options}`);
    const configuration = openConfiguration(session);
    if (configuration !== undefined && configuration.isChanged) return commitConfiguration(session, configuration, options);
    if (await confirmCommit(session)) {
      session.info('the last commit is confirmed');
      return SUCCESS;
    }
    session.info('apparently there is nothing to commit');
    session.info('try changing something first');
    return SUCCESS;
  },
};

const DEFAULT_CONFIRMATION_MS = 10 * 60 * 1000;

/** A sentence when the words do not fit. */
function readOptions(args: readonly string[]): CommitOptions | string {
  const options: { -readonly [K in keyof CommitOptions]: CommitOptions[K] } = { force: false, replace: false };
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!;
    if (word === 'force' || word === 'replace') options[word] = true;
    else if (word === 'comment') {
      const text = args[++at];
      if (text === undefined) return 'comment needs a text';
      options.comment = text;
    } else if (word === 'confirmed') {
      const time = parseInterval(args[at + 1] ?? '');
      options.confirmationMs = time ?? DEFAULT_CONFIRMATION_MS;
      if (time !== undefined) at++;
    } else return `Expected force, replace, comment or confirmed (found ${word})`;
  }
  return options;
}

export interface CommitOptions {
  readonly force: boolean;
  readonly replace: boolean;
  readonly comment?: string;
  /** Take the commit back after this time unless it is confirmed. */
  readonly confirmationMs?: number;
}

/** Nobody is asked about these: the cluster would refuse, or do something else than is meant. */
const FATAL: ReadonlySet<string> = new Set(['schema', 'unknown-operation', 'remote-connection']);

/** Checks, then writes. The working copy is dropped when it was written. */
export async function commitConfiguration(session: Session, configuration: ConfigurationSession, options: CommitOptions): Promise<number> {
  const isForced = options.force || session.flags.force;
  const found = verifyConfiguration(configuration, session, changedObjects(configuration));
  report(session, found.filter((one) => configuration.isNews(one)));
  if (found.some((one) => one.severity === 'error' && FATAL.has(one.code)) && !isForced) return FAILURE;
  if (isRefused(session, found) && !isForced) return session.error('warnings are errors here (--strict)');
  if (found.some(blocksCommit) && !isForced && !(await session.confirm('Do you still want to commit?'))) return FAILURE;
  const waiting = await pendingConfirmation(session);
  const problem = await write(session, configuration, options, isForced);
  if (problem !== undefined) return session.error(problem);
  dropConfiguration(session);
  if (session.flags.dryRun) return SUCCESS;
  if (options.confirmationMs === undefined && waiting !== undefined && (await confirmCommit(session, waiting))) session.info('the commit before is confirmed');
  return SUCCESS;
}

/** Others may write between reading and writing; each attempt starts from what is there then. */
const ATTEMPTS = 100;
/** Shells that meet do not try again at the same moment. */
const PAUSE_STEP_MS = 7;
const OLD = 103;

async function write(session: Session, configuration: ConfigurationSession, options: CommitOptions, isForced: boolean): Promise<string | undefined> {
  const backend = await session.backend();
  const user = session.options.get('core.user');
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const current = await backend.query();
    const isSame = sameXml(current.first('configuration'), configuration.base.first('configuration'));
    if (options.replace && !isSame && !isForced) return "CIB changed in the meantime: won't touch it!";
    const merged = isSame || options.replace ? ({ ok: true, cib: configuration.draft.finish() } as const) : mergeConfigurations(configuration.base, configuration.draft.finish(), current);
    if (!merged.ok) return conflictText(session, merged.conflicts, { base: configuration.base, mine: configuration.draft.finish(), theirs: current });
    const reply = await writeAndRecord(session, current, { change: changeOf(current, merged.cib), expected: versionOf(current), client: 'crm', ...(user === '' ? {} : { user }) }, options);
    if (reply.ok) return undefined;
    if (reply.code !== OLD) return refusal(reply);
    await session.context.sleep(PAUSE_STEP_MS * (1 + ((session.context.processId + attempt) % 10)));
  }
  return 'the configuration is being changed all the time; try again';
}

/** Shells of one user come one after the other, so that the journal has their commits in the order in which they were made. */
async function writeAndRecord(session: Session, current: XmlElement, request: CibRequest, options: CommitOptions): Promise<CibReply> {
  const backend = await session.backend();
  if (session.flags.dryRun) return backend.apply(request);
  const journal = await journalOf(session);
  const unlock = await journal.lock();
  try {
    const forget = options.confirmationMs === undefined ? undefined : await awaitConfirmation(session, current, options.confirmationMs);
    const reply = await backend.apply(request);
    if (reply.ok) journal.record(current, reply.cib, request.user ?? session.context.userName, options.comment);
    else await forget?.();
    return reply;
  } finally {
    unlock();
  }
}

function changeOf(current: XmlElement, wanted: XmlElement): Parameters<Awaited<ReturnType<Session['backend']>>['apply']>[0]['change'] {
  const configuration = wanted.first('configuration')!;
  if (current.get('validate-with') === wanted.get('validate-with')) return { op: 'replace', section: 'configuration', data: configuration };
  const children = current.children.map((child) => (child.kind === 'element' && child.name === 'configuration' ? configuration : child));
  return { op: 'replace', data: current.with('validate-with', wanted.get('validate-with')).withChildren(children) };
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
  run: async ({ args: [count] }, session) => steps(session, 'undo', count, (configuration) => configuration.undo()),
};

export const redo: Command = {
  name: 'redo',
  usage: '[COUNT]',
  summary: 'make again what undo took back',
  skill: 'administrator',
  takes: [0, 1],
  run: async ({ args: [count] }, session) => steps(session, 'redo', count, (configuration) => configuration.redo()),
};

async function steps(session: Session, name: 'undo' | 'redo', word: string | undefined, step: (configuration: ConfigurationSession) => boolean): Promise<number> {
  const count = word === undefined ? 1 : Number(word);
  if (!Number.isInteger(count) || count < 1) return session.error(`configure.${name}: Expected a number of steps (found ${word})`);
  const configuration = await configurationOf(session);
  for (let done = 0; done < count; done++) if (!step(configuration)) return session.error(done === 0 ? `there is nothing to ${name}` : `there were only ${done} steps to ${name}`);
  return SUCCESS;
}
