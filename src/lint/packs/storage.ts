// SPDX-License-Identifier: GPL-2.0-or-later
/** Packs for shared storage: DLM, GFS2, OCFS2, LVM; DRBD; NFS. A pack speaks when one of its agents occurs. */
import { isTrue } from '../../cib/index.ts';
import type { Edit, Report } from '../finding.ts';
import { agentOf, cloneOf, effectiveOperations, ownMeta, parameter, timeMs, topOf, typeOf, type LintModel, type Resource } from '../model/index.ts';
import { addLine, addPair, addSetting, isPlainId, replaceWord, setValue } from '../repair.ts';
import { rule } from '../rule.ts';
import { fencingTimeout, isFencingOff } from '../rules/fencing-facts.ts';
import { isClusterFileSystem, ofType, resourceOf } from '../rules/placement.ts';

export const storageRules = [
  rule('DLM002', 'warning', 'A cluster file system with no-quorum-policy=stop.', 'Stopping it needs the lost peers.', 'Write freeze (automatic).', stopWithoutQuorum),
  rule('DLM003', 'error', 'A cluster file system without DLM.', 'The mount hangs.', 'Add controld.', noDlm),
  rule('DLM004', 'error', 'A cluster file system is not bound to the DLM clone.', 'It must start after it and beside it.', 'Add the constraints (automatic).', unboundFileSystem),
  rule('DLM005', 'error', 'DLM without fencing.', 'The lock spaces freeze for ever at the first failure.', 'Switch fencing on.', dlmWithoutFencing),
  rule('DLM006', 'warning', 'The DLM clone is not interleaved.', 'The restart of one instance stops what depends on it everywhere.', 'Set interleave=true (automatic).', dlmNotInterleaved),
  rule('DLM008', 'error', 'lvmlockd access without lvmlockd.', 'The volume group cannot be locked.', 'Add lvmlockd.', noLvmlockd),
  rule('DLM009', 'error', 'Exclusive activation in a clone, or shared activation outside one.', 'Shared and cloned belong together.', 'Change one of them.', activationMode),
  rule('DLM010', 'info', 'A cluster file system is not cloned.', 'A local file system would do.', 'Clone it.', singleClusterFileSystem),
  rule('DRB001', 'warning', 'A DRBD clone has no clone-max.', 'Instances are tried on nodes without the volume.', 'Set clone-max=2 (automatic).', drbdEverywhere),
  rule('DRB004', 'error', 'Two DRBD primaries without a cluster file system.', 'Both sides write and destroy the file system.', 'Set promoted-max=1.', dualPrimary),
  rule('DRB007', 'error', 'ocf:heartbeat:drbd was removed long ago.', 'The agent is not there.', 'Use ocf:linbit:drbd.', oldDrbd),
  rule('NFS002', 'error', 'Two exports have one fsid.', 'Clients mix the exports.', 'Give each its own (automatic).', doubleFsid),
  rule('NFS003', 'warning', 'The monitor timeout of an export is not above the fencing timeout.', 'A monitor that waits for fencing is taken for a failure.', 'Raise it (automatic).', exportTimeout),
  rule('NFS004', 'error', 'In a group the export comes before its file system.', 'It exports the empty directory.', 'Reorder (automatic).', exportBeforeFileSystem),
  rule('NFS005', 'warning', 'In a group the address comes before the export.', 'Clients get stale handles.', 'Reorder (automatic).', addressBeforeExport),
  rule('NFS006', 'warning', 'wait_for_leasetime_on_stop.', 'Vendors disagree: some advise it for NFSv4, others advise against it.', 'Ask your vendor.', leaseTime),
];

function clusterFileSystems(model: LintModel): Resource[] {
  return model.primitives.filter(isClusterFileSystem);
}

function* stopWithoutQuorum(model: LintModel): Iterable<Report> {
  const first = clusterFileSystems(model)[0];
  const policy = model.properties.get('no-quorum-policy');
  if (first === undefined || !model.isWhole || (policy !== undefined && policy.value !== 'stop')) return;
  const repair = policy === undefined ? addSetting(model, 'property', 'no-quorum-policy=freeze') : setValue(policy.pair, 'freeze');
  yield { span: policy?.pair ?? first.statement.id, message: 'stopping a cluster file system needs the lost peers', repair: [repair] };
}

function* noDlm(model: LintModel): Iterable<Report> {
  if (ofType(model, 'controld').length > 0) return;
  for (const one of clusterFileSystems(model)) yield { span: one.statement.id, message: 'no controld: the mount hangs' };
}

