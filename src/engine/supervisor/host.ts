// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * A virtual host: the platform as one node sees it, with a switch. After the power is cut no timer, datagram or end of
 * a process reaches the node any more, and nothing of it reaches the others.
 */
import type { Endpoint, LogLevel, Platform, Timer } from '../../platform/index.ts';
import type { Cables } from './cables.ts';

export interface Host {
  readonly platform: Platform;
  readonly isOn: boolean;
  cutPower(): void;
}

export function startHost(platform: Platform, cables: Cables, log: (level: LogLevel, source: string, text: string) => void): Host {
  let isOn = true;
  const timers = new Set<Timer>();
  const endpoints = new Set<Endpoint>();
  const guarded = <Arguments extends unknown[]>(handler: (...values: Arguments) => void) => (...values: Arguments): void => {
    if (isOn) handler(...values);
  };
  const after = (label: string, delayMs: number, handler: () => void): Timer => {
    if (!isOn) return { cancel: () => {} };
    const timer = platform.after(label, delayMs, () => {
      timers.delete(entry);
      if (isOn) handler();
    });
    const entry: Timer = {
      cancel: () => {
        timers.delete(entry);
        timer.cancel();
      },
    };
    timers.add(entry);
    return entry;
  };
  const view: Platform = {
    ...platform,
    after,
    log,
    network: {
      attach: (nodeId, receive) => {
        const hear = guarded(receive);
        const endpoint = platform.network.attach(nodeId, (from, text) => (cables.carries(from, nodeId) ? hear(from, text) : undefined));
        endpoints.add(endpoint);
        return { send: guarded(endpoint.send), broadcast: guarded(endpoint.broadcast), detach: endpoint.detach };
      },
    },
    processes: {
      spawn: (request, onEnd) => (isOn ? platform.processes.spawn(request, guarded(onEnd)) : { groupId: undefined, kill: () => {} }),
      killGroup: platform.processes.killGroup.bind(platform.processes),
      killBranded: platform.processes.killBranded.bind(platform.processes),
      load: platform.processes.load.bind(platform.processes),
    },
  };
  return {
    platform: view,
    get isOn() {
      return isOn;
    },
    cutPower: () => {
      isOn = false;
      for (const timer of [...timers]) timer.cancel();
      for (const endpoint of endpoints) endpoint.detach();
    },
  };
}
