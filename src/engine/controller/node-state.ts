// SPDX-License-Identifier: GPL-2.0-or-later
/** The DC's notes about nodes in the status section, as CIB changes. */
import { element, type CibChange, type XmlElement } from '../../cib/index.ts';

export interface NodeFacts {
  readonly id: string;
  readonly name: string;
  /** Seconds since 1970 at which it joined the membership and the group of controllers; 0 when it is not there. */
  readonly inCcm?: number;
  readonly crmd?: number;
  readonly join?: 'down' | 'pending' | 'member' | 'banned';
  readonly expected?: 'down' | 'member';
  readonly origin: string;
}

export function nodeState(facts: NodeFacts): CibChange {
  const data = element('node_state', {
    id: facts.id,
    uname: facts.name,
    in_ccm: facts.inCcm?.toString(),
    crmd: facts.crmd?.toString(),
    join: facts.join,
    expected: facts.expected,
    'crm-debug-origin': facts.origin,
  });
  return { op: 'modify', section: 'status', allowCreate: true, data };
}

/** What a node ran and what was set for its present life is over. */
export function eraseNodeStatus(id: string): CibChange[] {
  return [deleteBelow(id, 'lrm'), deleteBelow(id, 'transient_attributes')];
}

export function deleteBelow(id: string, child: 'lrm' | 'transient_attributes'): CibChange {
  return { op: 'delete', xpath: `/cib/status/node_state[@id='${id}']/${child}` };
}

/** A cluster node known to the configuration, which the scheduler wants to be there. */
export function nodeEntry(id: string, name: string): XmlElement {
  return element('node', { id, uname: name });
}
