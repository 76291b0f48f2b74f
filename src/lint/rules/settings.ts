// SPDX-License-Identifier: GPL-2.0-or-later
/** MET7xx: meta attributes, defaults and cluster options. */
import { expectedValue, isTrue, parseBoolean, takesValue } from '../../cib/index.ts';
import type { NvItem, NvPair } from '../../language/index.ts';
import type { Edit, Report } from '../finding.ts';
import { cloneOf, effectiveOperations, factsOf, isFenceDevice, isPromotableClone, leavesOf, metaInEffect, normalRole, scoreOf, timeMs, typeOf, type LintModel, type Resource, type Setting } from '../model/index.ts';
import { nearest } from '../nearest.ts';
import { addPair, addSetting, insertAt, removePair, removeSetting, renamePair, written } from '../repair.ts';
import { rule } from '../rule.ts';
import { clusterOption, clusterOptionNames, metaNames, metaOption, operationOption } from './known-names.ts';
import { isRemovedProperty, isRenamedMeta } from './old-names.ts';

/** A threshold so high that it is none. */
const NO_THRESHOLD = 1000;

export const settingRules = [
  rule('MET701', 'info', 'There is no resource-stickiness anywhere.', 'The default is 0: resources move back after recovery.', 'Set resource-stickiness=1 (automatic).', noStickiness),
  rule('MET702', 'info', 'A migration-threshold without failure-timeout.', 'Failures never expire: the node stays banned until a clean-up.', 'Set failure-timeout=600s (automatic).', noFailureTimeout),
  rule('MET703', 'warning', 'failure-timeout is shorter than the monitor interval.', 'A failure is forgotten before the next check.', 'Raise it.', shortFailureTimeout),
  rule('MET706', 'warning', 'A meta attribute or default is unknown.', 'It has no effect.', 'Correct the name (automatic where one is near).', unknownMeta),
  rule('MET707', 'error', 'A meta attribute does not take the value.', 'It is ignored or refused.', 'Write a value that it takes.', badMetaValue),
  rule('MET708', 'warning', 'A resource is to be stopped.', 'Often left over from a stop.', 'Delete target-role.', stopped),
  rule('MET709', 'warning', 'A resource is not managed.', 'Often left over: it is not recovered.', 'Delete the setting.', unmanaged),
  rule('MET710', 'error', 'target-role Promoted on something not promotable.', 'It is never reached.', 'Delete the setting.', unreachableRole),
  rule('MET711', 'warning', 'allow-migrate, and the agent offers no migration.', 'It is ignored.', 'Delete it (automatic).', cannotMigrate),
  rule('MET714', 'warning', 'A property is unknown.', 'It is ignored.', 'Correct the name (automatic where one is near).', unknownProperty),
  rule('MET715', 'error', 'A property does not take the value.', 'The default is used instead.', 'Write a value that it takes.', badPropertyValue),
  rule('MET716', 'error', 'A default stands in the wrong place.', 'It has no effect there.', 'Move it (automatic).', misplacedDefault),
];

function* noStickiness(model: LintModel): Iterable<Report> {
  if (!model.isWhole || model.primitives.filter((one) => !isFenceDevice(one)).length === 0) return;
  const isSet = model.rscDefaults.has('resource-stickiness') || model.properties.has('default-resource-stickiness') || model.properties.has('resource-stickiness') || model.opDefaults.has('resource-stickiness');
  const references = model.statements.some((one) => one.kind === 'rsc_defaults' && (one.reference !== undefined || one.items.some((item) => item.kind === 'reference')));
  if (isSet || references || model.all.some((one) => one.meta.some(({ name }) => name === 'resource-stickiness'))) return;
  const span = model.statements.find((one) => one.kind === 'rsc_defaults' || one.kind === 'property')?.keyword ?? model.statements[0]!.keyword;
  yield { span, message: 'no resource-stickiness: resources move back after recovery', repair: [addSetting(model, 'rsc_defaults', 'resource-stickiness=1')] };
}

