// SPDX-License-Identifier: GPL-2.0-or-later
/** Scores as constraints and attributes state them: numbers, infinities and the colours of node health. */
import { clipScore, parseScore } from '../../cib/index.ts';
import type { Scheduler } from '../model/index.ts';

/** Reads a score; colours are worth what the health strategy says. Undefined when the text is no score. */
export function readScore(scheduler: Scheduler, text: string | undefined): number | undefined {
  switch (text?.toLowerCase()) {
    case undefined:
      return undefined;
    case 'red':
      return scheduler.options.healthRed;
    case 'yellow':
      return scheduler.options.healthYellow;
    case 'green':
      return scheduler.options.healthGreen;
    default:
      return parseScore(text!) ?? leadingNumber(text!);
  }
}

/** What follows a number is passed over: `2.0` counts as 2. */
function leadingNumber(text: string): number | undefined {
  const digits = /^\s*[+-]?\d+/.exec(text);
  return digits === null ? undefined : clipScore(Number(digits[0]));
}
