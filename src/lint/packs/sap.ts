// SPDX-License-Identifier: GPL-2.0-or-later
/** Pack for SAP: HANA system replication, and ASCS/ERS of the second enqueue server (ENSA2). */
import { isTrue } from '../../cib/index.ts';
import type { Edit, Report } from '../finding.ts';
import { cloneOf, groupOf, ownMeta, parameter, scoreOf, topOf, typeOf, type LintModel, type Resource } from '../model/index.ts';
import { addPair, removeSpan, replaceWord, setValue, written } from '../repair.ts';
import { rule } from '../rule.ts';
import { areJoined, ofType, resourceOf } from '../rules/placement.ts';

const HANA = ['SAPHana', 'SAPHanaController'];
const HANA_ALL = [...HANA, 'SAPHanaTopology', 'SAPHanaFilesystem'];
const HANA_STICKINESS = 1000;
const ASCS_STICKINESS = 3000;

export const sapRules = [
  rule('SAP001', 'error', 'SID or InstanceNumber has a wrong form.', 'SAP names are three capitals or digits, instance numbers two digits.', 'Correct it.', sapNames),
  rule('SAP003', 'warning', 'The HANA clones lack clone-node-max=1 or interleave=true.', 'The guides of the vendors set both.', 'Set them (automatic).', hanaClones),
  rule('SAP004', 'error', 'HANA without SAPHanaTopology.', 'The controller reads its attributes.', 'Add it.', noTopology),
  rule('SAP005', 'warning', 'Nothing orders topology and HANA.', 'The guides have an optional order.', 'Add it.', unorderedTopology),
  rule('SAP006', 'warning', 'The address is bound to the promoted HANA by infinity.', 'It disturbs the scores with which HANA chooses its primary.', 'Write 2000 (automatic).', infiniteAddress),
  rule('SAP008', 'warning', 'The default stickiness is below 1000.', 'Mandatory for HANA.', 'Write 1000 (automatic).', lowStickiness),
  rule('SAP009', 'warning', 'AUTOMATED_REGISTER is left at its default.', "An operator's choice.", 'Say what is meant.', defaultRegister, { isOff: true }),
  rule('SAP011', 'error', 'SAPStartSrv has a monitor.', 'It is only started and stopped.', 'Delete the monitor (automatic).', monitoredStartService),
  rule('SAP012', 'error', 'ASCS and ERS of one system are not kept apart.', 'On one node the lock table has no copy elsewhere.', 'Add a colocation of -5000.', notApart),
  rule('SAP013', 'error', 'ASCS and ERS are kept apart by -inf.', 'ASCS must be able to take over on the node of the ERS to read the lock table.', 'Write -5000 (automatic).', apartForEver),
  rule('SAP014', 'warning', 'No optional, asymmetric order of ASCS start and ERS stop.', 'ERS must stop only after ASCS has read its table.', 'Add it.', enqueueOrder),
  rule('SAP015', 'warning', 'The stickiness of ASCS is below 3000.', 'It would move back to its old node.', 'Raise it.', ascsStickiness),
  rule('SAP016', 'warning', 'AUTOMATIC_RECOVER in an ASCS/ERS pair.', 'The guides say false.', 'Write false (automatic).', automaticRecover),
  rule('SAP018', 'error', 'SAPInstance is cloned without its limits.', 'The agent refuses other clones.', 'Set clone-max=2 clone-node-max=1 promoted-max=1 promoted-node-max=1.', clonedInstance),
  rule('SAP019', 'error', 'The classic and the new HANA agents in one cluster.', 'Their packages replace each other.', 'Use one of them.', mixedHana),
];

function* sapNames(model: LintModel): Iterable<Report> {
  for (const resource of model.primitives) {
    if (!HANA_ALL.includes(typeOf(resource))) continue;
    for (const { name, value, pair } of resource.params) {
      if (name === 'SID' && !/^[A-Z][A-Z0-9]{2}$/.test(value)) yield { span: pair, message: `"${value}" is no SID` };
      if (name === 'InstanceNumber' && !/^\d\d$/.test(value)) yield { span: pair, message: `"${value}" is no instance number` };
    }
  }
}

