// SPDX-License-Identifier: GPL-2.0-or-later
/** Small CIBs around one question each, for what random clusters seldom have. A case is known by its family and number. */
import { Chance } from '../../chance.ts';
import { attributeSet, element } from '../random/markup.ts';
import { NOW } from '../random/status.ts';

export interface Case {
  readonly cib: string;
  /** More arguments for crm_simulate. */
  readonly args?: readonly string[];
}

export const FAMILIES: Readonly<Record<string, (number: number) => Case>> = {
  circle: (number) => circle(new Chance(seed(number, 1)), ['primitive']),
  'circle-of-collectives': (number) => circle(new Chance(seed(number, 6)), ['primitive', 'group', 'clone']),
  'tag-of-primary': (number) => tagOfPrimary(new Chance(seed(number, 2))),
  'supposed-node': (number) => supposedNode(new Chance(seed(number, 3))),
  'failed-migration': (number) => failedMigration(new Chance(seed(number, 4))),
  'time-only': (number) => timeOnly(new Chance(seed(number, 5))),
};

const seed = (number: number, family: number): number => Math.imul(number + 1, 0x9e3779b1) + family;

/** Half past two in the afternoon, nearly. */
const AFTERNOON = 14 * 3600 + 13 * 60 + 20;
const DAY = 86_400;

const NODES = ['node1', 'node2', 'node3'] as const;
const AGENT = [['class', 'ocf'], ['provider', 'pacemaker'], ['type', 'Dummy']] as const;

interface Sketch {
  readonly resources: readonly string[];
  readonly constraints?: readonly string[];
  readonly more?: string;
  readonly states: readonly string[];
  readonly options?: readonly (readonly [string, string])[];
  readonly now?: number;
}

function cib({ resources, constraints = [], more = '', states, options = [], now = NOW }: Sketch): string {
  const pairs = [['stonith-enabled', 'false'], ...options] as [string, string][];
  const configuration = element('configuration', [], element('crm_config', [], attributeSet('cluster_property_set', 'opt', [...new Map(pairs)])),
    element('nodes', [], ...NODES.map((name, i) => element('node', [['id', String(i + 1)], ['uname', name]]))), element('resources', [], ...resources), element('constraints', [], ...constraints), more);
  return element('cib', [['crm_feature_set', '3.16.1'], ['validate-with', 'pacemaker-3.9'], ['epoch', '5'], ['num_updates', '3'], ['admin_epoch', '0'], ['have-quorum', '1'], ['dc-uuid', '1'], ['execution-date', String(now)]], configuration, element('status', [], ...states));
}

type Ran = readonly [task: string, intervalMs: number, rc: number, target: number, extra?: readonly (readonly [string, string])[]];

/** History of a resource on a node. */
function history(resource: string, type: string, ran: readonly Ran[], firstCall = 1): string {
  const entries = ran.map(([task, interval, rc, target, extra = []], i) => {
    const key = `${i}:1:${target}:aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa`;
    const id = interval > 0 ? `${resource}_monitor_${interval}` : task.startsWith('migrate') ? `${resource}_${task}_0` : rc === target ? `${resource}_last_0` : `${resource}_last_failure_0`;
    return [id, element('lrm_rsc_op', [['id', id], ['operation_key', `${resource}_${task}_${interval}`], ['operation', task], ['crm_feature_set', '3.16.1'], ['transition-key', key], ['transition-magic', `${rc === target ? 0 : 4}:${rc};${key}`],
      ['call-id', String(firstCall + i)], ['rc-code', String(rc)], ['op-status', rc === target ? '0' : '4'], ['interval', String(interval)], ['last-rc-change', String(NOW - 100 + i)], ...extra])] as const;
  });
  return element('lrm_resource', [['id', resource], ...AGENT.slice(0, 2), ['type', type]], ...new Map(entries).values());
}

function state(index: number, histories: readonly string[], attributes: readonly (readonly [string, string])[] = []): string {
  const name = NODES[index]!;
  return element('node_state', [['id', String(index + 1)], ['uname', name], ['in_ccm', 'true'], ['crmd', 'online'], ['join', 'member'], ['expected', 'member']],
    element('transient_attributes', [['id', String(index + 1)]], attributeSet('instance_attributes', `status-${index}`, [...attributes])), element('lrm', [['id', String(index + 1)]], element('lrm_resources', [], ...histories)));
}

