// SPDX-License-Identifier: GPL-2.0-or-later
/** Cluster options: names old and new, values checked, defaults for what cannot be read. */
import { INFINITY, isTrue, parseBoolean, parseInterval, parseScore } from '../../cib/index.ts';
import { defaultOptions, type ClusterOptions, type HealthStrategy, type PlacementStrategy, type QuorumPolicy, type Scheduler } from '../model/index.ts';
import { mergeAttributeSets } from './attribute-sets.ts';

/** Old names by new name; the new name wins when both are set. */
const OLD_NAMES: ReadonlyMap<string, string> = new Map([
  ['fencing-enabled', 'stonith-enabled'],
  ['fencing-action', 'stonith-action'],
  ['fencing-timeout', 'stonith-timeout'],
  ['fencing-max-attempts', 'stonith-max-attempts'],
  ['fencing-watchdog-timeout', 'stonith-watchdog-timeout'],
  ['fencing-reaction', 'fence-reaction'],
  ['stop-removed-resources', 'stop-orphan-resources'],
  ['cancel-removed-actions', 'stop-orphan-actions'],
]);

export function unpackOptions(scheduler: Scheduler): void {
  const configured = new Map<string, string>();
  mergeAttributeSets(scheduler, configured, scheduler.cib.at('configuration', 'crm_config'), 'cluster_property_set', {}, { firstId: 'cib-bootstrap-options' });
  for (const [name, old] of OLD_NAMES) {
    const value = configured.get(old);
    if (value === undefined) continue;
    scheduler.messages.push({
      severity: 'warning',
      text: `Support for legacy name '${old}' for cluster option '${name}' is deprecated and will be removed in a future release`,
    });
    if (!configured.has(name)) configured.set(name, value);
  }
  scheduler.configured = configured;
  scheduler.isQuorate = isTrue(scheduler.cib.get('have-quorum'));
  scheduler.dcId = scheduler.cib.get('dc-uuid');
  scheduler.featureSet = scheduler.cib.get('crm_feature_set') ?? '';
  scheduler.isUnfencingUsed = mentionsUnfencing(scheduler);
  const options = parse(configured);
  scheduler.options = { ...options, quorumPolicy: effectiveQuorumPolicy(scheduler, options) };
  if (options.hasWatchdog) scheduler.hasFenceDevice = true;
  if (!options.hasStartupFencing) scheduler.messages.push({ severity: 'warning', text: 'Blind faith: not fencing unseen nodes', step: 'unpack_config' });
  if (!scheduler.isQuorate && scheduler.options.quorumPolicy !== 'ignore') {
    scheduler.messages.push({ severity: 'warning', text: 'Fencing and resource management disabled due to lack of quorum', step: 'cluster_status' });
  }
}

function parse(configured: ReadonlyMap<string, string>): ClusterOptions {
  const fallback = defaultOptions();
  const flag = (name: string, byDefault: boolean): boolean => parseBoolean(configured.get(name) ?? '') ?? byDefault;
  const duration = (name: string): number => parseInterval(configured.get(name) ?? '') ?? 0;
  const health = healthScores(configured);
  const isFencingEnabled = flag('fencing-enabled', true);
  return {
    ...fallback,
    ...health,
    quorumPolicy: parseQuorumPolicy(configured.get('no-quorum-policy')),
    isSymmetric: flag('symmetric-cluster', true),
    isMaintenance: flag('maintenance-mode', false),
    isStartFailureFatal: flag('start-failure-is-fatal', true),
    hasStartupProbes: flag('enable-startup-probes', true),
    isFencingEnabled,
    fencingAction: configured.get('fencing-action')?.toLowerCase() === 'off' ? 'off' : 'reboot',
    hasWatchdog: flag('have-watchdog', false),
    hasConcurrentFencing: flag('concurrent-fencing', true),
    hasStartupFencing: isFencingEnabled && flag('startup-fencing', true),
    priorityFencingDelayMs: duration('priority-fencing-delay'),
    nodePendingTimeoutMs: duration('node-pending-timeout'),
    canFenceRemoteWithoutQuorum: flag('fence-remote-without-quorum', false),
    stopAllResources: flag('stop-all-resources', false),
    stopRemovedResources: flag('stop-removed-resources', true),
    cancelRemovedActions: flag('cancel-removed-actions', true),
    hasShutdownLock: flag('shutdown-lock', false),
    shutdownLockLimitMs: duration('shutdown-lock-limit'),
    placementStrategy: parsePlacement(configured.get('placement-strategy')),
    clusterName: configured.get('cluster-name'),
  };
}

