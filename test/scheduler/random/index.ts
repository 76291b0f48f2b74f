// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Random clusters: valid CIBs that mix features of the configuration language with every kind of history. A case is known by its
 * number, so that it can be repeated; each uses few features on few nodes, so that what is found can be understood.
 */
import { Chance } from '../../chance.ts';
import { constraintsXml, tagsXml } from './constraints.ts';
import { element } from './markup.ts';
import { defaultsXml, nodesXml, optionsXml, resourcesXml, topologyXml } from './resources.ts';
import { FEATURES, randomShape, type Feature, type Shape } from './shape.ts';
import { NOW, statusXml } from './status.ts';

export interface RandomCluster {
  readonly shape: Shape;
  readonly xml: string;
}

export interface Wish {
  /** Features that the case has, whatever chance says. */
  readonly always?: readonly Feature[];
  readonly never?: readonly Feature[];
  /** Probability of every other feature. */
  readonly probability?: number;
  /** Most resources, fence devices and remote connections aside. */
  readonly size?: number;
}

export function randomCluster(number: number, { always = [], never = [], probability = 0.15, size = 5 }: Wish = {}): RandomCluster {
  const chance = new Chance(Math.imul(number + 1, 0x9e3779b1));
  const features = new Set<Feature>([...FEATURES.filter(() => chance.is(probability)), ...always].filter((feature) => !never.includes(feature)));
  const shape = randomShape(chance, features, size);
  const configuration = element('configuration', [], optionsXml(chance, shape), nodesXml(chance, shape), resourcesXml(chance, shape), constraintsXml(chance, shape), defaultsXml(chance, shape), topologyXml(chance, shape), tagsXml(chance, shape));
  const hasQuorum = features.has('quorum') && chance.is(0.5) ? '0' : '1';
  const xml = element(
    'cib',
    [['crm_feature_set', '3.16.1'], ['validate-with', 'pacemaker-3.9'], ['epoch', '5'], ['num_updates', '3'], ['admin_epoch', '0'], ['have-quorum', hasQuorum], ['dc-uuid', shape.nodes[0]![0]], ['execution-date', String(NOW)]],
    configuration,
    statusXml(chance, shape),
  );
  return { shape, xml };
}
