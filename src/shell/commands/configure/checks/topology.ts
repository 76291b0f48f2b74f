// SPDX-License-Identifier: GPL-2.0-or-later
/** Fencing levels against the nodes and devices there are. */
import type { CibObject } from '../../../../cib/index.ts';
import type { DiagnosticSink } from '../../../../language/index.ts';
import type { ConfigurationSession } from '../../../configuration-session.ts';
import { agentOf } from './agent.ts';
import { isNode } from './constraint.ts';
import { NOWHERE } from './index.ts';

export function checkTopology(object: CibObject, configuration: ConfigurationSession, sink: DiagnosticSink): void {
  const targets = new Set<string>();
  const devices = new Set<string>();
  for (const level of object.element.elements('fencing-level')) {
    const target = level.get('target');
    if (target !== undefined) targets.add(target);
    for (const device of (level.get('devices') ?? '').split(',')) devices.add(device.trim());
  }
  const about = { object: object.key };
  for (const target of targets) if (!isNode(configuration, target)) sink.add('unknown-node', NOWHERE, `fencing_topology: target ${target} not a node`, { ...about, word: target });
  for (const name of devices) {
    const device = configuration.draft.get(name);
    if (device === undefined) sink.add('fencing-device', NOWHERE, `fencing_topology: resource ${name} does not exist`, { ...about, word: name });
    else {
      const template = configuration.draft.get(device.element.get('template') ?? '')?.element;
      if (agentOf(template ?? device.element)?.class !== 'stonith') sink.add('fencing-device', NOWHERE, `fencing_topology: ${name} not a stonith resource`, { ...about, word: name });
    }
  }
}