function* unboundFileSystem(model: LintModel): Iterable<Report> {
  const dlm = ofType(model, 'controld').map(topOf)[0];
  if (dlm === undefined || dlm.kind !== 'clone') return;
  const taken = idsOf(model);
  for (const clone of new Set(clusterFileSystems(model).map(topOf))) {
    if (clone.kind !== 'clone' || clone === dlm) continue;
    const isOrdered = reaches(model, 'orders', dlm, clone);
    const isPlaced = reaches(model, 'colocations', clone, dlm);
    const edits: Edit[] = [];
    if (!isPlaced) edits.push(addLine(model, `colocation ${freeId(taken, 'c')} inf: ${clone.id} ${dlm.id}`));
    if (!isOrdered) edits.push(addLine(model, `order ${freeId(taken, 'o')} Mandatory: ${dlm.id} ${clone.id}`));
    const canRepair = isPlainId(clone.id) && isPlainId(dlm.id);
    if (edits.length > 0) yield { span: clone.statement.id, message: `${clone.id} is not bound to ${dlm.id}`, ...(canRepair ? { repair: edits } : {}) };
  }
}

/** Whether mandatory constraints lead from one container to another, perhaps through others. */
function reaches(model: LintModel, kind: 'orders' | 'colocations', from: Resource, to: Resource): boolean {
  const seen = new Set<Resource>([from]);
  for (const here of seen) {
    if (here === to) return true;
    for (const one of model[kind]) {
      const [a, b] = [resourceOf(model, one.first), resourceOf(model, one.second)];
      if (one.strength === Infinity && a !== undefined && b !== undefined && topOf(a) === here) seen.add(topOf(b));
    }
  }
  return false;
}

function idsOf(model: LintModel): Set<string> {
  return new Set(model.statements.flatMap((one) => ('id' in one && one.id !== undefined ? [one.id.text] : [])));
}

/** The first of `c1`, `c2` ... that no statement has; it is taken from now on. */
function freeId(taken: Set<string>, letter: string): string {
  let number = 1;
  while (taken.has(`${letter}${number}`)) number++;
  taken.add(`${letter}${number}`);
  return `${letter}${number}`;
}

function* dlmWithoutFencing(model: LintModel): Iterable<Report> {
  const dlm = ofType(model, 'controld')[0];
  if (dlm !== undefined && isFencingOff(model)) yield { span: dlm.statement.id, message: 'DLM needs fencing' };
}

function* dlmNotInterleaved(model: LintModel): Iterable<Report> {
  for (const one of ofType(model, 'controld')) {
    const clone = cloneOf(one);
    if (clone !== undefined && !isTrue(ownMeta(clone, 'interleave')?.value) && !clone.hasReferences) yield { span: clone.statement.id, message: `${clone.id} is not interleaved`, repair: [addPair(clone, 'meta', 'interleave=true')] };
  }
}

function* noLvmlockd(model: LintModel): Iterable<Report> {
  if (ofType(model, 'lvmlockd').length > 0) return;
  for (const one of ofType(model, 'LVM-activate')) {
    const mode = parameter(one, 'vg_access_mode');
    if (mode?.value === 'lvmlockd') yield { span: mode.pair, message: 'there is no lvmlockd' };
  }
}

function* activationMode(model: LintModel): Iterable<Report> {
  for (const one of ofType(model, 'LVM-activate')) {
    const isShared = parameter(one, 'activation_mode')?.value === 'shared';
    const isCloned = cloneOf(one) !== undefined;
    if (isShared !== isCloned) yield { span: one.statement.id, message: isCloned ? 'exclusive activation in a clone' : 'shared activation outside a clone' };
  }
}

function* singleClusterFileSystem(model: LintModel): Iterable<Report> {
  if (ofType(model, 'controld').length === 0) return;
  for (const one of clusterFileSystems(model)) if (cloneOf(one) === undefined) yield { span: one.statement.id, message: 'mounted on one node only' };
}

function drbdClones(model: LintModel): Resource[] {
  return ofType(model, 'drbd').filter((one) => agentOf(one)?.provider === 'linbit').flatMap((one) => cloneOf(one) ?? []);
}

function* drbdEverywhere(model: LintModel): Iterable<Report> {
  if (model.nodes.length <= 2) return;
  for (const clone of drbdClones(model)) if (ownMeta(clone, 'clone-max') === undefined && !clone.hasReferences) yield { span: clone.statement.id, message: `${model.nodes.length} nodes would get an instance`, repair: [addPair(clone, 'meta', 'clone-max=2')] };
}

