// SPDX-License-Identifier: GPL-2.0-or-later
/** Digests of the devices that unfence nodes: a node is unfenced again when one of them is defined anew. */
import { operationDigest, parameterNames } from '../../cib/index.ts';
import { leaves, type Action, type Node, type Primitive, type Scheduler } from '../model/index.ts';
import { currentParameters, secureDigestOf } from './digests.ts';

const PRIVATE_PARAMETERS = parameterNames('passwd password user');

/** Writes the digests of all such devices into the action; true when the node knows other ones. */
export function noteDeviceDigests(scheduler: Scheduler, action: Action, node: Node): boolean {
  let all = '';
  let secure = '';
  let isChanged = false;
  for (const device of unfencingDevices(scheduler)) {
    const { pairs } = currentParameters(scheduler, device, node, 'stonith-on', 0);
    const digest = `${device.id}:${device.type}:${operationDigest(pairs, { isRecurring: false })},`;
    const secureDigest = `${device.id}:${device.type}:${secureDigestOf(scheduler, device, node, pairs, scheduler.featureSet, PRIVATE_PARAMETERS)},`;
    all += digest;
    secure += secureDigest;
    if (isUnknownTo(node, digest, secureDigest)) isChanged = true;
  }
  action.meta.set('digests-all', all);
  action.meta.set('digests-secure', secure);
  return isChanged;
}

function isUnknownTo(node: Node, digest: string, secureDigest: string): boolean {
  const known = node.attributes.get('#digests-all');
  if (known === undefined || known.includes(digest)) return false;
  return !(node.attributes.get('#digests-secure') ?? '').includes(secureDigest);
}

/** Last found first. */
function unfencingDevices(scheduler: Scheduler): Primitive[] {
  const devices: Primitive[] = [];
  for (const top of scheduler.resources) {
    for (const resource of leaves(top)) {
      if (!resource.isFenceDevice) continue;
      if (resource.needsUnfencing || resource.meta.get('provides')?.toLowerCase() === 'unfencing') devices.push(resource);
    }
  }
  return devices.reverse();
}
