// SPDX-License-Identifier: GPL-2.0-or-later
export * from './platform.ts';
export type * from './face.ts';
export { stateDirectory } from './state-directory.ts';
export { absolute } from './path.ts';
