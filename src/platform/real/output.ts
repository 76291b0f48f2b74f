// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Standard output and error of a face, written at once. A stream of Node's would do the same (files, pipes and terminals
 * are written synchronously), but making one costs more than many a command.
 */
import { writeSync } from 'node:fs';
import { codeOf } from './disk.ts';

const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;

/** `crm configure show | head` ends without a message when `head` has seen enough. */
export const writeOutput = writer(STANDARD_OUTPUT, () => process.stdout, () => process.exit(0));
/** Nobody listens to the messages: the command goes on. */
export const writeError = writer(STANDARD_ERROR, () => process.stderr, () => {});

function writer(descriptor: number, stream: () => NodeJS.WriteStream, onReaderGone: () => void): (text: string) => void {
  let waiting: NodeJS.WriteStream | undefined;
  return (text) => {
    if (waiting !== undefined) return void waiting.write(text);
    const rest = writeNow(descriptor, text, onReaderGone);
    if (rest === undefined) return;
    // A pipe that somebody made non-blocking is full: from here on the stream waits for its reader.
    waiting = stream().on('error', (problem) => {
      if (codeOf(problem) !== 'EPIPE') throw problem;
      onReaderGone();
    });
    waiting.write(rest);
  };
}

/** Gives what could not be written yet. */
function writeNow(descriptor: number, text: string, onReaderGone: () => void): Buffer | undefined {
  if (text === '') return undefined;
  const bytes = Buffer.from(text, 'utf8');
  let at = 0;
  try {
    while (at < bytes.length) at += writeSync(descriptor, bytes, at);
  } catch (problem) {
    if (codeOf(problem) === 'EAGAIN') return bytes.subarray(at);
    if (codeOf(problem) !== 'EPIPE') throw problem;
    onReaderGone();
  }
  return undefined;
}
