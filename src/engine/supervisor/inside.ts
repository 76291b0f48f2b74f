// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Which calls of tools the supervisor may answer by running the tool inside its own process, which is warm: short
 * questions and changes that read no files, do not wait and do not stay. Everything else starts a program.
 */
import type { XmlElement } from '../../cib/index.ts';

/** A tool's run: exit code and both streams; undefined when it could not be run. */
export interface ToolAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ToolCall {
  readonly tool: string;
  readonly args: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
}

/** Runs a tool in this process; `done` is called once. Handed in by the program, as the engine does not know the tools. */
export type ToolRunner = (call: ToolCall, done: (answer: ToolAnswer | undefined) => void) => void;

/** Tools of which every option is short work, but for those that are named. */
const SHORT: ReadonlyMap<string, RegExp> = new Map([
  ['attrd_updater', /^$/],
  ['crm_attribute', /^(?:-L|--list-options)/],
  ['crm_failcount', /^(?:-D|--delete)/],
  ['crm_master', /^$/],
  ['crm_node', /^(?:-R|--remove)/],
  ['crm_standby', /^$/],
]);

/** Options that are allowed; values of options do not begin with a dash here. */
const QUESTIONS: ReadonlyMap<string, RegExp> = new Map([
  ['cibadmin', /^(?:-[QlnoAes]+|--(?:query|local|no-children|sync-call|node-path)|--(?:scope|xpath)(?:=.*)?)$/],
  ['crm_mon', /^(?:-[1rfnAotcRDbLNX]+|--(?:one-shot|inactive|failcounts|group-by-node|show-node-attributes|operations|timing-details|tickets|show-detail|hide-headers|brief|as-xml)|--(?:output-as|include|exclude|node|resource)=.*)$/],
  ['crm_resource', /^(?:-[rzmpvgdQqWNs]+|--(?:resource|utilization|meta|set-parameter|parameter-value|get-parameter|delete-parameter|quiet|locate|node|set-name)(?:=.*)?)$/],
]);
/** What makes one of these more than a question that never ends. */
const NEEDED: ReadonlyMap<string, RegExp> = new Map([
  ['cibadmin', /^(?:-\w*Q|--query)/],
  ['crm_mon', /^(?:-\w*[1X]|--one-shot|--as-xml|--output-as=xml)/],
  ['crm_resource', /^(?:-\w*[pgdW]|--(?:set-parameter|get-parameter|delete-parameter|locate))/],
]);

export const INSIDE_TOOLS: readonly string[] = [...SHORT.keys(), ...QUESTIONS.keys()].sort();

export function mayRunInside(tool: string, args: readonly string[]): boolean {
  if (args.some((word) => word.startsWith('--output-t') || word.startsWith('--o=') || word === '--complete')) return false;
  const stopping = SHORT.get(tool);
  if (stopping !== undefined) return !args.some((word) => stopping.test(word));
  const allowed = QUESTIONS.get(tool);
  const needed = NEEDED.get(tool);
  if (allowed === undefined || needed === undefined) return false;
  return args.some((word) => needed.test(word)) && args.every((word) => !word.startsWith('-') || allowed.test(word));
}

/** Tools that do not read the CIB. */
const WITHOUT_CIB = new Set(['attrd_updater', 'crm_node']);
/** Reading a larger CIB would keep the nodes from their work for longer than they wait for each other. */
const MOST_HISTORIES = 500;

export function isLightEnough(tool: string, cib: XmlElement): boolean {
  if (WITHOUT_CIB.has(tool)) return true;
  const states = cib.first('status')?.elements('node_state') ?? [];
  const histories = states.reduce((sum, state) => sum + (state.at('lrm', 'lrm_resources')?.children.length ?? 0), 0);
  return histories + (cib.at('configuration', 'resources')?.children.length ?? 0) <= MOST_HISTORIES;
}
