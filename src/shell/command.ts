// SPDX-License-Identifier: GPL-2.0-or-later
/** What a command and a level of the shell are. Faces (prompt, script, single command) all run the same {@link Command}. */
import type { SourcePosition } from './line/position.ts';
import type { Session } from './session.ts';

/** Exit code of a command: 0 success, 1 failure; a few commands document others (`apply --check`: 2 means "would change"). */
export type ExitCode = number;
export const SUCCESS: ExitCode = 0;
export const FAILURE: ExitCode = 1;

/** Operator < administrator < expert: commands above the user's `core.skill_level` are not offered. */
export type SkillLevel = 'operator' | 'administrator' | 'expert';

/** One use of a command. */
export interface Invocation {
  /** Name of the command in its table (after abbreviation and correction). */
  readonly name: string;
  /** The word the user wrote. */
  readonly typed: string;
  /** Arguments after the command word, quotes resolved. */
  readonly args: readonly string[];
  /** The command as text from its first word on (single-shot arguments are quoted again), for commands with a grammar of their own. */
  readonly line: string;
  readonly source: SourcePosition;
}

/** A proposal for the word under the cursor. */
export interface Candidate {
  readonly text: string;
  /** Shown beside it where there is room. */
  readonly help?: string;
}

/** Asked when Tab is pressed inside the arguments of a command. */
export interface CompletionRequest {
  /** Complete words between the command and the cursor. */
  readonly words: readonly string[];
  /** What stands before the cursor of the word being typed, possibly empty. */
  readonly prefix: string;
  readonly session: Session;
}

export type Completer = (request: CompletionRequest) => Promise<readonly (Candidate | string)[]> | readonly (Candidate | string)[];

export interface Command {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Former names: accepted with a warning that names the present one. */
  readonly oldNames?: readonly string[];
  /** Least and most arguments; the shell refuses others with a sentence. Unset: the command checks by itself. */
  readonly takes?: readonly [least: number, most: number];
  /** The arguments are text of a language of their own: they are not counted, and no `--help` is taken out of them. */
  readonly isRaw?: boolean;
  /** Not even `--json` at the end is taken out: it may belong to another program. */
  readonly isVerbatim?: boolean;
  /** Arguments in the notation of the reference: `RSC [NODE] [force]`. */
  readonly usage: string;
  /** One line. */
  readonly summary: string;
  /** Further paragraphs of the help text. */
  readonly help?: string;
  readonly skill?: SkillLevel;
  /** With `-w` (or option core.wait) the shell waits until the cluster has settled after it. */
  readonly waits?: boolean;
  /** Deletes or erases: a mistyped word is never corrected to it (IN-3). */
  readonly isDestructive?: boolean;
  /** What it would need that this program does not have; set for commands that only answer with that. */
  readonly needs?: string;
  /** Not listed and not completed. */
  readonly isHidden?: boolean;
  readonly complete?: Completer;
  run(invocation: Invocation, session: Session): Promise<ExitCode>;
}

export type CommandTable = readonly Command[];

/** How a level is left: a command line ended, the user typed up/quit, or input ended. */
export type LeaveReason = 'single-shot' | 'batch-end' | 'up' | 'quit';

/** What a level consists of; loaded when the level is first needed. */
export interface LevelBody {
  readonly commands: CommandTable;
  readonly levels?: readonly Level[];
  /** Called once when the level is entered; false refuses. */
  enter?(session: Session): Promise<boolean>;
  /** Called when the level is left; `stay` keeps the user in it, `failed` leaves with a failure. */
  leave?(session: Session, reason: LeaveReason): Promise<'left' | 'stay' | 'failed'>;
}

export interface Level {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  readonly skill?: SkillLevel;
  load(): Promise<LevelBody>;
}
