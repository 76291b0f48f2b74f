// SPDX-License-Identifier: GPL-2.0-or-later
/** Where the embedded cluster of a user keeps its state: what a face must know before anything else is loaded. */

/** `$QUORATE_DIR`, else `quorate` in the XDG state directory. */
export function stateDirectory(env: ReadonlyMap<string, string>): string {
  const chosen = env.get('QUORATE_DIR');
  if (chosen !== undefined && chosen !== '') return chosen;
  const state = env.get('XDG_STATE_HOME');
  return `${state !== undefined && state !== '' ? state : `${env.get('HOME') ?? '/tmp'}/.local/state`}/quorate`;
}
