// SPDX-License-Identifier: GPL-2.0-or-later
/** CLN6xx and GRP6xx: what agents demand of clones, and groups. */
import { isTrue } from '../../cib/index.ts';
import type { Report } from '../finding.ts';
import { agentOf, cloneOf, factsOf, isPromotableClone, leavesCannotPromote, leavesOf, metaInEffect, ownMeta, parameter, topOf, typeOf, type LintModel, type PairConstraint, type Resource } from '../model/index.ts';
import { addLine, addPair, freeId, isPlainId, removePair, removeSpan, removeStatement } from '../repair.ts';
import { rule } from '../rule.ts';
import { nearest } from '../nearest.ts';
import { isClusterFileSystem, resourceOf } from './placement.ts';
import { isSectionOfPrimitive } from './syntax.ts';

const EVERYWHERE = new Set(['controld', 'o2cb', 'lvmlockd', 'clvm', 'SAPHanaTopology']);
const NEVER_UNIQUE = new Set(['controld', 'o2cb', 'booth-site']);
const MUST_BE_CLONED = new Set(['drbd', 'pgsqlms', 'galera', 'mariadb', 'conntrackd', 'SAPHana', 'SAPHanaController']);
const NOTIFY_OR_REFUSE = new Set(['drbd', 'pgsqlms']);
const NOTIFY_WANTED = new Set(['pgsql', 'mysql', 'mariadb', 'redis', 'db2', 'conntrackd', 'rabbitmq-server-ha', 'sg_persist', 'mpathpersist']);
const MANY_MEMBERS = 15;

export const cloneRules = [
  rule('CLN601', 'warning', 'A clone that depends on a clone is not interleaved.', 'The restart of one instance restarts all of them.', 'Set interleave=true (automatic).', notInterleaved),
  rule('CLN602', 'warning', 'The agent can promote and the clone is not promotable.', 'Nothing is ever promoted.', 'Set promotable=true.', notPromotable),
  rule('CLN603', 'error', 'The agent works only in a clone.', 'It refuses to start otherwise.', 'Clone it.', notCloned),
  rule('CLN604', 'error', 'The clone is promotable and its agent is not.', 'The start fails.', 'Remove promotable (automatic).', cannotPromote),
  rule('CLN605', 'warning', 'Several instances on a node without globally-unique.', 'Anonymous clones run once on a node.', 'Set globally-unique=true (automatic).', severalOnNode),
  rule('CLN606', 'error', 'The agent needs notifications and the clone sends none.', 'Some agents refuse to start, others lose track of their peers.', 'Set notify=true (automatic).', noNotify),
  rule('CLN607', 'error', 'The agent refuses globally unique clones.', 'It does not start.', 'Remove globally-unique (automatic).', mustNotBeUnique),
  rule('CLN608', 'info', 'More instances than the nodes can hold.', 'Some stay stopped.', 'Lower clone-max.', tooManyInstances),
  rule('CLN609', 'error', 'promoted-max is above clone-max.', 'It cannot be reached.', 'Lower promoted-max.', tooManyPromoted),
  rule('CLN611', 'error', 'The data of a clone would be mounted on several nodes.', 'Agents refuse it, because it destroys the data.', 'Do not clone it (automatic for cluster RAID).', unsafeClone),
  rule('CLN612', 'warning', 'An address is cloned without globally-unique.', 'Every node would have the same address.', 'Set globally-unique=true (automatic).', clonedAddress),
  rule('CLN613', 'error', 'unique_clone_address without a globally unique clone.', 'The agent refuses to start.', 'Clone it with globally-unique=true.', uniqueAddressAlone),
  rule('CLN616', 'error', 'The agent belongs on every node and is not cloned.', 'What depends on it elsewhere does not work.', 'Clone it (automatic for controld).', notEverywhere),
  rule('CLN617', 'warning', 'A ping resource is not cloned.', 'The attribute exists on one node only.', 'Clone it (automatic).', singlePing),
];

export const groupRules = [
  rule('GRP651', 'info', 'A group has fifteen or more members.', 'One failure stops everything behind it, and starts take long.', 'Split it.', largeGroup),
  rule('GRP652', 'warning', 'A group has one member.', 'Often kept for later growth.', 'Delete the group.', singleMember, { isOff: true }),
  rule('GRP654', 'error', 'A member stands twice, or in two groups.', 'The statement is refused.', 'Delete it (automatic inside one group).', doubleMember),
  rule('GRP656', 'error', 'A group or clone names an unknown resource.', 'The container is made without it.', 'Correct the name.', unknownMember),
  rule('GRP658', 'info', 'A constraint says what the group says already.', 'It is redundant.', 'Delete it (automatic).', impliedByGroup),
];

