// SPDX-License-Identifier: GPL-2.0-or-later
/** Running fence agents: parameters go in through standard input, a list of targets may come out. */
import { fenceInput, fenceNodeInput, operationEnvironment, parseMetadata, type AgentMetadata, type AgentName, type Pairs, type RevealedPairs } from '../../agents/index.ts';
import type { Platform, ProcessResult } from '../../platform/index.ts';
import { outcomeOf, NOT_INSTALLED, type Outcome } from '../executor/outcome.ts';
import type { Operation } from '../executor/operation.ts';
import { actionTimeoutMs, actionTries, delayMs, parameter, plugOf, type FenceDevice } from './device.ts';

export interface FenceAgentSetup {
  readonly environment: ReadonlyMap<string, string>;
  readonly ocfRoot: string;
  readonly workDirectory: string;
  readonly brand: string;
  findAgent(agent: AgentName): string | undefined;
  /** The parameters of a device with the values of secret ones. */
  reveal(attributes: Pairs, device: string): RevealedPairs;
}

const DEFAULT_TIMEOUT_MS = 60_000;
/** How long the answer to `list` may be used again. */
const LIST_CACHE_MS = 60_000;

export class FenceAgents {
  private readonly lists = new Map<string, { readonly atMs: number; readonly names: ReadonlySet<string> }>();
  private readonly metadata = new Map<string, AgentMetadata | undefined>();
  private readonly platform: Platform;
  private readonly setup: FenceAgentSetup;

  constructor(platform: Platform, setup: FenceAgentSetup) {
    this.platform = platform;
    this.setup = setup;
  }

  /** Start and monitor of a fence resource ask the device how it is. */
  monitor(operation: Operation, end: (outcome: Outcome) => void): void {
    this.run(operation.agent, fenceInput(operation.attributes, 'monitor'), `${operation.resource}_monitor`, operation.timeoutMs, (result) =>
      end(result === undefined ? NOT_INSTALLED : asMonitor(outcomeOf(operation.agent, 'monitor', result))),
    );
  }

  /** Whether a device can fence a target. */
  reaches(device: FenceDevice, target: string, answer: (can: boolean) => void): void {
    if (device.check === 'none') return answer(true);
    if (device.check === 'static-list') return answer(device.staticTargets?.has(target) ?? false);
    const revealed = this.setup.reveal(device.attributes, device.id);
    if (!revealed.ok) return answer(false);
    if (device.check === 'status') return this.askStatus({ ...device, attributes: revealed.pairs }, target, answer);
    const cached = this.lists.get(device.id);
    if (cached !== undefined && this.platform.clock.monotonicMs() - cached.atMs < LIST_CACHE_MS) return answer(cached.names.has(target));
    this.run(device.agent, fenceInput(revealed.pairs, 'list'), `${device.id}_list`, actionTimeoutMs(device, 'list', DEFAULT_TIMEOUT_MS), (result) => {
      const names = namesIn(result);
      if (names.size > 0) this.lists.set(device.id, { atMs: this.platform.clock.monotonicMs(), names });
      answer(names.has(plugOf(device, target)) || names.has(target));
    });
  }

  /** Delays, runs and repeats one fencing action; `end` gets the reason of a failure. */
  fence(device: FenceDevice, target: string, action: string, end: (failure: string | undefined) => void): void {
    const isCut = action === 'off' || action === 'reboot';
    const waitMs = isCut ? delayMs(device, target, this.platform.random('fence-delay').fraction()) : 0;
    const agentAction = parameter(device, `pcmk_${action}_action`) ?? action;
    const triesLeft = actionTries(device, action);
    this.platform.after('fence-delay', waitMs, () => {
      this.withMetadata(device, (metadata) => {
        const revealed = this.setup.reveal(device.attributes, device.id);
        if (!revealed.ok) return end(`The secret value of parameter ${revealed.parameter} cannot be read`);
        const input = fenceNodeInput(revealed.pairs, agentAction, target, plugOf(device, target), metadata);
        this.attempt(device, action, input, triesLeft, end);
      });
    });
  }

  private attempt(device: FenceDevice, action: string, input: string, triesLeft: number, end: (failure: string | undefined) => void): void {
    this.run(device.agent, input, `${device.id}_${action}`, actionTimeoutMs(device, action, DEFAULT_TIMEOUT_MS), (result) => {
      if (result?.kind === 'exited' && result.code === 0) return end(undefined);
      if (result === undefined || triesLeft <= 1) return end(result === undefined ? 'agent not found' : failureOf(result));
      this.attempt(device, action, input, triesLeft - 1, end);
    });
  }

  private askStatus(device: FenceDevice, target: string, answer: (can: boolean) => void): void {
    const input = fenceNodeInput(device.attributes, 'status', target, plugOf(device, target), undefined);
    this.run(device.agent, input, `${device.id}_status`, actionTimeoutMs(device, 'status', DEFAULT_TIMEOUT_MS), (result) => {
      answer(result?.kind === 'exited' && (result.code === 0 || result.code === 2));
    });
  }

  private withMetadata(device: FenceDevice, use: (metadata: AgentMetadata | undefined) => void): void {
    const { type } = device.agent;
    if (this.metadata.has(type)) return use(this.metadata.get(type));
    this.run(device.agent, 'action=metadata\n', `${type}_metadata`, DEFAULT_TIMEOUT_MS, (result) => {
      const metadata = result?.kind === 'exited' && result.stdout.includes('<') ? parseMetadata(result.stdout) : undefined;
      this.metadata.set(type, metadata);
      use(metadata);
    });
  }

  private run(agent: AgentName, input: string, label: string, timeoutMs: number, end: (result: ProcessResult | undefined) => void): void {
    const path = this.setup.findAgent(agent);
    if (path === undefined) return end(undefined);
    const env = new Map(this.setup.environment);
    const additions = operationEnvironment({ agent, instance: label, action: '', attributes: [], ocfRoot: this.setup.ocfRoot, outputFormat: 'log' });
    for (const [name, value] of additions) env.set(name, value);
    this.platform.processes.spawn({ label, path, args: [], env, cwd: this.setup.workDirectory, input, timeoutMs, brand: this.setup.brand }, end);
  }
}

/** Whatever a fence agent returns, a device that does not answer is in error, not stopped. */
function asMonitor(outcome: Outcome): Outcome {
  return outcome.rc === 0 ? outcome : { ...outcome, rc: outcome.rc === 5 ? 5 : 1 };
}

function namesIn(result: ProcessResult | undefined): ReadonlySet<string> {
  if (result?.kind !== 'exited' || result.code !== 0) return new Set();
  return new Set(result.stdout.split('\n').map((line) => line.split(/[,\s]/)[0] ?? '').filter((name) => name !== ''));
}

function failureOf(result: ProcessResult): string {
  if (result.kind === 'timeout') return 'Fence agent did not complete within its timeout';
  const last = result.stderr.trim().split('\n').at(-1) ?? '';
  return last === '' ? 'Fence agent exited with an error' : last;
}
