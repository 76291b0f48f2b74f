// SPDX-License-Identifier: GPL-2.0-or-later
/** First pass over the status: what each node's state says about the node itself. */
import { isTrue, parseInteger, type XmlElement } from '../../../cib/index.ts';
import type { Node, Scheduler } from '../../model/index.ts';
import { requestFencing } from '../../order/fence.ts';
import { addNodeAttributes } from '../nodes.ts';
import { determineOnline } from './online.ts';

export function unpackNodeState(scheduler: Scheduler, state: XmlElement): void {
  const node = nodeOfState(scheduler, state);
  if (node === undefined) return;
  if (node.isRemoteNode) {
    node.wasFenced = (parseInteger(state.get('node_fenced') ?? '') ?? 0) > 0;
    return;
  }
  takeTransientAttributes(scheduler, node, state);
  node.isUnclean = false;
  node.isUnseen = false;
  determineOnline(scheduler, node, state);
  if (!scheduler.isQuorate && node.isOnline && scheduler.options.quorumPolicy === 'fence') {
    requestFencing(scheduler, node, 'cluster does not have quorum', false);
  }
}

export function nodeOfState(scheduler: Scheduler, state: XmlElement): Node | undefined {
  const { id } = state;
  const name = state.get('uname');
  if (id !== undefined) {
    const byId = scheduler.nodeById.get(id.toLowerCase());
    if (byId !== undefined) return byId;
  }
  return name === undefined ? undefined : scheduler.nodeByName.get(name.toLowerCase());
}

/** Transient attributes overwrite permanent ones; two of them put the node out of use. */
export function takeTransientAttributes(scheduler: Scheduler, node: Node, state: XmlElement): void {
  node.state = state;
  addNodeAttributes(scheduler, node, state.first('transient_attributes'), true);
  if (isTrue(node.attributes.get('standby'))) node.isStandby = true;
  if (isTrue(node.attributes.get('maintenance'))) node.isInMaintenance = true;
}
