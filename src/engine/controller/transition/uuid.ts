// SPDX-License-Identifier: GPL-2.0-or-later
/** Names one life of one controller in transition keys. */
import type { Platform } from '../../../platform/index.ts';

export function lifeUuid(platform: Platform, name: string): string {
  const random = platform.random(`controller-uuid/${name}/${platform.clock.epochMs()}`);
  const hex = Array.from({ length: 32 }, () => random.below(16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
