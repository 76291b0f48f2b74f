// SPDX-License-Identifier: GPL-2.0-or-later
/** Options that Pacemaker knows, as facts: name, type, default. Completion, checks and lists of options read this table. */
import { optionMeaning } from './meanings.ts';

export interface OptionFact {
  readonly name: string;
  readonly type: string;
  /** Empty when there is none. */
  readonly initial: string;
  /** Words a choice takes. */
  readonly values?: readonly string[];
  /** Written by the cluster itself. */
  readonly isGenerated?: true;
  readonly isAdvanced?: true;
  /** Present name of an option that was renamed. */
  readonly aliasOf?: string;
  /** Release that brought it. */
  readonly since?: string;
  /** What it is for, in a few words. */
  readonly meaning?: string;
}

type Row = readonly [name: string, type: string, initial: string, more?: Omit<OptionFact, 'name' | 'type' | 'initial' | 'meaning'>];

const CLUSTER: readonly Row[] = [
  ['dc-version', 'version', '', { isGenerated: true }],
  ['cluster-infrastructure', 'string', '', { isGenerated: true }],
  ['cluster-name', 'string', ''],
  ['dc-deadtime', 'duration', '20s'],
  ['cluster-recheck-interval', 'duration', '15min'],
  ['election-timeout', 'duration', '2min', { isAdvanced: true }],
  ['shutdown-escalation', 'duration', '20min', { isAdvanced: true }],
  ['join-integration-timeout', 'duration', '3min', { isAdvanced: true, since: '2.0.0' }],
  ['join-finalization-timeout', 'duration', '30min', { isAdvanced: true, since: '2.0.0' }],
  ['transition-delay', 'duration', '0s', { isAdvanced: true, since: '2.0.0' }],
  ['no-quorum-policy', 'select', 'stop', { values: ['stop', 'freeze', 'ignore', 'demote', 'fence', 'suicide'] }],
  ['shutdown-lock', 'boolean', 'false', { since: '2.0.4' }],
  ['shutdown-lock-limit', 'duration', '0', { since: '2.0.4' }],
  ['enable-acl', 'boolean', 'false'],
  ['symmetric-cluster', 'boolean', 'true'],
  ['maintenance-mode', 'boolean', 'false'],
  ['start-failure-is-fatal', 'boolean', 'true'],
  ['enable-startup-probes', 'boolean', 'true'],
  ['fence-remote-without-quorum', 'boolean', 'false', { isAdvanced: true, since: '3.0.1' }],
  ['fencing-enabled', 'boolean', 'true', { isAdvanced: true, since: '3.0.2' }],
  ['stonith-enabled', 'boolean', 'true', { isAdvanced: true, aliasOf: 'fencing-enabled' }],
  ['fencing-action', 'select', 'reboot', { values: ['reboot', 'off'], since: '3.0.2' }],
  ['stonith-action', 'select', 'reboot', { values: ['reboot', 'off'], aliasOf: 'fencing-action' }],
  ['fencing-reaction', 'select', 'stop', { values: ['stop', 'panic'], since: '3.0.2' }],
  ['fence-reaction', 'select', 'stop', { values: ['stop', 'panic'], aliasOf: 'fencing-reaction', since: '2.0.3' }],
  ['fencing-timeout', 'duration', '60s', { since: '3.0.2' }],
  ['stonith-timeout', 'duration', '60s', { aliasOf: 'fencing-timeout' }],
  ['have-watchdog', 'boolean', 'false', { isGenerated: true }],
  ['fencing-watchdog-timeout', 'timeout', '0', { since: '3.0.2' }],
  ['stonith-watchdog-timeout', 'timeout', '0', { aliasOf: 'fencing-watchdog-timeout' }],
  ['fencing-max-attempts', 'score', '10', { since: '3.0.2' }],
  ['stonith-max-attempts', 'score', '10', { aliasOf: 'fencing-max-attempts' }],
  ['concurrent-fencing', 'boolean', 'true'],
  ['startup-fencing', 'boolean', 'true', { isAdvanced: true }],
  ['priority-fencing-delay', 'duration', '0', { since: '2.0.4' }],
  ['node-pending-timeout', 'duration', '0', { since: '2.1.7' }],
  ['cluster-delay', 'duration', '60s'],
  ['load-threshold', 'percentage', '80%'],
  ['node-action-limit', 'integer', '0'],
  ['batch-limit', 'integer', '0'],
  ['migration-limit', 'integer', '-1'],
  ['cluster-ipc-limit', 'nonnegative_integer', ''],
  ['stop-all-resources', 'boolean', 'false'],
  ['stop-removed-resources', 'boolean', 'true', { since: '3.0.2' }],
  ['stop-orphan-resources', 'boolean', 'true', { aliasOf: 'stop-removed-resources' }],
  ['cancel-removed-actions', 'boolean', 'true', { since: '3.0.2' }],
  ['stop-orphan-actions', 'boolean', 'true', { aliasOf: 'cancel-removed-actions' }],
  ['pe-error-series-max', 'integer', '-1'],
  ['pe-warn-series-max', 'integer', '5000'],
  ['pe-input-series-max', 'integer', '4000'],
  ['node-health-strategy', 'select', 'none', { values: ['none', 'migrate-on-red', 'only-green', 'progressive', 'custom'] }],
  ['node-health-base', 'score', '0'],
  ['node-health-green', 'score', '0'],
  ['node-health-yellow', 'score', '0'],
  ['node-health-red', 'score', '-INFINITY'],
  ['placement-strategy', 'select', 'default', { values: ['default', 'utilization', 'minimal', 'balanced'] }],
];

