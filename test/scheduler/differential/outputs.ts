// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The outputs of one simulation, in a form in which the releases can be compared: scores, transition graph and summary as sorted lists of
 * lines, without what is only worded, numbered or laid out in another way.
 */
import { runOurs, runPeer, type Simulated } from '../../tools/simulate-differential.ts';

export const PARTS = ['scores', 'graph', 'summary'] as const;
export type Part = (typeof PARTS)[number];
export type Outputs = Readonly<Record<Part, readonly string[]>>;

/** Lines of one part that only one of the programs has. */
export interface Difference {
  readonly part: Part;
  readonly peer: readonly string[];
  readonly ours: readonly string[];
  /** Arguments beside the usual ones. */
  readonly args: readonly string[];
  /** All of our summary, which tells what is done. */
  readonly summary: readonly string[];
}

/** Undefined when there is none; a word when there is nothing to compare: the peer does not take the CIB, or it died or never came to an end. */
export async function differenceOf(cib: string, args: readonly string[] = []): Promise<Difference | undefined | 'refused' | 'aborted'> {
  const argv = ['-x', 'cib.xml', '-S', '-s', '-G', 'graph.xml', ...args];
  const text = inOldWords(cib);
  const theirs = runPeer(argv, text);
  if (theirs.code < 0) return 'aborted';
  if (theirs.code > 1) return 'refused';
  const [peer, ours] = [outputsOf(theirs), outputsOf(await runOurs(argv, text))];
  for (const part of PARTS) {
    const only = { peer: without(peer[part], ours[part]), ours: without(ours[part], peer[part]) };
    if (only.peer.length + only.ours.length > 0) return { part, ...only, args, summary: ours.summary };
  }
  return undefined;
}

const NEW_OPTIONS: Readonly<Record<string, string>> = {
  'fencing-enabled': 'stonith-enabled',
  'fencing-action': 'stonith-action',
  'fencing-timeout': 'stonith-timeout',
  'stop-removed-resources': 'stop-orphan-resources',
  'cancel-removed-actions': 'stop-orphan-actions',
};
const SETS = 'instance_attributes|utilization|meta_attributes|cluster_property_set';

/** The CIB with the names, the feature set and the limits of the older release, and with the defaults of the newer one. */
export function inOldWords(cib: string): string {
  let text = cib.replace(/crm_feature_set="[^"]*"/, 'crm_feature_set="3.16.1"');
  for (const [name, old] of Object.entries(NEW_OPTIONS)) if (!text.includes(`name="${old}"`)) text = text.replaceAll(`name="${name}"`, `name="${old}"`);
  text = text.replace(new RegExp(`<(?:${SETS}) [^<>]*/>|<(${SETS}) [^<>]*>\\s*</\\1>`, 'g'), '');
  if (text.includes('"concurrent-fencing"')) return text;
  const pair = '<cluster_property_set id="new-defaults"><nvpair id="new-default" name="concurrent-fencing" value="true"/></cluster_property_set>';
  return text.replace(/<crm_config\/>|<\/crm_config>/, (found) => (found === '<crm_config/>' ? `<crm_config>${pair}</crm_config>` : `${pair}${found}`));
}

function outputsOf({ stdout, files }: Simulated): Outputs {
  const lines = stdout.split('\n');
  const isScore = (line: string): boolean => / allocation score on | promotion score (?:on|\(inactive)/.test(line);
  return {
    scores: [...new Set(lines.filter(isScore).map(plainScore).filter((line) => !UNPLACED.test(line)))].sort(),
    graph: graphLines(files.get('graph.xml') ?? ''),
    summary: lines.filter((line) => !isScore(line)).map(plainSummary).filter((line) => line !== '' && !HEADING.test(line)).sort(),
  };
}

/** 3.0 goes through instances that get no node once more. */
const UNPLACED = /:\d+ allocation score on .*: -INFINITY$/;

function plainScore(line: string): string {
  return line.trim().replace(/^\* /, '').replace(/^pcmk__(\w+?)_(?:allocate|assign): /, '$1: ').replace(/ promotion score (?:on none|\(inactive\)): .*/, ' has no promotion score');
}

const HEADING = /^(?:Full List of Resources|Node List|Executing Cluster Transition|Revised Cluster Status|Transition Summary|Current cluster status|Assignment Scores|Performing Requested|Injecting attribute|Using the original|Setting effective|No resources|Container bundle|Resource Group: |Clone Set: )/i;

/** Without bullets, the words for a state where only a list follows, and the wording of reasons that was changed. */
function plainSummary(line: string): string {
  return line
    .trim()
    .replace(/^\* /, '')
    .replace(/^\w+(?: \(.*?\))?: (?=\[)/, '')
    .replace('termination was requested', 'fencing was requested')
    .replace(/^(Only 'private' parameters to) \S+-interval/, '$1')
    .replace(/due to (?:unrunnable|unmigrateable|required)/, 'due to')
    .replace(/(?<=Stopped.*) \((?:not installed|invalid parameter)\)/i, '')
    .replace(/\((?:.*?, )?(?:unmanaged|maintenance)\)/, '(untouched)')
    .replace(/\s+/g, ' ')
    .trim();
}

/** One line for each action: what it is, what is said about it, and what it waits for, with names instead of numbers. */
function graphLines(xml: string): string[] {
  const head = /<transition_graph[^>]*?\/?>/.exec(xml)?.[0] ?? '';
  const recheck = /recheck-by/.test(head) ? ['recheck'] : [];
  const synapses = xml.match(/<synapse[\s\S]*?<\/synapse>/g) ?? [];
  return [...recheck, ...synapses.map(synapseLine)].sort();
}

const OWN_META = /(?:CRM_meta_(?:on_node|on_node_uuid|stonith_action|timeout|priority_fencing_delay)|digests_\w+)="[^"]*"/g;
const RENAMED_META = / CRM_meta_(?:master_max|master_node_max|promoted_max|promoted_node_max|notify_(?:slave|master)_\w+|probe_complete|record_pending)="[^"]*"/g;

function synapseLine(synapse: string): string {
  const [set = '', inputs = ''] = synapse.split('<inputs');
  const attributes = /<attributes([^>]*?)\/?>/.exec(set)?.[1] ?? '';
  // Up to 2.1 every attribute of the node stood in the action that fences it.
  const said = set.includes('operation="stonith"') ? (attributes.match(OWN_META) ?? []).join(' ') : attributes.replace(/ crm_feature_set="[^"]*"/, '').replace(RENAMED_META, '');
  const more = (set.match(/<(?:primitive|node) [^>]*>|<downed>/g) ?? []).join('');
  const priority = /priority="\d+"/.exec(synapse)?.[0] ?? '';
  return `${[priority, ...(set.match(ACTION) ?? []).map(nameOf)].join(' ')} ${said} ${more} <- ${(inputs.match(ACTION) ?? []).map(nameOf).sort().join(' ')}`;
}

const ACTION = /<(?:rsc_op|pseudo_event|crm_event) [^>]*>/g;

function nameOf(tag: string): string {
  const value = (name: string): string | undefined => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  const kind = /^<(\w+)/.exec(tag)![1]!;
  return `${kind}:${value('internal_operation_key') ?? value('operation_key') ?? ''}@${value('on_node') ?? ''}${value('router_node') === undefined ? '' : `/${value('router_node')}`}`;
}

/** What the first list has more often than the second. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const count = new Map<string, number>();
  for (const line of other) count.set(line, (count.get(line) ?? 0) + 1);
  return list.filter((line) => {
    const left = count.get(line) ?? 0;
    if (left > 0) count.set(line, left - 1);
    return left === 0;
  });
}
