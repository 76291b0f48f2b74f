// SPDX-License-Identifier: GPL-2.0-or-later
/** The connection resource that is made for a guest or bundle node. */
import { element, type XmlElement } from '../../../cib/index.ts';

export interface ConnectionSettings {
  readonly id: string;
  readonly container: string;
  readonly allowMigrate?: string;
  readonly isManaged?: string;
  readonly address?: string;
  readonly port?: string;
  /** Timeout of the start operation; without one there is no such operation. */
  readonly connectTimeout?: string;
}

export function connectionXml(settings: ConnectionSettings): XmlElement {
  const { id } = settings;
  const children = [set(id, 'meta_attributes', [
    ['internal_rsc', 'true'],
    ['container', settings.container],
    ['allow-migrate', settings.allowMigrate],
    ['is-managed', settings.isManaged],
  ])];
  if (settings.address !== undefined || settings.port !== undefined) {
    children.push(set(id, 'instance_attributes', [['addr', settings.address], ['port', settings.port]]));
  }
  const operations = [element('op', { id: `${id}-monitor-30s`, interval: '30s', name: 'monitor', timeout: '30s' })];
  if (settings.connectTimeout !== undefined) {
    operations.push(element('op', { id: `${id}-start-0`, interval: '0', name: 'start', timeout: settings.connectTimeout }));
  }
  children.push(element('operations', {}, operations));
  return element('primitive', { id, class: 'ocf', provider: 'pacemaker', type: 'remote' }, children);
}

/** An attribute set with those pairs that have a value. */
export function set(id: string, name: string, pairs: readonly (readonly [string, string | undefined])[]): XmlElement {
  const children = pairs
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => element('nvpair', { id: `${id}-${name}-${key}`, name: key, value }));
  return element(name, { id: `${id}-${name}` }, children);
}