function* hanaClones(model: LintModel): Iterable<Report> {
  for (const resource of ofType(model, ...HANA_ALL)) {
    const clone = cloneOf(resource);
    if (clone === undefined || clone.hasReferences) continue;
    const edits: Edit[] = [];
    const perNode = ownMeta(clone, 'clone-node-max');
    const interleave = ownMeta(clone, 'interleave');
    if (perNode === undefined) edits.push(addPair(clone, 'meta', 'clone-node-max=1'));
    else if (perNode.value !== '1') edits.push(setValue(perNode.pair, '1'));
    if (interleave === undefined) edits.push(addPair(clone, 'meta', 'interleave=true'));
    else if (!isTrue(interleave.value)) edits.push(setValue(interleave.pair, 'true'));
    if (edits.length > 0) yield { span: clone.statement.id, message: 'clone-node-max=1 and interleave=true are expected', repair: edits };
  }
}

function* noTopology(model: LintModel): Iterable<Report> {
  const hana = ofType(model, ...HANA)[0];
  if (hana !== undefined && ofType(model, 'SAPHanaTopology').length === 0) yield { span: hana.statement.id, message: 'there is no SAPHanaTopology' };
}

function* unorderedTopology(model: LintModel): Iterable<Report> {
  const topology = ofType(model, 'SAPHanaTopology')[0];
  const hana = ofType(model, ...HANA)[0];
  if (topology !== undefined && hana !== undefined && !areJoined(model, model.orders, topology, hana)) yield { span: hana.statement.id, message: 'nothing orders topology and HANA' };
}

function* infiniteAddress(model: LintModel): Iterable<Report> {
  for (const { strength, first, second, statement } of model.colocations) {
    const [a, b] = [resourceOf(model, first), resourceOf(model, second)];
    if (strength !== Infinity || a === undefined || b === undefined || statement.label === undefined || !/^(?:promoted|master)$/i.test(second.suffix ?? '')) continue;
    if (!b.children.some((child) => HANA.includes(typeOf(child))) || !holdsAddress(a)) continue;
    const colon = written(model, statement.label).endsWith(':') ? ':' : '';
    yield { span: statement.label, message: 'infinity disturbs the scores of HANA', repair: [replaceWord(statement.label, `2000${colon}`)] };
  }
}

function holdsAddress(resource: Resource): boolean {
  return resource.kind === 'primitive' ? /^(?:IPaddr2?|aws-vpc-move-ip|azure-lb|gcp-vpc-move-.*)$/.test(typeOf(resource)) : resource.children.some(holdsAddress);
}

function* lowStickiness(model: LintModel): Iterable<Report> {
  if (ofType(model, ...HANA).length === 0) return;
  const setting = model.rscDefaults.get('resource-stickiness');
  const score = scoreOf(setting?.value);
  if (setting !== undefined && score !== undefined && score < HANA_STICKINESS) yield { span: setting.pair, message: 'HANA needs at least 1000', repair: [setValue(setting.pair, String(HANA_STICKINESS))] };
}

function* defaultRegister(model: LintModel): Iterable<Report> {
  for (const one of ofType(model, ...HANA)) if (parameter(one, 'AUTOMATED_REGISTER') === undefined) yield { span: one.statement.id, message: 'AUTOMATED_REGISTER is left at its default' };
}

function* monitoredStartService(model: LintModel): Iterable<Report> {
  for (const one of ofType(model, 'SAPStartSrv')) {
    for (const { name, operation } of one.operations) if (name === 'monitor') yield { span: operation.name, message: 'SAPStartSrv is not monitored', repair: [removeSpan(model, operation)] };
  }
}

/** Pairs of a message server (ASCS) and its enqueue replicator (ERS) of the same system. */
function enqueuePairs(model: LintModel): { ascs: Resource; ers: Resource }[] {
  const instances = ofType(model, 'SAPInstance').filter((one) => cloneOf(one) === undefined);
  const isErs = (one: Resource): boolean => isTrue(parameter(one, 'IS_ERS')?.value) || /_ERS\d\d/.test(parameter(one, 'InstanceName')?.value ?? '');
  const isAscs = (one: Resource): boolean => /_ASCS\d\d|_SCS\d\d/.test(parameter(one, 'InstanceName')?.value ?? '');
  return instances.filter(isAscs).flatMap((ascs) => instances.filter((ers) => isErs(ers) && systemOf(ers) === systemOf(ascs)).map((ers) => ({ ascs, ers })));
}

