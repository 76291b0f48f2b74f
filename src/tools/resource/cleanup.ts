// SPDX-License-Identifier: GPL-2.0-or-later
/** `--cleanup`, `--refresh` and `--fail`: what the cluster remembers of a resource. */
import type { OperationSelector } from '../../backends/index.ts';
import { element, parseInterval } from '../../cib/index.ts';
import { leaves, nodesActiveOn, topResource, withoutInstance, type Node, type Primitive, type Resource } from '../../scheduler/index.ts';
import { EXIT } from '../exit/codes.ts';
import { daemonsOf } from '../live.ts';
import { ToolFailure } from '../run.ts';
import { activeResource, chosenNode, requiredId, type ResourceRun } from './cluster.ts';

export async function cleanup(run: ResourceRun, failedOnly: boolean): Promise<number> {
  const { options, output, backend, cluster } = run;
  const id = options.value('resource');
  if (id === undefined && options.has('operation')) throw new ToolFailure(EXIT.usage, '--operation depends on -r/--resource');
  const named = id === undefined ? undefined : activeResource(run, id);
  const node = chosenNode(run);
  const resource = named === undefined || options.has('force') ? named : topResource(named, true);
  const primitives = (resource === undefined ? cluster.resources : [resource]).flatMap((one) => [...leaves(one)]);
  const word = failedOnly ? 'clean-up' : 'refresh';
  if (backend.cluster === undefined) {
    output.text(`Dry run: skipping ${word} of ${resource?.id ?? 'all resources'}${node === undefined ? '' : ` on ${node.name}`} due to CIB_file`);
    return EXIT.ok;
  }
  const known = affected(run, primitives, node, failedOnly);
  const selector = selectorOf(run, node);
  if (resource === undefined) await backend.cluster.forget(selector, failedOnly);
  else for (const name of new Set(primitives.map(nameOf))) await backend.cluster.forget({ ...selector, resource: name }, failedOnly);
  for (const { primitive, host } of known) output.text(`Cleaned up ${primitive.id} on ${host.name}`);
  if (resource !== undefined) output.element(element('check', { id: resource.id }));
  return EXIT.ok;
}

function nameOf(primitive: Primitive): string {
  return primitive.historyName ?? (primitive.isUnique ? primitive.id : withoutInstance(primitive.id));
}

function selectorOf({ options }: ResourceRun, node: Node | undefined): OperationSelector {
  const operation = options.value('operation');
  const interval = options.value('interval');
  return {
    ...(node === undefined ? {} : { node: node.name }),
    ...(operation === undefined ? {} : { operation }),
    ...(interval === undefined ? {} : { intervalMs: parseInterval(interval) ?? 0 }),
  };
}

/** Which pairs of resource and node will be cleaned: the failed ones, or all with a history. */
function affected({ cluster }: ResourceRun, primitives: readonly Primitive[], node: Node | undefined, failedOnly: boolean): { primitive: Primitive; host: Node }[] {
  const names = new Set(primitives.map((one) => one.id));
  if (failedOnly) {
    const found = new Map<string, { primitive: Primitive; host: Node }>();
    for (const { resource, node: host } of cluster.failedOperations) {
      if (names.has(resource.id) && (node === undefined || node === host)) found.set(`${resource.id} ${host.name}`, { primitive: resource, host });
    }
    return [...found.values()];
  }
  const hosts = node === undefined ? cluster.nodes : [node];
  return primitives.flatMap((primitive) => hosts.flatMap((host) => (host.history.has(nameOf(primitive)) ? [{ primitive, host }] : [])));
}

/** Without a node the only one where the resource is active is meant. */
export async function fail(run: ResourceRun): Promise<number> {
  const resource = activeResource(run, requiredId(run));
  const node = chosenNode(run) ?? onlyNode(run, resource);
  if (node === undefined) throw new ToolFailure(EXIT.usage, 'Must supply a node name with -N/--node');
  const cluster = daemonsOf(run.backend, 'Error connecting to the controller: Connection refused');
  const [primitive] = leaves(resource);
  if (primitive === undefined) throw new ToolFailure(EXIT.noSuch, `Resource '${resource.id}' has no instance that could fail`);
  await cluster.fail(nameOf(primitive), node.name);
  return EXIT.ok;
}

function onlyNode(run: ResourceRun, resource: Resource): Node | undefined {
  if (run.backend.cluster === undefined) return undefined;
  const active = nodesActiveOn(resource);
  return active.length === 1 ? active[0] : undefined;
}
