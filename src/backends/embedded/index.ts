// SPDX-License-Identifier: GPL-2.0-or-later
export { numberedNames } from '../../engine/index.ts';
export { openEmbedded, type EmbeddedAddress } from './backend.ts';
export { answersAt, commandCluster, startCluster, stopCluster, wantedNodes, type EmbeddedPlace, type StartOptions, type WantedNodes } from './launcher.ts';
