// SPDX-License-Identifier: GPL-2.0-or-later
/** `failcount`: how often operations of a resource have failed on a node; kept in attributes of the node, one for each operation. */
import { parseInterval, type XmlElement } from '../../../cib/index.ts';
import { FAILURE, SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { nodesOf } from './names.ts';

const USAGE = 'Expected (RSC set NODE VALUE [OP] [INTERVAL] | delete NODE | show NODE)';

export async function failcount(session: Session, [id, action, node, ...rest]: readonly string[]): Promise<number> {
  const where = ['--resource', id!, ...(node === undefined ? [] : ['--node', node])];
  if (action === 'show') return session.flags.json ? presentFailcount(session, id!, node) : tool(session, 'crm_failcount', '--query', ...where);
  if (action === 'delete') return tool(session, 'crm_failcount', '--delete', ...where);
  const [value, operation, interval] = rest;
  if (action !== 'set' || node === undefined || value === undefined) return session.error(`resource.failcount: ${USAGE}`);
  return setFailcount(session, { id: id!, node, value, operation, interval });
}

interface Setting {
  readonly id: string;
  readonly node: string;
  readonly value: string;
  readonly operation: string | undefined;
  readonly interval: string | undefined;
}

async function setFailcount(session: Session, { id, node, value, operation, interval }: Setting): Promise<number> {
  const cib = await session.cib();
  if (!nodesOf(cib).includes(node)) return session.error(`resource.failcount: Not our node: ${node}`);
  if (!/^(?:\d+|\+?INFINITY)$/i.test(value)) return session.error(`resource.failcount: expected a number or INFINITY, found "${value}"`);
  const intervalMs = interval === undefined ? 0 : parseInterval(interval);
  if (intervalMs === undefined) return session.error(`resource.failcount: expected an interval, found "${interval}"`);
  const present = failcounts(cib, id, node).map((one) => one.name);
  const names = operation === undefined ? present : [`fail-count-${id}#${operation}_${intervalMs}`];
  if (names.length === 0 && Number(value) !== 0) return session.error(`resource.failcount: ${id} has no fail count on ${node}; one is made for an operation: failcount ${id} set ${node} ${value} OP [INTERVAL]`);
  for (const name of names) if ((await tool(session, 'crm_attribute', '--lifetime', 'reboot', '--name', name, '--node', node, '--update', value)) !== SUCCESS) return FAILURE;
  return SUCCESS;
}

interface FailCount {
  readonly name: string;
  readonly resource: string;
  readonly node: string;
  readonly operation: string | null;
  readonly value: string;
}

function failcounts(cib: XmlElement, id: string, node: string | undefined): readonly FailCount[] {
  const states = (cib.first('status')?.elements('node_state') ?? []).filter((state) => node === undefined || state.get('uname') === node);
  return states.flatMap((state) =>
    state.elements('transient_attributes').flatMap((part) =>
      part.elements('instance_attributes').flatMap((set) =>
        set.elements('nvpair').flatMap((pair) => {
          const name = pair.get('name') ?? '';
          const [, resource, operation] = /^fail-count-(.+?)(?:#(.+))?$/.exec(name) ?? [];
          return resource === id ? [{ name, resource, node: state.get('uname') ?? '', operation: operation ?? null, value: pair.get('value') ?? '0' }] : [];
        }),
      ),
    ),
  );
}

/** crm_failcount prints text only. */
async function presentFailcount(session: Session, id: string, node: string | undefined): Promise<number> {
  const cib = await session.cib();
  if (node !== undefined && !nodesOf(cib).includes(node)) return session.error(`resource.failcount: Not our node: ${node}`);
  session.present({ data: failcounts(cib, id, node).map(({ resource, node: on, operation, value }) => ({ resource, node: on, operation, value })), text: () => '' });
  return SUCCESS;
}

async function tool(session: Session, name: string, ...args: readonly string[]): Promise<number> {
  return (await session.tool(name, ...args)) === 0 ? SUCCESS : FAILURE;
}