function clonesOf(model: LintModel): Resource[] {
  return model.all.filter((one) => one.kind === 'clone');
}

function metaValue(model: LintModel, resource: Resource, name: string): string | undefined {
  return metaInEffect(model, resource, name)?.value;
}

function hasKnownMeta(clone: Resource): boolean {
  return !clone.hasReferences;
}

function* notInterleaved(model: LintModel): Iterable<Report> {
  const dependent = new Set<Resource>();
  for (const [pairs, side] of [[model.colocations, 'first'], [model.orders, 'second']] as const) {
    for (const one of pairs) {
      const [a, b] = [resourceOf(model, one.first), resourceOf(model, one.second)];
      if (a === undefined || b === undefined || topOf(a).kind !== 'clone' || topOf(b).kind !== 'clone' || topOf(a) === topOf(b)) continue;
      if (one.strength === Infinity) dependent.add(topOf(side === 'first' ? a : b));
    }
  }
  for (const clone of dependent) {
    if (!isTrue(metaValue(model, clone, 'interleave')) && hasKnownMeta(clone) && !clone.children.some((child) => typeOf(child) === 'controld')) {
      yield { span: clone.statement.id, message: `${clone.id} depends on another clone`, repair: [addPair(clone, 'meta', 'interleave=true')] };
    }
  }
}

function* notPromotable(model: LintModel): Iterable<Report> {
  for (const clone of clonesOf(model)) {
    const child = clone.children[0];
    if (child?.kind !== 'primitive' || isPromotableClone(clone) || !hasKnownMeta(clone) || mayStayPlain(child)) continue;
    if (factsOf(child)?.actions.some((one) => one.name === 'promote') === true) yield { span: clone.statement.id, message: `${typeOf(child)} can promote, ${clone.id} is not promotable` };
  }
}

/** Agents that offer promote and also work without it. */
function mayStayPlain(child: Resource): boolean {
  return /\bclone\b/.test(factsOf(child)?.cloneFacts?.needs ?? '');
}

function* notCloned(model: LintModel): Iterable<Report> {
  for (const resource of model.primitives) {
    if (MUST_BE_CLONED.has(typeOf(resource)) && isOcf(resource) && resource.parent?.kind !== 'bundle' && cloneOf(resource) === undefined) yield { span: resource.statement.id, message: `${typeOf(resource)} works only in a clone` };
  }
}

function isOcf(resource: Resource): boolean {
  const agent = agentOf(resource);
  return agent?.class === 'ocf' && !(agent.provider === 'heartbeat' && agent.type === 'drbd');
}

function* cannotPromote(model: LintModel): Iterable<Report> {
  for (const clone of clonesOf(model)) {
    if (!isPromotableClone(clone) || !leavesCannotPromote(clone)) continue;
    const attribute = ownMeta(clone, 'promotable');
    const message = `${leavesOf(clone).map(typeOf).join(', ')} cannot promote`;
    if (attribute === undefined) yield { span: clone.statement.keyword, message };
    else yield { span: attribute.pair, message, repair: [removePair(model, attribute.pair, attribute.set)] };
  }
}

function* severalOnNode(model: LintModel): Iterable<Report> {
  for (const clone of clonesOf(model)) {
    const attribute = ownMeta(clone, 'clone-node-max');
    if (attribute === undefined || Number(attribute.value) <= 1 || isTrue(metaValue(model, clone, 'globally-unique')) || clone.hasReferences) continue;
    yield { span: attribute.pair, message: 'anonymous clones run once on a node', repair: [addPair(clone, 'meta', 'globally-unique=true')] };
  }
}

function* noNotify(model: LintModel): Iterable<Report> {
  for (const clone of clonesOf(model)) {
    if (isTrue(metaValue(model, clone, 'notify')) || !hasKnownMeta(clone)) continue;
    const leaf = leavesOf(clone).find((one) => isOcf(one) && (NOTIFY_OR_REFUSE.has(typeOf(one)) || NOTIFY_WANTED.has(typeOf(one))));
    if (leaf === undefined || (!isPromotableClone(clone) && offersPromote(leaf))) continue;
    const severity = NOTIFY_OR_REFUSE.has(typeOf(leaf)) ? 'error' : 'warning';
    yield { span: clone.statement.id, message: `${typeOf(leaf)} needs notifications`, severity, repair: [addPair(clone, 'meta', 'notify=true')] };
  }
}

