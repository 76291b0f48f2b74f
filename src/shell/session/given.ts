// SPDX-License-Identifier: GPL-2.0-or-later
/** What the command line of the shell gave for levels that are loaded later. */
import type { StateKey } from '../session.ts';

/** `-H`: source of the history level. */
export const HISTORY_SOURCE: StateKey<string> = { name: 'given.history' };

/** `--scriptdir`: more directories with templates. */
export const SCRIPT_DIRECTORIES: StateKey<readonly string[]> = { name: 'given.scripts' };
