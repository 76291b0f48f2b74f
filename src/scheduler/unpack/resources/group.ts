// SPDX-License-Identifier: GPL-2.0-or-later
/** Groups: members in order; a group that is an instance hands its number down. */
import { parseBoolean } from '../../../cib/index.ts';
import type { Group, Scheduler } from '../../model/index.ts';
import { unpackResource } from './resource.ts';

export function unpackGroup(scheduler: Scheduler, group: Group): boolean {
  group.isOrdered = parseBoolean(group.meta.get('ordered') ?? '') ?? true;
  group.isColocated = parseBoolean(group.meta.get('collocated') ?? '') ?? true;
  const instance = group.xml.get('clone');
  for (const child of group.xml.elements('primitive')) {
    const member = unpackResource(scheduler, instance === undefined ? child : child.with('clone', instance), group);
    if (member !== undefined) group.children.push(member);
  }
  return group.children.length > 0 || !group.xml.elements('primitive').length;
}
