// SPDX-License-Identifier: GPL-2.0-or-later
/** What a bundle's elements say about its containers, network and storage. */
import { parseBoolean, type XmlElement } from '../../../cib/index.ts';
import { limit } from './clone.ts';

export interface PortMapping {
  readonly source: string;
  readonly target: string;
}

export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly options: string | undefined;
  /** The source is a directory with one subdirectory for each replica. */
  readonly isPerReplica: boolean;
}

export interface BundleSettings {
  readonly agent: 'docker' | 'podman';
  readonly image: string | undefined;
  readonly replicas: number;
  readonly replicasPerHost: number;
  readonly promotedMax: number;
  readonly runCommand: string | undefined;
  readonly options: string | undefined;
  readonly network: string | undefined;
  readonly rangeStart: string | undefined;
  readonly netmask: string | undefined;
  readonly interface: string | undefined;
  readonly controlPort: string | undefined;
  readonly addHost: boolean;
  readonly ports: readonly PortMapping[];
  readonly mounts: readonly Mount[];
  readonly inner: XmlElement | undefined;
}

/** Replicas are ordered against each other pair by pair; the bound keeps a slip of the keyboard from using up all memory. */
const MAX_REPLICAS = 250;

export const DEFAULT_CONTROL_PORT = '3121';

/** Undefined when the bundle names no container technology that is known. */
export function readBundle(xml: XmlElement): BundleSettings | undefined {
  const container = xml.first('docker') ?? xml.first('podman');
  if (container === undefined) return undefined;
  const network = xml.first('network');
  const inner = xml.first('primitive');
  const controlPort = network?.get('control-port');
  const promotedMax = limit(container.get('promoted-max') ?? container.get('masters'), 0, 0);
  const ports = (network?.elements('port-mapping') ?? []).map(readPort).filter((port) => port !== undefined);
  const mounts = (xml.first('storage')?.elements('storage-mapping') ?? []).map(readMount).filter((mount) => mount !== undefined);
  const logMount: Mount = { source: '/var/log/pacemaker/bundles', target: '/var/log', options: undefined, isPerReplica: true };
  const keyMount: Mount = { source: '/etc/pacemaker/authkey', target: '/etc/pacemaker/authkey', options: undefined, isPerReplica: false };
  const port = controlPort ?? DEFAULT_CONTROL_PORT;
  const needsLogMount = !mounts.some((mount) => mount.target === '/var/log');
  return {
    agent: container.name === 'docker' ? 'docker' : 'podman',
    image: container.get('image'),
    replicas: Math.min(MAX_REPLICAS, limit(container.get('replicas'), promotedMax > 0 ? promotedMax : 1, 1)),
    replicasPerHost: limit(container.get('replicas-per-host'), 1, 1),
    promotedMax,
    runCommand: container.get('run-command'),
    options: container.get('options'),
    network: container.get('network'),
    rangeStart: network?.get('ip-range-start'),
    netmask: network?.get('host-netmask'),
    interface: network?.get('host-interface'),
    controlPort,
    addHost: parseBoolean(network?.get('add-host') ?? '') ?? true,
    ports: inner === undefined ? ports : [...ports, { source: port, target: port }],
    mounts: inner === undefined ? mounts : [...mounts, keyMount, ...(needsLogMount ? [logMount] : [])],
    inner,
  };
}

function readPort(mapping: XmlElement): PortMapping | undefined {
  const port = mapping.get('port');
  const source = port ?? mapping.get('range');
  if (source === undefined || source === '') return undefined;
  return { source, target: port === undefined ? source : (mapping.get('internal-port') ?? source) };
}

function readMount(mapping: XmlElement): Mount | undefined {
  const directory = mapping.get('source-dir');
  const source = directory ?? mapping.get('source-dir-root');
  const target = mapping.get('target-dir');
  if (source === undefined || target === undefined) return undefined;
  return { source, target, options: mapping.get('options'), isPerReplica: directory === undefined };
}
