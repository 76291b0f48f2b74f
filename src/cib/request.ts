// SPDX-License-Identifier: GPL-2.0-or-later
/** What may be asked of a CIB, as data: the same request works on a file, a shadow, the embedded store and a live cluster. */
import type { XmlElement } from './xml/index.ts';

/** Version triple of a CIB, compared in this order (cib.md, section 1.2). */
export interface CibVersion {
  readonly adminEpoch: number;
  readonly epoch: number;
  readonly numUpdates: number;
}

/** Where a request applies: a section name (`resources`, `status`, ...) or an XPath; neither means the whole document. */
export interface CibTarget {
  readonly section?: string;
  readonly xpath?: string;
}

/** One modifying request (cib.md, section 5). */
export type CibChange =
  | ({ readonly op: 'create' | 'modify' | 'replace' | 'delete'; readonly data?: XmlElement; readonly allowCreate?: boolean } & CibTarget)
  | ({ readonly op: 'delete-all' } & CibTarget)
  | { readonly op: 'erase' | 'bump' | 'upgrade' }
  | { readonly op: 'patch'; readonly data: XmlElement }
  /** All or nothing, one version step. */
  | { readonly op: 'transaction'; readonly changes: readonly CibChange[] };

export interface CibRequest {
  readonly change: CibChange;
  /** Refuse with `old` unless the document still has this version: how a shell commit notices another editor. */
  readonly expected?: CibVersion;
  /** Access rules of this user apply (cib.md, section 6). */
  readonly user?: string;
  /** Part of the version that counts the request even when it changes nothing, as some of the reference's tools do; else there is no new version then. */
  readonly countsUnchanged?: 'epoch' | 'numUpdates';
  /** Name of the asking program, recorded in `update-client`. */
  readonly client?: string;
}

/** `code` is a crm exit code (tools.md): 0 ok, 4 denied, 78 invalid, 103 old, 105 no such object, 108 exists ... */
export type CibReply =
  | { readonly ok: true; readonly cib: XmlElement; readonly changed: boolean }
  | { readonly ok: false; readonly code: number; readonly message: string; readonly detail?: readonly string[] };
