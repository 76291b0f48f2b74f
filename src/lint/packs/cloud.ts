// SPDX-License-Identifier: GPL-2.0-or-later
/** Packs for public clouds: Azure, AWS, Google Cloud. */
import { isTrue } from '../../cib/index.ts';
import type { Report } from '../finding.ts';
import { cloneOf, groupOf, ownMeta, parameter, scoreOf, timeMs, typeOf, type LintModel, type Resource } from '../model/index.ts';
import { addPair, addSetting, setValue } from '../repair.ts';
import { rule } from '../rule.ts';
import { fencingTimeout } from '../rules/fencing-facts.ts';
import { areJoined, ofType } from '../rules/placement.ts';

const AZURE_FENCE_PARAMETERS = [['pcmk_reboot_timeout', 900], ['power_timeout', 240], ['pcmk_monitor_retries', 4]] as const;
const AWS_ADDRESS_AGENTS = ['awsvip', 'awseip', 'aws-vpc-move-ip', 'aws-vpc-route53'];

export const cloudRules = [
  rule('AZR001', 'warning', 'fence_azure_arm with a fencing timeout below 900 seconds.', 'The interface of the cloud takes that long.', 'Write 900s (automatic).', (model) => slowFencing(model, ['fence_azure_arm'], 900)),
  rule('AZR002', 'warning', 'fence_azure_arm without its timeouts and retries.', 'The guides set pcmk_reboot_timeout=900, power_timeout=240 and pcmk_monitor_retries=4.', 'Set them.', azureParameters),
  rule('AZR003', 'warning', 'azure-events is not cloned, or not kept on unhealthy nodes.', 'It must run where an event is announced.', 'Clone it with allow-unhealthy-nodes=true and a failure-timeout.', azureEvents),
  rule('AZR004', 'error', 'azure-events-az without node-health-strategy=custom.', 'The health attribute has no effect.', 'Set it (automatic).', azureHealth),
  rule('AZR005', 'warning', 'azure-events-az without a location on #health-azure.', 'The health attribute has no effect.', 'Add the location.', azureHealthRule),
  rule('AZR006', 'error', 'azure-lb is bound to no address.', 'The load balancer would send traffic to the wrong node.', 'Put both in a group.', looseLoadBalancer),
  rule('AZR007', 'warning', 'azure-lb without resource-stickiness=0.', 'It would hold its group in place.', 'Set it (automatic).', stickyLoadBalancer),
  rule('AZR008', 'error', 'Two azure-lb have one port.', 'The second cannot listen.', 'Give each its own probe port.', doubleProbePort),
  rule('AWS001', 'warning', 'Fencing through AWS with a timeout below 600 seconds.', 'The interface of the cloud takes that long.', 'Write 600s (automatic).', (model) => slowFencing(model, ['fence_aws', 'external/ec2'], 600)),
  rule('AWS005', 'warning', 'An address is joined to no AWS agent.', 'The network of the cloud does not route it.', 'Join it with awsvip, awseip or aws-vpc-move-ip.', unroutedAddress),
  rule('GCP001', 'warning', 'fence_gce with a fencing timeout below 300 seconds.', 'The interface of the cloud takes that long.', 'Write 300s (automatic).', (model) => slowFencing(model, ['fence_gce'], 300)),
  rule('GCP003', 'warning', 'The address beside gcp-ilb has another mask than 32.', 'The address belongs to the load balancer alone.', 'Write 32 (automatic).', wideMask),
];

function* slowFencing(model: LintModel, types: readonly string[], wantedSeconds: number): Iterable<Report> {
  const device = ofType(model, ...types)[0];
  if (device === undefined) return;
  const setting = fencingTimeout(model);
  const timeout = timeMs(setting?.value ?? '');
  if (setting === undefined) {
    if (model.isWhole) yield { span: device.statement.id, message: `stonith-timeout of at least ${wantedSeconds}s is expected`, repair: [addSetting(model, 'property', `stonith-timeout=${wantedSeconds}s`)] };
  } else if (timeout !== undefined && timeout < wantedSeconds * 1000) yield { span: setting.pair, message: `at least ${wantedSeconds}s is expected`, repair: [setValue(setting.pair, `${wantedSeconds}s`)] };
}

function* azureParameters(model: LintModel): Iterable<Report> {
  for (const device of ofType(model, 'fence_azure_arm')) {
    const wrong = AZURE_FENCE_PARAMETERS.filter(([name, value]) => Number((parameter(device, name)?.value ?? '').replace(/s$/, '')) !== value);
    if (wrong.length > 0) yield { span: device.statement.id, message: `expected ${wrong.map((pair) => pair.join('=')).join(' ')}` };
  }
}

