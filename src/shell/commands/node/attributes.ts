// SPDX-License-Identifier: GPL-2.0-or-later
/** standby, online, maintenance, ready: attributes of nodes that steer their resources. */
import { deleteSetting, eachResource, isTrue, settingOf, type CibChange, type XmlElement } from '../../../cib/index.ts';
import { FAILURE, SUCCESS, type CompletionRequest } from '../../command.ts';
import type { Session } from '../../session.ts';
import { applyAll } from '../resource/meta.ts';
import { nodesOf } from '../resource/names.ts';

export async function setStandby(session: Session, args: readonly string[], isStandby: boolean): Promise<number> {
  const command = isStandby ? 'standby' : 'online';
  const cib = await session.cib();
  const known = nodesOf(cib);
  const lifetime = isStandby && ['reboot', 'forever'].includes(args.at(-1) ?? '') ? args.at(-1)! : 'forever';
  const words = lifetime === args.at(-1) ? args.slice(0, -1) : args;
  const nodes = words.includes('--all') ? known : words.length > 0 ? words : [await thisNode(session)];
  const unknown = nodes.find((node) => !known.includes(node));
  if (unknown !== undefined) return session.error(`node.${command}: Not our node: ${unknown}`);
  if (isStandby && !(await isSafe(session, cib, nodes))) return FAILURE;
  for (const node of nodes) {
    const options = ['--node', node, '--name', 'standby', '--update', isStandby ? 'on' : 'off', '--lifetime', lifetime];
    if ((await session.tool('crm_attribute', ...options)) !== 0) return FAILURE;
    if (!isStandby && hasTransientStandby(cib, node)) await session.tool('crm_attribute', '--node', node, '--name', 'standby', '--delete', '--lifetime', 'reboot');
    if (!session.flags.dryRun) session.info(`${isStandby ? 'standby' : 'online'} node ${node}`);
  }
  return SUCCESS;
}

/** Without a name the node the command runs on. */
async function thisNode(session: Session): Promise<string> {
  const { cluster } = await session.backend();
  return cluster === undefined ? session.context.hostName : cluster.localNode();
}

function hasTransientStandby(cib: XmlElement, node: string): boolean {
  const state = cib.first('status')?.elements('node_state').find((one) => one.get('uname') === node);
  return (state?.first('transient_attributes')?.elements('instance_attributes') ?? []).some((set) => set.elements('nvpair').some((pair) => pair.get('name') === 'standby'));
}

/** The last node that takes resources is not put in standby without consent. */
async function isSafe(session: Session, cib: XmlElement, nodes: readonly string[]): Promise<boolean> {
  const left = nodesOf(cib).filter((name) => !nodes.includes(name) && !isInStandby(cib, name));
  if (left.length > 0 || eachResource(cib).next().done === true) return true;
  session.warn('no node is left to run resources: all of them will stop');
  if (session.mode !== 'interactive' && !session.flags.no) return true;
  return session.confirm('Go on');
}

function isInStandby(cib: XmlElement, name: string): boolean {
  const node = cib.at('configuration', 'nodes')?.elements('node').find((one) => (one.get('uname') ?? one.id) === name);
  return node !== undefined && isTrue(settingOf(node, 'instance_attributes', 'standby') ?? 'off');
}

export async function onlineNodes({ session }: CompletionRequest): Promise<readonly string[]> {
  const cib = await session.cib();
  return nodesOf(cib).filter((name) => !isInStandby(cib, name));
}

export async function standbyNodes({ session }: CompletionRequest): Promise<readonly string[]> {
  const cib = await session.cib();
  return nodesOf(cib).filter((name) => isInStandby(cib, name));
}

export async function setMaintenance(session: Session, word: string | undefined, isOn: boolean): Promise<number> {
  const cib = await session.cib();
  const node = word ?? (await thisNode(session));
  if (!nodesOf(cib).includes(node)) return session.error(`node.${isOn ? 'maintenance' : 'ready'}: Not our node: ${node}`);
  if (isOn && !(await applyAll(session, await ownSettings(session, cib)))) return FAILURE;
  const code = await session.tool('crm_attribute', '--type', 'nodes', '--node', node, '--name', 'maintenance', '--update', isOn ? 'true' : 'off');
  return code === 0 ? SUCCESS : FAILURE;
}

/** Resources with a setting of their own would not follow the node. */
async function ownSettings(session: Session, cib: XmlElement): Promise<readonly CibChange[]> {
  const changes: CibChange[] = [];
  for (const { element } of eachResource(cib)) {
    for (const name of ['maintenance', 'is-managed']) {
      if (settingOf(element, 'meta_attributes', name) === undefined) continue;
      if (!(await session.confirm(`'${name}' attribute already exists in ${element.id}. Remove it?`))) continue;
      changes.push(deleteSetting('resources', element, 'meta_attributes', name)!);
    }
  }
  return changes;
}
