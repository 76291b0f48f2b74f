// SPDX-License-Identifier: GPL-2.0-or-later
/** Which device on which node does what, in which order, to fence one target. */
import type { FenceAction } from './event.ts';
import type { FencingLevel } from './topology.ts';

export interface FencingStep {
  readonly device: string;
  readonly action: FenceAction;
  /** Nodes that can use the device, best first. */
  readonly peers: readonly number[];
  /** A failure of this step does not make the operation fail. */
  readonly isOptional: boolean;
}

/** Steps of one way to fence; the next way is tried when a step fails. */
export type FencingWay = readonly FencingStep[];

/** The supervisor's own watchdog: it really cuts the power of a node. */
export const WATCHDOG = 'watchdog';

export interface PlanInput {
  readonly action: FenceAction;
  readonly target: number | undefined;
  /** Devices each node can use for this target. */
  readonly offers: ReadonlyMap<number, readonly string[]>;
  readonly levels: readonly FencingLevel[];
  readonly hasWatchdog: boolean;
  readonly me: number;
}

export function planFencing(input: PlanInput): FencingWay[] {
  const ways = input.levels.length > 0 ? input.levels.flatMap((level) => levelWay(input, level)) : singleWays(input);
  // As in Pacemaker, the watchdog stands in where no device can be used, not where one has failed.
  if (input.hasWatchdog && ways.length === 0) ways.push([{ device: WATCHDOG, action: input.action, peers: [input.me], isOptional: false }]);
  return ways;
}

/** All devices of a level fence together; a reboot by several is off everywhere, then on everywhere. */
function levelWay(input: PlanInput, level: FencingLevel): FencingWay[] {
  const steps = level.devices.map((device) => ({ device, peers: peersOf(input, device) }));
  if (steps.length === 0 || steps.some(({ peers }) => peers.length === 0)) return [];
  if (input.action !== 'reboot' || steps.length === 1) return [steps.map((step) => ({ ...step, action: input.action, isOptional: false }))];
  return [[...steps.map((step) => ({ ...step, action: 'off' as const, isOptional: false })), ...steps.map((step) => ({ ...step, action: 'on' as const, isOptional: true }))]];
}

function singleWays(input: PlanInput): FencingWay[] {
  const devices = new Set([...input.offers.values()].flat());
  return [...devices]
    .map((device) => ({ device, peers: peersOf(input, device), action: input.action, isOptional: false }))
    .filter(({ peers }) => peers.length > 0)
    .map((step) => [step]);
}

/** Any other node rather than the target itself, which must not be asked to switch itself on. */
function peersOf(input: PlanInput, device: string): number[] {
  const able = [...input.offers].filter(([, devices]) => devices.includes(device)).map(([node]) => node);
  const others = able.filter((node) => node !== input.target).sort((a, b) => Number(b === input.me) - Number(a === input.me) || a - b);
  const self = input.action === 'on' ? [] : able.filter((node) => node === input.target);
  return [...others, ...self];
}
