// SPDX-License-Identifier: GPL-2.0-or-later
/** The elements of the resources a bundle consists of: container, address, implicit clone. */
import { element, type XmlElement } from '../../../cib/index.ts';
import type { BundleSettings, Mount, PortMapping } from './bundle-settings.ts';
import { DEFAULT_CONTROL_PORT } from './bundle-settings.ts';
import { set } from './connection-xml.ts';

/** A replica while its parts are made. */
export interface ReplicaPlan {
  readonly prefix: string;
  readonly offset: number;
  readonly address: string | undefined;
  /** Options that all replicas of the bundle share. */
  readonly hostOptions: string;
}

export function cloneXml(prefix: string, settings: BundleSettings, inner: XmlElement): XmlElement {
  const id = `${prefix}-${settings.promotedMax > 0 ? 'master' : 'clone'}`;
  const isPromotable = settings.promotedMax > 0;
  const meta = set(id, 'meta_attributes', [
    ['ordered', 'true'],
    ['clone-max', String(settings.replicas)],
    ['clone-node-max', String(settings.replicasPerHost)],
    ['globally-unique', String(settings.replicasPerHost > 1)],
    ['promotable', isPromotable ? 'true' : undefined],
    ['promoted-max', isPromotable ? String(settings.promotedMax) : undefined],
  ]);
  return element('clone', { id }, [meta, inner]);
}

/** ` --add-host=NAME:ADDRESS` (or the other form) for every replica, so that each finds the others. */
export function hostOptions(prefix: string, settings: BundleSettings, addresses: readonly (string | undefined)[]): string {
  if (settings.rangeStart === undefined) return '';
  return addresses
    .map((address, offset) => {
      const [name, shown] = [`${prefix}-${offset}`, address ?? '(null)'];
      return settings.addHost ? ` --add-host=${name}:${shown}` : ` --hosts-entry=${shown}=${name}`;
    })
    .join('');
}

export function ipXml(settings: BundleSettings, { prefix, address }: ReplicaPlan): XmlElement {
  const id = xmlName(`${prefix}-ip-${address ?? '(null)'}`);
  const attributes = set(id, 'instance_attributes', [
    ['ip', address],
    ['nic', settings.interface],
    ['cidr_netmask', settings.netmask ?? '32'],
  ]);
  return primitive(id, 'IPaddr2', attributes);
}

export function containerXml(settings: BundleSettings, plan: ReplicaPlan): XmlElement {
  const id = xmlName(`${plan.prefix}-${settings.agent}-${plan.offset}`);
  const perReplica = settings.mounts.filter((mount) => mount.isPerReplica).map((mount) => mountSource(mount, plan));
  const attributes = set(id, 'instance_attributes', [
    ['image', settings.image],
    ['allow_pull', 'true'],
    ['force_kill', 'false'],
    ['reuse', 'false'],
    ['run_opts', runOptions(settings, plan)],
    ['mount_points', perReplica.join(',')],
    ['run_cmd', settings.runCommand ?? (settings.inner === undefined ? undefined : '/usr/sbin/pacemaker-remoted')],
    ['monitor_cmd', '/bin/true'],
  ]);
  return primitive(id, settings.agent, attributes);
}

function primitive(id: string, type: string, attributes: XmlElement): XmlElement {
  const monitor = element('op', { id: `${id}-monitor-60s`, name: 'monitor', interval: '60s' });
  return element('primitive', { id, class: 'ocf', provider: 'heartbeat', type }, [attributes, element('operations', {}, [monitor])]);
}

/** The exact blanks matter, because digests are taken of this text. */
function runOptions(settings: BundleSettings, plan: ReplicaPlan): string {
  const parts = [
    settings.agent === 'docker' ? ' --restart=no' : '',
    settings.rangeStart === undefined ? '' : ` -h ${plan.prefix}-${plan.offset}`,
    ' -e PCMK_stderr=1',
    settings.network === undefined ? '' : ` --net=${settings.network}`,
    ` -e PCMK_remote_port=${settings.controlPort ?? DEFAULT_CONTROL_PORT}`,
    ...settings.mounts.map((mount) => ` -v ${mountSource(mount, plan)}:${mount.target}${mount.options === undefined ? '' : `:${mount.options}`}`),
    ...settings.ports.map((port) => portOption(port, settings, plan)),
    settings.options === undefined ? '' : ` ${settings.options}`,
    ` ${plan.hostOptions}`,
  ];
  return parts.join('');
}

function mountSource(mount: Mount, { prefix, offset }: ReplicaPlan): string {
  return mount.isPerReplica ? `${mount.source}/${prefix}-${offset}` : mount.source;
}

function portOption(port: PortMapping, settings: BundleSettings, { address }: ReplicaPlan): string {
  if (address !== undefined) return ` -p ${address}:${port.source}:${port.target}`;
  return settings.network === 'host' ? '' : ` -p ${port.source}:${port.target}`;
}

/** An id that may stand in XML: what may not is replaced. */
function xmlName(text: string): string {
  return text.replace(/[^\p{L}\p{N}_:.-]/gu, '.').replace(/^[^\p{L}_:]/u, '_');
}
