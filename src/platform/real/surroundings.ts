// SPDX-License-Identifier: GPL-2.0-or-later
/** What this process finds around it, read once when a face starts. */
import * as os from 'node:os';
import type { Surroundings } from '../platform.ts';

export function realSurroundings(): Surroundings {
  const env = new Map<string, string>();
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env.set(name, value);
  return {
    env,
    cwd: process.cwd(),
    userName: userName(),
    hostName: os.hostname(),
    processId: process.pid,
    terminal: {
      isInput: process.stdin.isTTY === true,
      isOutput: process.stdout.isTTY === true,
      columns: process.stdout.columns ?? 80,
      rows: process.stdout.rows ?? 24,
    },
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    readInput,
  };
}

function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    // A user id without an entry in the password file, as in many containers.
    return String(process.getuid?.() ?? '');
  }
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