const RESOURCE_META: readonly Row[] = [
  ['priority', 'score', '0'],
  ['critical', 'boolean', 'true', { since: '2.1.0' }],
  ['target-role', 'select', 'Started', { values: ['Stopped', 'Started', 'Unpromoted', 'Promoted'] }],
  ['is-managed', 'boolean', 'true'],
  ['maintenance', 'boolean', 'false'],
  ['resource-stickiness', 'score', ''],
  ['requires', 'select', '', { values: ['nothing', 'quorum', 'fencing', 'unfencing'] }],
  ['migration-threshold', 'score', 'INFINITY'],
  ['failure-timeout', 'duration', '0'],
  ['multiple-active', 'select', 'stop_start', { values: ['block', 'stop_only', 'stop_start', 'stop_unexpected'] }],
  ['allow-migrate', 'boolean', ''],
  ['allow-unhealthy-nodes', 'boolean', 'false', { since: '2.1.3' }],
  ['container-attribute-target', 'string', ''],
  ['remote-node', 'string', ''],
  ['remote-addr', 'string', ''],
  ['remote-port', 'port', '3121'],
  ['remote-connect-timeout', 'timeout', '60s'],
  ['remote-allow-migrate', 'boolean', 'true'],
];

const CLONE_META: readonly Row[] = [
  ['clone-max', 'integer', 'number of nodes'],
  ['clone-node-max', 'integer', '1'],
  ['clone-min', 'integer', '0'],
  ['globally-unique', 'boolean', 'false'],
  ['notify', 'boolean', 'false'],
  ['ordered', 'boolean', 'false'],
  ['interleave', 'boolean', 'false'],
  ['promotable', 'boolean', 'false', { since: '2.0.0' }],
  ['promoted-max', 'integer', '1', { since: '2.0.0' }],
  ['promoted-node-max', 'integer', '1', { since: '2.0.0' }],
  ['master-max', 'integer', '1', { aliasOf: 'promoted-max' }],
  ['master-node-max', 'integer', '1', { aliasOf: 'promoted-node-max' }],
];

const OPERATION: readonly Row[] = [
  ['id', 'id', ''],
  ['name', 'text', ''],
  ['interval', 'duration', '0'],
  ['description', 'text', ''],
  ['role', 'enum', '', { values: ['Started', 'Stopped', 'Promoted', 'Unpromoted', 'Master', 'Slave'] }],
  ['timeout', 'timeout', '20s'],
  ['on-fail', 'enum', 'restart', { values: ['ignore', 'block', 'demote', 'stop', 'restart', 'standby', 'fence', 'restart-container'] }],
  ['enabled', 'boolean', 'true'],
  ['interval-origin', 'date', ''],
  ['start-delay', 'duration', '0'],
  ['record-pending', 'boolean', 'true'],
];

