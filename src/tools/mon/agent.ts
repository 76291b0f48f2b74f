// SPDX-License-Identifier: GPL-2.0-or-later
/** Runs the external agent for each event, without waiting for it. */
import type { FencingEvent } from '../../backends/index.ts';
import type { ToolContext } from '../context.ts';
import { isWorthTelling, notifyEnvironment, type FencingNotice, type NotifyEvent } from './notify-event.ts';

export interface AgentSettings {
  readonly program: string;
  readonly recipient: string;
  readonly tellsAll: boolean;
}

export class ExternalAgent {
  readonly #settings: AgentSettings;
  readonly #context: ToolContext;

  constructor(settings: AgentSettings, context: ToolContext) {
    this.#settings = settings;
    this.#context = context;
  }

  /** Starts one run per event that is worth it; how it ends is only logged. */
  tell(events: readonly NotifyEvent[]): void {
    const { program, recipient, tellsAll } = this.#settings;
    for (const event of events) {
      if (!isWorthTelling(event, tellsAll)) continue;
      const env = [...this.#context.env, ...notifyEnvironment(event, recipient, tellsAll)];
      void this.#context.spawn({ program, args: [], env }).then(({ code }) => {
        if (code !== 0) this.#context.err(`crm_mon: external agent ${program} ended with exit code ${code}\n`);
      });
    }
  }
}

/** Generic failure as a negative code, as the fencer reports a fencing that had no better answer. */
const NO_DATA = -61;

/** Fencing that has ended since a moment, oldest first. */
export function fencingNotices(history: readonly FencingEvent[], seen: ReadonlySet<string>): { readonly key: string; readonly notice: FencingNotice }[] {
  return history
    .filter((event) => event.state !== 'pending' && !seen.has(fencingKey(event)))
    .sort((a, b) => a.epochMs - b.epochMs)
    .map((event) => ({ key: fencingKey(event), notice: fencingNotice(event) }));
}

export function fencingKey({ target, action, client, origin, epochMs }: FencingEvent): string {
  return JSON.stringify([target, action, client, origin, epochMs]);
}

function fencingNotice({ target, action, device, client, origin, state, exitReason }: FencingEvent): FencingNotice {
  const by = device === undefined ? '' : ` with ${device}`;
  const result = state === 'success' ? 'OK' : (exitReason ?? 'failed');
  return { kind: 'fencing', target, rc: state === 'success' ? 0 : NO_DATA, text: `Operation ${action} of ${target} by ${origin}${by} for ${client}@${origin}: ${result}` };
}
