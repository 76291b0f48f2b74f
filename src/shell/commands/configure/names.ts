// SPDX-License-Identifier: GPL-2.0-or-later
/** Names of objects, for completion. */
import type { CibObject } from '../../../cib/index.ts';
import type { ConfigurationSession } from '../../configuration-session.ts';
import { nameOf } from './selection.ts';

export function objectNames(configuration: ConfigurationSession, isWanted: (object: CibObject) => boolean = () => true): string[] {
  return [...configuration.draft.objects()].filter(isWanted).map(nameOf).sort();
}
