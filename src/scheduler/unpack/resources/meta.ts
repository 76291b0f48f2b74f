// SPDX-License-Identifier: GPL-2.0-or-later
/** Meta-attributes of a resource: its own, those of its ancestors and the defaults, first found wins. */
import type { XmlElement } from '../../../cib/index.ts';
import type { Collective, Scheduler } from '../../model/index.ts';
import { mergeAttributeSets, type RuleInputs } from '../attribute-sets.ts';

export function metaAttributes(scheduler: Scheduler, xml: XmlElement, parent: Collective | undefined): Map<string, string> {
  const meta = new Map<string, string>();
  for (const [name, value] of xml.entries()) meta.set(name, value);
  const inputs = resourceInputs(xml);
  mergeAttributeSets(scheduler, meta, xml, 'meta_attributes', inputs);
  for (let here = parent; here !== undefined; here = here.parent) mergeAttributeSets(scheduler, meta, here.xml, 'meta_attributes', inputs);
  mergeAttributeSets(scheduler, meta, scheduler.cib.at('configuration', 'rsc_defaults'), 'meta_attributes', inputs);
  if (parent !== undefined) for (const [name, value] of parent.meta) if (!meta.has(name)) meta.set(name, value);
  return meta;
}

/** What rules may know of a resource: its agent. */
function resourceInputs(xml: XmlElement): RuleInputs {
  return { resource: { class: xml.get('class'), provider: xml.get('provider'), type: xml.get('type') } };
}
