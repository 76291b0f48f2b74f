// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Virtual hosts with scripted agents: what is really active on which host is known here, independently of what the
 * cluster believes, so that a checker can compare the two.
 */
import type { Processes, ProcessResult, RandomStream, RunningProcess, SpawnRequest } from '../platform.ts';

export type Activity = 'started' | 'promoted';

/** What chance may do to one agent call. */
export interface AgentFate {
  readonly durationMs: number;
  /** The action fails with this exit code; undefined: it does its work. */
  readonly failure?: number;
  /** The agent never answers and has to be killed. */
  readonly hangs?: boolean;
}

export interface AgentCall {
  readonly host: string;
  /** What the caller calls it: `rsc_monitor_10000`, `device_reboot`. */
  readonly label: string;
  /** Empty for programs that are no resource agents. */
  readonly resource: string;
  readonly action: string;
  readonly intervalMs: number;
}

export class VirtualHosts implements Processes {
  /** Decides about each call; replaced by tests that inject faults. */
  fate: (call: AgentCall, random: RandomStream) => AgentFate = () => ({ durationMs: 20 });
  private readonly hosts = new Map<string, Map<string, Activity>>();
  private readonly running = new Map<string, Set<() => void>>();
  /** How to end a process group that an earlier life of the program has left. */
  private readonly groups = new Map<number, () => void>();
  private lastGroup = 1;
  private readonly random: RandomStream;
  private readonly later: (delayMs: number, label: string, run: () => void) => void;
  private readonly trace: (event: string, ...details: readonly string[]) => void;

  constructor(random: RandomStream, later: VirtualHosts['later'], trace: VirtualHosts['trace']) {
    this.random = random;
    this.later = later;
    this.trace = trace;
  }

  load(): { cores: number; average: number } {
    return { cores: 4, average: 0 };
  }

  /** Hosts on which a resource is active at this moment. */
  activeOn(resource: string): ReadonlyMap<string, Activity> {
    const found = new Map<string, Activity>();
    for (const [host, resources] of this.hosts) {
      const activity = resources.get(resource);
      if (activity !== undefined) found.set(host, activity);
    }
    return found;
  }

  /** The service dies by itself on that host. */
  crash(host: string, resource: string): void {
    this.change(host, resource, undefined);
  }

  spawn(request: SpawnRequest, onEnd: (result: ProcessResult) => void): RunningProcess {
    const call = callOf(request);
    const fate = this.fate(call, this.random);
    let isOver = false;
    const groupId = ++this.lastGroup;
    const end = (kind: ProcessResult['kind'], code: number, durationMs: number, stderr = ''): void => {
      isOver = true;
      this.running.get(request.brand)?.delete(abandon);
      this.groups.delete(groupId);
      this.trace('agent-end', call.host, call.resource, call.action);
      onEnd({ kind, code, stdout: '', stderr, durationMs });
    };
    const abandon = (): void => {
      isOver = true;
      this.groups.delete(groupId);
      this.trace('agent-end', call.host, call.resource, call.action);
    };
    this.trace('agent-begin', call.host, call.resource, call.action);
    this.groups.set(groupId, () => {
      this.running.get(request.brand)?.delete(abandon);
      abandon();
    });
    const set = this.running.get(request.brand) ?? new Set();
    this.running.set(request.brand, set.add(abandon));
    const hasTime = fate.hangs !== true && fate.durationMs < request.timeoutMs;
    this.later(hasTime ? fate.durationMs : request.timeoutMs, request.label, () => {
      if (isOver) return;
      // A call that was killed may have done its work already or not.
      if (!hasTime && this.random.below(2) === 0) this.perform(call);
      if (!hasTime) return end('timeout', -1, request.timeoutMs);
      if (fate.failure !== undefined) return end('exited', fate.failure, fate.durationMs, 'ocf-exit-reason:simulated failure');
      end('exited', this.perform(call), fate.durationMs);
    });
    return {
      groupId,
      kill: () => {
        if (!isOver) end('signaled', -1, 0);
      },
    };
  }

  killGroup(groupId: number): void {
    this.groups.get(groupId)?.();
  }

  killBranded(brand: string, onDone: () => void): void {
    for (const abandon of this.running.get(brand) ?? []) abandon();
    this.running.delete(brand);
    for (const resource of [...(this.hosts.get(brand)?.keys() ?? [])]) this.change(brand, resource, undefined);
    this.later(this.random.fraction() * 50, 'killed', onDone);
  }

  private perform({ host, resource, action }: AgentCall): number {
    const present = this.hosts.get(host)?.get(resource);
    switch (action) {
      case 'start':
      case 'migrate_from':
        if (present === undefined) this.change(host, resource, 'started');
        return 0;
      case 'stop':
        this.change(host, resource, undefined);
        return 0;
      case 'promote':
        if (present === undefined) return 1;
        this.change(host, resource, 'promoted');
        return 0;
      case 'demote':
        if (present === undefined) return 1;
        this.change(host, resource, 'started');
        return 0;
      case 'monitor':
      case 'status':
        return present === undefined ? 7 : present === 'promoted' ? 8 : 0;
      default:
        return 0;
    }
  }

  private change(host: string, resource: string, activity: Activity | undefined): void {
    const resources = this.hosts.get(host) ?? new Map<string, Activity>();
    this.hosts.set(host, resources);
    if (resources.get(resource) === activity) return;
    if (activity === undefined) resources.delete(resource);
    else resources.set(resource, activity);
    this.trace('activity', host, resource, activity ?? 'stopped');
  }
}

function callOf(request: SpawnRequest): AgentCall {
  return {
    host: request.brand,
    label: request.label,
    resource: request.env.get('OCF_RESOURCE_INSTANCE') ?? '',
    action: request.args[0] ?? '',
    intervalMs: Number(request.env.get('OCF_RESKEY_CRM_meta_interval') ?? '0'),
  };
}
