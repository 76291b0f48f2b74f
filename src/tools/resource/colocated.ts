// SPDX-License-Identifier: GPL-2.0-or-later
/** Which resources a recursive change of a resource option reaches. */
import { eachResource, parseScore, type XmlElement } from '../../cib/index.ts';

/** Resources explicitly colocated with this one, directly or over others, with a positive score; each once, nearest first. */
export function colocatedWith(cib: XmlElement, resource: XmlElement): XmlElement[] {
  const dependents = new Map<string, string[]>();
  for (const constraint of cib.at('configuration', 'constraints')?.elements('rsc_colocation') ?? []) {
    const [dependent, primary] = [constraint.get('rsc'), constraint.get('with-rsc')];
    if (dependent === undefined || primary === undefined || (parseScore(constraint.get('score') ?? '0') ?? 0) <= 0) continue;
    dependents.set(primary, [...(dependents.get(primary) ?? []), dependent]);
  }
  const byId = new Map([...eachResource(cib)].map(({ element }) => [element.id ?? '', element]));
  const reached = new Set([resource.id ?? '']);
  const visit = (id: string): XmlElement[] =>
    (dependents.get(id) ?? []).flatMap((dependent) => {
      if (reached.has(dependent)) return [];
      reached.add(dependent);
      const element = byId.get(dependent);
      return [...(element === undefined ? [] : [element]), ...visit(dependent)];
    });
  return visit(resource.id ?? '');
}
