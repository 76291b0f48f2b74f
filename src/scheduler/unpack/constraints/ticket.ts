// SPDX-License-Identifier: GPL-2.0-or-later
/** Ticket constraints: what happens to resources while a ticket is not held. */
import type { XmlElement } from '../../../cib/index.ts';
import { leaves, Role, type LossPolicy, type Primitive, type Resource, type Scheduler, type TicketConstraint } from '../../model/index.ts';
import { requestFencing } from '../../order/fence.ts';
import { banEverywhere } from '../../scores/add-score.ts';
import { ensureTicket } from '../status/tickets.ts';
import { constraintResource, expandSets, referenceKinds, setMembers, sidesToSets, type SideAttributes } from './references.ts';
import { readRole } from '../roles.ts';

const SIDE: SideAttributes = { name: 'rsc', role: 'rsc-role', setRole: 'role' };

export function unpackTicketConstraint(scheduler: Scheduler, given: XmlElement): void {
  const name = given.get('ticket');
  if (name === undefined) return;
  const ticket = ensureTicket(scheduler, name);
  let xml = expandSets(scheduler, given);
  if (xml.first('resource_set') === undefined) {
    const kinds = referenceKinds(scheduler, xml, [SIDE]);
    if (kinds === 'unknown') return;
    if (kinds === 'tags') xml = sidesToSets(scheduler, xml, [SIDE]);
  }
  const add = (resource: Resource | undefined, roleText: string | undefined): void => {
    if (resource === undefined) return;
    const role = ticketRole(scheduler, roleText);
    const constraint: TicketConstraint = { id: xml.id ?? '', resource, ticket, role, lossPolicy: lossPolicy(scheduler, xml.get('loss-policy'), role) };
    resource.tickets.push(constraint);
    if (!ticket.isGranted || ticket.isStandby) for (const leaf of leaves(resource)) applyTicket(scheduler, leaf, constraint);
  };
  const sets = xml.elements('resource_set');
  for (const set of sets) for (const member of setMembers(scheduler, set) ?? []) add(member, set.get('role'));
  if (sets.length === 0) add(constraintResource(scheduler, xml.get('rsc')), xml.get('rsc-role'));
}

function ticketRole(scheduler: Scheduler, text: string | undefined): Role {
  const role = readRole(scheduler, text) ?? Role.unknown;
  return role === Role.started ? Role.unknown : role;
}

function lossPolicy(scheduler: Scheduler, text: string | undefined, role: Role): LossPolicy {
  switch (text?.toLowerCase()) {
    case 'stop':
      return 'stop';
    case 'demote':
      return 'demote';
    case 'freeze':
      return 'freeze';
    case 'fence':
      return scheduler.options.isFencingEnabled ? 'fence' : 'stop';
    default:
      return role === Role.promoted ? 'demote' : 'stop';
  }
}

function applyTicket(scheduler: Scheduler, leaf: Primitive, constraint: TicketConstraint): void {
  const { ticket, role, lossPolicy: policy } = constraint;
  const banned = (): void => banEverywhere(scheduler, leaf, constraint.id);
  if (!ticket.isGranted && leaf.runningOn.length > 0) {
    applyLoss(scheduler, leaf, constraint, banned);
    return;
  }
  if (role !== Role.promoted || policy === 'stop') banned();
}

function applyLoss(scheduler: Scheduler, leaf: Primitive, { role, lossPolicy: policy }: TicketConstraint, banned: () => void): void {
  const hasRole = role === Role.unknown || role === leaf.role;
  switch (policy) {
    case 'stop':
      banned();
      return;
    case 'demote':
      // The promoted role is given up when roles are chosen.
      if (role !== Role.promoted) banned();
      return;
    case 'fence':
      if (!hasRole) return;
      banned();
      for (const node of leaf.runningOn) requestFencing(scheduler, node, 'deadman ticket was lost', false);
      return;
    case 'freeze':
      if (!hasRole) return;
      leaf.isManaged = false;
      leaf.isBlocked = true;
      return;
    default:
      policy satisfies never;
  }
}
