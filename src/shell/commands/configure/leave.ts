// SPDX-License-Identifier: GPL-2.0-or-later
/** Leaving the configure level with changes: a prompt asks, everything else commits. */
import { SUCCESS, type LeaveReason } from '../../command.ts';
import { dropConfiguration, openConfiguration } from '../../configuration-session.ts';
import type { Session } from '../../session.ts';
import { commitConfiguration } from './commit.ts';
import { changedText } from './show.ts';

export async function leaveConfigure(session: Session, _reason: LeaveReason): Promise<'left' | 'stay' | 'failed'> {
  const configuration = openConfiguration(session);
  if (configuration === undefined || !configuration.isChanged) {
    dropConfiguration(session);
    return 'left';
  }
  if (session.mode === 'interactive') {
    session.print(await changedText(configuration, session));
    const answer = await session.choose('There are changes pending. Do you want to commit them', 'ync');
    if (answer === 'c') return 'stay';
    if (answer === 'n') {
      dropConfiguration(session);
      return 'left';
    }
  }
  const code = await commitConfiguration(session, configuration, { force: false, replace: false });
  if (code !== SUCCESS && session.mode === 'interactive') return 'stay';
  dropConfiguration(session);
  return code === SUCCESS ? 'left' : 'failed';
}
