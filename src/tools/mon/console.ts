// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_mon on a terminal: a screen that follows the cluster and obeys single keys, until `q`. */
import { BackendError } from '../../backends/index.ts';
import type { FaceKeyboard } from '../../platform/index.ts';
import type { ToolRun } from '../run.ts';
import { firstDisplay, pressKey, type Display, type Extent } from './keys.ts';
import { table } from './options.ts';
import type { MonRequest } from './request.ts';
import { choicesText, drawFrame, ENTER_SCREEN, LEAVE_SCREEN } from './screen.ts';
import { pictureOrReason } from './take.ts';

/** A cluster that changes all the time is drawn this often, or what the drawing costs would be felt. */
const SHORTEST_PAUSE_MS = 1000;
const SUSPEND = '\u001A';

/** Resolves when the person has seen enough. */
export async function watchOnTerminal(run: ToolRun, request: MonRequest, keyboard: FaceKeyboard): Promise<void> {
  const { context } = run;
  const follower = new Follower(run, keyboard);
  context.onTermination?.(() => context.out(LEAVE_SCREEN));
  context.out(ENTER_SCREEN);
  try {
    for (let display: Display | 'quit' = firstDisplay(request); display !== 'quit'; ) {
      await follower.follow();
      const { text, extent } = drawFrame(await textOf(run, display), display.firstLine, context.terminal);
      context.out(text);
      display = await nextDisplay(run, keyboard, follower, display, extent);
    }
  } finally {
    context.out(LEAVE_SCREEN);
    keyboard.close();
    await follower.end();
  }
}

async function textOf(run: ToolRun, display: Display): Promise<string> {
  return display.isChoosing ? choicesText(table, display) : pictureOrReason(run, display.request);
}

/** Waits for a key, for the cluster to change, or for the time of the next look. */
async function nextDisplay(run: ToolRun, keyboard: FaceKeyboard, follower: Follower, display: Display, extent: Extent): Promise<Display | 'quit'> {
  const { context } = run;
  const drawnEpochMs = context.epochMs();
  const key = await keyboard.next(display.request.intervalMs);
  if (key === SUSPEND) {
    context.out(LEAVE_SCREEN);
    await keyboard.suspend();
    context.out(ENTER_SCREEN);
    return display;
  }
  if (key !== undefined) return pressKey(display, key, extent);
  if (!follower.hasChanged()) return display;
  const early = await keyboard.next(Math.max(0, drawnEpochMs + SHORTEST_PAUSE_MS - context.epochMs()));
  return early === undefined ? display : pressKey(display, early, extent);
}

/** Hears of changes of a cluster that tells them; when it is gone, asks for it again at each look. */
class Follower {
  readonly #run: ToolRun;
  readonly #keyboard: FaceKeyboard;
  #close: (() => Promise<void>) | undefined;
  #hasChanged = false;

  constructor(run: ToolRun, keyboard: FaceKeyboard) {
    this.#run = run;
    this.#keyboard = keyboard;
  }

  async follow(): Promise<void> {
    if (this.#close !== undefined) return;
    try {
      const backend = await this.#run.context.openBackend();
      if (backend.watch === undefined) return await backend.close();
      this.#close = () => backend.close();
      void backend.watch(() => this.#note()).catch(lost).then(() => {
        this.#close = undefined;
        this.#note();
      });
    } catch (error) {
      lost(error);
    }
  }

  /** Since this was asked last. */
  hasChanged(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }

  async end(): Promise<void> {
    await this.#close?.();
  }

  #note(): void {
    this.#hasChanged = true;
    this.#keyboard.wake();
  }
}

/** A cluster that is away is told in the picture; anything else is a defect. */
function lost(error: unknown): void {
  if (!(error instanceof BackendError)) throw error;
}
