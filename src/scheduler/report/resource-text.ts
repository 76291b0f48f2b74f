// SPDX-License-Identifier: GPL-2.0-or-later
/** One line on a primitive: name, agent, state, node and flags. */
import { currentNode, parseRole, Role, roleName, topResource, type Node, type Primitive, type Resource } from '../model/index.ts';
import { exitText } from '../exit-text.ts';
import { spansItem, type OutlineNode } from './outline.ts';
import type { View } from './view.ts';

/** `ocf:heartbeat:IPaddr2`. */
export function agentName(resource: Primitive): string {
  return [resource.class, ...(resource.provider === undefined ? [] : [resource.provider]), resource.type].join(':');
}

/**
 * Role as shown: what no history tells of is stopped, and an instance of a promotable clone that runs without being promoted is
 * unpromoted.
 */
export function shownRole(resource: Resource): Role {
  if (resource.role === Role.unknown) return Role.stopped;
  return resource.role === Role.started && topResource(resource).isPromotable ? Role.unpromoted : resource.role;
}

const PENDING_STATES: ReadonlyMap<string, string> = new Map([
  ['start', 'Starting'],
  ['stop', 'Stopping'],
  ['migrate_to', 'Migrating'],
  ['migrate_from', 'Migrating'],
  ['promote', 'Promoting'],
  ['demote', 'Demoting'],
]);

/** The operation in progress that stands for the role, or that is shown among the flags. */
export function pendingState(resource: Resource): string | undefined {
  return resource.pendingTask === undefined ? undefined : PENDING_STATES.get(resource.pendingTask);
}

export function pendingFlag(resource: Resource): string | undefined {
  return resource.pendingTask === 'monitor' ? 'Monitoring' : undefined;
}

/** The line with its colour. */
export function primitiveItem(resource: Primitive, name: string, node: Node | undefined, view: View): OutlineNode {
  return spansItem({ text: primitiveText(resource, name, node, view), style: primitiveStyle(resource) });
}

function primitiveStyle(resource: Primitive): string {
  if (!resource.isManaged) return 'rsc-managed';
  if (resource.isFailed || resource.runningOn.length === 0) return 'rsc-failed';
  if (resource.runningOn.length > 1) return 'rsc-multiple';
  return resource.isFailureIgnored ? 'rsc-failure-ignored' : 'rsc-ok';
}

/** Where a primitive is, was locked to, or is about to be. */
export function shownNode(resource: Primitive): Node | undefined {
  return currentNode(resource);
}

export function primitiveText(resource: Primitive, name: string, where: Node | undefined, view: View): string {
  const omitsNodes = view.settings.omitsNodes === true;
  const isMultiple = resource.runningOn.length > 1;
  const known = where ?? resource.lockNode ?? (resource.pendingTask === undefined ? undefined : resource.pendingNode);
  const node = omitsNodes || isMultiple ? undefined : known;
  const parts = [`${name}\t(${agentName(resource)}):\t`, ...stateParts(resource, view)];
  if (node !== undefined) parts.push(` ${node.name}`);
  const probe = shownRole(resource) === Role.stopped ? view.maskedProbe(resource, node) : undefined;
  if (probe !== undefined) parts.push(` (${exitText(Number.parseInt(probe.get('rc-code') ?? '0', 10))}) `);
  const flags = primitiveFlags(resource, node, view);
  if (flags.length > 0) parts.push(` (${flags.join(', ')})`);
  const description = resource.xml.get('description');
  if (description !== undefined && (omitsNodes || isMultiple || view.settings.showsDescriptions === true)) parts.push(` (${description})`);
  if (isMultiple && !omitsNodes) parts.push(` [ ${resource.runningOn.map((here) => here.name).join(' ')} ]`);
  return parts.join('');
}

function stateParts(resource: Primitive, view: View): string[] {
  const removed = resource.isRemoved ? [' ORPHANED'] : [];
  const role = shownRole(resource);
  if (resource.isFailed) return [...removed, ' FAILED', ...(role > Role.unpromoted ? [` ${roleName(role)}`] : [])];
  const pending = view.settings.showsPending === true ? pendingState(resource) : undefined;
  return [...removed, ` ${pending ?? roleName(role)}`];
}

function primitiveFlags(resource: Primitive, node: Node | undefined, view: View): string[] {
  const flags: string[] = [];
  if (node !== undefined && !node.isOnline && node.isUnclean) flags.push('UNCLEAN');
  if (node !== undefined && node === resource.lockNode) flags.push('LOCKED');
  const pending = view.settings.showsPending === true ? pendingFlag(resource) : undefined;
  if (pending !== undefined) flags.push(pending);
  const target = resource.meta.get('target-role');
  const targetRole = parseRole(target);
  if (targetRole === Role.stopped) flags.push('disabled');
  else if (targetRole === Role.unpromoted && topResource(resource).isPromotable) flags.push(`target-role:${target}`);
  if (resource.isBlocked) flags.push('blocked');
  else if (resource.isInMaintenance) flags.push('maintenance');
  else if (!resource.isManaged) flags.push('unmanaged');
  if (resource.isFailureIgnored) flags.push('failure ignored');
  return flags;
}

/** Switched off by its target role: stopped, or unpromoted where it could be promoted. */
export function isDisabled(resource: Resource): boolean {
  const target = parseRole(resource.meta.get('target-role'));
  return target === Role.stopped || (target === Role.unpromoted && topResource(resource).isPromotable);
}
