// SPDX-License-Identifier: GPL-2.0-or-later
/** The platform on Node: imported only by `bin` and by tests. */
import type { LogLevel, Platform } from '../platform.ts';
import { realClock, realRandom, realTimer } from './clock.ts';
import { realDisk } from './disk.ts';
import { HubNetwork } from './network.ts';
import { realProcesses } from './processes.ts';
import { realSockets } from './sockets.ts';

export { isAliveHere, isDead, ownMark, parseMark } from './process-mark.ts';
export { realFace, type RealFace } from './face.ts';
export { startProfile } from './profile.ts';
export { askOnTerminal, openLineEditor } from './line-editor.ts';

export interface RealPlatformOptions {
  readonly log?: (level: LogLevel, source: string, text: string) => void;
}

export function realPlatform(options: RealPlatformOptions = {}): Platform {
  return {
    clock: realClock,
    after: (_label, delayMs, handler) => realTimer(delayMs, handler),
    random: () => realRandom,
    network: new HubNetwork(),
    disk: realDisk,
    processes: realProcesses,
    sockets: realSockets,
    log: options.log ?? (() => {}),
    trace: () => {},
  };
}
export { realFaceDisk } from './face-disk.ts';
