// SPDX-License-Identifier: GPL-2.0-or-later
/** Messages as datagrams that only holders of the cluster's key can make: a keyed digest, then the message. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { TotemMessage } from './messages.ts';

/** Hexadecimal digits of an HMAC-SHA-256. */
const DIGEST_LENGTH = 64;

export class Frames {
  private readonly key: string;

  /** Clusters of different names do not understand each other, even with the same key. */
  constructor(clusterName: string, key: string) {
    this.key = `${clusterName}\n${key}`;
  }

  encode(message: TotemMessage): string {
    const text = JSON.stringify(message);
    return this.digest(text) + text;
  }

  /** Undefined for what was not made with the key. */
  decode(frame: string): TotemMessage | undefined {
    const text = frame.slice(DIGEST_LENGTH);
    const [given, wanted] = [Buffer.from(frame.slice(0, DIGEST_LENGTH)), Buffer.from(this.digest(text))];
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
    // What carries the right digest was made by `encode`.
    return JSON.parse(text) as TotemMessage;
  }

  private digest(text: string): string {
    return createHmac('sha256', this.key).update(text).digest('hex');
  }
}
