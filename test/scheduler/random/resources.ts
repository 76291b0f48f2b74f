// SPDX-License-Identifier: GPL-2.0-or-later
/** Random options, nodes and resources as XML. */
import type { Chance } from '../../chance.ts';
import { attributeSet, element, randomRule, type Pair } from './markup.ts';
import type { Features, Primitive, Resource, Shape } from './shape.ts';

export function optionsXml(chance: Chance, { features }: Shape): string {
  const pairs: Pair[] = [['stonith-enabled', String(features.has('fencing') || features.has('unfencing') || features.has('lost-nodes') ? chance.is(0.8) : false)]];
  const maybe = (probability: number, name: string, ...values: readonly string[]): void => void (chance.is(probability) && pairs.push([name, chance.pick(values)]));
  if (features.has('quorum')) maybe(0.9, 'no-quorum-policy', 'stop', 'freeze', 'ignore', 'demote', 'suicide');
  if (features.has('locks')) {
    maybe(0.9, 'shutdown-lock', 'true');
    maybe(0.4, 'shutdown-lock-limit', '5min', '1h', '2d');
  }
  if (features.has('health')) {
    maybe(0.9, 'node-health-strategy', 'migrate-on-red', 'only-green', 'progressive', 'custom', 'none');
    maybe(0.4, 'node-health-base', '10', '-10');
    maybe(0.3, 'node-health-yellow', '-50', '20');
    maybe(0.3, 'node-health-red', '-100');
    maybe(0.2, 'node-health-green', '7');
  }
  if (features.has('utilization')) maybe(0.95, 'placement-strategy', 'utilization', 'minimal', 'balanced', 'default');
  if (features.has('fencing') || features.has('lost-nodes')) {
    maybe(0.3, 'stonith-action', 'reboot', 'off');
    maybe(0.3, 'concurrent-fencing', 'true', 'false');
    maybe(0.3, 'startup-fencing', 'true', 'false');
    maybe(0.3, 'priority-fencing-delay', '15', '30s');
    maybe(0.2, 'have-watchdog', 'true');
  }
  if (features.has('options')) {
    maybe(0.25, 'symmetric-cluster', 'false');
    maybe(0.15, 'maintenance-mode', 'true');
    maybe(0.3, 'start-failure-is-fatal', 'false');
    maybe(0.2, 'enable-startup-probes', 'false');
    maybe(0.2, 'stop-all-resources', 'true');
    maybe(0.2, 'batch-limit', '10');
    maybe(0.2, 'migration-limit', '2', '-1', '0', 'x');
    maybe(0.2, 'cluster-delay', '30s');
    maybe(0.2, 'cluster-name', 'mine');
  }
  if (features.has('removed')) {
    maybe(0.3, 'stop-orphan-resources', 'false');
    maybe(0.3, 'stop-orphan-actions', 'false');
  }
  return element('crm_config', [], attributeSet('cluster_property_set', 'cib-bootstrap-options', pairs));
}

export function nodesXml(chance: Chance, { features, nodes }: Shape): string {
  const written = nodes.map(([id, name]) => {
    const pairs: Pair[] = [];
    const maybe = (probability: number, key: string, ...values: readonly string[]): void => void (chance.is(probability) && pairs.push([key, chance.pick(values)]));
    if (features.has('attributes') || features.has('rules')) {
      maybe(0.6, 'color', 'red', 'blue', 'Red');
      maybe(0.6, 'weight', '5', '10', '100', 'INFINITY', 'x');
      maybe(0.1, 'site-name', 'here');
    }
    if (features.has('standby')) maybe(0.3, 'standby', 'on', 'off', 'true');
    if (features.has('maintenance')) maybe(0.3, 'maintenance', 'true', 'false');
    const capacity: Pair[] = features.has('utilization') ? [['cpu', String(chance.below(8))], ...(chance.is(0.6) ? [['ram', String(chance.below(8))] as const] : [])] : [];
    const score = features.has('attributes') && chance.is(0.1) ? chance.pick(['5', '-5', 'INFINITY']) : undefined;
    return element('node', [['id', id], ['uname', name], ['score', score]], attributeSet('instance_attributes', `nodes-${id}`, pairs), attributeSet('utilization', `nodes-${id}-u`, capacity));
  });
  return element('nodes', [], ...written);
}

export function resourcesXml(chance: Chance, shape: Shape): string {
  const { features } = shape;
  const templates = features.has('templates') ? ['t0', 't1'].map((id) => templateXml(chance, features, id)) : [];
  return element('resources', [], ...templates, ...shape.resources.map((resource) => resourceXml(chance, shape, resource)));
}

function templateXml(chance: Chance, features: Features, id: string): string {
  const op = element('op', [['id', `${id}-mon`], ['name', 'monitor'], ['interval', '25s'], ['timeout', '22s']]);
  return element('template', [['id', id], ['class', 'ocf'], ['provider', 'pacemaker'], ['type', 'Dummy']], attributeSet('meta_attributes', `${id}-meta`, metaPairs(chance, features, false)), chance.is(0.5) ? element('operations', [], op) : '');
}

