// SPDX-License-Identifier: GPL-2.0-or-later
/** Colocation constraints, simple and with sets. */
import { parseBoolean, type XmlElement } from '../../../cib/index.ts';
import { Role, type Resource, type Scheduler } from '../../model/index.ts';
import { readScore } from '../scores.ts';
import { addColocation } from './add-colocation.ts';
import { constraintResource, expandSets, referenceKinds, resolveReference, sidesToSets, type SideAttributes } from './references.ts';
import { readRole } from '../roles.ts';

const DEPENDENT: SideAttributes = { name: 'rsc', role: 'rsc-role', setRole: 'role' };
const PRIMARY: SideAttributes = { name: 'with-rsc', role: 'with-rsc-role', setRole: 'role' };

export function unpackColocation(scheduler: Scheduler, given: XmlElement): void {
  const xml = withSets(scheduler, given);
  if (xml === undefined) return;
  const score = readScore(scheduler, xml.get('score')) ?? 0;
  const sets = xml.elements('resource_set');
  if (sets.length === 0) {
    unpackSimple(scheduler, xml, score);
    return;
  }
  sets.forEach((set, i) => {
    colocateMembers(scheduler, xml, set, score);
    if (i > 0) colocateSets(scheduler, xml, sets[i - 1]!, set, score);
  });
}

/** The constraint as it is worked on: tags replaced, and sides that are tags turned into sets. */
function withSets(scheduler: Scheduler, xml: XmlElement): XmlElement | undefined {
  const expanded = expandSets(scheduler, xml);
  if (expanded !== xml || xml.first('resource_set') !== undefined) return expanded;
  switch (referenceKinds(scheduler, xml, [DEPENDENT, PRIMARY])) {
    case 'unknown':
      return undefined;
    case 'resources':
      return xml;
    case 'tags':
      break;
  }
  const areBothTags = [DEPENDENT, PRIMARY].every((side) => 'tag' in resolveReference(scheduler, xml.get(side.name)!)!);
  return areBothTags ? undefined : sidesToSets(scheduler, xml, [DEPENDENT, PRIMARY]);
}

function unpackSimple(scheduler: Scheduler, xml: XmlElement, score: number): void {
  const dependent = constraintResource(scheduler, xml.get('rsc'));
  const primary = constraintResource(scheduler, xml.get('with-rsc'));
  if (dependent === undefined || primary === undefined) return;
  addColocation(scheduler, {
    id: xml.id ?? '',
    dependent,
    primary,
    dependentRole: colocationRole(scheduler, xml.get('rsc-role')),
    primaryRole: colocationRole(scheduler, xml.get('with-rsc-role')),
    score,
    nodeAttribute: xml.get('node-attribute') ?? '#uname',
    hasInfluence: influence(xml, dependent),
    isExplicit: true,
  });
}

/** Started says nothing more than no role at all. */
function colocationRole(scheduler: Scheduler, text: string | undefined): Role {
  const role = readRole(scheduler, text) ?? Role.unknown;
  return role === Role.started ? Role.unknown : role;
}

function influence(xml: XmlElement, dependent: Resource): boolean {
  return parseBoolean(xml.get('influence') ?? '') ?? dependent.isCritical;
}

interface Pair {
  readonly dependent: Resource;
  readonly primary: Resource;
  readonly dependentRole: Role;
  readonly primaryRole: Role;
  readonly hasInfluence: boolean;
}

/** A tag can make a resource its own dependent; the reference goes through with it, and scores show it. */
function colocate(scheduler: Scheduler, id: string, score: number, pair: Pair): void {
  addColocation(scheduler, { ...pair, id, score, nodeAttribute: '#uname', isExplicit: true });
}

/** Inside a set: each member with the one before it, or apart from all before it. */
function colocateMembers(scheduler: Scheduler, xml: XmlElement, set: XmlElement, constraintScore: number): void {
  const score = readScore(scheduler, set.get('score')) ?? constraintScore;
  if (!isSequential(set) || score === 0) return;
  const members = membersBeforeMissing(scheduler, set);
  const role = colocationRole(scheduler, set.get('role'));
  const withPrevious = (set.get('ordering') ?? 'group').toLowerCase() === 'group';
  const add = (member: Resource, other: Resource): void => {
    const [dependent, primary] = score < 0 || withPrevious ? [member, other] : [other, member];
    colocate(scheduler, set.id ?? '', score, { dependent, primary, dependentRole: role, primaryRole: role, hasInfluence: influence(xml, member) });
  };
  members.forEach((member, i) => {
    if (score > 0 && i > 0) add(member, members[i - 1]!);
    // Every pair has to be kept apart, so this is quadratic in the size of one set. A member that comes again has its pairs already.
    if (score < 0) for (const other of members.slice(0, members.indexOf(member))) add(member, other);
  });
}

function isSequential(set: XmlElement): boolean {
  return parseBoolean(set.get('sequential') ?? '') ?? true;
}

/** Between sets: sequential ones are represented by the member at the edge, and by nothing when that does not exist. */
function colocateSets(scheduler: Scheduler, xml: XmlElement, dependents: XmlElement, primaries: XmlElement, score: number): void {
  const dependentRole = colocationRole(scheduler, dependents.get('role'));
  const primaryRole = colocationRole(scheduler, primaries.get('role'));
  const [first, second] = [dependents.elements('resource_ref'), primaries.elements('resource_ref')];
  const seconds = known(scheduler, primaries, isSequential(primaries) ? second.slice(-1) : second);
  for (const dependent of known(scheduler, dependents, isSequential(dependents) ? first.slice(0, 1) : first)) {
    for (const primary of seconds) {
      colocate(scheduler, xml.id ?? '', score, { dependent, primary, dependentRole, primaryRole, hasInfluence: influence(xml, dependent) });
    }
  }
}

/** What members of a set name; what does not exist is complained about and left out. */
function known(scheduler: Scheduler, set: XmlElement, references: readonly XmlElement[]): readonly Resource[] {
  return references.flatMap((reference) => memberOf(scheduler, set, reference) ?? []);
}

/** Members of a set up to the first that does not exist. */
function membersBeforeMissing(scheduler: Scheduler, set: XmlElement): readonly Resource[] {
  const members: Resource[] = [];
  for (const reference of set.elements('resource_ref')) {
    const resource = memberOf(scheduler, set, reference);
    if (resource === undefined) break;
    members.push(resource);
  }
  return members;
}

/** Undefined, with a complaint, for what does not exist. */
function memberOf(scheduler: Scheduler, set: XmlElement, { id }: XmlElement): Resource | undefined {
  const resource = constraintResource(scheduler, id);
  if (resource === undefined) scheduler.messages.push({ severity: 'error', text: `Ignoring '${id ?? ''}' in resource set '${set.id ?? ''}' because it does not exist` });
  return resource;
}
