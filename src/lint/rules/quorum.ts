// SPDX-License-Identifier: GPL-2.0-or-later
/** QUO4xx: quorum policies, and modes that were left switched on. */
import { isTrue, parseBoolean } from '../../cib/index.ts';
import type { Report } from '../finding.ts';
import { attributesOf, typeOf, type LintModel } from '../model/index.ts';
import { removeSetting, setValue } from '../repair.ts';
import { rule } from '../rule.ts';
import { fenceDevices, watchdogTimeout } from './fencing-facts.ts';

export const quorumRules = [
  rule('QUO401', 'error', 'Quorum is ignored with three or more nodes.', 'Every part of a split goes on.', 'Delete the option (automatic).', (model) => ignored(model, (nodes) => nodes > 2)),
  rule('QUO402', 'warning', 'Quorum is ignored with two nodes.', "Obsolete since corosync's two_node.", 'Delete the option (automatic).', (model) => ignored(model, (nodes) => nodes === 2)),
  rule('QUO403', 'warning', 'no-quorum-policy=suicide is deprecated.', 'It is called fence since 2.1.9.', 'Write fence (automatic).', suicideName, { since: '3.0' }),
  rule('QUO404', 'warning', 'no-quorum-policy=suicide without SBD.', 'A node can end itself for certain only with a watchdog.', 'Use SBD, or another policy.', suicideWithoutSbd),
  rule('QUO406', 'warning', 'The cluster is in maintenance mode.', 'Nothing is recovered; often left over.', 'Switch it off (automatic).', maintenanceMode),
  rule('QUO407', 'info', 'A node is in standby.', 'It runs nothing; often left over.', 'Delete the attribute.', (model) => nodeMode(model, 'standby')),
  rule('QUO408', 'info', 'A node is in maintenance.', 'Its resources are not recovered; often left over.', 'Delete the attribute.', (model) => nodeMode(model, 'maintenance')),
  rule('QUO409', 'warning', 'All resources are stopped.', 'Often left over.', 'Delete stop-all-resources.', stopAll),
  rule('QUO411', 'warning', 'Probes at start are switched off.', 'Copies that already run are not found; deprecated since 3.0.2.', 'Delete the option.', noProbes),
];

function* ignored(model: LintModel, fits: (nodes: number) => boolean): Iterable<Report> {
  const setting = model.properties.get('no-quorum-policy');
  if (setting?.value === 'ignore' && fits(model.nodes.length)) yield { span: setting.pair, message: `quorum is ignored by ${model.nodes.length} nodes`, repair: [removeSetting(model, setting)] };
}

function* suicideName(model: LintModel): Iterable<Report> {
  const setting = model.properties.get('no-quorum-policy');
  if (setting?.value === 'suicide') yield { span: setting.pair, message: 'suicide is called fence', repair: [setValue(setting.pair, 'fence')] };
}

function* suicideWithoutSbd(model: LintModel): Iterable<Report> {
  const setting = model.properties.get('no-quorum-policy');
  const hasSbd = watchdogTimeout(model) !== undefined || isTrue(model.properties.get('have-watchdog')?.value) || fenceDevices(model).some((one) => /(?:^|[_/])sbd$/.test(typeOf(one)));
  if (setting?.value === 'suicide' && !hasSbd) yield { span: setting.pair, message: 'without SBD a node cannot end itself for certain' };
}

function* maintenanceMode(model: LintModel): Iterable<Report> {
  const setting = model.properties.get('maintenance-mode');
  if (isTrue(setting?.value)) yield { span: setting!.pair, message: 'the whole cluster is in maintenance: nothing is recovered', repair: [setValue(setting!.pair, 'false')] };
}

function* nodeMode(model: LintModel, name: string): Iterable<Report> {
  for (const node of model.nodes) {
    const attribute = attributesOf(node.sections, 'attributes').find((one) => one.name === name);
    if (attribute !== undefined && isTrue(attribute.value)) yield { span: attribute.pair, message: `${node.name.text} is in ${name}` };
  }
}

function* stopAll(model: LintModel): Iterable<Report> {
  const setting = model.properties.get('stop-all-resources');
  if (isTrue(setting?.value)) yield { span: setting!.pair, message: 'all resources are to be stopped' };
}

function* noProbes(model: LintModel): Iterable<Report> {
  const setting = model.properties.get('enable-startup-probes');
  if (setting !== undefined && parseBoolean(setting.value) === false) yield { span: setting.pair, message: 'copies that already run are not found' };
}