/** Settings that every kind of resource takes. */
function metaPairs(chance: Chance, features: Features, isCollective: boolean): Pair[] {
  const pairs: Pair[] = [];
  const maybe = (feature: Features extends ReadonlySet<infer F> ? F : never, probability: number, name: string, ...values: readonly string[]): void =>
    void (features.has(feature) && chance.is(probability) && pairs.push([name, chance.pick(values)]));
  maybe('priority', 0.4, 'priority', '1', '10', '-5', '100');
  maybe('stickiness', 0.4, 'resource-stickiness', '1', '100', 'INFINITY', '-10');
  maybe('target-role', 0.3, 'target-role', 'Stopped', 'Started', 'Promoted', 'Unpromoted', 'Slave');
  maybe('unmanaged', 0.3, 'is-managed', 'false', 'true');
  maybe('maintenance', 0.2, 'maintenance', 'true', 'false');
  maybe('multiple-active', 0.5, 'multiple-active', 'stop_start', 'stop_only', 'block', 'stop_unexpected');
  maybe('thresholds', 0.5, 'migration-threshold', '1', '2', '3', 'INFINITY', '0');
  maybe('failures', 0.2, 'failure-timeout', '60s', '1h', '2000d');
  maybe('health', 0.3, 'allow-unhealthy-nodes', 'true');
  maybe('colocations', 0.15, 'critical', 'false');
  maybe('fencing', 0.2, 'requires', 'nothing', 'quorum', 'fencing');
  maybe('quorum', 0.2, 'requires', 'nothing', 'quorum', 'fencing');
  maybe('unfencing', 0.3, 'requires', 'unfencing');
  if (!isCollective && features.has('rules') && chance.is(0.1)) pairs.push(['priority', '7']);
  return pairs;
}

function resourceXml(chance: Chance, shape: Shape, resource: Resource): string {
  const { features } = shape;
  const { id, kind, members } = resource;
  const collectiveMeta = attributeSet('meta_attributes', `${id}-meta`, [...metaPairs(chance, features, true), ...(kind === 'clone' ? clonePairs(chance, features, resource) : [])]);
  const primitives = members.map((member) => primitiveXml(chance, features, member));
  switch (kind) {
    case 'primitive':
      return primitives[0]!;
    case 'group':
      return element('group', [['id', id]], collectiveMeta, ...primitives);
    case 'clone': {
      const inner = resource.group === undefined ? primitives[0]! : element('group', [['id', resource.group]], attributeSet('meta_attributes', `${resource.group}-meta`, metaPairs(chance, features, true)), ...primitives);
      return element('clone', [['id', id]], collectiveMeta, inner);
    }
    case 'bundle':
      return bundleXml(chance, resource, collectiveMeta, primitives);
  }
}

function clonePairs(chance: Chance, features: Features, { instances, perNode, isUnique, isPromotable }: Resource): Pair[] {
  const pairs: Pair[] = [];
  if (chance.is(0.8)) pairs.push(['clone-max', String(instances)]);
  if (isUnique) pairs.push(['globally-unique', 'true'], ['clone-node-max', String(perNode)]);
  if (chance.is(0.3)) pairs.push(['interleave', chance.pick(['true', 'false'])]);
  if (chance.is(0.2)) pairs.push(['ordered', 'true']);
  if (chance.is(0.15)) pairs.push(['clone-min', '1']);
  if (features.has('notify') && chance.is(0.7)) pairs.push(['notify', 'true']);
  if (isPromotable) pairs.push(['promotable', 'true'], ...(chance.is(0.4) ? [['promoted-max', String(chance.below(3))] as const] : []), ...(chance.is(0.2) ? [['promoted-node-max', '2'] as const] : []));
  return pairs;
}

function bundleXml(chance: Chance, { id, instances, perNode, isPromotable, members }: Resource, meta: string, primitives: readonly string[]): string {
  const technology = chance.pick(['docker', 'podman']);
  const container = element(technology, [['image', `${id}:latest`], ['replicas', String(instances)], ['replicas-per-host', perNode > 1 ? String(perNode) : undefined], ['promoted-max', isPromotable ? '1' : undefined], ['network', chance.is(0.1) ? 'host' : undefined]]);
  const hasAddress = members.length > 0 || chance.is(0.5);
  const control = members.length > 0 ? [['control-port', '3121'] as const] : [];
  const network = hasAddress ? element('network', [...(chance.is(0.6) ? [['ip-range-start', '10.0.0.1'] as const] : control)], ...(chance.is(0.3) ? [element('port-mapping', [['id', `${id}-port`], ['port', '80']])] : [])) : '';
  const storage = chance.is(0.3) ? element('storage', [], element('storage-mapping', [['id', `${id}-st`], ['source-dir', '/srv'], ['target-dir', '/var/srv'], ['options', chance.is(0.5) ? 'rw' : undefined]])) : '';
  return element('bundle', [['id', id]], meta, container, network, storage, ...primitives);
}

