// SPDX-License-Identifier: GPL-2.0-or-later
/** `--get-parameter`: the value that is in effect. */
import { element, XmlText } from '../../cib/index.ts';
import { nodesActiveOn, resourceParameters, type Resource } from '../../scheduler/index.ts';
import { EXIT } from '../exit/codes.ts';
import { activeResource, requiredId, type ResourceRun } from './cluster.ts';
import { settingKind } from './settings.ts';

export function getParameter(run: ResourceRun): number {
  const { options, output } = run;
  const name = options.value('get-parameter') ?? '';
  const id = requiredId(run);
  const resource = activeResource(run, id, 'any');
  const value = valueOf(run, resource, name);
  if (value === undefined) {
    output.error(`Attribute '${name}' not found for '${resource.id}'`);
    return EXIT.ok;
  }
  output.text(value);
  output.element(element('list', { name: 'attributes', count: '1' }, [element('item', { name }, [new XmlText(value)])]));
  return EXIT.ok;
}

function valueOf(run: ResourceRun, resource: Resource, name: string): string | undefined {
  const kind = settingKind(run);
  if (kind === 'element') return resource.xml.get(name);
  const nodes = nodesActiveOn(resource);
  // Rules may give each node a value of its own; only one can be shown.
  if (nodes.length > 1) run.output.error(`${resource.id} is active on more than one node, returning the default value for ${name}`);
  if (kind === 'utilization') {
    const amount = resource.utilization.get(name);
    return amount === undefined ? undefined : String(amount);
  }
  if (kind === 'meta_attributes') return resource.meta.get(name);
  return resourceParameters(run.cluster, resource, nodes.length === 1 ? nodes[0] : undefined).get(name);
}
