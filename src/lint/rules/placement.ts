// SPDX-License-Identifier: GPL-2.0-or-later
/** What the rules about constraints ask of a model: who is with whom, before whom, and what counts as storage. */
import { agentOf, leavesOf, parameter, topOf, typeOf, type LintModel, type PairConstraint, type Reference, type Resource } from '../model/index.ts';

const STORAGE_TYPES = new Set(['Filesystem', 'LVM', 'LVM-activate', 'drbd', 'controld', 'lvmlockd', 'o2cb', 'Raid1', 'mdraid', 'ZFS', 'clvm']);

export function isStorage(resource: Resource): boolean {
  return leavesOf(resource).some((leaf) => STORAGE_TYPES.has(typeOf(leaf)));
}

export function isFileSystemOrVolume(resource: Resource): boolean {
  return leavesOf(resource).some((leaf) => typeOf(leaf) === 'Filesystem' || typeOf(leaf) === 'LVM' || typeOf(leaf) === 'LVM-activate');
}

export function isDrbdClone(resource: Resource): boolean {
  return resource.kind === 'clone' && leavesOf(resource).some((leaf) => typeOf(leaf) === 'drbd');
}

export function isClusterFileSystem(resource: Resource): boolean {
  return typeOf(resource) === 'Filesystem' && /^(?:ocfs2|gfs2?)$/.test(parameter(resource, 'fstype')?.value ?? '');
}

export function resourceOf(model: LintModel, reference: Reference): Resource | undefined {
  return model.resources.get(reference.id);
}

/** Whether a constraint of the list joins two resources, containers included, in either direction. */
export function areJoined(model: LintModel, pairs: readonly PairConstraint[], a: Resource, b: Resource): boolean {
  return partnersOf(model, pairs).get(topOf(a))?.has(topOf(b)) === true;
}

const partnersOfLists = new WeakMap<readonly PairConstraint[], ReadonlyMap<Resource, ReadonlySet<Resource>>>();

/** For each outermost resource those it is joined with; made once for each list, as many rules ask. */
function partnersOf(model: LintModel, pairs: readonly PairConstraint[]): ReadonlyMap<Resource, ReadonlySet<Resource>> {
  const known = partnersOfLists.get(pairs);
  if (known !== undefined) return known;
  const partners = new Map<Resource, Set<Resource>>();
  const note = (from: Resource, to: Resource): void => {
    const set = partners.get(from);
    if (set === undefined) partners.set(from, new Set([to]));
    else set.add(to);
  };
  for (const { first, second } of pairs) {
    const [x, y] = [resourceOf(model, first), resourceOf(model, second)];
    if (x === undefined || y === undefined) continue;
    note(topOf(x), topOf(y));
    note(topOf(y), topOf(x));
  }
  partnersOfLists.set(pairs, partners);
  return partners;
}

/** Whether constraints keep two resources together, one by one or through others that are kept with both. */
export function arePlacedTogether(model: LintModel, a: Resource, b: Resource): boolean {
  const mandatory = mandatoryOf(model.colocations);
  return areJoined(model, model.colocations, a, b) || reachable(partnersOf(model, mandatory), topOf(a)).has(topOf(b));
}

/** Whether one of two resources starts after the other, at once or after others in between. */
export function areOrdered(model: LintModel, a: Resource, b: Resource): boolean {
  if (areJoined(model, model.orders, a, b)) return true;
  const followers = followersOf(model);
  return reachable(followers, topOf(a)).has(topOf(b)) || reachable(followers, topOf(b)).has(topOf(a));
}

const mandatoryOfLists = new WeakMap<readonly PairConstraint[], readonly PairConstraint[]>();

function mandatoryOf(pairs: readonly PairConstraint[]): readonly PairConstraint[] {
  const known = mandatoryOfLists.get(pairs) ?? pairs.filter((one) => one.strength === Infinity);
  mandatoryOfLists.set(pairs, known);
  return known;
}

const followersOfModels = new WeakMap<LintModel, ReadonlyMap<Resource, ReadonlySet<Resource>>>();

/** What mandatory orders put behind each outermost resource. */
function followersOf(model: LintModel): ReadonlyMap<Resource, ReadonlySet<Resource>> {
  const known = followersOfModels.get(model);
  if (known !== undefined) return known;
  const followers = new Map<Resource, Set<Resource>>();
  for (const { first, second } of mandatoryOf(model.orders)) {
    const [x, y] = [resourceOf(model, first), resourceOf(model, second)];
    if (x === undefined || y === undefined) continue;
    const set = followers.get(topOf(x));
    if (set === undefined) followers.set(topOf(x), new Set([topOf(y)]));
    else set.add(topOf(y));
  }
  followersOfModels.set(model, followers);
  return followers;
}

/** How far chains of constraints are followed; longer ones lead through what people no longer see as one thing. */
const LONGEST_CHAIN = 64;

function reachable(edges: ReadonlyMap<Resource, ReadonlySet<Resource>>, from: Resource): ReadonlySet<Resource> {
  const seen = new Set<Resource>([from]);
  for (const here of seen) {
    if (seen.size > LONGEST_CHAIN) break;
    for (const next of edges.get(here) ?? []) seen.add(next);
  }
  return seen;
}

export function ofType(model: LintModel, ...types: string[]): Resource[] {
  return types.flatMap((type) => model.byType.get(type) ?? []);
}

export function isRemoteConnection(resource: Resource): boolean {
  return agentOf(resource)?.provider === 'pacemaker' && typeOf(resource) === 'remote';
}