function* azureEvents(model: LintModel): Iterable<Report> {
  for (const one of ofType(model, 'azure-events', 'azure-events-az')) {
    const clone = cloneOf(one);
    const isKept = isTrue((ownMeta(one, 'allow-unhealthy-nodes') ?? (clone === undefined ? undefined : ownMeta(clone, 'allow-unhealthy-nodes')))?.value);
    const expires = (ownMeta(one, 'failure-timeout') ?? (clone === undefined ? undefined : ownMeta(clone, 'failure-timeout'))) !== undefined;
    const isOld = typeOf(one) === 'azure-events';
    if (clone === undefined || (!isOld && (!isKept || !expires))) yield { span: one.statement.id, message: clone === undefined ? 'it is not cloned' : 'allow-unhealthy-nodes=true and a failure-timeout are expected' };
  }
}

function* azureHealth(model: LintModel): Iterable<Report> {
  const one = ofType(model, 'azure-events-az')[0];
  const setting = model.properties.get('node-health-strategy');
  if (one === undefined || !model.isWhole || setting?.value === 'custom') return;
  yield { span: one.statement.id, message: 'the health attribute has no effect', repair: [setting === undefined ? addSetting(model, 'property', 'node-health-strategy=custom') : setValue(setting.pair, 'custom')] };
}

function* azureHealthRule(model: LintModel): Iterable<Report> {
  const one = ofType(model, 'azure-events-az')[0];
  if (one === undefined || !model.isWhole) return;
  const isAsked = model.locations.some(({ statement }) => [statement.score?.text, ...statement.rules.map((rule) => rule.score?.text)].some((text) => text?.startsWith('#health-azure') === true)) || model.expressions.some(({ rule: { score } }) => score?.text.includes('#health-azure') === true);
  if (!isAsked) yield { span: one.statement.id, message: 'no location uses #health-azure' };
}

function* looseLoadBalancer(model: LintModel): Iterable<Report> {
  for (const one of ofType(model, 'azure-lb')) {
    const isGrouped = groupOf(one)?.children.some((child) => /^IPaddr2?$/.test(typeOf(child))) === true;
    const addresses = ofType(model, 'IPaddr2', 'IPaddr');
    if (!isGrouped && !addresses.some((address) => areJoined(model, model.colocations, one, address))) yield { span: one.statement.id, message: 'it is bound to no address' };
  }
}

function* stickyLoadBalancer(model: LintModel): Iterable<Report> {
  for (const one of ofType(model, 'azure-lb')) {
    const own = ownMeta(one, 'resource-stickiness');
    if (scoreOf(own?.value) === 0) continue;
    yield { span: own?.pair ?? one.statement.id, message: 'resource-stickiness=0 is expected', repair: [own === undefined ? addPair(one, 'meta', 'resource-stickiness=0') : setValue(own.pair, '0')] };
  }
}

function* doubleProbePort(model: LintModel): Iterable<Report> {
  const taken = new Map<string, Resource>();
  for (const one of ofType(model, 'azure-lb')) {
    const port = parameter(one, 'port');
    const first = port === undefined ? undefined : taken.get(port.value);
    if (first !== undefined) yield { span: port!.pair, message: `${first.id} listens there` };
    else if (port !== undefined) taken.set(port.value, one);
  }
}

function* unroutedAddress(model: LintModel): Iterable<Report> {
  if (ofType(model, 'fence_aws', 'external/ec2', ...AWS_ADDRESS_AGENTS).length === 0) return;
  const routed = ofType(model, ...AWS_ADDRESS_AGENTS);
  for (const address of ofType(model, 'IPaddr2')) {
    const isGrouped = groupOf(address)?.children.some((child) => AWS_ADDRESS_AGENTS.includes(typeOf(child))) === true;
    if (!isGrouped && !routed.some((one) => areJoined(model, model.colocations, one, address))) yield { span: address.statement.id, message: 'the network of the cloud does not route it' };
  }
}

function* wideMask(model: LintModel): Iterable<Report> {
  if (ofType(model, 'gcp-ilb').length === 0) return;
  for (const address of ofType(model, 'IPaddr2')) {
    const mask = parameter(address, 'cidr_netmask');
    if (mask?.value === '32') continue;
    yield { span: mask?.pair ?? address.statement.id, message: 'cidr_netmask=32 is expected', repair: [mask === undefined ? addPair(address, 'params', 'cidr_netmask=32') : setValue(mask.pair, '32')] };
  }
}
