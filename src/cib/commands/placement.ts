// SPDX-License-Identifier: GPL-2.0-or-later
/** The location constraints that moving, banning and clearing make: `cli-prefer-R`, `cli-ban-R-on-N`. */
import { sanitizeId } from '../ids.ts';
import { formatDateTime, type DateTime } from '../time/index.ts';
import { element, type XmlElement } from '../xml/index.ts';

export interface PlacementRequest {
  readonly resource: string;
  readonly node: string;
  /** When the constraint ends, told in the zone of the time; undefined: never. */
  readonly until?: DateTime;
  /** Only the promoted role is meant. */
  readonly promotedOnly?: boolean;
}

export function preferId(resource: string): string {
  return sanitizeId(`cli-prefer-${resource}`);
}

export function banId(resource: string, node: string): string {
  return sanitizeId(`cli-ban-${resource}-on-${node}`);
}

/** Makes the resource go to a node; an earlier wish of this kind is replaced. */
export function preferConstraint(request: PlacementRequest): XmlElement {
  const name = sanitizeId(request.resource);
  return constraint(preferId(request.resource), request, 'INFINITY', { rule: `cli-prefer-rule-${name}`, expression: `cli-prefer-expr-${name}`, end: `cli-prefer-lifetime-end-${name}` });
}

/** Keeps the resource away from a node. */
export function banConstraint(request: PlacementRequest): XmlElement {
  const id = banId(request.resource, request.node);
  return constraint(id, request, '-INFINITY', { rule: `${id}-rule`, expression: `${id}-expr`, end: `${id}-lifetime` });
}

function constraint(id: string, { resource, node, until, promotedOnly }: PlacementRequest, score: string, ids: { rule: string; expression: string; end: string }): XmlElement {
  const role = promotedOnly === true ? 'Promoted' : 'Started';
  if (until === undefined) return element('rsc_location', { id, rsc: resource, role, node, score });
  const rule = element('rule', { id: ids.rule, score, 'boolean-op': 'and' }, [
    element('expression', { id: ids.expression, attribute: '#uname', operation: 'eq', value: node, type: 'string' }),
    element('date_expression', { id: ids.end, operation: 'lt', end: formatDateTime(until, 'calendar', 'own') }),
  ]);
  return element('rsc_location', { id, rsc: resource, role }, [rule]);
}

/** Constraints of this kind for a resource, of one node or of all. */
export function cliConstraints(cib: XmlElement, resource: string, node?: string): readonly XmlElement[] {
  const prefix = node === undefined ? sanitizeId(`cli-ban-${resource}-on-`) : banId(resource, node);
  return (cib.at('configuration', 'constraints')?.elements('rsc_location') ?? []).filter((location) => {
    const id = location.id ?? '';
    if (location.get('rsc') !== resource) return false;
    return id === preferId(resource) ? node === undefined || nodeOf(location) === node : node === undefined ? id.startsWith(prefix) : id === prefix;
  });
}

function nodeOf(location: XmlElement): string | undefined {
  return location.get('node') ?? location.first('rule')?.elements('expression').find((one) => one.get('attribute') === '#uname')?.get('value');
}
