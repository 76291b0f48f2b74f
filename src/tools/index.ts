// SPDX-License-Identifier: GPL-2.0-or-later
/** The classic tools: each is a function from arguments and a context to an exit code, loaded when it is asked for. */
export type { Tool, ToolContext, ToolDisk, ToolFileStatus, ToolSpawnRequest, ToolSpawnResult } from './context.ts';
