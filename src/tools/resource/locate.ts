// SPDX-License-Identifier: GPL-2.0-or-later
/** `--locate`: where a resource runs. */
import { element, XmlText } from '../../cib/index.ts';
import { Role, type Node, type Resource } from '../../scheduler/index.ts';
import { EXIT } from '../exit/codes.ts';
import { isLegacy } from './list.ts';
import { activeResource, requiredId, type ResourceRun } from './cluster.ts';

interface Place {
  readonly node: Node;
  readonly isPromoted: boolean;
}

export function locate(run: ResourceRun): number {
  const { options, output } = run;
  const id = requiredId(run);
  const places = placesOf(located(run, id));
  for (const { node, isPromoted } of places) {
    if (options.has('quiet')) output.text(`${node.name}${isPromoted ? ' Promoted' : ''}`);
    // The old layout has a blank after the node whether a role follows or not.
    else if (isLegacy(run)) output.text(`resource ${id} is running on: ${node.name} ${isPromoted ? 'Master' : ''}`);
    else output.text(`resource ${id} is running on: ${node.name}${isPromoted ? ' Promoted' : ''}`);
  }
  if (places.length === 0 && !output.isStructured) output.error(`resource ${id} is NOT running`);
  output.element(element('nodes', { resource: id }, places.map(({ node, isPromoted }) => element('node', { state: isPromoted ? 'promoted' : undefined }, [new XmlText(node.name)]))));
  return EXIT.ok;
}

/** The name of a clone's child without a number means every instance. */
function located(run: ResourceRun, id: string): Resource {
  const resource = activeResource(run, id);
  const isNumbered = /:\d+$/.test(id);
  const { parent } = resource;
  return !isNumbered && parent?.kind === 'clone' && parent.id !== id ? parent : resource;
}

/** Newest instance first, as every release has listed them. */
function placesOf(resource: Resource): Place[] {
  if (resource.kind === 'bundle') {
    const inner = resource.clone === undefined ? [] : placesOf(resource.clone);
    const hosts = resource.replicas.flatMap((replica) => replica.container.runningOn.map((node): Place => ({ node, isPromoted: false })));
    return [...inner, ...hosts];
  }
  if (resource.kind === 'clone') return resource.children.toReversed().flatMap((child) => placesOf(child));
  const isPromoted = resource.kind === 'primitive' && resource.role === Role.promoted;
  return resource.runningOn.toReversed().map((node) => ({ node, isPromoted }));
}
