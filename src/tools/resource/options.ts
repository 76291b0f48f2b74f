// SPDX-License-Identifier: GPL-2.0-or-later
/** Command line of crm_resource. */
import type { OptionTable, ParsedOptions, ToolOption } from '../options/index.ts';

const QUERIES: readonly ToolOption[] = [
  { name: 'list', short: 'L', group: 'queries', summary: 'List all resources with their state (default)' },
  { name: 'list-raw', short: 'l', group: 'queries', summary: 'List the ids of all primitive instances' },
  { name: 'list-cts', short: 'c', group: 'queries', summary: 'List all resources for test scripts', isHidden: true },
  { name: 'list-operations', short: 'O', group: 'queries', summary: 'List the operations that tell the present state; --resource and --node narrow it' },
  { name: 'list-all-operations', short: 'o', group: 'queries', summary: 'List all recorded operations; --resource and --node narrow it' },
  { name: 'list-options', argument: 'TYPE', group: 'queries', summary: 'List the options that every resource of a type has', values: ['primitive', 'fencing'] },
  { name: 'list-standards', group: 'queries', summary: 'List the agent standards of this machine' },
  { name: 'list-ocf-providers', group: 'queries', summary: 'List the OCF providers of this machine' },
  { name: 'list-agents', argument: 'STANDARD[:PROVIDER]', group: 'queries', summary: 'List the agents of a standard, or of one provider' },
  { name: 'list-ocf-alternatives', argument: 'AGENT', group: 'queries', summary: 'List the OCF providers of an agent' },
  { name: 'show-metadata', argument: 'AGENT', group: 'queries', summary: 'Show the meta-data of an agent, as ocf:heartbeat:IPaddr2' },
  { name: 'query-xml', short: 'q', group: 'queries', summary: 'Show the XML of a resource, templates expanded' },
  { name: 'query-xml-raw', short: 'w', group: 'queries', summary: 'Show the XML of a resource as it stands in the CIB' },
  { name: 'get-parameter', short: 'g', argument: 'NAME', group: 'queries', summary: 'Show a parameter; with --meta, --utilization or --element another kind of setting' },
  { name: 'get-property', short: 'G', argument: 'NAME', group: 'queries', summary: 'As --element --get-parameter', isHidden: true },
  { name: 'locate', short: 'W', group: 'queries', summary: 'Show where a resource runs' },
  { name: 'constraints', short: 'a', group: 'queries', summary: 'Show the location and colocation constraints of a resource' },
  { name: 'stack', short: 'A', group: 'queries', summary: 'As --constraints, following colocations' },
  { name: 'why', short: 'Y', group: 'queries', summary: 'Show why resources do not run; --resource and --node narrow it' },
  { name: 'digests', group: 'queries', summary: 'Show the digests of the parameters on a node; NAME=VALUE words override parameters' },
];

const COMMANDS: readonly ToolOption[] = [
  { name: 'validate', argument: '[LEVEL]', group: 'commands', summary: 'Let the agent check the parameters of a resource, or those given with --agent and --option' },
  { name: 'cleanup', short: 'C', group: 'commands', summary: 'Forget failures, so that the cluster tries again; --resource, --node, --operation, --interval narrow it' },
  { name: 'refresh', short: 'R', aliases: ['reprobe', 'P'], group: 'commands', summary: 'Forget all history, so that the cluster looks for itself again' },
  { name: 'set-parameter', short: 'p', argument: 'NAME', group: 'commands', summary: 'Set a parameter to the value given with --parameter-value' },
  { name: 'set-property', short: 'S', argument: 'NAME', group: 'commands', summary: 'As --element --set-parameter', isHidden: true },
  { name: 'delete-parameter', short: 'd', argument: 'NAME', group: 'commands', summary: 'Delete a parameter' },
  { name: 'fail', short: 'F', group: 'commands', summary: 'Tell the cluster that a resource has failed' },
  { name: 'delete', short: 'D', group: 'commands', summary: 'Delete a resource from the configuration (needs --resource-type)' },
  { name: 'restart', group: 'commands', summary: 'Stop a resource and start it again' },
  { name: 'wait', group: 'commands', summary: 'Wait until the cluster has done all it wants to do' },
  { name: 'force-demote', group: 'commands', summary: 'Call demote of the agent on this node, past the cluster' },
  { name: 'force-stop', group: 'commands', summary: 'Call stop of the agent on this node, past the cluster' },
  { name: 'force-start', group: 'commands', summary: 'Call start of the agent on this node, past the cluster' },
  { name: 'force-promote', group: 'commands', summary: 'Call promote of the agent on this node, past the cluster' },
  { name: 'force-check', argument: '[LEVEL]', group: 'commands', summary: 'Call monitor of the agent on this node, past the cluster' },
];

const LOCATIONS: readonly ToolOption[] = [
  { name: 'move', short: 'M', aliases: ['migrate'], group: 'locations', summary: 'Move a resource: to --node, or away from where it is' },
  { name: 'ban', short: 'B', group: 'locations', summary: 'Keep a resource away from --node, or from where it is' },
  { name: 'clear', short: 'U', aliases: ['un-move', 'unmove', 'un-migrate', 'unmigrate'], group: 'locations', summary: 'Remove what --move and --ban have set' },
  { name: 'expired', short: 'e', group: 'locations', summary: 'With --clear: only what has expired' },
  { name: 'lifetime', short: 'u', argument: 'DURATION', group: 'locations', summary: 'How long a --move or --ban holds, in ISO 8601 form (PT1H)' },
  { name: 'promoted', aliases: ['master'], group: 'locations', summary: 'Limit --move, --ban or --clear to the promoted role' },
];