/** Each resource runs on a node picked by chance, or nowhere. */
function states(chance: Chance, resources: readonly string[]): string[] {
  const places = resources.map(() => chance.below(NODES.length + 1));
  return NODES.map((_, i) => state(i, resources.flatMap((resource, r) => (places[r] === i ? [history(resource, 'Dummy', [['start', 0, 0, 0]])] : chance.is(0.3) ? [history(resource, 'Dummy', [['monitor', 0, 7, 7]])] : []))));
}

const primitive = (id: string, ...inner: string[]): string => element('primitive', [['id', id], ...AGENT], ...inner);
const monitor = (id: string, seconds: number, role?: string): string => element('op', [['id', `${id}-m${seconds}`], ['name', 'monitor'], ['interval', `${seconds}s`], ['role', role]]);
const operations = (...ops: string[]): string => element('operations', [], ...ops);
const meta = (id: string, pairs: readonly (readonly [string, string])[]): string => attributeSet('meta_attributes', `${id}-meta`, [...pairs]);
const SCORES = ['INFINITY', '-INFINITY', '100', '-100', '50', '-7', '1', '-1', '5000', '999999'] as const;

function locations(chance: Chance, targets: readonly string[]): string[] {
  return Array.from({ length: chance.below(4) }, (_, i) => element('rsc_location', [['id', `l${i}`], ['rsc', chance.pick(targets)], ['node', chance.pick(NODES)], ['score', chance.pick(SCORES)]]));
}

function metaOf(chance: Chance, id: string): string {
  return meta(id, [...(chance.is(0.3) ? [['resource-stickiness', chance.pick(['1', '100', 'INFINITY'])] as const] : []), ...(chance.is(0.2) ? [['priority', chance.pick(['1', '10'])] as const] : []), ...(chance.is(0.15) ? [['target-role', 'Stopped'] as const] : [])]);
}

/** Two to four resources, each colocated with the next one and the last with the first, simply or by sets. */
function circle(chance: Chance, mayBe: readonly ('primitive' | 'group' | 'clone')[]): Case {
  const ids = ['a', 'b', 'c', 'd'].slice(0, chance.below(3) + 2);
  const kinds = ids.map(() => chance.pick(mayBe));
  const resources = ids.map((id, i) => {
    const inner = [metaOf(chance, id)];
    if (kinds[i] === 'group') return element('group', [['id', id]], ...inner, primitive(`${id}1`), primitive(`${id}2`));
    return kinds[i] === 'clone' ? element('clone', [['id', id]], meta(id, chance.is(0.5) ? [['interleave', 'true']] : []), primitive(`${id}1`)) : primitive(id, ...inner);
  });
  const running = ids.flatMap((id, i) => (kinds[i] === 'primitive' ? [id] : kinds[i] === 'group' ? [`${id}1`, `${id}2`] : [`${id}1`]));
  const sameScore = chance.is(0.3) ? chance.pick(SCORES) : undefined;
  const constraints = chance.is(0.25)
    ? [element('rsc_colocation', [['id', 's'], ['score', sameScore ?? chance.pick(SCORES)]], ...[ids, [ids[0]!]].map((members, i) => element('resource_set', [['id', `s${i}`], ['sequential', i === 0 && chance.is(0.5) ? 'false' : undefined]], ...members.map((id) => element('resource_ref', [['id', id]])))))]
    : ids.map((id, i) => element('rsc_colocation', [['id', `col${i}`], ['rsc', id], ['with-rsc', ids[(i + 1) % ids.length]], ['score', sameScore ?? chance.pick(SCORES)], ['influence', chance.is(0.1) ? 'false' : undefined]]));
  return { cib: cib({ resources, constraints: [...constraints, ...locations(chance, ids)], states: states(chance, running) }) };
}