const FENCING: readonly Row[] = [
  ['pcmk_host_argument', 'string', '', { isAdvanced: true }],
  ['pcmk_host_map', 'string', ''],
  ['pcmk_host_list', 'string', ''],
  ['pcmk_host_check', 'select', '', { values: ['dynamic-list', 'static-list', 'status', 'none'] }],
  ['pcmk_delay_max', 'duration', '0s'],
  ['pcmk_delay_base', 'string', '0s'],
  ['pcmk_action_limit', 'integer', '1'],
  ['pcmk_reboot_action', 'string', 'reboot', { isAdvanced: true }],
  ['pcmk_reboot_timeout', 'timeout', '60s', { isAdvanced: true }],
  ['pcmk_reboot_retries', 'integer', '2', { isAdvanced: true }],
  ['pcmk_off_action', 'string', 'off', { isAdvanced: true }],
  ['pcmk_off_timeout', 'timeout', '60s', { isAdvanced: true }],
  ['pcmk_off_retries', 'integer', '2', { isAdvanced: true }],
  ['pcmk_on_action', 'string', 'on', { isAdvanced: true }],
  ['pcmk_on_timeout', 'timeout', '60s', { isAdvanced: true }],
  ['pcmk_on_retries', 'integer', '2', { isAdvanced: true }],
  ['pcmk_list_action', 'string', 'list', { isAdvanced: true }],
  ['pcmk_list_timeout', 'timeout', '60s', { isAdvanced: true }],
  ['pcmk_list_retries', 'integer', '2', { isAdvanced: true }],
  ['pcmk_monitor_action', 'string', 'monitor', { isAdvanced: true }],
  ['pcmk_monitor_timeout', 'timeout', '60s', { isAdvanced: true }],
  ['pcmk_monitor_retries', 'integer', '2', { isAdvanced: true }],
  ['pcmk_status_action', 'string', 'status', { isAdvanced: true }],
  ['pcmk_status_timeout', 'timeout', '60s', { isAdvanced: true }],
  ['pcmk_status_retries', 'integer', '2', { isAdvanced: true }],
  ['provides', 'text', '', { values: ['unfencing'] }],
  ['nodeid', 'text', ''],
];

const FENCING_FORMER: readonly Row[] = [
  ['pcmk_list_cmd', 'string', '', { aliasOf: 'pcmk_list_action' }],
  ['pcmk_monitor_cmd', 'string', '', { aliasOf: 'pcmk_monitor_action' }],
  ['pcmk_off_cmd', 'string', '', { aliasOf: 'pcmk_off_action' }],
  ['pcmk_on_cmd', 'string', '', { aliasOf: 'pcmk_on_action' }],
  ['pcmk_reboot_cmd', 'string', '', { aliasOf: 'pcmk_reboot_action' }],
  ['pcmk_status_cmd', 'string', '', { aliasOf: 'pcmk_status_action' }],
  ['pcmk_arg_map', 'string', ''],
  ['pcmk_poweroff_action', 'string', ''],
];

/** Options of the cluster that are in use. */
export function clusterOptions(): readonly OptionFact[] {
  return CLUSTER.map(fact);
}

/** Meta attributes of resources, and those that only clones have. */
export function resourceMetaOptions(): readonly OptionFact[] {
  return RESOURCE_META.map(fact);
}

export function cloneMetaOptions(): readonly OptionFact[] {
  return CLONE_META.map(fact);
}

/** Attributes of operations. */
export function operationOptions(): readonly OptionFact[] {
  return OPERATION.map(fact);
}

/** Parameters that every fence device takes, with the former ones behind. */
export function fencingOptions(): readonly OptionFact[] {
  return [...FENCING, ...FENCING_FORMER].map(fact);
}

function fact([name, type, initial, more]: Row): OptionFact {
  return { name, type, initial, ...more, meaning: optionMeaning(more?.aliasOf ?? name) };
}
