// SPDX-License-Identifier: GPL-2.0-or-later
/** `--why`: whether resources run, and what in the configuration keeps them from running. */
import { element, isTrue, type XmlElement } from '../../cib/index.ts';
import { isActive, nodesActiveOn, parseRole, Role, topResource, type Node, type Resource } from '../../scheduler/index.ts';
import { EXIT } from '../exit/codes.ts';
import { activeResource, chosenNode, type ResourceRun } from './cluster.ts';

export function why(run: ResourceRun): number {
  const { options, output, cluster } = run;
  const node = chosenNode(run);
  const id = options.value('resource');
  if (id !== undefined) {
    const resource = activeResource(run, id);
    const isRunning = node === undefined ? isActive(resource) : nodesActiveOn(resource).includes(node);
    tell(run, resource, isRunning, node);
    output.element(element('reason', { running: String(isRunning) }, [checkElement(resource)]));
    return EXIT.ok;
  }
  const shown = node === undefined ? cluster.resources.filter((one) => !one.isRemoved) : node.running;
  const elements = shown.map((resource) => {
    const isRunning = node !== undefined || isActive(resource);
    tell(run, resource, isRunning, node);
    return element('resource', { id: resource.id, running: String(isRunning), host: node?.name }, [checkElement(resource)]);
  });
  output.element(element('reason', {}, [element('resources', {}, elements)]));
  return EXIT.ok;
}

function tell({ output }: ResourceRun, resource: Resource, isRunning: boolean, node: Node | undefined): void {
  output.text(`Resource ${resource.id} is ${isRunning ? '' : 'not '}running${node === undefined ? '' : ` on host ${node.name}`}`);
  const top = topResource(resource);
  const reasons = reasonsOf(resource);
  if (reasons.remainStopped) output.text(`Configuration specifies '${top.id}' should remain stopped`);
  if (reasons.remainUnpromoted) output.text(`Configuration specifies '${top.id}' should not be promoted`);
  if (reasons.isUnmanaged) output.text(`Configuration prevents cluster from stopping or starting unmanaged '${top.id}'`);
  if (reasons.lockedTo !== undefined) output.text(`'${top.id}' is locked to node ${reasons.lockedTo} due to shutdown`);
}

interface Reasons {
  readonly remainStopped: boolean;
  readonly remainUnpromoted: boolean;
  readonly isUnmanaged: boolean;
  readonly lockedTo: string | undefined;
}

function reasonsOf(resource: Resource): Reasons {
  const top = topResource(resource);
  const target = parseRole(top.meta.get('target-role') ?? '');
  return {
    remainStopped: target === Role.stopped,
    remainUnpromoted: target === Role.unpromoted && top.isPromotable,
    isUnmanaged: !top.isManaged && !isTrue(top.meta.get('is-managed')),
    lockedTo: top.lockNode?.name,
  };
}

function checkElement(resource: Resource): XmlElement {
  const { remainStopped, remainUnpromoted, isUnmanaged, lockedTo } = reasonsOf(resource);
  const flag = (isSet: boolean): string | undefined => (isSet ? 'true' : undefined);
  return element('check', { id: topResource(resource).id, remain_stopped: flag(remainStopped), promotable: remainUnpromoted ? 'false' : undefined, unmanaged: flag(isUnmanaged), 'locked-to': lockedTo });
}
