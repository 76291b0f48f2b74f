// SPDX-License-Identifier: GPL-2.0-or-later
/** What the log says about failed operations. */
import { dateTime, formatCtime } from '../../../cib/index.ts';
import { exitText } from '../../exit-text.ts';
import { Execution, isProbe } from './history-entry.ts';
import { failureScope, type Interpretation, type ResourceState } from './resource-state.ts';

export function reportUnexpected({ scheduler, resource, node }: ResourceState, one: Interpretation): void {
  const { entry, rc } = one;
  const task = isProbe(entry) ? 'probe' : entry.task;
  const changed = entry.lastChange ?? 0;
  // Without the day of the week.
  const when = formatCtime(dateTime(changed, scheduler.clock.offsetSeconds)).slice(4);
  scheduler.messages.push({
    severity: 'warning',
    text: `Unexpected result ${resultText(one)} was recorded for ${task} of ${resource.id} on ${node.name} at ${when} | exit-status=${rc} id=${entry.id}`,
    step: 'unpack_rsc_op_failure',
  });
}

/** A failure after which the resource is kept away from the node, or from all nodes. */
export function reportBan({ scheduler, resource, node }: ResourceState, one: Interpretation): void {
  const isHard = one.status === Execution.hardError;
  scheduler.messages.push({
    severity: 'error',
    text: `Preventing ${failureScope(resource).id} from restarting on ${isHard ? node.name : 'any node'} because of ${isHard ? 'hard' : 'fatal'} failure ${resultText(one)} | ${one.entry.id}`,
    step: 'unpack_rsc_op',
  });
}

/** `(Not installed: reason)`. */
function resultText({ entry, rc }: Interpretation): string {
  const reason = entry.xml.get('exit-reason') ?? '';
  return `(${exitText(rc)}${reason === '' ? '' : `: ${reason}`})`;
}
