// SPDX-License-Identifier: GPL-2.0-or-later
/** The named timers of a controller: starting one again ends its earlier wait. */
import type { Platform, Timer } from '../../platform/index.ts';

/** Defaults of the timers (engine.md, section 4). */
export const DC_DEADTIME_MS = 20_000;
export const JOIN_INTEGRATION_MS = 180_000;
export const SHUTDOWN_ESCALATION_MS = 20 * 60_000;

export type ControllerTimer = 'dc-deadtime' | 'join-integration-timeout' | 'transition-delay';

export class ControllerTimers {
  private readonly timers = new Map<ControllerTimer, Timer>();
  private readonly platform: Platform;

  constructor(platform: Platform) {
    this.platform = platform;
  }

  start(name: ControllerTimer, delayMs: number, handler: () => void): void {
    this.stop(name);
    this.timers.set(name, this.platform.after(name, delayMs, handler));
  }

  stop(name: ControllerTimer): void {
    this.timers.get(name)?.cancel();
  }
}
