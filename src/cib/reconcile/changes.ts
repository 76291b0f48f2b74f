// SPDX-License-Identifier: GPL-2.0-or-later
/** What differs between two configurations, object by object. */
import { sameXml } from '../compare.ts';
import type { XmlElement } from '../xml/index.ts';
import { objectsByKey, type ConfigurationObject } from './objects.ts';

export interface ObjectChange {
  readonly key: string;
  readonly name: string;
  readonly kind: 'added' | 'changed' | 'removed';
  readonly before: ConfigurationObject | undefined;
  readonly after: ConfigurationObject | undefined;
}

/** Removed ones first, then added and changed ones in the order of the newer configuration. */
export function changesBetween(before: XmlElement, after: XmlElement): readonly ObjectChange[] {
  const old = objectsByKey(before);
  const fresh = objectsByKey(after);
  const changes: ObjectChange[] = [];
  for (const [key, object] of old) if (!fresh.has(key)) changes.push({ key, name: object.name, kind: 'removed', before: object, after: undefined });
  for (const [key, object] of fresh) {
    const former = old.get(key);
    if (former === undefined) changes.push({ key, name: object.name, kind: 'added', before: undefined, after: object });
    else if (!sameXml(former.element, object.element)) changes.push({ key, name: object.name, kind: 'changed', before: former, after: object });
  }
  return changes;
}

/** `+web ~vip -old`, cut where a line ends. */
export function summaryOf(changes: readonly ObjectChange[], most = 6): string {
  const marks = { added: '+', changed: '~', removed: '-' } as const;
  const words = changes.slice(0, most).map((change) => marks[change.kind] + change.name);
  return changes.length > most ? `${words.join(' ')} and ${changes.length - most} more` : words.join(' ');
}