function primitiveXml(chance: Chance, features: Features, { id, agent, canMigrate, monitors, guest }: Primitive): string {
  const [agentClass, provider, type] = agent;
  const isDummy = type === 'Dummy';
  const template = isDummy && features.has('templates') && chance.is(0.4) ? chance.pick(['t0', 't1']) : undefined;
  const pairs = agentClass === 'stonith' ? stonithPairs(chance, features) : type === 'remote' ? [] : metaPairs(chance, features, false);
  if (canMigrate) pairs.push(['allow-migrate', 'true']);
  if (guest !== undefined) {
    pairs.push(['remote-node', guest]);
    if (chance.is(0.2)) pairs.push(['remote-allow-migrate', 'false']);
  }
  const rule = features.has('rules') && chance.is(0.2) && pairs.length > 0 ? randomRule(chance, `${id}-mr`, 'resource') : '';
  const own = rule === '' ? attributeSet('meta_attributes', `${id}-meta`, pairs) : `${attributeSet('meta_attributes', `${id}-meta`, pairs.slice(0, 1), rule, chance.is(0.5) ? '10' : undefined)}${attributeSet('meta_attributes', `${id}-meta2`, pairs.slice(1))}`;
  const demand = features.has('utilization') && isDummy ? attributeSet('utilization', `${id}-u`, [...(chance.is(0.7) ? [['cpu', String(chance.below(5))] as const] : []), ...(chance.is(0.4) ? [['ram', String(chance.below(5))] as const] : [])]) : '';
  const parameters = isDummy && chance.is(0.3) ? attributeSet('instance_attributes', `${id}-ia`, [['fake', chance.pick(['a', 'b', 'red'])]], features.has('rules') && chance.is(0.3) ? randomRule(chance, `${id}-ir`, 'node') : '') : '';
  const attributes: (readonly [string, string | undefined])[] = template === undefined ? [['class', agentClass], ['provider', provider], ['type', type]] : [['template', template]];
  return element('primitive', [['id', id], ...attributes], own, parameters, demand, operationsXml(chance, features, id, monitors));
}

function stonithPairs(chance: Chance, features: Features): Pair[] {
  return features.has('unfencing') && chance.is(0.7) ? [['provides', 'unfencing']] : [];
}

const ON_FAIL: Readonly<Record<string, readonly string[]>> = {
  monitor: ['ignore', 'block', 'stop', 'restart', 'standby', 'fence', 'demote', 'restart-container'],
  start: ['ignore', 'block', 'stop', 'restart', 'standby', 'fence'],
  stop: ['ignore', 'block', 'fence'],
  promote: ['demote', 'block', 'fence', 'standby', 'stop'],
  demote: ['block', 'stop', 'fence', 'restart'],
};

function operationsXml(chance: Chance, features: Features, id: string, monitors: readonly { readonly seconds: number; readonly role?: string }[]): string {
  const onFail = (task: string): string | undefined => (features.has('on-fail') && chance.is(0.6) ? chance.pick(ON_FAIL[task]!) : undefined);
  const disabled = (): string | undefined => (features.has('disabled') && chance.is(0.3) ? 'false' : undefined);
  const recurring = monitors.map(({ seconds, role }) => element('op', [['id', `${id}-monitor-${seconds}`], ['name', 'monitor'], ['interval', `${seconds}s`], ['role', role], ['on-fail', onFail('monitor')], ['enabled', disabled()], ['timeout', chance.is(0.3) ? '20s' : undefined]]));
  const once = chance.some(['start', 'stop', 'promote', 'demote'], features.has('on-fail') ? 0.4 : 0.1).map((task) => element('op', [['id', `${id}-${task}`], ['name', task], ['interval', '0s'], ['on-fail', onFail(task)], ['timeout', chance.pick(['30s', '1min', '40'])]]));
  const all = [...recurring, ...once];
  return all.length === 0 ? '' : element('operations', [], ...all);
}

export function defaultsXml(chance: Chance, { features }: Shape): string {
  if (!features.has('defaults')) return '';
  const rule = (id: string, place: 'resource' | 'operation'): string => (features.has('rules') && chance.is(0.5) ? randomRule(chance, id, place) : '');
  const resource = attributeSet('meta_attributes', 'rd', metaPairs(chance, features, false), rule('rd-r', 'resource'));
  const operation = attributeSet('meta_attributes', 'od', [['timeout', '33s'], ...(features.has('on-fail') && chance.is(0.4) ? [['on-fail', chance.pick(['restart', 'ignore', 'block', 'fence'])] as const] : [])], rule('od-r', 'operation'));
  return `${element('rsc_defaults', [], resource)}${element('op_defaults', [], operation)}`;
}

export function topologyXml(chance: Chance, { features, nodes, resources }: Shape): string {
  const devices = resources.flatMap(({ members }) => members.filter(({ agent }) => agent[0] === 'stonith').map(({ id }) => id));
  if (!features.has('fencing') || devices.length === 0 || !chance.is(0.4)) return '';
  const levels = nodes.map(([, name], i) => element('fencing-level', [['id', `fl${i}`], ['target', name], ['index', String(chance.below(3) + 1)], ['devices', chance.some(devices, 0.7).join(',') || devices[0]!]]));
  return element('fencing-topology', [], ...levels);
}
