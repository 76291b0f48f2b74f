// SPDX-License-Identifier: GPL-2.0-or-later
/** What the attributes of an order constraint, or of a set in one, mean as kinds of a relation. */
import { parseBoolean, type XmlElement } from '../../../cib/index.ts';
import { OrderKind, type Scheduler } from '../../model/index.ts';
import { readScore } from '../scores.ts';

export type ConstraintKind = 'Mandatory' | 'Optional' | 'Serialize';
export type Symmetry = 'symmetric' | 'asymmetric' | 'inverse';

export function readKind(scheduler: Scheduler, xml: XmlElement): ConstraintKind {
  const text = xml.get('kind');
  switch (text?.toLowerCase()) {
    case 'mandatory':
      return 'Mandatory';
    case 'optional':
      return 'Optional';
    case 'serialize':
      return 'Serialize';
    case undefined:
      // Very old constraints had a score, of which only 0 meant something.
      if (xml.has('score')) scheduler.warnOfOld("Support for 'score' in rsc_order is deprecated and will be removed in a future release (use 'kind' instead)");
      return xml.has('score') && readScore(scheduler, xml.get('score')) === 0 ? 'Optional' : 'Mandatory';
    default:
      scheduler.messages.push({ severity: 'error', text: `Resetting 'kind' for constraint ${xml.id ?? ''} to 'Mandatory' because '${text ?? ''}' is not valid` });
      return 'Mandatory';
  }
}

/** Whether the opposite actions are ordered the other way round. */
export function readSymmetry(xml: XmlElement, kind: ConstraintKind, inherited?: string): Symmetry {
  const symmetrical = parseBoolean(xml.get('symmetrical') ?? inherited ?? '');
  if (symmetrical === undefined) return kind === 'Serialize' ? 'asymmetric' : 'symmetric';
  return symmetrical && kind !== 'Serialize' ? 'symmetric' : 'asymmetric';
}

const UP_TASKS: ReadonlySet<string> = new Set(['start', 'promote', 'migrate_from']);

export function orderKinds(kind: ConstraintKind, firstTask: string, symmetry: Symmetry): number {
  if (kind === 'Optional') return OrderKind.order;
  if (kind === 'Serialize') return OrderKind.serialize;
  switch (symmetry) {
    case 'asymmetric':
      return OrderKind.order | OrderKind.asymmetric;
    case 'inverse':
      return OrderKind.order | OrderKind.implyFirst;
    case 'symmetric':
      return OrderKind.order | OrderKind.implyThen | (UP_TASKS.has(firstTask) ? OrderKind.block : 0);
  }
}

/** The action that undoes another; undefined when there is none. */
export function invertTask(task: string): string | undefined {
  switch (task) {
    case 'start':
      return 'stop';
    case 'stop':
      return 'start';
    case 'promote':
      return 'demote';
    case 'demote':
      return 'promote';
    case 'promoted':
      return 'demoted';
    case 'demoted':
      return 'promoted';
    case 'running':
      return 'stopped';
    case 'stopped':
      return 'running';
    default:
      return undefined;
  }
}
