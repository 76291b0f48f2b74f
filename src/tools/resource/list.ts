// SPDX-License-Identifier: GPL-2.0-or-later
/** `--list`, `--list-raw`, `--list-cts`: all resources. */
import { element, formatScore, XmlText } from '../../cib/index.ts';
import { legacyResources, nodesActiveOn, outlineToText, resourceList, resourcesXml, Role, roleName, View, withDescendants, type Resource } from '../../scheduler/index.ts';
import { EXIT } from '../exit/codes.ts';
import { ToolFailure } from '../run.ts';
import type { ResourceRun } from './cluster.ts';

export function viewOf({ cluster, context }: ResourceRun, settings: ConstructorParameters<typeof View>[1]): View {
  return new View(cluster, settings, (epochSeconds) => context.zoneOffsetSeconds(epochSeconds));
}

export function list(run: ResourceRun): number {
  const { output } = run;
  if (isLegacy(run)) return listLegacy(run);
  const outline = resourceList(viewOf(run, { showsInactive: true, omitsNodes: true, showsDescriptions: true, showsPending: true }), true);
  if (outline !== undefined) output.raw(outlineToText(outline));
  const resources = resourcesXml(viewOf(run, { showsInactive: true, isDetailed: true, showsDescriptions: true, showsPending: true }));
  if (resources !== undefined) output.element(resources);
  if (run.cluster.resources.length === 0) throw new ToolFailure(EXIT.noSuch, '');
  return EXIT.ok;
}

/** Layout of Pacemaker 1.1, whose lists had no heading and told no nodes. */
function listLegacy(run: ResourceRun): number {
  const lines = legacyResources(viewOf(run, { showsInactive: true, omitsNodes: true }));
  if (lines.length === 0) {
    run.output.text('NO resources configured');
    throw new ToolFailure(EXIT.noSuch, '');
  }
  run.output.text(...lines);
  return EXIT.ok;
}

/** Only text has an old layout. */
export function isLegacy({ options, output }: ResourceRun): boolean {
  return options.value('output-format') === 'legacy' && !output.isStructured;
}

/** Ids of all primitive instances, each name once. */
export function listRaw(run: ResourceRun): number {
  const { output } = run;
  const ids: string[] = [];
  for (const top of run.cluster.resources) for (const resource of withDescendants(top)) if (resource.kind === 'primitive') ids.push(resource.id);
  if (ids.length === 0) {
    output.error('NO resources configured', '');
    throw new ToolFailure(EXIT.noSuch, '');
  }
  output.text(...ids);
  output.element(element('list', { name: 'resource names', count: String(ids.length) }, ids.map((id) => element('item', { name: 'resource' }, [new XmlText(id)]))));
  return EXIT.ok;
}

/** One line for each resource with everything a test script wants to know. */
export function listForScripts({ cluster, output }: ResourceRun): number {
  for (const top of cluster.resources) {
    for (const resource of withDescendants(top)) {
      const isPrimitive = resource.kind === 'primitive';
      const agent = isPrimitive ? [resource.provider ?? 'NA', resource.class, resource.type] : ['NA', '(null)', '(null)'];
      const host = nodesActiveOn(resource)[0]?.name ?? 'NA';
      const flags = flagBits(resource);
      const needsQuorum = isPrimitive && resource.isFenceDevice ? '0' : '1';
      output.text(`Resource: ${resource.kind} ${resource.id} ${resource.historyName ?? resource.id} ${resource.parent?.id ?? 'NA'} ${agent.join(' ')} ${host} ${needsQuorum} ${flags} 0x${flags.toString(16).padStart(16, '0')}`);
    }
  }
  for (const { id, dependent, primary, score, dependentRole, primaryRole } of cluster.colocations.toReversed()) {
    output.text(`Constraint rsc_colocation ${id} ${dependent.id} ${primary.id} ${formatScore(score)} ${shownRole(dependentRole)} ${shownRole(primaryRole)}`);
  }
  return EXIT.ok;
}

function shownRole(role: Role): string {
  return role === Role.unknown ? 'NA' : roleName(role);
}

/** Places of the flags in the number that test scripts look at. */
function flagBits(resource: Resource): number {
  const bits: readonly (readonly [boolean, number])[] = [
    [resource.isRemoved, 0x1],
    [resource.isManaged, 0x2],
    [resource.isBlocked, 0x4],
    [resource.notifies, 0x10],
    [resource.isUnique, 0x20],
    [resource.isFenceDevice, 0x40],
    [resource.isPromotable, 0x80],
    [resource.isCritical, 0x100],
    [resource.isFailed, 0x1000],
    [resource.allowsRemoteRemotes, 0x4000],
    [resource.isRemoteConnection, 0x40000],
    [resource.isInBundle && resource.parent?.kind !== 'bundle', 0x100000],
    [isReplicaContainer(resource), 0x2000000],
    [resource.needsQuorum, 0x10000000],
    [resource.needsFencing, 0x20000000],
    [resource.needsUnfencing, 0x40000000],
  ];
  return bits.reduce((sum, [isSet, bit]) => (isSet ? sum + bit : sum), 0x8000);
}

function isReplicaContainer({ parent, id }: Resource): boolean {
  return parent?.kind === 'bundle' && parent.replicas.some((replica) => replica.container.id === id);
}
