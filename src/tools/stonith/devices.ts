// SPDX-License-Identifier: GPL-2.0-or-later
/** Fence devices as the configuration has them. */
import { eachResource, parseTimeout, type XmlElement } from '../../cib/index.ts';

export interface FenceDevice {
  readonly id: string;
  /** Nodes of the host list or host map; undefined when the device itself must be asked. */
  readonly hosts: readonly string[] | undefined;
}

export function fenceDevices(cib: XmlElement): FenceDevice[] {
  const devices: FenceDevice[] = [];
  for (const { element } of eachResource(cib)) {
    if (element.name !== 'primitive' || element.get('class') !== 'stonith') continue;
    const parameters = new Map(element.elements('instance_attributes').flatMap((set) => set.elements('nvpair').map((pair) => [pair.get('name') ?? '', pair.get('value') ?? ''] as const)));
    devices.push({ id: element.id ?? '', hosts: hostsOf(parameters) });
  }
  return devices;
}

function hostsOf(parameters: ReadonlyMap<string, string>): readonly string[] | undefined {
  const list = words(parameters.get('pcmk_host_list') ?? '', /[\s,;]+/);
  const mapped = words(parameters.get('pcmk_host_map') ?? '', /[\s;]+/).map((entry) => entry.split(/[:=]/)[0] ?? '');
  const hosts = [...new Set([...list, ...mapped])];
  return hosts.length === 0 ? undefined : hosts;
}

function words(text: string, divider: RegExp): string[] {
  return text.split(divider).filter((word) => word !== '');
}

/** What fences by itself where its timeout is set: it stands in no resource, and does for every node. */
export function watchdogDevice(cib: XmlElement): FenceDevice[] {
  const pairs = cib.at('configuration', 'crm_config')?.elements('cluster_property_set').flatMap((set) => set.elements('nvpair')) ?? [];
  const timeout = pairs.find((pair) => WATCHDOG_OPTIONS.has(pair.get('name') ?? ''))?.get('value');
  return timeout === undefined || parseTimeout(timeout) === 0 ? [] : [{ id: 'watchdog', hosts: undefined }];
}

const WATCHDOG_OPTIONS = new Set(['stonith-watchdog-timeout', 'fencing-watchdog-timeout']);

/** A device that does not say whom it can fence may fence anyone. */
export function canFence(device: FenceDevice, node: string): boolean {
  return device.hosts === undefined || device.hosts.includes(node);
}
