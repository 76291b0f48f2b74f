// SPDX-License-Identifier: GPL-2.0-or-later
/** Parameters that must differ between resources of one agent. */
import type { CibObject } from '../../../../cib/index.ts';
import type { DiagnosticSink } from '../../../../language/index.ts';
import type { ConfigurationSession } from '../../../configuration-session.ts';
import { agentOf } from './agent.ts';
import { NOWHERE } from './index.ts';

export function checkUniqueness(objects: readonly CibObject[], configuration: ConfigurationSession, sink: DiagnosticSink): void {
  const concerned = new Set(objects.filter((object) => object.kind === 'primitive').map((object) => object.key));
  if (concerned.size === 0) return;
  const users = new Map<string, { readonly ids: string[]; readonly name: string; readonly value: string }>();
  for (const object of configuration.draft.objects()) {
    const agent = object.kind === 'primitive' ? agentOf(object.element) : undefined;
    if (agent === undefined) continue;
    const unique = new Set(configuration.agents.metadata(agent)?.parameters.filter((parameter) => parameter.uniqueGroup !== undefined).map((parameter) => parameter.name));
    if (unique.size === 0) continue;
    for (const set of object.element.elements('instance_attributes')) {
      for (const pair of set.elements('nvpair')) {
        const [name, value] = [pair.get('name') ?? '', pair.get('value')];
        if (!unique.has(name) || value === undefined) continue;
        const key = JSON.stringify([agent.class, agent.provider, agent.type, name, value]);
        const entry = users.get(key);
        if (entry === undefined) users.set(key, { ids: [object.key], name, value });
        else if (!entry.ids.includes(object.key)) entry.ids.push(object.key);
      }
    }
  }
  for (const { ids, name, value } of users.values()) {
    if (ids.length < 2 || !ids.some((id) => concerned.has(id))) continue;
    sink.add('uniqueness', NOWHERE, `Resources ${ids.sort().join(',')} violate uniqueness for parameter "${name}": "${value}"`, { object: ids[0]!, word: name });
  }
}