/** A tag or template stands for several dependents, and the primary is among them. */
function tagOfPrimary(chance: Chance): Case {
  const ids = ['a', 'b', 'c'];
  const isTemplate = chance.is(0.3);
  const resources = [...(isTemplate ? [element('template', [['id', 't'], ...AGENT])] : []), ...ids.map((id) => (isTemplate ? element('primitive', [['id', id], ['template', 't']], metaOf(chance, id)) : primitive(id, metaOf(chance, id))))];
  const tags = isTemplate ? '' : element('tags', [], element('tag', [['id', 't']], ...ids.filter((id) => id !== 'c' || chance.is(0.6)).map((id) => element('obj_ref', [['id', id]]))));
  const score = chance.pick(SCORES);
  const primary = chance.pick(ids);
  const set = (id: string, sequential: string | undefined, ...members: string[]): string => element('resource_set', [['id', id], ['sequential', sequential]], ...members.map((member) => element('resource_ref', [['id', member]])));
  const sequential = (): string | undefined => chance.pick([undefined, 'true', 'false']);
  const constraints = chance.pick([
    () => [element('rsc_colocation', [['id', 'c0'], ['rsc', 't'], ['with-rsc', primary], ['score', score]])],
    () => [element('rsc_colocation', [['id', 'c0'], ['rsc', primary], ['with-rsc', 't'], ['score', score]])],
    () => [element('rsc_colocation', [['id', 'c0'], ['score', score]], set('s0', sequential(), 't'), set('s1', sequential(), primary))],
    () => [element('rsc_colocation', [['id', 'c0'], ['score', score]], set('s0', sequential(), primary), set('s1', sequential(), 't'))],
    () => [element('rsc_colocation', [['id', 'c0'], ['score', score]], set('s0', sequential(), primary, 't'))],
  ])();
  return { cib: cib({ resources, constraints: [...constraints, ...locations(chance, ids)], more: tags, states: states(chance, ids) }) };
}

/** A node is said to come, to go or to fail, where a guest or remote node has a node state. */
function supposedNode(chance: Chance): Case {
  const isGuest = chance.is(0.5);
  const name = isGuest ? 'guest' : 'remote';
  const connection = isGuest ? primitive('vm', meta('vm', [['remote-node', 'guest']])) : element('primitive', [['id', 'remote'], ['class', 'ocf'], ['provider', 'pacemaker'], ['type', 'remote']], chance.is(0.5) ? operations(monitor('remote', 30)) : '');
  const host = chance.below(3);
  const runs: Ran[] = [['start', 0, 0, 0]];
  const isUp = chance.is(0.75);
  const onHost = !isUp ? [] : isGuest ? [history('vm', 'Dummy', runs), history('guest', 'remote', runs)] : [history('remote', 'remote', [...runs, ['monitor', 30_000, 0, 0]])];
  const place = chance.pick(['a on it', 'a elsewhere', 'nothing']);
  const hosted = NODES.map((_, i) => state(i, [...(i === host ? onHost : []), ...(place === 'a elsewhere' && i === 0 ? [history('a', 'Dummy', runs)] : [])]));
  const own = chance.is(0.7)
    ? [element('node_state', [['id', name], ['uname', name], ['remote_node', 'true'], ['in_ccm', chance.is(0.8) ? 'true' : 'false']], chance.is(0.5) ? element('transient_attributes', [['id', name]], attributeSet('instance_attributes', 'st', [['probe_complete', 'true']])) : '', element('lrm', [['id', name]], element('lrm_resources', [], place === 'a on it' ? history('a', 'Dummy', runs) : '')))]
    : [];
  const device = element('primitive', [['id', 'fence'], ['class', 'stonith'], ['type', 'fence_xvm']]);
  const hasFencing = chance.is(0.4);
  const args = Array.from({ length: chance.below(2) + 1 }, () => [chance.pick(['-u', '-d', '-f']), chance.pick([name, name, name, NODES[host]!, isGuest ? 'vm' : 'node2', 'other'])]).flat();
  return { cib: cib({ resources: [connection, primitive('a', chance.is(0.5) ? operations(monitor('a', 10)) : ''), ...(hasFencing ? [device] : [])], constraints: locations(chance, ['a']), states: [...hosted, ...own], options: [['stonith-enabled', String(hasFencing)]] }), args };
}

