// SPDX-License-Identifier: GPL-2.0-or-later
/** Seeded chance: every stream's numbers depend only on the seed and the stream's name. */
import type { RandomStream } from '../platform.ts';

export function seededStream(seed: number, name: string): RandomStream {
  let [a, b, c, counter] = [hashOf(name, 0x9e3779b9 ^ seed), hashOf(name, seed), seed | 0, 1];
  // Small fast counter generator (sfc32); its first numbers still show the seed and are thrown away.
  const next = (): number => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  const fraction = (): number => next() / 2 ** 32;
  return { fraction, below: (bound) => Math.floor(fraction() * bound) };
}

/** FNV-1a. */
export function hashOf(text: string, start = 0x811c9dc5): number {
  let hash = start | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
