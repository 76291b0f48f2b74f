// SPDX-License-Identifier: GPL-2.0-or-later
/** Differences between documents as patches, in both formats, with their checks. */
import { digestV2 } from '../digest.ts';
import { compareCibVersions, versionOf } from '../version.ts';
import type { XmlElement } from '../xml/index.ts';
import { applyVersion2, Misfit } from './apply.ts';
import { diffVersion2, type DiffOptions } from './diff.ts';
import { applyVersion1, diffVersion1, type Version1Options } from './version-1.ts';

export type PatchResult =
  | { readonly ok: true; readonly cib: XmlElement }
  /**
   * `old` and `new`: the document is before or after the version the patch starts from; `format`: it is no patch; `misfit`: something it
   * names is not there; `digest`: the result is not what the patch promised.
   */
  | { readonly ok: false; readonly problem: 'old' | 'new' | 'format' | 'misfit' | 'digest'; readonly message: string };

/** The patch of format 2 from one document to another; undefined when nothing differs. */
export function diffCib(old: XmlElement, now: XmlElement, options: DiffOptions = {}): XmlElement | undefined {
  return diffVersion2(old, now, options);
}

/** The patch of format 1, which older releases understand; it cannot tell comments. */
export function diffCibVersion1(old: XmlElement, now: XmlElement, options: Version1Options = {}): XmlElement | undefined {
  return diffVersion1(old, now, options);
}

/** Applies a patch of format 2: checks the version it starts from and, if it carries one, the digest of the result. */
export function applyPatch(root: XmlElement, patch: XmlElement): PatchResult {
  if (patch.name !== 'diff' || patch.get('format') !== '2') {
    return { ok: false, problem: 'format', message: 'a patch is a <diff format="2"> element' };
  }
  const source = root.name === 'cib' ? patch.at('version', 'source') : undefined;
  return checked(root, patch, source, applyVersion2);
}

/** Applies a patch of format 1. */
export function applyPatchVersion1(root: XmlElement, patch: XmlElement): PatchResult {
  if (patch.name !== 'diff' || patch.first('diff-added') === undefined) {
    return { ok: false, problem: 'format', message: 'a patch of format 1 has <diff-removed> and <diff-added>' };
  }
  const removed = patch.first('diff-removed');
  const source = removed?.has('epoch') === true && root.name === 'cib' ? removed : undefined;
  return checked(root, patch, source, applyVersion1);
}

function checked(root: XmlElement, patch: XmlElement, source: XmlElement | undefined, apply: (root: XmlElement, patch: XmlElement) => XmlElement): PatchResult {
  const order = source === undefined ? 0 : compareCibVersions(versionOf(root), versionOf(source));
  if (order !== 0) {
    const message = `the document is ${order < 0 ? 'older' : 'newer'} than the version the patch starts from`;
    return { ok: false, problem: order < 0 ? 'old' : 'new', message };
  }
  try {
    const cib = apply(root, patch);
    const digest = patch.get('digest');
    if (digest === undefined || digest === digestV2(cib)) return { ok: true, cib };
    return { ok: false, problem: 'digest', message: 'the digest of the result is not the one of the patch' };
  } catch (error) {
    if (error instanceof Misfit) return { ok: false, problem: 'misfit', message: error.message };
    throw error;
  }
}
