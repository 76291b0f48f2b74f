// SPDX-License-Identifier: GPL-2.0-or-later
/** What a random cluster is made of, before it becomes XML: which features it has, its nodes and its resources. */
import type { Chance } from '../../chance.ts';

/** Parts of the configuration language that a case may use. A case uses few, so that a difference is easy to reduce. */
export const FEATURES = [
  'options', 'groups', 'clones', 'unique', 'promotable', 'bundles', 'guests', 'remotes', 'locations', 'colocations', 'orders', 'sets', 'tickets', 'templates', 'tags',
  'rules', 'defaults', 'attributes', 'utilization', 'health', 'failures', 'on-fail', 'thresholds', 'pending', 'migration', 'notify', 'digests', 'unfencing', 'fencing', 'lost-nodes',
  'locks', 'standby', 'maintenance', 'unmanaged', 'removed', 'quorum', 'multiple-active', 'discovery', 'target-role', 'stickiness', 'priority', 'role-monitors', 'probes', 'disabled',
] as const;

export type Feature = (typeof FEATURES)[number];
export type Features = ReadonlySet<Feature>;

export interface Primitive {
  readonly id: string;
  readonly agent: readonly [agentClass: string, provider: string | undefined, type: string];
  readonly canMigrate: boolean;
  readonly monitors: readonly Monitor[];
  /** Name of the guest node it brings up. */
  readonly guest?: string;
}

export interface Monitor {
  readonly seconds: number;
  readonly role?: string;
}

export interface Resource {
  readonly id: string;
  readonly kind: 'primitive' | 'group' | 'clone' | 'bundle';
  readonly members: readonly Primitive[];
  /** Id of the group inside a clone. */
  readonly group?: string;
  readonly instances: number;
  readonly perNode: number;
  readonly isUnique: boolean;
  readonly isPromotable: boolean;
}

export interface Shape {
  readonly features: Features;
  /** Cluster nodes: id and name. */
  readonly nodes: readonly (readonly [id: string, name: string])[];
  /** Names of remote nodes. */
  readonly remotes: readonly string[];
  readonly resources: readonly Resource[];
}

/** Guest nodes of primitives, and the nodes of bundles. */
export function guestsOf({ resources }: Shape): string[] {
  return resources.flatMap(({ kind, id, instances, members }) =>
    kind === 'bundle' ? (members.length === 0 ? [] : Array.from({ length: instances }, (_, i) => `${id}-${i}`)) : members.flatMap(({ guest }) => guest ?? []),
  );
}

export function randomShape(chance: Chance, features: Features, size: number): Shape {
  const nodeCount = chance.below(4) + 1;
  const usesNumbers = chance.is(0.7);
  const nodes = Array.from({ length: nodeCount }, (_, i): readonly [string, string] => [usesNumbers ? String(i + 1) : `node${i + 1}`, `node${i + 1}`]);
  let number = 0;
  const primitive = (): Primitive => randomPrimitive(chance, features, `p${number++}`);
  const resources = Array.from({ length: chance.below(size) + 1 }, (): Resource => randomResource(chance, features, primitive, () => number++));
  const fences = features.has('fencing') || features.has('unfencing') || features.has('lost-nodes') ? chance.below(2) + (chance.is(0.8) ? 1 : 0) : 0;
  for (let i = 0; i < fences; i++) resources.push(plain({ id: `fence${i}`, agent: ['stonith', undefined, 'fence_xvm'], canMigrate: false, monitors: chance.is(0.5) ? [{ seconds: 60 }] : [] }));
  const remotes = features.has('remotes') ? Array.from({ length: chance.below(2) + 1 }, (_, i) => `remote${i}`) : [];
  for (const id of remotes) resources.splice(chance.below(resources.length + 1), 0, plain({ id, agent: ['ocf', 'pacemaker', 'remote'], canMigrate: false, monitors: chance.is(0.6) ? [{ seconds: 30 }] : [] }));
  return { features, nodes, remotes, resources };
}

function plain(member: Primitive): Resource {
  return { id: member.id, kind: 'primitive', members: [member], instances: 1, perNode: 1, isUnique: true, isPromotable: false };
}

function randomPrimitive(chance: Chance, features: Features, id: string): Primitive {
  const monitors: Monitor[] = [];
  if (chance.is(0.6)) monitors.push({ seconds: chance.pick([10, 15, 20]) });
  if (features.has('role-monitors') && chance.is(0.6)) monitors.push({ seconds: chance.pick([7, 30]), role: chance.pick(['Stopped', 'Started', 'Promoted', 'Unpromoted', 'Master', 'Slave']) });
  const isGuest = features.has('guests') && chance.is(0.3);
  return {
    id,
    agent: chance.is(0.85) ? ['ocf', 'pacemaker', 'Dummy'] : ['systemd', undefined, 'httpd'],
    canMigrate: features.has('migration') && chance.is(0.7),
    monitors,
    ...(isGuest ? { guest: `guest-${id}` } : {}),
  };
}

function randomResource(chance: Chance, features: Features, primitive: () => Primitive, next: () => number): Resource {
  const kinds = (['groups', 'clones', 'bundles'] as const).filter((kind) => features.has(kind) && chance.is(0.5));
  const group = (): Primitive[] => Array.from({ length: chance.below(3) + 1 }, () => withoutGuest(ocf(primitive())));
  switch (kinds[chance.below(kinds.length + 1)]) {
    case 'groups':
      return { id: `g${next()}`, kind: 'group', members: group(), instances: 1, perNode: 1, isUnique: true, isPromotable: false };
    case 'clones': {
      const isGroup = features.has('groups') && chance.is(0.4);
      const isUnique = features.has('unique') && chance.is(0.5);
      return {
        id: `c${next()}`,
        kind: 'clone',
        members: isGroup ? group() : [withoutGuest(ocf(primitive()))],
        ...(isGroup ? { group: `g${next()}` } : {}),
        instances: chance.below(4) + 1,
        perNode: isUnique ? chance.below(3) + 1 : 1,
        isUnique,
        isPromotable: features.has('promotable') && chance.is(0.7),
      };
    }
    case 'bundles': {
      const isPromotable = features.has('promotable') && chance.is(0.5);
      const members = chance.is(0.75) ? [withoutGuest(ocf(primitive()))] : [];
      return { id: `b${next()}`, kind: 'bundle', members, instances: chance.below(3) + 1, perNode: chance.below(2) + 1, isUnique: false, isPromotable };
    }
    default:
      return plain(primitive());
  }
}

function ocf(primitive: Primitive): Primitive {
  return { ...primitive, agent: ['ocf', 'pacemaker', 'Dummy'] };
}

function withoutGuest({ guest: _guest, ...primitive }: Primitive): Primitive {
  return primitive;
}
