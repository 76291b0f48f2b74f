// SPDX-License-Identifier: GPL-2.0-or-later
/** Fencing operations as they are kept and shown, and what fencers say to each other. */

export type FenceAction = 'off' | 'on' | 'reboot';

export interface FencingEvent {
  readonly target: string;
  readonly action: string;
  readonly device: string | undefined;
  /** Node that asked. */
  readonly origin: string;
  readonly client: string;
  readonly state: 'success' | 'failed' | 'pending';
  readonly epochMs: number;
  readonly exitReason?: string;
}

export type FencerMessage =
  /** A node does not fence itself when another can do it and live to tell. */
  | { readonly kind: 'relay'; readonly to: number; readonly target: string; readonly action: FenceAction; readonly client: string; readonly origin: string }
  | { readonly kind: 'query'; readonly id: string; readonly target: string; readonly action: string; readonly client: string }
  | { readonly kind: 'devices'; readonly id: string; readonly devices: readonly string[] }
  | { readonly kind: 'execute'; readonly id: string; readonly peer: number; readonly device: string; readonly target: string; readonly action: string }
  | { readonly kind: 'executed'; readonly id: string; readonly device: string; readonly isOk: boolean; readonly reason: string }
  | { readonly kind: 'result'; readonly id: string; readonly event: FencingEvent }
  | { readonly kind: 'history'; readonly events: readonly FencingEvent[] };

/** How many ended operations are remembered. */
const HISTORY_LIMIT = 500;

export class FencingHistory {
  private events: FencingEvent[] = [];

  list(node?: string): readonly FencingEvent[] {
    return node === undefined ? this.events : this.events.filter((event) => event.target === node);
  }

  /** Newest first; the same operation heard twice is kept once. */
  add(event: FencingEvent): void {
    if (this.holds(event)) return;
    this.events = [event, ...this.events].sort((a, b) => b.epochMs - a.epochMs).slice(0, HISTORY_LIMIT);
  }

  holds(event: FencingEvent): boolean {
    return this.events.some((known) => isSameFencing(known, event));
  }

  clear(node: string | undefined): void {
    this.events = node === undefined ? [] : this.events.filter((event) => event.target !== node);
  }
}

/** Whether two nodes speak of one end. */
export function isSameFencing(a: FencingEvent, b: FencingEvent): boolean {
  return a.target === b.target && a.action === b.action && a.epochMs === b.epochMs && a.origin === b.origin && a.state === b.state;
}
