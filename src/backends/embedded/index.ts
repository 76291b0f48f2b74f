// SPDX-License-Identifier: GPL-2.0-or-later
export { openEmbedded, type EmbeddedAddress } from './backend.ts';
export { answersAt, commandCluster, startCluster, stopCluster, type EmbeddedPlace, type StartOptions } from './launcher.ts';
