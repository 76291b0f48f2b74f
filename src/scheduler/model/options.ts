// SPDX-License-Identifier: GPL-2.0-or-later
/** Cluster options the scheduler reads, parsed, with their defaults. */

export type QuorumPolicy = 'stop' | 'freeze' | 'ignore' | 'demote' | 'fence';
export type HealthStrategy = 'none' | 'migrate-on-red' | 'only-green' | 'progressive' | 'custom';
export type PlacementStrategy = 'default' | 'utilization' | 'minimal' | 'balanced';

export interface ClusterOptions {
  quorumPolicy: QuorumPolicy;
  isSymmetric: boolean;
  isMaintenance: boolean;
  isStartFailureFatal: boolean;
  hasStartupProbes: boolean;
  isFencingEnabled: boolean;
  /** `reboot` or `off`. */
  fencingAction: string;
  hasWatchdog: boolean;
  hasConcurrentFencing: boolean;
  hasStartupFencing: boolean;
  priorityFencingDelayMs: number;
  nodePendingTimeoutMs: number;
  canFenceRemoteWithoutQuorum: boolean;
  stopAllResources: boolean;
  stopRemovedResources: boolean;
  cancelRemovedActions: boolean;
  hasShutdownLock: boolean;
  shutdownLockLimitMs: number;
  healthStrategy: HealthStrategy;
  healthBase: number;
  healthGreen: number;
  healthYellow: number;
  healthRed: number;
  placementStrategy: PlacementStrategy;
  clusterName: string | undefined;
}

export function defaultOptions(): ClusterOptions {
  return {
    quorumPolicy: 'stop',
    isSymmetric: true,
    isMaintenance: false,
    isStartFailureFatal: true,
    hasStartupProbes: true,
    isFencingEnabled: true,
    fencingAction: 'reboot',
    hasWatchdog: false,
    hasConcurrentFencing: true,
    hasStartupFencing: true,
    priorityFencingDelayMs: 0,
    nodePendingTimeoutMs: 0,
    canFenceRemoteWithoutQuorum: false,
    stopAllResources: false,
    stopRemovedResources: true,
    cancelRemovedActions: true,
    hasShutdownLock: false,
    shutdownLockLimitMs: 0,
    healthStrategy: 'none',
    healthBase: 0,
    healthGreen: 0,
    healthYellow: 0,
    healthRed: -1000000,
    placementStrategy: 'default',
    clusterName: undefined,
  };
}