function systemOf(instance: Resource): string {
  return (parameter(instance, 'InstanceName')?.value ?? '').split('_')[0]!;
}

function* notApart(model: LintModel): Iterable<Report> {
  for (const { ascs, ers } of enqueuePairs(model)) {
    const apart = model.colocations.filter((one) => one.strength < 0);
    if (!areJoined(model, apart, ascs, ers)) yield { span: ers.statement.id, message: `${ascs.id} and ${ers.id} are not kept apart` };
  }
}

function* apartForEver(model: LintModel): Iterable<Report> {
  for (const { ascs, ers } of enqueuePairs(model)) {
    for (const one of model.colocations) {
      const label = one.statement.label;
      if (one.strength !== -Infinity || label === undefined || !areJoined(model, [one], ascs, ers)) continue;
      const colon = written(model, label).endsWith(':') ? ':' : '';
      yield { span: label, message: 'ASCS must be able to take over on the node of the ERS', repair: [replaceWord(label, `-5000${colon}`)] };
    }
  }
}

function* enqueueOrder(model: LintModel): Iterable<Report> {
  for (const { ascs, ers } of enqueuePairs(model)) {
    const isThere = model.orders.some(({ statement, first, second, strength }) => {
      const isAsymmetric = statement.options.some((pair) => pair.name.text === 'symmetrical' && !isTrue(pair.value?.text));
      const [a, b] = [resourceOf(model, first), resourceOf(model, second)];
      return strength === 0 && isAsymmetric && a !== undefined && b !== undefined && topOf(a) === topOf(ascs) && topOf(b) === topOf(ers) && first.suffix === 'start' && second.suffix === 'stop';
    });
    if (!isThere) yield { span: ascs.statement.id, message: `no optional, asymmetric order ${ascs.id}:start ${ers.id}:stop` };
  }
}

function* ascsStickiness(model: LintModel): Iterable<Report> {
  for (const { ascs } of enqueuePairs(model)) {
    const values = [ascs, groupOf(ascs)].map((one) => scoreOf(one === undefined ? undefined : ownMeta(one, 'resource-stickiness')?.value) ?? 0);
    if (Math.max(...values) < ASCS_STICKINESS) yield { span: ascs.statement.id, message: `the stickiness of ${ascs.id} is below 3000` };
  }
}

function* automaticRecover(model: LintModel): Iterable<Report> {
  const seen = new Set<Resource>();
  for (const { ascs, ers } of enqueuePairs(model)) {
    for (const one of [ascs, ers]) {
      const attribute = parameter(one, 'AUTOMATIC_RECOVER');
      if (seen.has(one) || attribute === undefined || !isTrue(attribute.value)) continue;
      seen.add(one);
      yield { span: attribute.pair, message: 'the guides say false', repair: [setValue(attribute.pair, 'false')] };
    }
  }
}

const INSTANCE_LIMITS = [['clone-max', '2'], ['clone-node-max', '1'], ['promoted-max', '1'], ['promoted-node-max', '1']] as const;
const OLDER: ReadonlyMap<string, string> = new Map([['promoted-max', 'master-max'], ['promoted-node-max', 'master-node-max']]);

function* clonedInstance(model: LintModel): Iterable<Report> {
  for (const one of ofType(model, 'SAPInstance')) {
    const clone = cloneOf(one);
    if (clone === undefined || clone.hasReferences) continue;
    const wrong = INSTANCE_LIMITS.filter(([name, value]) => (ownMeta(clone, name) ?? ownMeta(clone, OLDER.get(name) ?? ''))?.value !== value);
    if (wrong.length > 0) yield { span: clone.statement.id, message: `the agent wants ${wrong.map((pair) => pair.join('=')).join(' ')}` };
  }
}

function* mixedHana(model: LintModel): Iterable<Report> {
  const classic = ofType(model, 'SAPHana')[0];
  if (classic !== undefined && ofType(model, 'SAPHanaController', 'SAPHanaFilesystem').length > 0) yield { span: classic.agentWord ?? classic.statement.id, message: 'the packages of SAPHana and SAPHanaController replace each other' };
}

