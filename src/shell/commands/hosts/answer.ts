// SPDX-License-Identifier: GPL-2.0-or-later
/** Commands that need hosts of a cluster: each says what it would need and how the same is done here. */
import type { Command } from '../../command.ts';

export type HostRow = readonly [name: string, usage: string, summary: string, needs: string, here: string];

/** `level`: names joined by dots, as messages show them. */
export function answersOnly(level: string, rows: readonly HostRow[]): readonly Command[] {
  return rows.map(([name, usage, summary, needs, here]) => ({
    name,
    aliases: name.includes('_') ? [name.replaceAll('_', '-')] : [],
    usage,
    summary,
    help: `Needs ${needs}. Here: ${here}.`,
    needs,
    skill: 'administrator',
    isRaw: true,
    run: async (_invocation, session) => session.error(`${level}.${name} needs ${needs}. Here: ${here}`),
  }));
}
