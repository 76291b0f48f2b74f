// SPDX-License-Identifier: GPL-2.0-or-later
export * from './backend.ts';
export { chooseBackend, isFileNamed, type BackendChoice } from './choose.ts';
export { readFencings, type FencingRecord } from '../engine/index.ts';
export { shadowDirectory, shadowPath } from './file/shadow.ts';
export * from './embedded/index.ts';
