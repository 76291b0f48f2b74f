// SPDX-License-Identifier: GPL-2.0-or-later
/** `requires`: what a resource needs before it may start. */
import type { Resource, Scheduler } from '../../model/index.ts';

type Requires = 'nothing' | 'quorum' | 'fencing' | 'unfencing';

export function unpackRequires(scheduler: Scheduler, resource: Resource): void {
  const requires = effective(scheduler, resource);
  resource.needsQuorum = requires === 'quorum';
  resource.needsFencing = requires === 'fencing' || requires === 'unfencing';
  resource.needsUnfencing = requires === 'unfencing';
}

function effective(scheduler: Scheduler, resource: Resource): Requires {
  const configured = resource.meta.get('requires')?.toLowerCase();
  switch (configured) {
    case 'nothing':
    case 'quorum':
    case 'fencing':
      return configured;
    case 'unfencing':
      // A fence device cannot wait for unfencing, and without fencing there is none.
      return resource.isFenceDevice || !scheduler.options.isFencingEnabled ? 'quorum' : 'unfencing';
    default:
      return byDefault(scheduler, resource);
  }
}

function byDefault(scheduler: Scheduler, resource: Resource): Requires {
  if (resource.isFenceDevice || resource.isRemoteConnection) return 'quorum';
  if (scheduler.isUnfencingUsed) return scheduler.options.isFencingEnabled ? 'unfencing' : 'quorum';
  if (scheduler.options.isFencingEnabled) return 'fencing';
  return scheduler.options.quorumPolicy === 'ignore' ? 'nothing' : 'quorum';
}
