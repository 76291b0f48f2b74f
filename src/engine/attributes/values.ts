// SPDX-License-Identifier: GPL-2.0-or-later
/** Values of transient node attributes: keyed by name, set and node; counters are expanded where they arrive. */
import { INFINITY, parseScore } from '../../cib/index.ts';

export interface AttributeKey {
  readonly name: string;
  /** Id of the attribute set; undefined for the usual one of the status section. */
  readonly set: string | undefined;
}

export interface Attribute extends AttributeKey {
  dampeningMs: number;
  isPrivate: boolean;
  readonly values: Map<string, string>;
}

export function keyOf({ name, set }: AttributeKey): string {
  return set === undefined ? name : `${name}\n${set}`;
}

/** `value++` and `value+=n` refer to the present value. */
export function expandValue(text: string, name: string, present: string | undefined): string {
  const match = /^(?:value|(.*))(?:\+\+|\+=(\d+))$/.exec(text);
  if (match === null || (match[1] !== undefined && match[1] !== name)) return text;
  const before = present === 'INFINITY' ? INFINITY : (parseScore(present ?? '0') ?? 0);
  const after = before + Number(match[2] ?? '1');
  return after >= INFINITY ? 'INFINITY' : String(after);
}

/** Id of the set that holds a node's attributes unless another is named. */
export function usualSet(nodeId: string): string {
  return `status-${nodeId}`;
}

/** Id of the nvpair in the status section: characters that an id may not hold become dots. */
export function attributeId(nodeId: string, name: string, set: string | undefined): string {
  return `${set ?? usualSet(nodeId)}-${name}`.replace(/[^\w.-]/g, '.');
}
