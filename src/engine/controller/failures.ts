// SPDX-License-Identifier: GPL-2.0-or-later
/** What a failed operation adds to the fail counts of its resource (engine.md, section 8). */
import type { AttributeChange } from '../attributes/attributes.ts';

export interface Failure {
  readonly resource: string;
  readonly action: string;
  readonly intervalMs: number;
  readonly node: string;
  readonly epochSeconds: number;
  /** Reported from outside, as `crm_resource --fail` does. */
  readonly isForced: boolean;
  /** on-fail=ignore: the failure is shown and not counted. */
  readonly isIgnored: boolean;
  /** What a failed start or stop counts for: `INFINITY` or a number. */
  readonly startOffset: string;
  readonly stopOffset: string;
}

/** Attribute changes to make; none for probes and other actions that do not count. */
export function failureUpdates(failure: Failure): AttributeChange[] {
  const value = countOf(failure);
  if (value === undefined) return [];
  const suffix = `${failure.resource}#${failure.action}_${failure.intervalMs}`;
  const lastFailure = { name: `last-failure-${suffix}`, node: failure.node, value: String(failure.epochSeconds) };
  if (failure.isIgnored) return [lastFailure];
  return [{ name: `fail-count-${suffix}`, node: failure.node, value }, lastFailure];
}

function countOf({ action, intervalMs, isForced, startOffset, stopOffset }: Failure): string | undefined {
  switch (action) {
    case 'start':
      return increment(startOffset);
    case 'stop':
      return increment(stopOffset);
    case 'promote':
    case 'demote':
      return 'value++';
    default:
      return intervalMs > 0 || isForced ? 'value++' : undefined;
  }
}

function increment(offset: string): string {
  return offset === 'INFINITY' ? 'INFINITY' : 'value++';
}

/** Matches the counters of one resource (of one operation) and of its instances. */
export function failurePattern(resource: string | undefined, operation: string | undefined, intervalMs: number | undefined): string {
  const name = resource === undefined ? '.+' : resource.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const action = operation === undefined ? '.+' : `${operation.replace(/[^\w-]/g, '')}_${intervalMs ?? '\\d+'}`;
  return `^(?:fail-count|last-failure)-${name}(?::\\d+)?(?:#${action})?$`;
}
