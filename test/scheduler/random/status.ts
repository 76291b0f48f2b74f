// SPDX-License-Identifier: GPL-2.0-or-later
/** A random status section: node states, attributes that live as long as the node, histories, tickets. */
import type { Chance } from '../../chance.ts';
import { attributeSet, element, type Pair } from './markup.ts';
import { TICKETS } from './constraints.ts';
import { guestsOf, type Primitive, type Resource, type Shape } from './shape.ts';

/** Time at which the cases are judged, in seconds since the epoch. */
export const NOW = 1790000000;

export function statusXml(chance: Chance, shape: Shape): string {
  const { features } = shape;
  const tickets = features.has('tickets') ? element('tickets', [], ...chance.some(TICKETS, 0.8).map((id) => element('ticket_state', [['id', id], ['granted', chance.is(0.6) ? 'true' : 'false'], ['standby', chance.is(0.25) ? 'true' : undefined], ['last-granted', '1789990000']]))) : '';
  const cluster = shape.nodes.filter(() => !(features.has('lost-nodes') && chance.is(0.1))).map(([id, name]) => nodeState(chance, shape, id, name));
  const others = [...shape.remotes, ...guestsOf(shape)].filter(() => chance.is(0.85)).map((name) => remoteState(chance, shape, name));
  return element('status', [], tickets, ...cluster, ...others);
}

function nodeState(chance: Chance, shape: Shape, id: string, name: string): string {
  const { features } = shape;
  const isLost = features.has('lost-nodes') && chance.is(0.25);
  const isDown = !isLost && chance.is(0.08);
  const isLeaving = features.has('locks') && chance.is(0.3);
  const membership = isLost
    ? chance.pick([{ in_ccm: 'false', crmd: 'offline', join: 'down', expected: 'member' }, { in_ccm: 'true', crmd: 'offline', join: 'down', expected: 'member' }, { in_ccm: 'false', crmd: 'online', join: 'member', expected: 'member' }])
    : isDown
      ? { in_ccm: 'false', crmd: 'offline', join: 'down', expected: 'down' }
      : features.has('pending') && chance.is(0.1)
        ? { in_ccm: 'true', crmd: 'online', join: 'pending', expected: 'member' }
        : { in_ccm: 'true', crmd: 'online', join: 'member', expected: 'member' };
  const pairs = transientPairs(chance, shape);
  if (isLeaving) pairs.push(['shutdown', String(NOW - chance.pick([10, 3600, 86400]))]);
  if (features.has('fencing') && chance.is(0.08)) pairs.push(['terminate', 'true']);
  const gone = isDown && chance.is(0.7);
  return element('node_state', [['id', id], ['uname', name], ['in_ccm', membership.in_ccm], ['crmd', membership.crmd], ['join', membership.join], ['expected', membership.expected]],
    gone ? '' : element('transient_attributes', [['id', id]], attributeSet('instance_attributes', `status-${id}`, pairs)), gone ? '' : historyXml(chance, shape, id, name, hostedOnNode(shape)));
}

function remoteState(chance: Chance, shape: Shape, name: string): string {
  const pairs = transientPairs(chance, shape);
  return element('node_state', [['id', name], ['uname', name], ['remote_node', 'true'], ['in_ccm', chance.is(0.8) ? 'true' : 'false'], ['node_fenced', chance.is(0.1) ? '1' : undefined]],
    element('transient_attributes', [['id', name]], attributeSet('instance_attributes', `status-${name}`, pairs)), historyXml(chance, shape, name, name, hostedOnRemote(shape, name)));
}

function transientPairs(chance: Chance, { features, resources }: Shape): Pair[] {
  const pairs: Pair[] = [];
  for (const resource of resources) {
    const first = resource.members[0];
    if (first === undefined) continue;
    if (resource.isPromotable && chance.is(0.6)) pairs.push([`master-${first.id}`, chance.pick(['10', '5', '1', '-1', '100', 'INFINITY'])]);
    for (const member of resource.members) {
      if ((features.has('thresholds') || features.has('failures')) && chance.is(0.25)) {
        const operation = chance.pick(['monitor_10000', 'start_0', 'stop_0', 'monitor_0']);
        pairs.push([`fail-count-${member.id}#${operation}`, chance.pick(['1', '2', '3', 'INFINITY', '0'])], [`last-failure-${member.id}#${operation}`, String(NOW - chance.pick([10, 100, 5000, 500000]))]);
      }
    }
  }
  if (features.has('health') && chance.is(0.6)) pairs.push([chance.pick(['#health-disk', '#health-smart', '#health_x']), chance.pick(['red', 'yellow', 'green', '-5', '10'])]);
  if (features.has('attributes') && chance.is(0.5)) pairs.push(['weight', chance.pick(['5', '10', '1.5'])]);
  if (features.has('standby') && chance.is(0.15)) pairs.push(['standby', 'on']);
  if (features.has('maintenance') && chance.is(0.1)) pairs.push(['maintenance', 'true']);
  if (chance.is(0.3)) pairs.push(['probe_complete', 'true']);
  return pairs;
}

