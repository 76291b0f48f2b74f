// SPDX-License-Identifier: GPL-2.0-or-later
/** Single keys of the terminal; loaded only when a person looks at a screen that is drawn again and again. */
import type { FaceKeyboard } from '../face.ts';

/** An escape sequence of a special key, or one character. */
// eslint-disable-next-line no-control-regex
const KEY = /\u001B(?:\[[\d;]*[ -/]*[@-~]|O[@-~])|[^]/gu;
/** Keys typed ahead that are kept: a paste is no command. */
const MOST_WAITING = 64;

export function openKeyboard(): FaceKeyboard {
  const waiting: string[] = [];
  let isAwake = false;
  let resume: (() => void) | undefined;
  const go = (): void => {
    resume?.();
    resume = undefined;
  };
  const wake = (): void => {
    isAwake = true;
    go();
  };
  const take = (text: string): void => {
    waiting.push(...(text.match(KEY) ?? []));
    waiting.splice(MOST_WAITING);
    go();
  };
  const { stdin, stdout } = process;
  stdin.setEncoding('utf8').setRawMode(true).on('data', take).on('end', wake).resume();
  stdout.on('resize', wake);
  return {
    async next(timeoutMs) {
      if (waiting.length === 0 && !isAwake) await pause(timeoutMs, (handler) => (resume = handler));
      isAwake = false;
      return waiting.shift();
    },
    wake,
    suspend: () => suspend(stdin),
    close() {
      stdin.off('data', take).off('end', wake).setRawMode(false).pause();
      stdout.off('resize', wake);
    },
  };
}

/** Until the time has passed or the handler is called. */
function pause(timeoutMs: number, register: (handler: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs);
    register(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The whole job stops, as it would by the terminal's own key. */
function suspend(stdin: NodeJS.ReadStream): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGCONT', () => {
      stdin.setRawMode(true);
      resolve();
    });
    stdin.setRawMode(false);
    process.kill(0, 'SIGTSTP');
  });
}
