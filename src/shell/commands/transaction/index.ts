// SPDX-License-Identifier: GPL-2.0-or-later
/** Commands on the history of the configuration: log, compare, rollback, apply. */
import { CibDraft, loadDocument } from '../../../cib/index.ts';
import { SUCCESS, type Command, type CommandTable } from '../../command.ts';
import { configurationOf } from '../../configuration-session.ts';
import type { Session } from '../../session.ts';
import { journalOf, pendingConfirmation, waitForConfirmation } from '../../transactions/confirmation.ts';
import { asCib } from '../../transactions/journal.ts';
import { differenceLines } from '../configure/text.ts';
import { timeText } from '../history/choose.ts';
import { applyCommand } from './apply.ts';

const SECONDS = 1000;

const log: Command = {
  name: 'log',
  usage: '[COUNT]',
  summary: 'list commits: number, time, author, what changed',
  help: 'Number 0 is the newest. `rollback N` goes back to the state after commit N, `compare N` shows what changed since.',
  takes: [0, 1],
  run: async ({ args: [count] }, session) => {
    const entries = (await journalOf(session)).entries().slice(0, count === undefined ? undefined : Number(count));
    const zone = (epochMs: number): number => session.context.zoneOffsetSeconds(Math.floor(epochMs / SECONDS));
    const pending = await pendingConfirmation(session);
    session.present({
      data: entries.map((entry, index) => ({ back: index, ...entry })),
      text: () =>
        [
          ...(pending === undefined ? [] : [`The newest commit waits for confirmation until ${timeText(Math.floor(pending.deadlineEpochMs / SECONDS), zone(pending.deadlineEpochMs))}`]),
          ...entries.map((entry, index) => `${String(index).padStart(3)}  ${timeText(Math.floor(entry.epochMs / SECONDS), zone(entry.epochMs))}  ${entry.user.padEnd(10)}  ${entry.summary}${entry.comment === undefined ? '' : `  "${entry.comment}"`}`),
        ].join('\n'),
    });
    return SUCCESS;
  },
};

const compare: Command = {
  name: 'compare',
  usage: '[N]',
  summary: 'show what differs between commit N (default 1, the one before) and the configuration as it is edited',
  takes: [0, 1],
  run: async ({ args: [word = '1'] }, session) => {
    const then = await entryBack(session, 'compare', word);
    if (then === undefined) return 1;
    const configuration = await configurationOf(session);
    const lines = await differenceLines(session, new CibDraft(asCib(then)), configuration.draft);
    session.present({ data: lines, text: () => lines.join('\n') });
    return SUCCESS;
  },
};

const rollback: Command = {
  name: 'rollback',
  usage: '[N]',
  summary: 'take the configuration of commit N (default 1, the one before) as pending changes',
  help: 'Commit writes them. As a single command it is committed at once.',
  skill: 'administrator',
  takes: [0, 1],
  waits: true,
  run: async ({ args: [word = '1'] }, session) => {
    const then = await entryBack(session, 'rollback', word);
    if (then === undefined) return 1;
    const configuration = await configurationOf(session);
    configuration.change(() => loadDocument(configuration.draft, configuration.base.withChildren([then]), 'push'));
    session.info(`the configuration of commit ${word} is loaded${session.mode === 'interactive' ? ', commit writes it' : ''}`);
    return SUCCESS;
  },
};

async function entryBack(session: Session, command: string, word: string) {
  if (!/^\d+$/.test(word)) {
    session.error(`configure.${command}: expected a number of commits to go back, found "${word}"`);
    return undefined;
  }
  const journal = await journalOf(session);
  const found = journal.back(Number(word));
  if (found === undefined) session.error(`configure.${command}: there are ${journal.entries().length} commits in the journal (log lists them)`);
  return found?.configuration;
}

const wait: Command = {
  name: '_wait_for_confirmation',
  usage: '',
  summary: 'take a commit back that nobody confirms',
  isHidden: true,
  run: async (_invocation, session) => {
    await waitForConfirmation(session);
    return SUCCESS;
  },
};

export const transactionCommands: CommandTable = [log, compare, rollback, applyCommand, wait];
