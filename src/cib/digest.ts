// SPDX-License-Identifier: GPL-2.0-or-later
/** MD5 digests of documents (v1 for files, v2 for patches) and of operation parameters. */
import { createHash } from 'node:crypto';
import { element, writeXml, XmlElement, type XmlNode } from './xml/index.ts';

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** Digest of a file: a blank, the document on one line, a newline. */
export function digestV1(root: XmlElement): string {
  return md5(` ${writeXml(root)}\n`);
}

/** Digest of a patch target: the document on one line without the attributes that only say who wrote it when. */
export function digestV2(root: XmlElement): string {
  return md5(writeXml(withoutWriter(root)));
}

const WRITER_ATTRIBUTES: ReadonlySet<string> = new Set(['crm-debug-origin', 'cib-last-written', 'update-origin', 'update-client', 'update-user']);

function withoutWriter(here: XmlElement): XmlElement {
  let attributes = here.attributes;
  for (let i = 0; i < attributes.length; i += 2) {
    if (!WRITER_ATTRIBUTES.has(attributes[i]!)) continue;
    attributes = attributes.filter((_, at) => !WRITER_ATTRIBUTES.has(here.attributes[at - (at % 2)]!));
    break;
  }
  let children: XmlNode[] | undefined;
  for (let i = 0; i < here.children.length; i++) {
    const child = here.children[i]!;
    const stripped = child.kind === 'element' ? withoutWriter(child) : child;
    if (stripped !== child) children ??= here.children.slice();
    if (children !== undefined) children[i] = stripped;
  }
  if (attributes === here.attributes && children === undefined) return here;
  return new XmlElement(here.name, attributes, children ?? here.children, here.offset);
}

export interface OperationDigestOptions {
  /** A recurring operation keeps its timeout, because a changed timeout must reschedule it. */
  readonly isRecurring: boolean;
  /** Only these names count (the parameters that force a restart). */
  readonly only?: ReadonlySet<string>;
  /** These names do not count (private parameters). */
  readonly without?: ReadonlySet<string>;
}

const NEVER_DIGESTED: ReadonlySet<string> = new Set(['id', 'crm_feature_set', 'op-digest', 'on_node', 'on_node_uuid', 'pcmk_external_ip']);

/** Digest of the parameters an operation runs with. */
export function operationDigest(parameters: Iterable<readonly [string, string]>, options: OperationDigestOptions): string {
  const kept: (readonly [string, string])[] = [];
  for (const pair of parameters) if (isDigested(pair[0], options)) kept.push(pair);
  kept.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return digestV1(element('parameters', kept));
}

function isDigested(name: string, { isRecurring, only, without }: OperationDigestOptions): boolean {
  if (NEVER_DIGESTED.has(name)) return false;
  if (name.startsWith('CRM_meta_') && !(isRecurring && name === 'CRM_meta_timeout')) return false;
  return (only?.has(name) ?? true) && !(without?.has(name) ?? false);
}

/** Names in the blank-separated lists of history entries (`op-force-restart`, `op-secure-params`). */
export function parameterNames(list: string | undefined): ReadonlySet<string> {
  return new Set(list?.split(/\s+/).filter((name) => name !== '') ?? []);
}
