// SPDX-License-Identifier: GPL-2.0-or-later
/** Points in time as people write them. */
import { parseDateTime } from '../../../cib/index.ts';
import type { Session } from '../../session.ts';

const MS_PER_SECOND = 1000;
const UNIT_SECONDS: ReadonlyMap<string, number> = new Map([['s', 1], ['m', 60], ['h', 3600], ['d', 86_400]]);

/** Seconds since 1970 of an ISO 8601 time, or of so long before now (`30m`, `-12H`, `2d`). */
export function pointInTime(session: Session, word: string): number | undefined {
  const now = Math.floor(session.context.epochMs() / MS_PER_SECOND);
  const back = /^-?(\d+)([smhd])$/i.exec(word);
  if (back !== null) return now - Number(back[1]) * UNIT_SECONDS.get(back[2]!.toLowerCase())!;
  return parseDateTime(word, { epochSeconds: now, offsetSeconds: session.context.zoneOffsetSeconds(now) })?.epochSeconds;
}
