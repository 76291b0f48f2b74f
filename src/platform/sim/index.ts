// SPDX-License-Identifier: GPL-2.0-or-later
/** The platform as a simulation: virtual time, one event queue, seeded chance. Imported only by tests and `bin`. */
import type { LogLevel, Platform } from '../platform.ts';
import { SimulatedDisk } from './disk.ts';
import { VirtualHosts } from './hosts.ts';
import { SimulatedNetwork } from './network.ts';
import { EventQueue } from './queue.ts';
import { hashOf, seededStream } from './random.ts';
import { simulatedSockets } from './sockets.ts';

export { seededStream } from './random.ts';
export type { AgentCall, AgentFate } from './hosts.ts';

/** 2024-01-01T00:00:00Z: every simulation begins on the same day. */
const EPOCH_START_MS = 1_704_067_200_000;

export class Simulation {
  readonly network: SimulatedNetwork;
  readonly disk: SimulatedDisk;
  readonly hosts: VirtualHosts;
  readonly platform: Platform;
  /** Called for each trace entry. */
  onTrace: (event: string, details: readonly (string | number)[]) => void = () => {};
  onLog: (level: LogLevel, source: string, text: string) => void = () => {};
  eventCount = 0;
  private readonly queue = new EventQueue();
  private nowMs = 0;
  /** How far the wall clock is from where it should be. */
  private clockErrorMs = 0;
  private hash = 0x811c9dc5;

  constructor(seed: number) {
    const later = (delayMs: number, label: string, run: () => void): void => void this.queue.add(this.nowMs + delayMs, label, run);
    const trace = (event: string, ...details: readonly (string | number)[]): void => this.record(event, details);
    this.network = new SimulatedNetwork(seededStream(seed, 'network'), later);
    this.disk = new SimulatedDisk(seededStream(seed, 'disk'));
    this.hosts = new VirtualHosts(seededStream(seed, 'agents'), later, trace);
    this.platform = {
      clock: { monotonicMs: () => this.nowMs, epochMs: () => EPOCH_START_MS + Math.floor(this.nowMs + this.clockErrorMs) },
      after: (label, delayMs, handler) => {
        const event = this.queue.add(this.nowMs + Math.max(0, delayMs), label, handler);
        return { cancel: () => void (event.run = undefined) };
      },
      random: (stream) => seededStream(seed, stream),
      network: this.network,
      disk: this.disk,
      processes: this.hosts,
      sockets: simulatedSockets((label, run) => later(0, label, run)),
      log: (level, source, text) => this.onLog(level, source, text),
      trace,
    };
  }

  get timeMs(): number {
    return this.nowMs;
  }

  /** The program gets no processor for so long: what is due meanwhile happens late, all else comes as it came. */
  pause(durationMs: number): void {
    this.nowMs += durationMs;
  }

  /** Somebody sets the wall clock; the monotonic one does not notice. */
  jumpClock(byMs: number): void {
    this.clockErrorMs += byMs;
  }

  /** Equal for two runs in which the same things happened at the same times. */
  get traceHash(): string {
    return (this.hash >>> 0).toString(16).padStart(8, '0');
  }

  /** Runs events until the time has come, `isDone` says so after an event, or nothing is left to happen. */
  run(untilMs: number, isDone: () => boolean = () => false): boolean {
    for (;;) {
      const event = this.queue.first();
      if (event === undefined) return isDone();
      if (event.atMs > untilMs) {
        this.nowMs = Math.max(this.nowMs, untilMs);
        return isDone();
      }
      this.queue.take();
      this.nowMs = Math.max(this.nowMs, event.atMs);
      this.eventCount++;
      this.hash = hashOf(event.label, this.hash ^ Math.round(this.nowMs * 1000));
      event.run!();
      if (isDone()) return true;
    }
  }

  private record(event: string, details: readonly (string | number)[]): void {
    this.hash = hashOf(`${event} ${details.join(' ')}`, this.hash);
    this.onTrace(event, details);
  }
}
