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
  return pairs.some(({ first, second }) => {
    const [x, y] = [resourceOf(model, first), resourceOf(model, second)];
    return x !== undefined && y !== undefined && ((isWithin(a, x) && isWithin(b, y)) || (isWithin(a, y) && isWithin(b, x)));
  });
}

/** Whether two resources are the same, or one contains the other. */
function isWithin(a: Resource, b: Resource): boolean {
  return a === b || topOf(a) === topOf(b);
}

export function ofType(model: LintModel, ...types: string[]): Resource[] {
  return model.primitives.filter((one) => types.includes(typeOf(one)));
}

export function isRemoteConnection(resource: Resource): boolean {
  return agentOf(resource)?.provider === 'pacemaker' && typeOf(resource) === 'remote';
}
