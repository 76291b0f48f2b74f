// SPDX-License-Identifier: GPL-2.0-or-later
/** The classic tools: each is a function from arguments and a context to an exit code, loaded when it is asked for. */
import type { Tool } from './context.ts';
import type { OptionTable } from './options/index.ts';

export type { Tool, ToolContext, ToolDisk, ToolFileStatus, ToolSpawnRequest, ToolSpawnResult } from './context.ts';
export type { OptionTable, ToolOption } from './options/index.ts';

interface ToolModule {
  readonly run: Tool;
  readonly table: OptionTable;
}

/** One dynamic import for each tool, so that a command reads only its own code. */
const MODULES: ReadonlyMap<string, () => Promise<ToolModule>> = new Map<string, () => Promise<ToolModule>>([
  ['attrd_updater', () => import('./updater/index.ts')],
  ['cibadmin', () => import('./cib/index.ts')],
  ['crm_attribute', () => import('./attribute/index.ts')],
  ['crm_diff', () => import('./diff/index.ts')],
  ['crm_error', () => import('./error/index.ts')],
  ['crm_failcount', () => import('./failcount/index.ts')],
  ['crm_master', () => import('./master/index.ts')],
  ['crm_mon', () => import('./mon/index.ts')],
  ['crm_node', () => import('./node/index.ts')],
  ['crm_resource', () => import('./resource/index.ts')],
  ['crm_rule', () => import('./rule/index.ts')],
  ['crm_shadow', () => import('./shadow/index.ts')],
  ['crm_simulate', () => import('./simulate/index.ts')],
  ['crm_standby', () => import('./standby/index.ts')],
  ['crm_ticket', () => import('./ticket/index.ts')],
  ['crm_verify', () => import('./verify/index.ts')],
  ['crmadmin', () => import('./admin/index.ts')],
  ['iso8601', () => import('./iso8601/index.ts')],
  ['stonith_admin', () => import('./stonith/index.ts')],
]);

/** Every tool under its name. */
export const tools: ReadonlyMap<string, () => Promise<Tool>> = new Map([...MODULES].map(([name, load]) => [name, async () => (await load()).run]));

/** The command line of every tool as data, for manual pages and completion. */
export const optionTables: ReadonlyMap<string, () => Promise<OptionTable>> = new Map([...MODULES].map(([name, load]) => [name, async () => (await load()).table]));

export { helpText } from './options/index.ts';
export { manualPage, MANUAL_SECTION } from './manual/index.ts';
export { optionsDocument } from './manual/options-document.ts';
