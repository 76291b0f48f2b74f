// SPDX-License-Identifier: GPL-2.0-or-later
/** Whether a Pacemaker Remote node is online: that depends on the resources it exists by. */
import { isTrue, type XmlElement } from '../../../cib/index.ts';
import { Role, type Node, type Scheduler } from '../../model/index.ts';
import { takeTransientAttributes } from './node-state.ts';
import { isShutdownRequested } from './online.ts';

export function determineRemoteOnline(node: Node): void {
  const connection = node.connection;
  node.isOnline = false;
  if (connection === undefined) return;
  const launcher = connection.launcher;
  if (connection.role === Role.started) node.isOnline = true;
  if (connection.role === Role.started && connection.nextRole === Role.stopped) node.isShuttingDown = true;
  if (launcher?.isFailed === true) {
    node.isOnline = false;
    node.isResetNeeded = true;
  } else if (connection.isFailed) {
    node.isOnline = false;
  } else if (connection.role === Role.stopped || launcher?.role === Role.stopped) {
    node.isOnline = false;
    node.isResetNeeded = false;
  } else if (launcher !== undefined && connection.runningOn.length === 1) {
    const host = connection.runningOn[0]!;
    if (host.isOnline || !host.isUnclean) return;
    node.isOnline = false;
    node.isResetNeeded = true;
  }
}

/** Takes up the attributes of a Pacemaker Remote node when its turn in the second pass comes. */
export function takeRemoteState(scheduler: Scheduler, node: Node, state: XmlElement): void {
  node.recordedMaintenance = isRecorded(state.get('node_in_maintenance'));
  if (!node.isResetNeeded) {
    node.isUnclean = false;
    node.isUnseen = false;
  }
  takeTransientAttributes(scheduler, node, state);
  if (isShutdownRequested(node)) node.isShuttingDown = true;
  if (node.connection?.isManaged === false) node.isInMaintenance = true;
  const discovery = node.attributes.get('resource-discovery-enabled');
  // A remote node that cannot be fenced has to be probed, since nothing else would tell what is active there.
  const canSkipProbes = !node.isRemoteOnly || scheduler.options.isFencingEnabled;
  if (discovery !== undefined && !isTrue(discovery) && canSkipProbes) node.canProbe = false;
}

function isRecorded(text: string | undefined): boolean {
  return text !== undefined && Number.parseInt(text, 10) > 0;
}
