// SPDX-License-Identifier: GPL-2.0-or-later
/** The engine: an embedded cluster of nodes, and the protocol by which other programs reach it. */
export { runSupervisor } from './supervisor/run.ts';
export type { ToolAnswer, ToolCall } from './supervisor/inside.ts';
export type { SupervisorSetup } from './supervisor/supervisor.ts';
export { NODE_LIMIT, numberedNames, readNodeWords } from './supervisor/node-words.ts';
export { embeddedCluster, type EmbeddedOptions } from './supervisor/embedded.ts';
export {
  CONTROL_PROTOCOL,
  CONTROL_VERSION,
  controlSocket,
  type ControlBody,
  type ControlNotice,
  type ControlReply,
  type Greeting,
  type PendingConfirmation,
  type TakenBack,
} from './control/protocol.ts';
export { readFencings, type FencingRecord } from './supervisor/history-record.ts';
export type { EmbeddedStatus } from './supervisor/status.ts';
export { encodeRequest, decodeElement } from './store/wire.ts';
