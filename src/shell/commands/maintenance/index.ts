// SPDX-License-Identifier: GPL-2.0-or-later
/** The maintenance level: leave the cluster or a resource alone, and run an agent by hand meanwhile. */
import { agentCall, agentId, exitCodeWord, exitReason, operationEnvironment, revealSecrets, secretsDirectory, shortAgentId, type AgentName } from '../../../agents/index.ts';
import { element, findResource, isTrue, settingOf, type XmlElement } from '../../../cib/index.ts';
import { stateDirectory } from '../../../platform/index.ts';
import { FAILURE, SUCCESS, type Command, type LevelBody } from '../../command.ts';
import type { Session } from '../../session.ts';
import { inOrder, primitiveIds, resourceIds } from '../resource/names.ts';
import { setManaged } from '../resource/managed.ts';

const ACTIONS = ['start', 'stop', 'monitor', 'meta-data', 'validate-all', 'promote', 'demote', 'notify', 'reload', 'reload-agent', 'migrate_to', 'migrate_from', 'recover'];
const ACTION_TIMEOUT_MS = 120_000;
const NOTHING = (): readonly string[] => [];

const commands: readonly Command[] = [
  { name: 'on', usage: '[RSC]', summary: 'Leave all resources, or one, alone', skill: 'administrator', takes: [0, 1], waits: true, complete: inOrder(resourceIds, NOTHING), run: async ({ args }, session) => setMaintenance(session, args[0], true) },
  { name: 'off', usage: '[RSC]', summary: 'Act on resources again', skill: 'administrator', takes: [0, 1], waits: true, complete: inOrder(resourceIds, NOTHING), run: async ({ args }, session) => setMaintenance(session, args[0], false) },
  { name: 'action', usage: 'RSC ACTION', summary: 'Run an action of an agent by hand', help: 'Only while the resource or the cluster is in maintenance. Runs on this machine.', skill: 'administrator', takes: [2, 3], complete: inOrder(primitiveIds, () => ACTIONS, NOTHING), run: async ({ args }, session) => runAction(session, args[0]!, args[1]!) },
];

export const maintenanceLevel: LevelBody = { commands };

async function setMaintenance(session: Session, id: string | undefined, isOn: boolean): Promise<number> {
  if (id !== undefined) return setManaged(session, [id], 'maintenance', isOn);
  const set = (await session.cib()).at('configuration', 'crm_config')?.first('cluster_property_set')?.id ?? 'cib-bootstrap-options';
  const pair = element('nvpair', { id: `${set}-maintenance-mode`, name: 'maintenance-mode', value: String(isOn) });
  const change = { op: 'modify', section: 'crm_config', data: element('cluster_property_set', { id: set }, [pair]), allowCreate: true } as const;
  return (await session.apply(change)) ? SUCCESS : FAILURE;
}

async function runAction(session: Session, id: string, action: string): Promise<number> {
  if (!ACTIONS.includes(action)) return session.error(`maintenance.action: expected one of ${ACTIONS.join(' ')}, found "${action}"`);
  const cib = await session.cib();
  const place = findResource(cib, id);
  if (place === undefined || place.element.name !== 'primitive') return session.error(`maintenance.action: there is no primitive ${id}`);
  if (!isLeftAlone(cib, [place.element, ...place.containers])) return session.error(`maintenance.action: ${id} is not in maintenance (crm maintenance on ${id})`);
  const agent: AgentName = { class: place.element.get('class') ?? 'ocf', provider: place.element.get('provider'), type: place.element.get('type') ?? '' };
  const path = session.agents.path(agent);
  if (path === undefined) return session.error(`${agentId(agent)}: no such resource agent here`);
  const steps = action === 'recover' ? ['stop', 'start'] : [action];
  for (const step of steps) if ((await runStep(session, place.element, agent, path, step)) !== SUCCESS) return FAILURE;
  return SUCCESS;
}

function isLeftAlone(cib: XmlElement, elements: readonly XmlElement[]): boolean {
  const options = cib.at('configuration', 'crm_config')?.elements('cluster_property_set').flatMap((set) => set.elements('nvpair')) ?? [];
  if (options.some((pair) => pair.get('name') === 'maintenance-mode' && isTrue(pair.get('value') ?? ''))) return true;
  return elements.some((one) => isTrue(settingOf(one, 'meta_attributes', 'maintenance') ?? ''));
}

async function runStep(session: Session, primitive: XmlElement, agent: AgentName, path: string, action: string): Promise<number> {
  const given = primitive.elements('instance_attributes').flatMap((set) => set.elements('nvpair').map((pair) => [pair.get('name') ?? '', pair.get('value') ?? ''] as const));
  const revealed = revealSecrets(given, primitive.id ?? '', secretsDirectory(stateDirectory(session.context.env)), (file) => session.context.disk.read(file));
  if (!revealed.ok) return session.error(`maintenance.action: the secret value of parameter ${revealed.parameter} cannot be read`);
  const attributes = revealed.pairs;
  const call = agentCall(agent, path, action, attributes);
  const env = new Map([...session.context.env, ...operationEnvironment({ agent, instance: primitive.id ?? '', action, attributes, ocfRoot: session.context.env.get('OCF_ROOT') || '/usr/lib/ocf' })]);
  const done = await session.context.spawn({ program: call.program, args: call.args, env: [...env], timeoutMs: ACTION_TIMEOUT_MS, ...(call.input === undefined ? {} : { input: call.input }) });
  session.print(done.stdout);
  const reason = exitReason(done.stderr);
  session.info(`${action} of ${primitive.id} (${shortAgentId(agent)}): ${exitCodeWord(done.code)} (${done.code})${reason === undefined ? '' : `: ${reason}`}`);
  return done.code === 0 || (action === 'monitor' && done.code === 8) ? SUCCESS : FAILURE;
}
