// SPDX-License-Identifier: GPL-2.0-or-later
/** Which resources a recursive change of a resource option reaches. */
import { findResource, type XmlElement } from '../../cib/index.ts';
import type { Resource } from '../../scheduler/index.ts';
import { activeResource, type ResourceRun } from './cluster.ts';

/** Resources explicitly colocated with this one, directly or over others, with a positive score; each once. */
export function colocatedWith(run: ResourceRun, resource: XmlElement): XmlElement[] {
  const start = activeResource(run, resource.id ?? '', 'any');
  const reached = new Set<Resource>([start]);
  const visit = (primary: Resource): XmlElement[] =>
    primary.withThis.flatMap(({ dependent, isExplicit, score }) => {
      if (!isExplicit || score <= 0 || reached.has(dependent)) return [];
      reached.add(dependent);
      const place = findResource(run.cib, dependent.xml.id ?? '');
      return [...(place === undefined ? [] : [place.element]), ...visit(dependent)];
    });
  return visit(start);
}
