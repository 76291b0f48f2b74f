// SPDX-License-Identifier: GPL-2.0-or-later
/** trace and untrace: operations of a resource that write down every step of the agent (parameter trace_ra). */
import { element, parseInterval, type CibChange, type XmlElement } from '../../../cib/index.ts';
import { stateDirectory } from '../../../platform/index.ts';
import { FAILURE, SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { applyAll } from './meta.ts';
import { findAll } from './names.ts';

const TRACE_DIRECTORY = '/var/lib/heartbeat/trace_ra';

/** Below the state of an embedded cluster, whose agents run as its user. */
async function defaultPlace(session: Session): Promise<string> {
  return (await session.backend()).kind === 'embedded' ? `${stateDirectory(session.context.env)}/trace_ra` : TRACE_DIRECTORY;
}

/** `probe` is the monitor that runs once. */
export async function trace(session: Session, [id, operation, interval, directory]: readonly string[]): Promise<number> {
  const primitive = await primitiveNamed(session, id!);
  if (primitive === undefined) return FAILURE;
  const wanted = operationsWanted(primitive, operation, interval);
  if (wanted.length === 0) return session.error(`${id} has no operation ${operation ?? ''} to trace`);
  const place = directory ?? (await defaultPlace(session));
  if (!(await applyAll(session, wanted.map((one) => traceChange(primitive, one, place))))) return FAILURE;
  for (const name of new Set(wanted.map((one) => one.name))) session.info(`Trace for ${id}:${name} is written to ${place}/${primitive.get('type') ?? ''}`);
  if (operation === undefined || operation === 'probe') session.info(`Trace set, restart ${id} to trace non-monitor operations`);
  else if (operation !== 'monitor') session.info(`Trace set, restart ${id} to trace the ${operation} operation`);
  return SUCCESS;
}

export async function untrace(session: Session, [id, operation, interval]: readonly string[]): Promise<number> {
  const primitive = await primitiveNamed(session, id!);
  if (primitive === undefined) return FAILURE;
  const changes: CibChange[] = [];
  const stopped = new Set<string>();
  for (const operationElement of primitive.first('operations')?.elements('op') ?? []) {
    if (!matches(operationElement, operation, interval)) continue;
    const change = untraceChange(operationElement);
    if (change === undefined) continue;
    changes.push(change);
    stopped.add(operationElement.get('name') ?? '');
  }
  if (!(await applyAll(session, changes))) return FAILURE;
  for (const name of stopped) session.info(`Stop tracing ${id} for operation ${name}`);
  if (stopped.size === 0) session.info(`${id} has no traced operation${operation === undefined ? '' : ` ${operation}`}`);
  return SUCCESS;
}

async function primitiveNamed(session: Session, id: string): Promise<XmlElement | undefined> {
  const places = findAll(session, await session.cib(), [id]);
  const primitive = places?.[0]?.element;
  if (primitive === undefined || primitive.name === 'primitive') return primitive;
  session.error(`${id} is no primitive`);
  return undefined;
}

interface Wanted {
  readonly name: string;
  readonly interval: string;
  readonly existing: XmlElement | undefined;
}

function operationsWanted(primitive: XmlElement, operation: string | undefined, interval: string | undefined): readonly Wanted[] {
  const configured = primitive.first('operations')?.elements('op') ?? [];
  const hits = configured.filter((one) => matches(one, operation, interval)).map((existing) => ({ name: existing.get('name') ?? '', interval: existing.get('interval') ?? '0', existing }));
  if (hits.length > 0) return hits;
  const names = operation === undefined ? ['start', 'stop'] : [operation === 'probe' ? 'monitor' : operation];
  return operation === 'monitor' && interval === undefined ? [] : names.map((name) => ({ name, interval: interval ?? '0', existing: undefined }));
}

function matches(operationElement: XmlElement, operation: string | undefined, interval: string | undefined): boolean {
  const every = parseInterval(operationElement.get('interval') ?? '0') ?? 0;
  const name = operationElement.get('name');
  if (operation === 'probe') return name === 'monitor' && every === 0;
  if (operation !== undefined && name !== operation) return false;
  if (interval !== undefined) return every === (parseInterval(interval) ?? 0);
  return operation !== 'monitor' || every > 0;
}

function traceChange(primitive: XmlElement, { name, interval, existing }: Wanted, directory: string): CibChange {
  const operationId = existing?.id ?? `${primitive.id}-${name}-${interval}`;
  const setId = existing?.first('instance_attributes')?.id ?? `${operationId}-instance_attributes`;
  const pairs = [
    element('nvpair', { name: 'trace_ra', value: '1', id: `${setId}-trace_ra` }),
    element('nvpair', { name: 'trace_dir', value: directory, id: `${setId}-trace_dir` }),
  ];
  const operationElement = element('op', { name, interval: existing?.get('interval') ?? interval, id: operationId }, [element('instance_attributes', { id: setId }, pairs)]);
  return { op: 'modify', section: 'resources', data: element('primitive', { id: primitive.id }, [element('operations', {}, [operationElement])]) };
}

/** An operation that held nothing but the trace goes too. */
function untraceChange(operationElement: XmlElement): CibChange | undefined {
  const set = operationElement.elements('instance_attributes').find((one) => one.elements('nvpair').some((pair) => pair.get('name') === 'trace_ra'));
  if (set === undefined) return undefined;
  const others = set.elements('nvpair').filter((pair) => !['trace_ra', 'trace_dir'].includes(pair.get('name') ?? ''));
  const rest = others.length > 0 ? operationElement.replaceChild(set, set.withChildren(others)) : operationElement.replaceChild(set, undefined);
  const isEmpty = rest.children.length === 0 && [...rest.entries()].every(([name]) => ['id', 'name', 'interval'].includes(name)) && (parseInterval(rest.get('interval') ?? '0') ?? 0) === 0;
  return isEmpty ? { op: 'delete', section: 'resources', data: element('op', { id: operationElement.id }) } : { op: 'replace', section: 'resources', data: rest };
}
