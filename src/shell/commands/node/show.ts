// SPDX-License-Identifier: GPL-2.0-or-later
/** `node show` and `node server`. */
import type { XmlElement } from '../../../cib/index.ts';
import { SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';

interface ShownNode {
  readonly name: string;
  readonly id: string;
  readonly type: string;
  readonly isOnline: boolean;
  readonly attributes: ReadonlyArray<readonly [string, string]>;
}

export async function showNodes(session: Session, wanted: string | undefined): Promise<number> {
  const cib = await session.cib();
  if ((await session.backend()).cluster === undefined && session.mode === 'interactive') session.warn('Cluster is not running, showing what the CIB file says');
  const nodes = (cib.at('configuration', 'nodes')?.elements('node') ?? []).map((node) => shown(node, cib)).filter((node) => wanted === undefined || node.name === wanted);
  if (wanted !== undefined && nodes.length === 0) return session.error(`node.show: Not our node: ${wanted}`);
  const data = nodes.map((node) => ({ ...node, attributes: Object.fromEntries(node.attributes) }));
  session.present({ data, text: () => nodes.map(text).join('\n') });
  return SUCCESS;
}

function shown(node: XmlElement, cib: XmlElement): ShownNode {
  const name = node.get('uname') ?? node.id ?? '';
  const attributes = node.elements('instance_attributes').flatMap((set) => set.elements('nvpair').map((pair) => [pair.get('name') ?? '', pair.get('value') ?? ''] as const));
  return { name, id: node.id ?? '', type: node.get('type') ?? 'member', isOnline: isOnline(cib, name), attributes };
}

/** Newer records hold times: any but zero means yes. */
export function isOnline(cib: XmlElement, name: string): boolean {
  const state = cib.first('status')?.elements('node_state').find((one) => (one.get('uname') ?? one.id) === name);
  if (state === undefined) return false;
  const isMember = ['true', '1'].includes(state.get('in_ccm') ?? '') || Number(state.get('in_ccm') ?? '0') > 1;
  const isPeer = state.get('crmd') === 'online' || Number(state.get('crmd') ?? '0') > 1;
  return isMember && isPeer;
}

function text(node: ShownNode): string {
  const id = node.id === node.name ? '' : `(${node.id})`;
  const head = `${node.name}${id}: ${node.type}${node.isOnline ? '' : '(offline)'}`;
  return [head, ...node.attributes.map(([name, value]) => `\t${name}: ${value}`)].join('\n');
}

export async function serverNames(session: Session, wanted: readonly string[]): Promise<number> {
  const cib = await session.cib();
  const names = (cib.at('configuration', 'nodes')?.elements('node') ?? []).map((node) => node.get('uname') ?? '');
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) return session.error(`node.server: Not our node: ${unknown}`);
  const data = wanted.length > 0 ? wanted : names;
  session.present({ data, text: () => data.join('\n') });
  return SUCCESS;
}