/** A clone that should be promotable and is not has that finding alone. */
function offersPromote(leaf: Resource): boolean {
  return factsOf(leaf)?.actions.some((one) => one.name === 'promote') === true && !mayStayPlain(leaf);
}

function* mustNotBeUnique(model: LintModel): Iterable<Report> {
  for (const clone of clonesOf(model)) {
    const attribute = ownMeta(clone, 'globally-unique');
    const leaf = leavesOf(clone).find((one) => NEVER_UNIQUE.has(typeOf(one)));
    if (attribute === undefined || !isTrue(attribute.value) || leaf === undefined) continue;
    yield { span: attribute.pair, message: `${typeOf(leaf)} refuses globally unique clones`, repair: [removePair(model, attribute.pair, attribute.set)] };
  }
}

function* tooManyInstances(model: LintModel): Iterable<Report> {
  if (model.nodes.length === 0) return;
  for (const clone of clonesOf(model)) {
    const attribute = ownMeta(clone, 'clone-max');
    const perNode = Math.max(1, Number(metaValue(model, clone, 'clone-node-max') ?? 1) || 1);
    if (attribute !== undefined && Number(attribute.value) > perNode * model.nodes.length) yield { span: attribute.pair, message: `${model.nodes.length} nodes hold ${perNode * model.nodes.length}` };
  }
}

function* tooManyPromoted(model: LintModel): Iterable<Report> {
  for (const clone of clonesOf(model)) {
    const promoted = ownMeta(clone, 'promoted-max') ?? ownMeta(clone, 'master-max');
    const most = metaValue(model, clone, 'clone-max');
    if (promoted !== undefined && most !== undefined && Number(promoted.value) > Number(most)) yield { span: promoted.pair, message: `clone-max is ${most}` };
  }
}

function* unsafeClone(model: LintModel): Iterable<Report> {
  for (const clone of clonesOf(model)) {
    for (const leaf of leavesOf(clone)) {
      const type = typeOf(leaf);
      if (type === 'Filesystem' && !isClusterFileSystem(leaf) && !isShareable(leaf)) yield { span: clone.statement.id, message: `${leaf.id} would be mounted on several nodes` };
      if ((type === 'Raid1' || type === 'mdraid') && !isTrue(parameter(leaf, 'force_clones')?.value)) {
        yield { span: clone.statement.id, message: `${type} in a clone needs force_clones`, ...(type === 'Raid1' ? { repair: [addPair(leaf, 'params', 'force_clones=true')] } : {}) };
      }
    }
  }
}

/** Mounts that many nodes may have at once. */
function isShareable(leaf: Resource): boolean {
  const type = parameter(leaf, 'fstype')?.value ?? '';
  const options = parameter(leaf, 'options')?.value ?? '';
  return /^(?:nfs4?|cifs|glusterfs|ceph|lustre|tmpfs|proc|cvfs|gpfs|none)$/.test(type) || /\b(?:bind|ro)\b/.test(options) || isTrue(parameter(leaf, 'force_clones')?.value);
}

function* clonedAddress(model: LintModel): Iterable<Report> {
  for (const clone of clonesOf(model)) {
    const leaf = leavesOf(clone).find((one) => typeOf(one) === 'IPaddr2');
    if (leaf === undefined || isTrue(metaValue(model, clone, 'globally-unique')) || isLoopback(leaf) || (isTrue(metaValue(model, clone, 'interleave')) && parameter(leaf, 'clusterip_hash') !== undefined)) continue;
    yield { span: clone.statement.id, message: `every node would have the address of ${leaf.id}`, repair: [addPair(clone, 'meta', 'globally-unique=true')] };
  }
}

function isLoopback(leaf: Resource): boolean {
  return parameter(leaf, 'nic')?.value === 'lo' || isTrue(parameter(leaf, 'lvs_support')?.value) || isTrue(parameter(leaf, 'lvs_ipv6_addrlabel')?.value);
}

