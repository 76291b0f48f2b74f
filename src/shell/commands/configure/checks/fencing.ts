// SPDX-License-Identifier: GPL-2.0-or-later
/** Whether a cluster that wants fencing can fence: without it no resource is started. */
import { parseBoolean, type XmlElement } from '../../../../cib/index.ts';
import { DiagnosticSink, type Diagnostic } from '../../../../language/index.ts';
import type { ConfigurationSession } from '../../../configuration-session.ts';
import { agentOf } from './agent.ts';
import { NOWHERE } from './index.ts';

/** Devices, or a watchdog with a timeout. Looks at the whole configuration, so it is asked by `verify` alone. */
export function checkFencing(configuration: ConfigurationSession): Diagnostic[] {
  const sink = new DiagnosticSink();
  const { draft } = configuration;
  const primitives = [...draft.objects()].filter((object) => object.kind === 'primitive');
  const classOf = (element: XmlElement): string | undefined => agentOf(draft.get(element.get('template') ?? '')?.element ?? element)?.class;
  const isWanted = parseBoolean(property(configuration, 'fencing-enabled') ?? property(configuration, 'stonith-enabled') ?? 'true') !== false;
  const watchdog = property(configuration, 'fencing-watchdog-timeout') ?? property(configuration, 'stonith-watchdog-timeout') ?? '0';
  const canFence = primitives.some(({ element }) => classOf(element) === 'stonith') || !/^0\s*(?:ms|s|m|min|h)?$/.test(watchdog);
  if (primitives.length > 0 && isWanted && !canFence) {
    sink.add('no-fencing', NOWHERE, 'no fencing device, and fencing is not switched off: no resource will start', { repair: 'add a resource of the class stonith' });
  }
  return sink.found;
}

function property(configuration: ConfigurationSession, name: string): string | undefined {
  for (const object of configuration.draft.objects()) {
    if (object.kind !== 'property') continue;
    const pair = object.element.elements('nvpair').find((one) => one.get('name') === name);
    if (pair !== undefined) return pair.get('value');
  }
  return undefined;
}
