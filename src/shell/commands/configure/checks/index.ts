// SPDX-License-Identifier: GPL-2.0-or-later
/** What is doubtful or wrong with a configuration as a whole: asked at verify and commit. */
import type { CibObject } from '../../../../cib/index.ts';
import { DiagnosticSink, type Diagnostic } from '../../../../language/index.ts';
import type { ConfigurationSession } from '../../../configuration-session.ts';
import { checkAgent } from './agent.ts';
import { checkConstraint, checkRemote } from './constraint.ts';
import { checkOptions } from './options.ts';
import { checkTopology } from './topology.ts';
import { checkUniqueness } from './uniqueness.ts';

/** Checks the given objects; what concerns several objects is checked when one of them is among them. */
export function checkObjects(configuration: ConfigurationSession, objects: readonly CibObject[]): Diagnostic[] {
  const sink = new DiagnosticSink();
  for (const object of objects) {
    if (object.kind === 'primitive' || object.kind === 'rsc_template') checkAgent(object, configuration, sink);
    else if (object.kind === 'fencing_topology') checkTopology(object, configuration, sink);
    else if (object.element.name.startsWith('rsc_')) checkConstraint(object, configuration, sink);
    checkRemote(object, configuration, sink);
    checkOptions(object, configuration, sink);
  }
  checkUniqueness(objects, configuration, sink);
  return sink.found;
}

export const NOWHERE = { start: -1, end: -1 };