/** A migration that did not succeed, of a resource that is monitored where it is stopped, too. */
function failedMigration(chance: Chance): Case {
  const roles = chance.some(['Stopped', 'Stopped', 'Started'], 0.7);
  const monitors = [...(chance.is(0.7) ? [monitor('a', 10)] : []), ...roles.map((role, i) => monitor('a', 20 + i, role))];
  const [source, target] = chance.pick([[0, 1], [1, 0], [0, 2]] as const);
  const extra = [['migrate_source', NODES[source]!], ['migrate_target', NODES[target]!]] as const;
  const rc = chance.pick([1, 1, 1, 0, 198]);
  const before: Ran[] = [['start', 0, 0, 0], ['monitor', 10_000, 0, 0]];
  const stopped: Ran[] = chance.is(0.4) ? [['monitor', 20_000, 7, 7]] : [];
  const onSource: Ran[] = [...before, ['migrate_to', 0, rc, 0, extra], ...(chance.is(0.2) ? [['stop', 0, 0, 0] as const] : []), ...(chance.is(0.1) ? [['monitor', 0, 7, 7] as const] : [])];
  const onTarget: Ran[] = chance.pick<Ran[]>([[], [], [['monitor', 0, 7, 7]], [['migrate_from', 0, 1, 0, extra]], [['migrate_from', 0, 0, 0, extra]], [['stop', 0, 0, 0]], stopped, [['monitor', 0, 7, 7], ...stopped]]);
  const elsewhere: Ran[] = chance.pick<Ran[]>([[], [['monitor', 0, 7, 7]], stopped]);
  const first = chance.pick([1, 3, 10]);
  const parts = NODES.map((_, i) => state(i, i === source ? [history('a', 'Dummy', onSource)] : i === target ? (onTarget.length > 0 ? [history('a', 'Dummy', onTarget, first)] : []) : elsewhere.length > 0 ? [history('a', 'Dummy', elsewhere)] : [],
    i === source && chance.is(0.3) ? [['fail-count-a#migrate_to_0', '1'], ['last-failure-a#migrate_to_0', String(NOW - 90)]] : []));
  const pairs = [['allow-migrate', 'true'], ...(chance.is(0.2) ? [['migration-threshold', '1']] : []), ...(chance.is(0.2) ? [['target-role', 'Stopped']] : []), ...(chance.is(0.2) ? [['multiple-active', chance.pick(['block', 'stop_only', 'stop_unexpected'])]] : [])] as [string, string][];
  return { cib: cib({ resources: [primitive('a', operations(...monitors), meta('a', pairs))], constraints: locations(chance, ['a']), states: parts }) };
}

const TIMES = ['12:00', '16:00:00', 'T12:00', '14:13:20', '14:13:21', '14:13:19Z', '12:00Z', '12:00+05:00', '16:00-05:00', '24:00:00', '00:00', '14', 'T14', '1413', 'T1413', 'T141320', '141320', ' 12:00', '12:00:00 ', '25:00', 'now', 'epoch', '', '2026', '2026-09', '2026-09-21', '2026-09-21T', '2026-09-21 14', 'noon'] as const;

/**
 * Rules with times that have no date, and with dates that are none. The peer takes the date from the clock even if it simulates another day, so
 * that the cases are of today.
 */
function timeOnly(chance: Chance): Case {
  const date = (id: string): string => {
    const time = (): string => chance.pick(TIMES);
    switch (chance.below(5)) {
      case 0:
        return element('date_expression', [['id', id], ['operation', 'gt'], ['start', time()]]);
      case 1:
        return element('date_expression', [['id', id], ['operation', 'lt'], ['end', time()]]);
      case 2:
        return element('date_expression', [['id', id], ['operation', 'in_range'], ['start', time()], ['end', time()]]);
      case 3:
        return element('date_expression', [['id', id], ['operation', 'in_range'], ['start', time()]], element('duration', [['id', `${id}d`], [chance.pick(['hours', 'minutes', 'days']), chance.pick(['1', '3', '-1', 'x'])]]));
      default:
        return element('date_expression', [['id', id], ['operation', 'date_spec']], element('date_spec', [['id', `${id}s`], [chance.pick(['hours', 'minutes', 'weekdays', 'years']), chance.pick(['14', '9-16', '-20', '15-', '', 'x', '-', '1-5', '2026', '2027-', '14-13'])]]));
    }
  };
  const constraints = Array.from({ length: chance.below(2) + 1 }, (_, i) => element('rsc_location', [['id', `l${i}`], ['rsc', 'a']], element('rule', [['id', `r${i}`], ['score', chance.pick(['100', '-INFINITY', '-7'])], ['boolean-op', chance.pick(['and', 'or', undefined])]], element('expression', [['id', `e${i}`], ['attribute', '#uname'], ['operation', chance.pick(['eq', 'ne'])], ['value', chance.pick(NODES)]]), date(`d${i}`))));
  return { cib: cib({ resources: [primitive('a')], constraints, states: states(chance, ['a']), now: Math.floor(Date.now() / 1000 / DAY) * DAY + AFTERNOON }) };
}
