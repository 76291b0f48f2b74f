// SPDX-License-Identifier: GPL-2.0-or-later
/** An agent's meta-data as text (RA-11). */
import type { AgentAction, AgentMetadata, AgentParameter } from '../../../agents/index.ts';
import { clusterOptions, type OptionFact } from '../../../cib/index.ts';

const INDENT = '    ';
const ACTION_COLUMN = 14;
/** Of no use in a configuration. */
const UNSHOWN_ACTIONS = new Set(['meta-data', 'metadata', 'validate-all']);

export function agentText(id: string, metadata: AgentMetadata): string {
  const parts = [metadata.shortDescription === '' ? id : `${metadata.shortDescription} (${id})`];
  if (metadata.longDescription !== '') parts.push(metadata.longDescription);
  if (metadata.parameters.length > 0) parts.push(['Parameters (*: required, []: default):', ...metadata.parameters.map(parameterText)].join('\n\n'));
  const actions = metadata.actions.filter((action) => !UNSHOWN_ACTIONS.has(action.name));
  if (actions.length > 0) parts.push(`Operations' defaults (advisory minimum):\n\n${actions.map(actionText).join('\n')}`);
  return parts.join('\n\n');
}

function parameterText(parameter: AgentParameter): string {
  const head = `${parameter.name}${parameter.isRequired ? '*' : ''} ${typeText(parameter)}: ${parameter.shortDescription}`.trimEnd();
  if (parameter.longDescription === '') return head;
  return `${head}\n${parameter.longDescription.split('\n').map((line) => `${INDENT}${line}`.trimEnd()).join('\n')}`;
}

function typeText({ type, initial, options }: AgentParameter): string {
  const parts = [options.length > 0 ? `{${options.join(',')}}` : type];
  if (initial !== undefined && initial !== '') parts.push(`[${initial}]`);
  return `(${parts.join(', ')})`;
}

function actionText(action: AgentAction): string {
  return `${INDENT}${action.name.padEnd(ACTION_COLUMN)}${action.attributes.map(([name, value]) => `${name}=${value}`).join(' ')}`.trimEnd();
}

/** Options of the cluster, from the table that the checks use. */
export function clusterOptionsText(): { readonly data: readonly OptionFact[]; readonly text: string } {
  const data = clusterOptions().filter((option) => option.isGenerated !== true);
  const lines = data.map((option) => `${option.name} (${[option.values === undefined ? option.type : `{${option.values.join(',')}}`, ...(option.initial === '' ? [] : [`[${option.initial}]`])].join(', ')})${option.meaning === undefined ? '' : `: ${option.meaning}`}`);
  return { data, text: ['Cluster options ([]: default):', '', ...lines].join('\n') };
}
