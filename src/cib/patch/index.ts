// SPDX-License-Identifier: GPL-2.0-or-later
export type { DiffOptions } from './diff.ts';
export { applyPatch, applyPatchVersion1, diffCib, diffCibVersion1, type PatchResult } from './patch.ts';
export { renderPatch } from './render.ts';