function* uniqueAddressAlone(model: LintModel): Iterable<Report> {
  for (const resource of model.primitives) {
    const attribute = parameter(resource, 'unique_clone_address');
    const clone = cloneOf(resource);
    if (attribute !== undefined && isTrue(attribute.value) && (clone === undefined || !isTrue(metaValue(model, clone, 'globally-unique')))) yield { span: attribute.pair, message: 'there is no globally unique clone of it' };
  }
}

function* notEverywhere(model: LintModel): Iterable<Report> {
  for (const resource of model.primitives) {
    if (!EVERYWHERE.has(typeOf(resource)) || cloneOf(resource) !== undefined) continue;
    const canRepair = typeOf(resource) === 'controld' && resource.parent === undefined && isPlainId(resource.id);
    yield { span: resource.statement.id, message: `${typeOf(resource)} belongs on every node`, ...(canRepair ? { repair: [addLine(model, `clone ${freeId(model, `cl-${resource.id}`)} ${resource.id} meta interleave=true`)] } : {}) };
  }
}

function* singlePing(model: LintModel): Iterable<Report> {
  for (const resource of model.primitives) {
    const isPing = (typeOf(resource) === 'ping' || typeOf(resource) === 'pingd') && cloneOf(resource) === undefined;
    if (isPing) yield { span: resource.statement.id, message: 'the attribute exists on one node only', ...(resource.parent === undefined && isPlainId(resource.id) ? { repair: [addLine(model, `clone ${freeId(model, `cl-${resource.id.replace(/^p-/, '')}`)} ${resource.id}`)] } : {}) };
  }
}

function* largeGroup(model: LintModel): Iterable<Report> {
  for (const one of model.all) if (one.kind === 'group' && one.memberWords.length >= MANY_MEMBERS) yield { span: one.statement.id, message: `${one.memberWords.length} members` };
}

function* singleMember(model: LintModel): Iterable<Report> {
  for (const one of model.all) if (one.kind === 'group' && one.memberWords.length === 1) yield { span: one.statement.id, message: 'one member' };
}

function* doubleMember(model: LintModel): Iterable<Report> {
  const owner = new Map<string, Resource>();
  for (const container of model.all) {
    const here = new Set<string>();
    for (const word of container.memberWords) {
      const other = owner.get(word.text);
      if (here.has(word.text)) yield { span: word, message: `${word.text} is named twice`, repair: [removeSpan(model, word)] };
      else if (other !== undefined && other !== container) yield { span: word, message: `${word.text} stands in ${other.id} as well` };
      here.add(word.text);
      owner.set(word.text, other ?? container);
    }
  }
}

function* unknownMember(model: LintModel): Iterable<Report> {
  for (const container of model.all) {
    if (container.statement.kind === 'group' && container.memberWords.some((word) => isSectionOfPrimitive(word.text) && !model.resources.has(word.text))) continue;
    for (const word of container.memberWords) if (!model.resources.has(word.text) && !model.rawIds.has(word.text)) yield { span: word, message: `there is no resource "${word.text}"${meantResource(model, word.text)}` };
  }
}

/** A likely name to ask about; a person chooses, as members decide what runs where. */
function meantResource(model: LintModel, name: string): string {
  const meant = nearest(name, model.resources.keys(), 2);
  return meant === undefined || meant.length < 3 ? '' : `; did you mean "${meant}"?`;
}

function* impliedByGroup(model: LintModel): Iterable<Report> {
  for (const one of [...model.colocations, ...model.orders]) {
    const [a, b] = [resourceOf(model, one.first), resourceOf(model, one.second)];
    if (!one.isSimple || a === undefined || b === undefined || a === b || a.parent?.kind !== 'group' || a.parent !== b.parent) continue;
    const members = a.parent.children;
    const isForward = members.indexOf(a) < members.indexOf(b);
    // A group orders its members and keeps them together, whichever of the two a colocation names first.
    const isImplied = one.statement.kind === 'order' ? isForward && isOfStarts(one) : one.strength === Infinity || (one.strength > 0 && !isForward);
    if (isImplied) yield { span: one.statement.id, message: `the group ${a.parent.id} says so already`, repair: [removeStatement(model, one.statement)] };
  }
}

/** An order about anything but starts (and the stops that mirror them) is none of the group's own. */
function isOfStarts({ first, second }: PairConstraint): boolean {
  return [first, second].every(({ suffix }) => suffix === undefined || suffix.toLowerCase() === 'start');
}
