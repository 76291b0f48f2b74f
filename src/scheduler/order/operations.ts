// SPDX-License-Identifier: GPL-2.0-or-later
/** Configured operations (`op`) of a primitive, read once, and the one that applies to an action. */
import { intervalMs, parseBoolean, type XmlElement } from '../../cib/index.ts';
import type { Resource } from '../model/index.ts';

export interface ConfiguredOperation {
  readonly xml: XmlElement;
  readonly name: string;
  readonly intervalMs: number;
  readonly isEnabled: boolean;
  readonly role: string | undefined;
}

const read = new WeakMap<readonly XmlElement[], readonly ConfiguredOperation[]>();
const NONE: readonly ConfiguredOperation[] = [];

/** In document order. */
export function operationsOf(resource: Resource): readonly ConfiguredOperation[] {
  if (resource.kind !== 'primitive') return NONE;
  let operations = read.get(resource.operations);
  if (operations === undefined) {
    operations = resource.operations.map(readOperation);
    read.set(resource.operations, operations);
  }
  return operations;
}

function readOperation(xml: XmlElement): ConfiguredOperation {
  return {
    xml,
    name: xml.get('name') ?? '',
    intervalMs: intervalMs(xml.get('interval')),
    isEnabled: parseBoolean(xml.get('enabled') ?? '') ?? true,
    role: xml.get('role'),
  };
}

/** The first operation with exactly that name and interval. */
export function exactOperation(resource: Resource, task: string, interval: number, withDisabled: boolean): ConfiguredOperation | undefined {
  return operationsOf(resource).find((op) => op.name === task && op.intervalMs === interval && (withDisabled || op.isEnabled));
}

/** The operation that configures an action; both halves of a migration may be configured as `migrate`. */
export function operationFor(resource: Resource, task: string, interval: number, withDisabled: boolean): ConfiguredOperation | undefined {
  const exact = exactOperation(resource, task, interval, withDisabled);
  if (exact !== undefined || (task !== 'migrate_to' && task !== 'migrate_from')) return exact;
  return exactOperation(resource, 'migrate', 0, withDisabled);
}

/** The enabled recurring monitor with the smallest interval; the first of equals. */
export function mostFrequentMonitor(resource: Resource): ConfiguredOperation | undefined {
  let best: ConfiguredOperation | undefined;
  for (const op of operationsOf(resource)) {
    if (op.name !== 'monitor' || op.intervalMs === 0 || !op.isEnabled) continue;
    if (best === undefined || op.intervalMs < best.intervalMs) best = op;
  }
  return best;
}