function* noFailureTimeout(model: LintModel): Iterable<Report> {
  const setting = model.rscDefaults.get('migration-threshold');
  const isLow = (value: string): boolean => {
    const score = scoreOf(value);
    return score !== undefined && score > 0 && score < NO_THRESHOLD;
  };
  const hasDefault = model.rscDefaults.has('failure-timeout');
  if (setting !== undefined && isLow(setting.value) && !hasDefault) yield { span: setting.pair, message: `after ${setting.value} failures on a node the resource stays away from it until a clean-up`, repair: [insertAt(setting.pair.end, ' failure-timeout=600s')] };
  if (hasDefault) return;
  for (const resource of model.all) {
    const threshold = resource.meta.find(({ name }) => name === 'migration-threshold');
    if (threshold === undefined || !isLow(threshold.value) || setting !== undefined || expires(model, resource)) continue;
    yield { span: threshold.pair, message: `after ${threshold.value} failures on a node ${resource.id} stays away from it until a clean-up`, repair: [addPair(resource, 'meta', 'failure-timeout=600s')] };
  }
}

/** Whether the failures of a resource, or of all that are made from a template, are forgotten in time. */
function expires(model: LintModel, resource: Resource): boolean {
  const users = resource.kind === 'template' ? model.primitives.filter((one) => one.template === resource) : [resource];
  return users.length > 0 && users.every((one) => metaInEffect(model, one, 'failure-timeout') !== undefined);
}

function* shortFailureTimeout(model: LintModel): Iterable<Report> {
  const reported = new Set<NvPair>();
  for (const resource of model.primitives) {
    const given = metaInEffect(model, resource, 'failure-timeout');
    const timeout = given === undefined ? undefined : timeMs(given.value);
    const intervals = effectiveOperations(resource).flatMap((one) => (one.name === 'monitor' && one.intervalMs !== undefined && one.intervalMs > 0 ? [one.intervalMs] : []));
    if (given === undefined || timeout === undefined || timeout === 0 || intervals.length === 0 || isFenceDevice(resource)) continue;
    if (timeout >= Math.min(...intervals) || reported.has(given.pair)) continue;
    reported.add(given.pair);
    yield { span: given.pair, message: `the monitor of ${resource.id} runs every ${Math.min(...intervals) / 1000}s` };
  }
}

interface Given {
  readonly name: string;
  readonly value: string;
  readonly pair: NvPair;
  /** All items of its list. */
  readonly siblings: readonly NvItem[];
}

/** Meta attributes of resources and resource defaults. */
function* metaPairs(model: LintModel): Iterable<Given & { readonly setting?: Setting }> {
  for (const resource of model.all) for (const { name, value, pair, set } of resource.meta) yield { name, value, pair, siblings: set.items };
  for (const setting of model.rscDefaults.values()) yield { ...setting, siblings: setting.statement.items, setting };
}

function* unknownMeta(model: LintModel): Iterable<Report> {
  for (const { name, pair, siblings, setting } of metaPairs(model)) {
    if (pair.value === undefined || name === 'container' || metaOption(name) !== undefined || isRenamedMeta(name) || name.startsWith('#')) continue;
    if (setting !== undefined && (operationOption(name) !== undefined || clusterOption(name) !== undefined)) continue;
    yield misnamed(pair, siblings, name, metaNames(), 'meta attribute');
  }
  for (const { name, pair, statement } of model.opDefaults.values()) {
    if (pair.value === undefined || operationOption(name) !== undefined || metaOption(name) !== undefined || clusterOption(name) !== undefined || name === 'OCF_CHECK_LEVEL') continue;
    yield misnamed(pair, statement.items, name, ['timeout', 'interval', 'on-fail', 'record-pending', 'enabled', 'start-delay', 'role'], 'operation default');
  }
}

function misnamed(pair: NvPair, siblings: readonly NvItem[], name: string, known: readonly string[], what: string): Report {
  const dashed = name.replaceAll('_', '-');
  const meant = known.includes(dashed) ? dashed : nearest(dashed, known, 1);
  return { span: pair.name, message: `there is no ${what} "${name}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`, ...(meant === undefined || switchesFencingOff(meant, pair.value?.text) ? {} : renamePair(pair, siblings, meant)) };
}

/** What comes into force by its right name or place would switch fencing off: people decide that. */
function switchesFencingOff(name: string, value: string | undefined): boolean {
  return /^(?:stonith-enabled|fencing-enabled|startup-fencing)$/.test(name) && parseBoolean(value ?? '') === false;
}

function* badMetaValue(model: LintModel): Iterable<Report> {
  for (const { name, value, pair } of metaPairs(model)) {
    const option = metaOption(name);
    if (option === undefined || pair.value === undefined || takesValue(option, value)) continue;
    yield { span: pair, message: `${name} takes ${expectedValue(option)}, not "${value}"` };
  }
}

