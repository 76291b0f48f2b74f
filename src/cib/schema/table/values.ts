// SPDX-License-Identifier: GPL-2.0-or-later
/** Value lists that several attributes share, and words that are refused. The notation is explained in ../notation.ts. */

/** Lists of allowed values, named in the table as `attribute:LIST`. */
export const VALUE_LISTS: ReadonlyMap<string, string> = new Map([
  ['role', 'Stopped|Started|Unpromoted[3.7-]|Promoted[3.7-]|Slave|Master'],
  ['action', 'start|promote|demote|stop'],
  ['kind', 'Optional|Mandatory|Serialize'],
  ['discovery', 'always|never|exclusive'],
  ['loss-policy', 'stop|demote|fence|freeze'],
  ['on-fail', 'ignore|block|demote[3.4-]|stop|restart|standby|fence|restart-container[1.2-]'],
  ['requires', 'nothing|quorum|fencing|unfencing[1.3-]'],
  ['permission', 'read|write|deny'],
  ['boolean-op', 'and|or'],
  ['comparison', 'string|integer[3.5-]|number|version'],
  ['value-source', 'literal|param|meta'],
  ['ordering', 'group|listed'],
]);

/** Words that a text must not be, named in the table as `attribute:not-LIST`. */
export const REFUSED_WORDS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'old-options',
    [
      'cluster-infrastructure', 'cluster_recheck_interval', 'dc_deadtime', 'default-action-timeout', 'default-migration-threshold',
      'default-resource-failure-stickiness', 'default-resource-stickiness', 'default_action_timeout', 'default_migration_threshold',
      'default_resource_failure_stickiness', 'default_resource_stickiness', 'election_timeout', 'expected-quorum-votes',
      'is-managed-default', 'is_managed_default', 'no_quorum_policy', 'notification-agent', 'notification-recipient',
      'remove_after_stop', 'shutdown_escalation', 'startup_fencing', 'stonith_action', 'stonith_enabled', 'stop_orphan_actions',
      'stop_orphan_resources', 'symmetric_cluster', 'transition_idle_timeout',
    ],
  ],
  ['removed-options', ['crmd-finalization-timeout', 'crmd-integration-timeout', 'crmd-transition-delay', 'remove-after-stop', 'stonith-action']],
  ['old-infrastructure', ['classic openais', 'classic openais (with plugin)', 'cman', 'heartbeat', 'openais']],
  ['poweroff', ['poweroff']],
  ['restart-type', ['restart-type']],
  ['requires', ['requires']],
  ['removed-operation-settings', ['can_fail', 'role_after_failure']],
  ['operation-settings', ['enabled', 'interval-origin', 'on-fail', 'record-pending', 'requires', 'role', 'start-delay', 'timeout']],
  [
    'old-fencing-parameters',
    ['pcmk_arg_map', 'pcmk_list_cmd', 'pcmk_monitor_cmd', 'pcmk_off_cmd', 'pcmk_on_cmd', 'pcmk_reboot_cmd', 'pcmk_status_cmd'],
  ],
  ['isolation', ['isolation', 'isolation-host', 'isolation-instance', 'isolation-wrapper']],
]);
