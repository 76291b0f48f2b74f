// SPDX-License-Identifier: GPL-2.0-or-later
/** The levels a user is in, root first. */
import type { LeaveReason, Level, LevelBody } from '../command.ts';
import type { Session } from '../session.ts';
import type { Entry } from './lookup.ts';

export interface OpenLevel {
  readonly level: Level;
  readonly body: LevelBody;
}

export class LevelStack {
  readonly #open: OpenLevel[];

  constructor(root: OpenLevel) {
    this.#open = [root];
  }

  get depth(): number {
    return this.#open.length;
  }

  get root(): Level {
    return this.#open[0]!.level;
  }

  get current(): OpenLevel {
    return this.#open.at(-1)!;
  }

  /** Names of the levels below root. */
  get path(): readonly string[] {
    return this.#open.slice(1).map((open) => open.level.name);
  }

  /** False when the level refuses. */
  async enter(level: Level, session: Session): Promise<boolean> {
    const body = await level.load();
    this.#open.push({ level, body });
    if (body.enter === undefined || (await body.enter(session))) return true;
    this.#open.pop();
    return false;
  }

  /** Leaves the innermost level; at root nothing happens. */
  async leave(session: Session, reason: LeaveReason): Promise<'left' | 'stay' | 'failed'> {
    if (this.depth === 1) return 'left';
    const { body } = this.current;
    const result = body.leave === undefined ? 'left' : await body.leave(session, reason);
    if (result !== 'stay') this.#open.pop();
    return result;
  }

  /** Leaves levels until `depth` is reached or one of them keeps the user. */
  async leaveTo(depth: number, session: Session, reason: LeaveReason): Promise<'left' | 'stay' | 'failed'> {
    let worst: 'left' | 'failed' = 'left';
    while (this.depth > depth) {
      const result = await this.leave(session, reason);
      if (result === 'stay') return 'stay';
      if (result === 'failed') worst = 'failed';
    }
    return worst;
  }
}

/** Commands and levels that can be named inside a level. */
export function entriesOf(body: LevelBody): readonly Entry[] {
  return [
    ...body.commands.map((command) => ({ kind: 'command', command }) as const),
    ...(body.levels ?? []).map((level) => ({ kind: 'level', level }) as const),
  ];
}
