// SPDX-License-Identifier: GPL-2.0-or-later
/** The configure level, put together from the language's commands and those on the history of the configuration. */
import { BackendError } from '../../backends/index.ts';
import type { Level, LevelBody } from '../command.ts';
import type { Session } from '../session.ts';
import { takeBackIfDue } from '../transactions/confirmation.ts';
import { recoverPending } from '../transactions/recovery.ts';
import { configureCommands, leaveConfigure } from './configure/index.ts';
import { formatCommand, lintCommand } from './lint/index.ts';
import { transactionCommands } from './transaction/index.ts';

const LEVELS: readonly Level[] = [
  { name: 'assist', summary: 'Common changes in one step', load: async () => (await import('./assist/index.ts')).assistLevel },
  { name: 'cib', summary: 'Shadow CIBs: work on a copy', load: async () => (await import('./cib/index.ts')).cibLevel },
  { name: 'history', summary: 'What the cluster did and why', load: async () => (await import('./history/index.ts')).historyLevel },
  { name: 'ra', summary: 'Resource agents: what there is and what they take', load: async () => (await import('./ra/index.ts')).raLevel },
  { name: 'template', summary: 'Ready configurations with parameters', load: async () => (await import('./template/index.ts')).templateLevel },
];

export function configureLevel(): LevelBody {
  return { commands: [...configureCommands, ...transactionCommands, lintCommand, formatCommand], levels: LEVELS, enter, leave: leaveConfigure };
}

/** What time has decided meanwhile comes first; a person is offered what an earlier session left behind. */
async function enter(session: Session): Promise<boolean> {
  if (session.mode !== 'interactive') return true;
  try {
    await takeBackIfDue(session);
    await recoverPending(session);
  } catch (problem) {
    // No cluster, nothing to look up; the first command that needs one says so.
    if (!(problem instanceof BackendError)) throw problem;
  }
  return true;
}
