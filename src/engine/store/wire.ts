// SPDX-License-Identifier: GPL-2.0-or-later
/** CIB requests and documents as messages between nodes: elements travel as XML text. */
import { readXml, writeXml, type CibChange, type CibRequest, type XmlElement } from '../../cib/index.ts';

/** A change whose data is XML text. */
export type WireChange =
  | { readonly op: 'transaction'; readonly changes: readonly WireChange[] }
  | { readonly op: Exclude<CibChange['op'], 'transaction'>; readonly data?: string; readonly section?: string; readonly xpath?: string; readonly allowCreate?: boolean };

export interface WireRequest extends Omit<CibRequest, 'change'> {
  readonly change: WireChange;
}

/** Messages of the group of CIB managers. */
export type StoreMessage =
  | { readonly kind: 'request'; readonly id: string; readonly origin: string; readonly epochMs: number; readonly request: WireRequest }
  /** The change is on this node's disk. */
  | { readonly kind: 'durable'; readonly id: string }
  /** What this node has when a configuration begins. */
  | { readonly kind: 'announce'; readonly ring: string; readonly version: readonly [number, number, number]; readonly digest: string; readonly isDc: boolean; readonly quorate: number }
  | { readonly kind: 'content'; readonly ring: string; readonly xml: string };

export function encodeRequest(request: CibRequest): WireRequest {
  return { ...request, change: encodeChange(request.change) };
}

export function decodeRequest(request: WireRequest): CibRequest {
  return { ...request, change: decodeChange(request.change) };
}

function encodeChange(change: CibChange): WireChange {
  if (change.op === 'transaction') return { op: change.op, changes: change.changes.map(encodeChange) };
  const { data, ...rest } = change as CibChange & { data?: XmlElement };
  return data === undefined ? (rest as WireChange) : ({ ...rest, data: writeXml(data) } as WireChange);
}

function decodeChange(change: WireChange): CibChange {
  if (change.op === 'transaction') return { op: change.op, changes: change.changes.map(decodeChange) };
  const { data, ...rest } = change;
  // Peers and clients encode with the function above, so the remaining fields are those of the operation.
  return (data === undefined ? rest : { ...rest, data: decodeElement(data) }) as CibChange;
}

export function decodeElement(text: string): XmlElement {
  const result = readXml(text);
  if (!result.ok) throw new Error(`defect: a message holds XML that cannot be read: ${JSON.stringify(result.problem)}`);
  return result.root;
}