function* stopped(model: LintModel): Iterable<Report> {
  for (const { name, value, pair } of metaPairs(model)) if (name === 'target-role' && value.toLowerCase() === 'stopped') yield { span: pair, message: 'the resource is to be stopped' };
}

function* unmanaged(model: LintModel): Iterable<Report> {
  for (const { name, value, pair } of metaPairs(model)) {
    if ((name === 'is-managed' && parseBoolean(value) === false) || (name === 'maintenance' && isTrue(value))) yield { span: pair, message: 'the cluster leaves the resource alone' };
  }
}

function* unreachableRole(model: LintModel): Iterable<Report> {
  for (const resource of model.all) {
    const attribute = resource.meta.find(({ name }) => name === 'target-role');
    if (attribute === undefined || normalRole(attribute.value) !== 'promoted' || resource.kind === 'bundle' || resource.kind === 'template') continue;
    const clone = resource.kind === 'clone' ? resource : cloneOf(resource);
    if (clone === undefined || !isPromotableClone(clone)) yield { span: attribute.pair, message: `${resource.id} is not promotable` };
  }
}

function* cannotMigrate(model: LintModel): Iterable<Report> {
  for (const resource of model.all) {
    const attribute = resource.meta.find(({ name }) => name === 'allow-migrate');
    if (attribute === undefined || !isTrue(attribute.value)) continue;
    const leaves = resource.kind === 'template' ? [resource] : leavesOf(resource);
    const facts = leaves.map(factsOf);
    if (facts.length === 0 || facts.some((one) => one === undefined || one.actions.length === 0 || one.isPartial || one.actions.some((action) => action.name === 'migrate_to'))) continue;
    yield { span: attribute.pair, message: `${leaves.map(typeOf).join(', ')} offers no migration`, repair: [removePair(model, attribute.pair, attribute.set)] };
  }
}

/** Properties that no daemon reads and that clean-ups leave behind. */
const WRITTEN_BY_TOOLS = new Set(['last-lrm-refresh']);

function* unknownProperty(model: LintModel): Iterable<Report> {
  for (const { name, pair, statement } of model.properties.values()) {
    if (pair.value === undefined || WRITTEN_BY_TOOLS.has(name) || clusterOption(name) !== undefined || isRemovedProperty(name) || metaOption(name) !== undefined || isOperationDefault(name)) continue;
    // Agents keep their own data in sets of their own.
    if (statement.id !== undefined && statement.id.text !== 'cib-bootstrap-options') continue;
    yield misnamed(pair, statement.items, name, clusterOptionNames(), 'property');
  }
}

function* badPropertyValue(model: LintModel): Iterable<Report> {
  for (const { name, value, pair } of model.properties.values()) {
    const option = clusterOption(name);
    if (option === undefined || pair.value === undefined || /^(?:stonith|fencing)-action$/.test(name) || takesValue(option, value)) continue;
    yield { span: pair, message: `${name} takes ${expectedValue(option)}, not "${value}"` };
  }
}

function isOperationDefault(name: string): boolean {
  return ['timeout', 'on-fail', 'record-pending', 'interval'].includes(name);
}

type Kind = 'property' | 'rsc_defaults' | 'op_defaults';

function* misplacedDefault(model: LintModel): Iterable<Report> {
  const places: [Kind, Iterable<Setting>][] = [['property', model.properties.values()], ['rsc_defaults', model.rscDefaults.values()], ['op_defaults', model.opDefaults.values()]];
  for (const [here, settings] of places) {
    for (const setting of settings) {
      const home = homeOf(setting.name);
      if (home === undefined || home === here || homes(setting.name).includes(here)) continue;
      yield { span: setting.pair, message: `${setting.name} belongs to ${home}`, ...(switchesFencingOff(setting.name, setting.value) ? {} : { repair: moved(model, setting, home) }) };
    }
  }
}

function homes(name: string): Kind[] {
  return [...(clusterOption(name) !== undefined ? ['property' as const] : []), ...(metaOption(name) !== undefined ? ['rsc_defaults' as const] : []), ...(isOperationDefault(name) ? ['op_defaults' as const] : [])];
}

function homeOf(name: string): Kind | undefined {
  return homes(name)[0];
}

function moved(model: LintModel, setting: Setting, home: Kind): Edit[] {
  const removal = removeSetting(model, setting);
  const standing = { property: model.properties, rsc_defaults: model.rscDefaults, op_defaults: model.opDefaults }[home];
  return standing.has(setting.name) ? [removal] : [removal, addSetting(model, home, written(model, setting.pair))];
}

