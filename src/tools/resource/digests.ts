// SPDX-License-Identifier: GPL-2.0-or-later
/** `--digests`: fingerprints of what a resource would be started with, to compare with those in a history. */
import { element, operationDigest, parameterNames, type XmlElement } from '../../cib/index.ts';
import { currentParameters, NodeLayout, sortedEntries, type Node, type Primitive } from '../../scheduler/index.ts';
import { EXIT } from '../exit/codes.ts';
import { ToolFailure } from '../run.ts';
import { activeResource, chosenNode, requiredId, type ResourceRun } from './cluster.ts';

interface Digest {
  readonly type: 'all' | 'nonprivate' | 'nonreloadable';
  readonly label: string;
  readonly hash: string;
  readonly pairs: readonly (readonly [string, string])[];
}

export function showDigests(run: ResourceRun): number {
  const { options, output } = run;
  const resource = activeResource(run, requiredId(run));
  const node = chosenNode(run);
  if (node === undefined) throw new ToolFailure(EXIT.usage, 'Must supply a node name with -N/--node');
  if (resource.kind !== 'primitive') throw new ToolFailure(EXIT.unimplemented, `Resource '${resource.id}' has no operations of its own`);
  const overrides = new Map(options.words.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const));
  const intervalMs = Number.parseInt(overrides.get('CRM_meta_interval') ?? '0', 10) || 0;
  const digests = digestsOf(run, resource, node, intervalMs, overrides);
  for (const { hash, label } of digests) output.text(`${hash} (${label} parameters)`);
  const shown = digests.map(({ type, hash, pairs }) => element('digest', { type, hash }, [element('parameters', pairs)]));
  output.element(element('digests', { resource: resource.id, node: node.name, task: 'start', interval: `${intervalMs}ms` }, shown));
  return EXIT.ok;
}

function digestsOf(run: ResourceRun, resource: Primitive, node: Node, intervalMs: number, overrides: ReadonlyMap<string, string>): Digest[] {
  const table = new Map(currentParameters(run.cluster, resource, node, 'start', intervalMs).pairs);
  for (const [name, value] of overrides) table.set(name, value);
  const isRecurring = intervalMs > 0;
  const entry = historyEntry(resource, node);
  const secure = parameterNames(entry?.get('op-secure-params'));
  const all = [...table].filter(([name]) => !name.startsWith('CRM_meta_') || (isRecurring && name === 'CRM_meta_timeout'));
  const isMeta = ([name]: readonly [string, string]): boolean => name.startsWith('CRM_meta_');
  const inOrder = [...walked(all.filter((pair) => !isMeta(pair))), ...walked(all.filter(isMeta))];
  const plain = inOrder.filter(([name]) => !name.startsWith('CRM_meta_') && !secure.has(name));
  const digests: Digest[] = [
    { type: 'all', label: 'all', hash: operationDigest(table, { isRecurring }), pairs: inOrder },
    { type: 'nonprivate', label: 'non-private', hash: operationDigest(plain, { isRecurring: false, without: secure }), pairs: plain },
  ];
  const forced = entry?.get('op-force-restart');
  if (forced === undefined) return digests;
  const only = parameterNames(forced);
  const kept = inOrder.filter(([name]) => only.has(name));
  return [...digests, { type: 'nonreloadable', label: 'non-reloadable', hash: operationDigest(kept, { isRecurring: false, only }), pairs: kept }];
}

/** As the reference walks its table of parameters. */
function walked(pairs: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  let layout = NodeLayout.root<{ readonly id: string; readonly value: string }>();
  for (const [id, value] of pairs) layout = layout.with({ id, value });
  return layout.order().map(({ id, value }) => [id, value] as const);
}

/** The newest operation that tells which parameters cannot be reloaded; without one, which are private. */
function historyEntry(resource: Primitive, node: Node): XmlElement | undefined {
  const history = node.history.get(resource.historyName ?? resource.id) ?? node.history.get(resource.xml.id ?? '');
  if (history === undefined) return undefined;
  const entries = sortedEntries(history);
  return (entries.findLast(({ xml }) => xml.has('op-force-restart')) ?? entries.findLast(({ xml }) => xml.has('op-secure-params')))?.xml;
}