interface Hosted {
  readonly historyId: string;
  readonly member: Pick<Primitive, 'id' | 'agent' | 'monitors' | 'canMigrate'>;
  readonly resource: Resource;
}

const CONTAINER = ['ocf', 'heartbeat', 'docker'] as const;
const CONNECTION = ['ocf', 'pacemaker', 'remote'] as const;

/** Histories that a cluster node may have. */
function hostedOnNode(shape: Shape): Hosted[] {
  return shape.resources.flatMap((resource): Hosted[] => {
    const { kind, id, members, instances, isUnique } = resource;
    if (kind === 'bundle') {
      return Array.from({ length: instances }, (_, i) => i).flatMap((i) => [
        { historyId: `${id}-docker-${i}`, member: { id: `${id}-docker-${i}`, agent: CONTAINER, monitors: [{ seconds: 60 }], canMigrate: false }, resource },
        { historyId: `${id}-${i}`, member: { id: `${id}-${i}`, agent: CONNECTION, monitors: [{ seconds: 30 }], canMigrate: false }, resource },
      ]);
    }
    return members.flatMap((member): Hosted[] => {
      const names = kind === 'clone' && isUnique ? Array.from({ length: instances }, (_, i) => `${member.id}:${i}`) : [member.id];
      const guest: Hosted[] = member.guest === undefined ? [] : [{ historyId: member.guest, member: { id: member.guest, agent: CONNECTION, monitors: [{ seconds: 30 }], canMigrate: true }, resource }];
      return [...names.map((historyId) => ({ historyId, member, resource })), ...guest];
    });
  });
}

function hostedOnRemote(shape: Shape, name: string): Hosted[] {
  const ofBundle = shape.resources.filter(({ kind, id }) => kind === 'bundle' && name.startsWith(`${id}-`));
  if (ofBundle.length > 0) return ofBundle.flatMap((resource) => resource.members.map((member) => ({ historyId: member.id, member, resource })));
  return hostedOnNode(shape).filter(({ member, resource }) => resource.kind !== 'bundle' && member.agent[2] !== 'remote' && member.agent[0] !== 'stonith');
}

function historyXml(chance: Chance, shape: Shape, nodeId: string, nodeName: string, hosted: readonly Hosted[]): string {
  if (chance.is(0.1)) return '';
  const known = hosted.filter(() => chance.is(0.7));
  const removed = shape.features.has('removed') && chance.is(0.5) ? [gone(chance)] : [];
  const resources = [...known, ...removed].map((one) => resourceHistory(chance, shape, nodeName, one));
  return element('lrm', [['id', nodeId]], element('lrm_resources', [], ...resources));
}

/** What is configured no longer. */
function gone(chance: Chance): Hosted {
  const id = chance.pick(['old', 'old:0', 'old:1']);
  const member = { id, agent: ['ocf', 'pacemaker', 'Dummy'] as const, monitors: [{ seconds: 10 }], canMigrate: false };
  return { historyId: id, member, resource: { id, kind: 'primitive', members: [member], instances: 1, perNode: 1, isUnique: true, isPromotable: false } };
}

type Report = readonly [task: string, intervalMs: number, rc: number, target: number, status?: number, extra?: readonly (readonly [string, string])[]];

