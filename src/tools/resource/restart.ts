// SPDX-License-Identifier: GPL-2.0-or-later
/** `--wait` and `--restart`. */
import type { ClusterControl } from '../../backends/index.ts';
import { banConstraint, banId, deleteSetting, element, findSetting, parseTimeout, setSetting, type CibChange, type ResourcePlace } from '../../cib/index.ts';
import { clusterStatus, isActive, nodesActiveOn, topResource, type Node, type Resource } from '../../scheduler/index.ts';
import { EXIT } from '../exit/codes.ts';
import { localNow } from '../iso8601/index.ts';
import { daemonsOf } from '../live.ts';
import { ToolFailure, type ToolRun } from '../run.ts';
import { activeResource, chosenNode, configured, requiredId, type ResourceRun } from './cluster.ts';

const NO_CONTROLLER = 'Error connecting to the controller: Connection refused';
const POLL_MS = 250;
/** Without `--timeout`: an hour, as the reference waits. */
const DEFAULT_WAIT_MS = 3_600_000;

export async function wait(run: ResourceRun): Promise<number> {
  const cluster = daemonsOf(run.backend, NO_CONTROLLER);
  if (!(await cluster.waitIdle(timeoutMs(run)))) throw new ToolFailure(EXIT.timeout, '');
  return EXIT.ok;
}

export function timeoutMs({ options }: ToolRun): number {
  const text = options.value('timeout');
  return text === undefined ? DEFAULT_WAIT_MS : (parseTimeout(text) ?? DEFAULT_WAIT_MS);
}

export async function restart(run: ResourceRun): Promise<number> {
  const { output } = run;
  const cluster = daemonsOf(run.backend, NO_CONTROLLER);
  const id = requiredId(run);
  const named = activeResource(run, id);
  const node = chosenNode(run);
  const resource = run.options.has('force') ? named : topResource(named, true);
  const isRunning = node === undefined ? isActive(resource) : nodesActiveOn(resource).includes(node);
  if (!isRunning) {
    output.error(`${id} is not running${node === undefined ? '' : ` on ${node.name}`} and so cannot be restarted`);
    throw new ToolFailure(EXIT.noSuch, '');
  }
  const { stop, restore } = node === undefined ? byTargetRole(switchable(run, resource)) : byBan(resource.xml.id ?? resource.id, node);
  await applied(run, stop);
  output.text('Waiting for 1 resources to stop:', ` * ${resource.id}`);
  const stopped = await settled(run, cluster, (active) => (node === undefined ? active.length === 0 : !active.includes(node.name)), resource.id);
  // Whatever came of the stop, the resource must not stay switched off.
  await applied(run, restore);
  if (!stopped) throw new ToolFailure(EXIT.timeout, `Could not complete shutdown of ${resource.id}, it was enabled again`);
  output.text('Waiting for 1 resources to start again:', ` * ${resource.id}`);
  const started = await settled(run, cluster, (active) => (node === undefined ? active.length > 0 : active.includes(node.name)), resource.id);
  if (!started) throw new ToolFailure(EXIT.timeout, `Could not complete the start of ${resource.id}`);
  return EXIT.ok;
}

/** What the cluster makes up itself (parts of bundles) has no target role of its own. */
function switchable(run: ResourceRun, resource: Resource): ResourcePlace {
  const place = configured(run, resource.id);
  if (place === undefined) throw new ToolFailure(EXIT.unimplemented, `Resource '${resource.id}' is part of '${topResource(resource, true).id}': restart that`);
  return place;
}

interface Detour {
  readonly stop: CibChange;
  readonly restore: CibChange;
}

function byTargetRole({ element: owner }: ResourcePlace): Detour {
  const before = findSetting(owner, 'meta_attributes', 'target-role')?.pair.get('value');
  const stop = setSetting('resources', owner, 'meta_attributes', 'target-role', 'Stopped');
  if (before !== undefined) return { stop, restore: setSetting('resources', owner, 'meta_attributes', 'target-role', before) };
  const withValue = owner.append(element('meta_attributes', { id: `${owner.id}-meta_attributes` }, [element('nvpair', { id: `${owner.id}-meta_attributes-target-role`, name: 'target-role', value: 'Stopped' })]));
  return { stop, restore: deleteSetting('resources', withValue, 'meta_attributes', 'target-role') ?? stop };
}

function byBan(resource: string, node: Node): Detour {
  const constraint = banConstraint({ resource, node: node.name });
  return {
    stop: { op: 'modify', section: 'constraints', data: element('constraints', {}, [constraint]), allowCreate: true },
    restore: { op: 'delete', section: 'constraints', data: element('rsc_location', { id: banId(resource, node.name) }) },
  };
}

async function applied({ backend }: ResourceRun, change: CibChange): Promise<void> {
  const reply = await backend.apply({ client: 'crm_resource', change });
  if (!reply.ok) throw new ToolFailure(reply.code, reply.message);
}

/** Looks until the nodes where the resource runs are as wanted, or the time is over. */
async function settled(run: ResourceRun, cluster: ClusterControl, isWanted: (active: readonly string[]) => boolean, id: string): Promise<boolean> {
  const end = run.context.epochMs() + timeoutMs(run);
  for (;;) {
    await cluster.waitIdle(Math.min(POLL_MS, Math.max(0, end - run.context.epochMs())));
    const status = clusterStatus(await run.backend.query(), localNow(run.context));
    const resource = status.resourcesByName.get(id)?.[0];
    if (resource !== undefined && isWanted(nodesActiveOn(resource).map((node) => node.name))) return true;
    if (run.context.epochMs() >= end) return false;
    await run.context.sleep(POLL_MS);
  }
}
