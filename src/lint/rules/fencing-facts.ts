// SPDX-License-Identifier: GPL-2.0-or-later
/** What a configuration says about fencing as a whole. */
import { parseBoolean } from '../../cib/index.ts';
import { isFenceDevice, timeMs, type LintModel, type Resource, type Setting } from '../model/index.ts';

const TEST_DEVICES = new Set(['external/ssh', 'ssh', 'null', 'suicide', 'meatware', 'fence_dummy']);

/** Devices that fence nothing for certain. */
export function isTestDevice(type: string): boolean {
  return TEST_DEVICES.has(type);
}

/** `fencing-enabled` or its older name. */
export function fencingSwitch(model: LintModel): Setting | undefined {
  return model.properties.get('fencing-enabled') ?? model.properties.get('stonith-enabled');
}

export function isFencingOff(model: LintModel): boolean {
  const setting = fencingSwitch(model);
  return setting !== undefined && parseBoolean(setting.value) === false;
}

export function fenceDevices(model: LintModel): Resource[] {
  return model.primitives.filter(isFenceDevice);
}

/** Watchdog fencing: a timeout that is not 0. */
export function watchdogTimeout(model: LintModel): Setting | undefined {
  const setting = model.properties.get('fencing-watchdog-timeout') ?? model.properties.get('stonith-watchdog-timeout');
  if (setting === undefined) return undefined;
  return timeMs(setting.value) === 0 ? undefined : setting;
}

export function hasFencing(model: LintModel): boolean {
  return !isFencingOff(model) && (fenceDevices(model).length > 0 || watchdogTimeout(model) !== undefined);
}

export function fencingTimeout(model: LintModel): Setting | undefined {
  return model.properties.get('fencing-timeout') ?? model.properties.get('stonith-timeout');
}
