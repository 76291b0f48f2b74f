// SPDX-License-Identifier: GPL-2.0-or-later
/** Node's clocks, timers and chance behind the platform's interfaces. */
import { randomBytes } from 'node:crypto';
import type { Clock, RandomStream, Timer } from '../platform.ts';

export const realClock: Clock = {
  monotonicMs: () => Number(process.hrtime.bigint() / 1000n) / 1000,
  epochMs: () => Date.now(),
};

/** Node limits a timer to 2^31 - 1 ms and fires longer ones at once; longer waits are made in steps. */
const LONGEST_STEP_MS = 2_000_000_000;

export function realTimer(delayMs: number, handler: () => void): Timer {
  let remainingMs = Math.max(0, delayMs);
  let handle: NodeJS.Timeout;
  const step = (): void => {
    const stepMs = Math.min(remainingMs, LONGEST_STEP_MS);
    remainingMs -= stepMs;
    handle = setTimeout(remainingMs > 0 ? step : handler, stepMs);
  };
  step();
  return { cancel: () => clearTimeout(handle) };
}

/** Unpredictable on purpose: a real cluster's delays and tags must differ between runs. */
export const realRandom: RandomStream = {
  below: (bound) => (bound <= 1 ? 0 : randomBytes(6).readUIntBE(0, 6) % bound),
  fraction: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
};
