// SPDX-License-Identifier: GPL-2.0-or-later
/** Which part of the CIB a command is about: a section or an XPath, whichever was given last. */
import type { CibTarget } from '../../cib/index.ts';
import type { ToolRun } from '../run.ts';

const SECTIONS = new Set(['configuration', 'nodes', 'resources', 'constraints', 'crm_config', 'rsc_defaults', 'op_defaults', 'acls', 'fencing-topology', 'tags', 'alerts', 'status']);
const GIVERS = new Set(['scope', 'xpath']);

/** A section that does not exist in any CIB is told, and the command is then about the whole. */
export function targetOf({ options, output }: ToolRun): CibTarget {
  const { name, value } = options.last(GIVERS) ?? {};
  if (name === undefined || value === undefined) return {};
  if (name === 'xpath') return { xpath: value };
  if (SECTIONS.has(value)) return { section: value };
  output.error(`Invalid value '${value}' for '--scope'. Operation will apply to the entire CIB`);
  return {};
}