function parseQuorumPolicy(text: string | undefined): QuorumPolicy {
  const word = text?.toLowerCase();
  switch (word) {
    case 'freeze':
    case 'ignore':
    case 'demote':
    case 'fence':
      return word;
    case 'suicide':
      return 'fence';
    default:
      return 'stop';
  }
}

/** Fencing everything for want of quorum only makes sense for a partition that had quorum before. */
function effectiveQuorumPolicy(scheduler: Scheduler, { quorumPolicy, isFencingEnabled }: ClusterOptions): QuorumPolicy {
  if (quorumPolicy !== 'fence') return quorumPolicy;
  if (!isFencingEnabled) return 'stop';
  return scheduler.isQuorate || scheduler.cib.get('no-quorum-panic') === '1' ? 'fence' : 'stop';
}

function parsePlacement(text: string | undefined): PlacementStrategy {
  const word = text?.toLowerCase();
  return word === 'utilization' || word === 'minimal' || word === 'balanced' ? word : 'default';
}

type Health = Pick<ClusterOptions, 'healthStrategy' | 'healthBase' | 'healthGreen' | 'healthYellow' | 'healthRed'>;

/** The strategy decides what the colours are worth. */
function healthScores(configured: ReadonlyMap<string, string>): Health {
  const score = (name: string, byDefault: number): number => parseScore(configured.get(name) ?? '') ?? byDefault;
  const healthStrategy = parseHealthStrategy(configured.get('node-health-strategy'));
  const plain: Health = { healthStrategy, healthBase: 0, healthGreen: 0, healthYellow: 0, healthRed: 0 };
  switch (healthStrategy) {
    case 'none':
      return plain;
    case 'migrate-on-red':
      return { ...plain, healthRed: -INFINITY };
    case 'only-green':
      return { ...plain, healthRed: -INFINITY, healthYellow: -INFINITY };
    case 'progressive':
    case 'custom':
      return {
        healthStrategy,
        healthBase: healthStrategy === 'progressive' ? score('node-health-base', 0) : 0,
        healthGreen: score('node-health-green', 0),
        healthYellow: score('node-health-yellow', 0),
        healthRed: score('node-health-red', -INFINITY),
      };
    default:
      return healthStrategy satisfies never;
  }
}

function parseHealthStrategy(text: string | undefined): HealthStrategy {
  const word = text?.toLowerCase();
  return word === 'migrate-on-red' || word === 'only-green' || word === 'progressive' || word === 'custom' ? word : 'none';
}

/** A text search: any `requires` or `provides` with the value `unfencing` in the meta-attributes of resources or defaults. */
function mentionsUnfencing(scheduler: Scheduler): boolean {
  const configuration = scheduler.cib.first('configuration');
  for (const element of configuration?.first('resources')?.descendants() ?? []) {
    if (element.name === 'meta_attributes' && element.elements('nvpair').some(isUnfencingPair)) return true;
  }
  const defaults = configuration?.first('rsc_defaults')?.elements('meta_attributes') ?? [];
  return defaults.some((set) => set.elements('nvpair').some(isUnfencingPair));
}

function isUnfencingPair(pair: { get(name: string): string | undefined }): boolean {
  const name = pair.get('name');
  return (name === 'requires' || name === 'provides') && pair.get('value') === 'unfencing';
}
