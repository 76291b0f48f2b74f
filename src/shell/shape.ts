// SPDX-License-Identifier: GPL-2.0-or-later
/** Checks the number of arguments and says it the way crmsh users know. */
import type { Command } from './command.ts';

/** Undefined when the number fits. */
export function shapeProblem(command: Command, given: number): string | undefined {
  if (command.takes === undefined) return undefined;
  const [least, most] = command.takes;
  if (given >= least && given <= most) return undefined;
  const expected = `Expected (${command.usage})`;
  if (least === most) return `${expected}, takes exactly ${count(least)} (${given} given)`;
  return given < least ? `${expected}, takes at least ${count(least)} (${given} given)` : `${expected}, takes at most ${count(most)} (${given} given)`;
}

function count(number: number): string {
  return number === 1 ? '1 argument' : `${number} arguments`;
}
