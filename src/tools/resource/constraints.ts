// SPDX-License-Identifier: GPL-2.0-or-later
/** `--constraints` and `--stack`: location and colocation constraints of a resource, and of what it is colocated with. */
import { element, formatScore, type XmlElement } from '../../cib/index.ts';
import { Role, roleName, topResource, type Colocation, type Resource } from '../../scheduler/index.ts';
import { EXIT } from '../exit/codes.ts';
import { activeResource, requiredId, type ResourceRun } from './cluster.ts';

/** `dependents`: who is placed with the resource; `primaries`: with whom the resource is placed. */
type Direction = 'dependents' | 'primaries';

export function showConstraints(run: ResourceRun, isRecursive: boolean): number {
  const named = activeResource(run, requiredId(run));
  const resource = run.options.has('force') ? named : topResource(named);
  const picture = new ConstraintPicture(isRecursive);
  picture.locations(resource, 0);
  picture.colocations(resource, 'dependents', 0, new Set([resource]));
  picture.colocations(resource, 'primaries', 0, new Set([resource]));
  run.output.text(...picture.lines);
  if (picture.elements.length > 0) run.output.element(element('constraints', {}, picture.elements));
  else run.output.element(element('constraints'));
  return EXIT.ok;
}

class ConstraintPicture {
  readonly lines: string[] = [];
  readonly elements: XmlElement[] = [];
  readonly #isRecursive: boolean;

  constructor(isRecursive: boolean) {
    this.#isRecursive = isRecursive;
  }

  locations(resource: Resource, depth: number): void {
    const placed = resource.locations.flatMap((location) => location.nodes.map(({ node, score }) => ({ id: location.id, node: node.name, score: formatScore(score) })));
    if (placed.length === 0) return;
    this.#heading('Locations:', depth);
    for (const { id, node, score } of placed) {
      this.#entry(`Node ${node} (score=${score}, id=${id}, rsc=${resource.id})`, depth);
      this.elements.push(element('rsc_location', { node, rsc: resource.id, id, score }));
    }
  }

  /** `seen` stops a circle of colocations. */
  colocations(resource: Resource, direction: Direction, depth: number, seen: Set<Resource>): void {
    const list = (direction === 'dependents' ? resource.withThis : resource.thisWith).filter((one) => one.isExplicit);
    if (list.length === 0) return;
    this.#heading(direction === 'dependents' ? `Resources colocated with ${resource.id}:` : `Resources ${resource.id} is colocated with:`, depth);
    for (const colocation of list) this.#colocation(colocation, direction, depth, seen);
  }

  #colocation(colocation: Colocation, direction: Direction, depth: number, seen: Set<Resource>): void {
    const other = direction === 'dependents' ? colocation.dependent : colocation.primary;
    this.elements.push(colocationElement(colocation));
    if (seen.has(other)) {
      this.#entry(`${other.id} (id=${colocation.id} - loop)`, depth);
      return;
    }
    seen.add(other);
    this.#entry(`${other.id} (score=${formatScore(colocation.score)}, ${roleText(colocation, direction)}id=${colocation.id})`, depth);
    this.locations(other, depth + 1);
    if (this.#isRecursive) this.colocations(other, direction, depth + 1, seen);
  }

  #heading(text: string, depth: number): void {
    this.lines.push(depth === 0 ? text : `${indentation(depth)}* ${text}`);
  }

  #entry(text: string, depth: number): void {
    this.lines.push(`${indentation(depth)}  * ${text}`);
  }
}

/** A heading inside an entry stands two levels deeper than the heading around it. */
function indentation(depth: number): string {
  return '    '.repeat(depth);
}

function roleText({ primaryRole }: Colocation, direction: Direction): string {
  if (primaryRole === Role.unknown || primaryRole === Role.started) return '';
  return `${direction === 'dependents' ? 'needs' : 'with'} role=${roleName(primaryRole)}, `;
}

function colocationElement({ id, dependent, primary, score, nodeAttribute, dependentRole, primaryRole }: Colocation): XmlElement {
  const shown = (role: Role): string | undefined => (role === Role.unknown ? undefined : roleName(role));
  return element('rsc_colocation', {
    id,
    rsc: dependent.id,
    'with-rsc': primary.id,
    score: formatScore(score),
    'node-attribute': nodeAttribute,
    'rsc-role': shown(dependentRole),
    'with-rsc-role': shown(primaryRole),
  });
}