const ADDITIONAL: readonly ToolOption[] = [
  { name: 'resource', short: 'r', argument: 'ID', group: 'additional', summary: 'Resource' },
  { name: 'node', short: 'N', aliases: ['H', 'host-uname'], argument: 'NODE', group: 'additional', summary: 'Node' },
  { name: 'resource-type', short: 't', argument: 'TYPE', group: 'additional', summary: 'Kind of the resource: primitive, group, clone, bundle' },
  { name: 'parameter-value', short: 'v', aliases: ['property-value'], argument: 'VALUE', group: 'additional', summary: 'Value for --set-parameter' },
  { name: 'meta', short: 'm', group: 'additional', summary: 'The parameter is a resource option (meta attribute)' },
  { name: 'utilization', short: 'z', group: 'additional', summary: 'The parameter is a utilization attribute' },
  { name: 'element', group: 'additional', summary: 'The parameter is an attribute of the XML element' },
  { name: 'operation', short: 'n', argument: 'OPERATION', group: 'additional', summary: 'With --cleanup: only this operation' },
  { name: 'interval', short: 'I', argument: 'INTERVAL', group: 'additional', summary: 'With --operation: only with this interval' },
  { name: 'class', argument: 'CLASS', group: 'additional', summary: 'With --validate: class of the agent' },
  { name: 'provider', argument: 'PROVIDER', group: 'additional', summary: 'With --validate: provider of the agent' },
  { name: 'agent', argument: 'AGENT', group: 'additional', summary: 'With --validate: agent' },
  { name: 'option', argument: 'NAME=VALUE', group: 'additional', summary: 'With --validate: a parameter; may be given several times' },
  { name: 'set-name', short: 's', argument: 'ID', group: 'additional', summary: 'Id of the attribute set' },
  { name: 'nvpair', short: 'i', argument: 'ID', group: 'additional', summary: 'Id of the name/value pair' },
  { name: 'output-format', argument: 'LAYOUT', group: 'additional', summary: 'Layout of --list and --locate as text: today, or legacy for that of Pacemaker 1.1', values: ['today', 'legacy'] },
  { name: 'timeout', short: 'T', argument: 'TIME', group: 'additional', summary: 'Give up --wait and --restart after this time', isTime: true },
  { name: 'all', group: 'additional', summary: 'With --list-options: also the rarely needed ones' },
  { name: 'recursive', group: 'additional', summary: 'With --meta: also for all resources colocated with it' },
  { name: 'force', short: 'f', group: 'additional', summary: 'Do exactly what is asked, without looking at containers and members' },
  { name: 'quiet', short: 'Q', group: 'additional', summary: 'Print only what is asked for' },
  { name: 'xml-file', short: 'x', argument: 'FILE', group: 'additional', summary: 'Accepted for old scripts', isHidden: true, withoutEffect: 'old scripts give it; the answer is the same with and without it' },
];

export const table: OptionTable = {
  tool: 'crm_resource',
  summary: 'Query and change resources of the cluster.',
  usage: '<query>|<command> [options]',
  groups: [
    { key: 'queries', title: 'Queries' },
    { key: 'commands', title: 'Commands' },
    { key: 'locations', title: 'Where resources may run' },
    { key: 'additional', title: 'Additional options' },
  ],
  options: [...QUERIES, ...COMMANDS, ...LOCATIONS, ...ADDITIONAL],
  formats: ['text', 'xml', 'html', 'json'],
  tellsExitText: true,
  check,
  examples: [
    { text: 'List the resources', command: 'crm_resource --list' },
    { text: 'List the OCF agents', command: 'crm_resource --list-agents ocf' },
    { text: 'List the OCF agents of the heartbeat provider', command: 'crm_resource --list-agents ocf:heartbeat' },
    { text: "Where does 'myResource' run", command: 'crm_resource --resource myResource --locate' },
    { text: "Move 'myResource' to another node", command: 'crm_resource --resource myResource --move' },
    { text: "Move 'myResource' to a certain node", command: 'crm_resource --resource myResource --move --node altNode' },
    { text: "Let 'myResource' run where it likes again (the old spelling --un-move works too)", command: 'crm_resource --resource myResource --clear' },
    { text: "Tell the cluster that 'myResource' has failed", command: 'crm_resource --resource myResource --fail' },
    { text: "Stop 'myResource' and everything that depends on it", command: 'crm_resource --resource myResource --set-parameter target-role --meta --parameter-value Stopped' },
    { text: "Tell the cluster not to manage 'myResource': it is neither started nor stopped", command: 'crm_resource --resource myResource --set-parameter is-managed --meta --parameter-value false' },
    { text: "Forget what 'myResource' did on 'aNode', so that the cluster looks and recovers", command: 'crm_resource --resource myResource --cleanup --node aNode' },
  ],
};

function check(options: ParsedOptions): string | undefined {
  const kind = options.value('list-options');
  if (kind !== undefined && kind !== 'primitive' && kind !== 'fencing') return 'Error parsing option --list-options';
  const layout = options.value('output-format') ?? 'today';
  if (layout !== 'today' && layout !== 'legacy') return '--output-format: today, legacy';
  return options.values('option').some((word) => !word.includes('=')) ? 'Error parsing option --option' : undefined;
}