function* dualPrimary(model: LintModel): Iterable<Report> {
  if (clusterFileSystems(model).length > 0 && ofType(model, 'controld').length > 0) return;
  for (const clone of drbdClones(model)) {
    const most = ownMeta(clone, 'promoted-max') ?? ownMeta(clone, 'master-max');
    if (most !== undefined && Number(most.value) > 1) yield { span: most.pair, message: 'two primaries and no cluster file system' };
  }
}

function* oldDrbd(model: LintModel): Iterable<Report> {
  for (const one of ofType(model, 'drbd')) if (agentOf(one)?.provider === 'heartbeat') yield { span: one.agentWord ?? one.statement.id, message: 'ocf:heartbeat:drbd was removed; the agent is ocf:linbit:drbd' };
}

function exportsOf(model: LintModel): Resource[] {
  return ofType(model, 'exportfs');
}

function* doubleFsid(model: LintModel): Iterable<Report> {
  const taken = new Map<string, Resource>();
  for (const one of exportsOf(model)) {
    const fsid = parameter(one, 'fsid');
    if (fsid === undefined) continue;
    const first = taken.get(fsid.value);
    // The same directory for other clients is one export to the server.
    if (first !== undefined && parameter(first, 'directory')?.value !== parameter(one, 'directory')?.value) {
      const all = new Set(exportsOf(model).map((other) => parameter(other, 'fsid')?.value));
      let free = Number(fsid.value) + 1;
      while (all.has(String(free))) free++;
      yield { span: fsid.pair, message: `${first.id} has this fsid`, ...(Number.isInteger(free) ? { repair: [setValue(fsid.pair, String(free))] } : {}) };
    }
    taken.set(fsid.value, first ?? one);
  }
}

const ABOVE_FENCING = 1.2;

function* exportTimeout(model: LintModel): Iterable<Report> {
  const fencing = timeMs(fencingTimeout(model)?.value ?? '');
  if (fencing === undefined) return;
  for (const one of exportsOf(model)) {
    for (const monitor of effectiveOperations(one).filter(({ name }) => name === 'monitor')) {
      const pair = monitor.attributes.get('timeout');
      if (pair === undefined || monitor.timeoutMs === undefined || monitor.timeoutMs > fencing) continue;
      yield { span: pair, message: `fencing may take ${fencing / 1000}s`, repair: [setValue(pair, `${Math.ceil((fencing * ABOVE_FENCING) / 1000)}s`)] };
    }
  }
}

function* exportBeforeFileSystem(model: LintModel): Iterable<Report> {
  for (const group of groupsOf(model)) {
    const types = group.children.map(typeOf);
    const exported = group.children.find((child, i) => typeOf(child) === 'exportfs' && group.children.slice(i + 1).some((other) => typeOf(other) === 'Filesystem' && isBelow(child, other)));
    if (exported === undefined || group.children.length !== group.memberWords.length) continue;
    const rest = group.memberWords.map((word) => word.text).filter((id) => id !== exported.id);
    const address = rest.findIndex((id, i) => i > 0 && (types[group.memberWords.findIndex((word) => word.text === id)] ?? '').startsWith('IPaddr'));
    rest.splice(address < 0 ? rest.length : address, 0, exported.id);
    yield { span: group.statement.id, message: `${exported.id} comes before its file system`, repair: reordered(group, rest) };
  }
}

function isBelow(exported: Resource, fileSystem: Resource): boolean {
  const [path, mount] = [parameter(exported, 'directory')?.value ?? '', parameter(fileSystem, 'directory')?.value ?? '/'];
  return path === mount || path.startsWith(mount.replace(/\/?$/, '/'));
}

function* addressBeforeExport(model: LintModel): Iterable<Report> {
  for (const group of groupsOf(model)) {
    const last = group.children.findLastIndex((child) => typeOf(child) === 'exportfs');
    const early = group.children.find((child, i) => i < last && typeOf(child).startsWith('IPaddr'));
    if (early === undefined || group.children.length !== group.memberWords.length) continue;
    const rest = group.memberWords.map((word) => word.text).filter((id) => id !== early.id);
    yield { span: group.statement.id, message: `${early.id} comes before the export`, repair: reordered(group, [...rest, early.id]) };
  }
}

function groupsOf(model: LintModel): Resource[] {
  return model.all.filter((one) => one.kind === 'group');
}

function reordered(group: Resource, ids: readonly string[]): Edit[] {
  return group.memberWords.map((word, i) => replaceWord(word, ids[i]!));
}

function* leaseTime(model: LintModel): Iterable<Report> {
  for (const one of exportsOf(model)) {
    const attribute = parameter(one, 'wait_for_leasetime_on_stop');
    if (attribute !== undefined && isTrue(attribute.value)) yield { span: attribute.pair, message: 'vendors disagree about wait_for_leasetime_on_stop' };
  }
}