function resourceHistory(chance: Chance, shape: Shape, nodeName: string, { historyId, member, resource }: Hosted): string {
  const [agentClass, provider, type] = member.agent;
  let call = chance.below(20) + 1;
  const entries = reports(chance, shape, { historyId, member, resource }, nodeName).map(([task, intervalMs, rc, target, status = rc === target ? 0 : 4, extra = []]) => {
    const number = status === -1 ? '-1' : String(call++);
    const isFailed = status !== -1 && rc !== target && task !== 'monitor' ? true : status > 1 || (rc !== target && status !== -1);
    const id = isFailed && intervalMs === 0 && chance.is(0.5) ? `${historyId}_last_failure_0` : task.startsWith('migrate') ? `${historyId}_${task}_0` : intervalMs === 0 ? `${historyId}_last_0` : `${historyId}_monitor_${intervalMs}`;
    const key = `${chance.below(50)}:${chance.below(50)}:${target}:aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa`;
    return [id, element('lrm_rsc_op', [['id', id], ['operation_key', `${historyId}_${task}_${intervalMs}`], ['operation', task], ['crm_feature_set', '3.16.1'], ['transition-key', key], ['transition-magic', `${status}:${rc};${key}`], ['exit-reason', ''],
      ['on_node', nodeName], ['call-id', number], ['rc-code', String(rc)], ['op-status', String(status)], ['interval', String(intervalMs)], ['last-rc-change', String(NOW - chance.pick([5, 50, 5000, 500000]))], ['exec-time', '0'], ['queue-time', '0'],
      ['op-digest', shape.features.has('digests') ? chance.pick(['f2317cad3d54cec5d7d7aa7d0bf35cf8', '4811cef7f7f94e3a35a70be7916cb2fd']) : undefined], ...extra])] as const;
  });
  return element('lrm_resource', [['id', historyId], ['class', agentClass], ['provider', provider], ['type', type], ['container', member.agent === CONNECTION && chance.is(0.3) ? resource.members[0]?.id : undefined]], ...new Map(entries).values());
}

const TASKS = ['monitor', 'start', 'stop'] as const;

function reports(chance: Chance, { features, nodes }: Shape, { member, resource }: Hosted, nodeName: string): Report[] {
  const monitors: Report[] = member.monitors.filter(({ role }) => role === undefined || chance.is(0.3)).map(({ seconds }) => ['monitor', seconds * 1000, 0, 0]);
  const runs: Report[] = [['start', 0, 0, 0], ...monitors];
  const isSomewhere = resource.kind === 'clone' || resource.kind === 'bundle' ? 0.6 : 1 / Math.max(nodes.length, 1) + 0.1;
  const failing = features.has('failures') || features.has('on-fail');
  if (failing && chance.is(0.3)) return [...(chance.is(0.5) ? runs : []), failure(chance, resource)];
  if (features.has('pending') && chance.is(0.2)) return [...(chance.is(0.5) ? runs : []), [chance.pick(resource.isPromotable ? [...TASKS, 'promote', 'demote'] : TASKS), chance.is(0.8) ? 0 : 10000, 193, 0, -1]];
  if (member.canMigrate && chance.is(0.3) && nodes.length > 1) return migration(chance, nodeName, nodes.map(([, name]) => name));
  if (resource.isPromotable && chance.is(0.2)) return [['start', 0, 0, 0], ['promote', 0, 0, 0], ...(chance.is(0.5) ? [['monitor', 10000, 8, 8] as const] : [])];
  if (chance.is(isSomewhere)) return chance.is(0.7) ? runs : [['monitor', 0, 0, 7], ...monitors];
  return chance.is(0.7) ? [['monitor', 0, 7, 7]] : [['start', 0, 0, 0], ['stop', 0, 0, 0]];
}

function failure(chance: Chance, resource: Resource): Report {
  const task = chance.pick(resource.isPromotable ? ['monitor', 'probe', 'start', 'stop', 'promote', 'demote'] : ['monitor', 'probe', 'start', 'stop']);
  const rc = chance.pick([1, 2, 3, 4, 5, 6, 7, 8, 9, 198]);
  const status = chance.pick([4, 4, 4, 0, 2, 3, 5, 6, 1]);
  return task === 'probe' ? ['monitor', 0, chance.pick([1, 5, 6, 8, 9, 0]), 7, chance.pick([0, 4])] : task === 'monitor' ? ['monitor', 10000, rc, 0, status] : [task, 0, rc, 0, status];
}

function migration(chance: Chance, nodeName: string, names: readonly string[]): Report[] {
  const other = chance.pick(names.filter((name) => name !== nodeName));
  const isSource = chance.is(0.5);
  const extra = [['migrate_source', isSource ? nodeName : other], ['migrate_target', isSource ? other : nodeName]] as const;
  const rc = chance.is(0.7) ? 0 : 1;
  const entry: Report = [isSource ? 'migrate_to' : 'migrate_from', 0, rc, 0, undefined, extra];
  const list: Report[] = [['start', 0, 0, 0], entry];
  return chance.is(0.3) ? [...list, ['stop', 0, 0, 0]] : list;
}
