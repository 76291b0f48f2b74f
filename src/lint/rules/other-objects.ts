// SPDX-License-Identifier: GPL-2.0-or-later
/** UTL, TPL, TKT, TAG, ACL, ALR, BUN, SEC, VIR: the rules of the smaller sections. */
import { isTrue } from '../../cib/index.ts';
import type { BundleStatement } from '../../language/index.ts';
import type { Report } from '../finding.ts';
import { attributesOf, isPromotableClone, membersOf, optionOf, ownMeta, topOf, typeOf, type Attribute, type LintModel, type Resource } from '../model/index.ts';
import { nearest } from '../nearest.ts';
import { addSetting, replaceWord, setValue } from '../repair.ts';
import { rule } from '../rule.ts';
import { isFencingOff, hasFencing } from './fencing-facts.ts';

const SECRET_NAMES = /^(?:passwd|password|passphrase|.*_passwd|.*_password|.*secret.*|community|snmp_?(?:auth|priv)_?(?:passwd|password|key))$/i;
const PROGRAM_NAMES = /^(?:state|script|binary|binfile|cmdline_.*|.*program|pidfile|pid|path|.*_script|.*_command|snmp_script)$/i;

export const otherRules = [
  rule('UTL751', 'warning', 'Utilization without a placement strategy.', 'The default strategy ignores utilization.', 'Set placement-strategy=balanced (automatic).', utilizationIgnored),
  rule('UTL752', 'info', 'A placement strategy without utilization.', 'It has no effect.', 'Give nodes and resources utilization.', strategyWithoutData),
  rule('UTL753', 'error', 'A resource demands more than the largest node has.', 'It never runs.', 'Lower the demand.', demandTooHigh),
  rule('UTL754', 'error', 'A resource demands what no node offers.', 'It never runs.', 'Give nodes the capacity.', demandUnknown),
  rule('UTL755', 'error', 'Utilization is no whole number.', 'It is ignored.', 'Write a whole number.', badUtilization),
  rule('TPL771', 'info', 'Nobody uses the template.', 'Dead text.', 'Delete it.', unusedTemplate),
  rule('TPL772', 'error', 'The template is unknown.', 'The resource has no agent.', 'Correct the name.', unknownTemplate),
  rule('TKT781', 'info', 'Tickets, and no booth resource.', 'Tickets must be granted by hand.', 'Add booth, or grant them.', noBooth),
  rule('TKT782', 'error', 'loss-policy=demote, and nothing is promotable.', 'It has no effect.', 'Write stop (automatic).', demoteNothing),
  rule('TKT783', 'warning', 'A ticket without loss-policy.', 'The default stop is safe.', 'Say what is meant.', noLossPolicy, { isOff: true }),
  rule('TKT784', 'error', 'loss-policy=fence without fencing.', 'The loss of the ticket cannot be enforced.', 'Configure fencing.', fenceOnLoss),
  rule('TAG791', 'warning', 'A tag names something unknown.', 'Tags are not checked when they are written.', 'Correct the name.', unknownTagged),
  rule('ACL795', 'warning', 'A right of a role has no target.', 'It permits nothing.', 'Name what it is about.', emptyRight),
  rule('ACL796', 'error', 'A target has an unknown role.', 'Nobody gets the rights.', 'Correct the name (automatic where one is near).', unknownRole),
  rule('ACL797', 'warning', 'Access rules that are not in force.', 'Without enable-acl=true everybody may do everything.', 'Set enable-acl=true (automatic).', aclOff),
  rule('ALR792', 'error', 'The path of an alert is not absolute.', 'It is not found.', 'Write the whole path.', relativeAlert),
  rule('BUN820', 'error', 'A bundle with a primitive has no address.', 'The cluster cannot reach the inner resource.', 'Give ip-range-start or control-port.', unreachableBundle),
  rule('SEC901', 'warning', 'A secret in clear text.', 'Everybody with access to the configuration can read it.', 'Use crm resource secret.', plainSecret),
  rule('SEC903', 'warning', 'The certificate is not checked.', 'Somebody else may answer.', 'Delete ssl_insecure.', uncheckedCertificate),
  rule('SEC904', 'warning', 'A program or state file in a place where everybody writes.', 'It is run as root, and others may replace it.', 'Move it.', publicFiles),
  rule('VIR901', 'error', 'A guest node has the name of a resource.', 'Names of guest nodes must be their own.', 'Choose another name.', guestNamedAsResource),
];

function* utilizationIgnored(model: LintModel): Iterable<Report> {
  const used = allUtilization(model)[0];
  const strategy = model.properties.get('placement-strategy');
  if (used !== undefined && model.isWhole && (strategy === undefined || strategy.value === 'default')) {
    const repair = strategy === undefined ? addSetting(model, 'property', 'placement-strategy=balanced') : setValue(strategy.pair, 'balanced');
    yield { span: used.set, message: 'the default strategy ignores utilization', repair: [repair] };
  }
}

function allUtilization(model: LintModel): Attribute[] {
  return [...nodeUtilization(model), ...model.all.flatMap((one) => one.utilization)];
}

function nodeUtilization(model: LintModel): Attribute[] {
  return model.nodes.flatMap((node) => attributesOf(node.sections, 'utilization'));
}

function* strategyWithoutData(model: LintModel): Iterable<Report> {
  const strategy = model.properties.get('placement-strategy');
  if (strategy !== undefined && /^(?:utilization|minimal|balanced)$/.test(strategy.value) && strategy.value !== 'balanced' && allUtilization(model).length === 0) yield { span: strategy.pair, message: 'nothing has utilization' };
}

function* demandTooHigh(model: LintModel): Iterable<Report> {
  const capacity = new Map<string, number>();
  for (const { name, value } of nodeUtilization(model)) capacity.set(name, Math.max(capacity.get(name) ?? 0, Number(value) || 0));
  for (const resource of model.all) {
    for (const { name, value, pair } of resource.utilization) {
      const most = capacity.get(name);
      if (most !== undefined && Number(value) > most) yield { span: pair, message: `the largest node has ${most}` };
    }
    if (resource.kind !== 'group') continue;
    // Members run together: what one node cannot hold for all of them never runs as a whole.
    const alone = resource.children.some((child) => demandsOf(child).some(({ name, value }) => Number(value) > (capacity.get(name) ?? Infinity)));
    for (const [name, most] of capacity) {
      const demand = resource.children.flatMap(demandsOf).reduce((sum, one) => sum + (one.name === name ? Number(one.value) || 0 : 0), 0);
      if (demand > most && !alone) yield { span: resource.statement.id, message: `its members demand ${demand} ${name}, the largest node has ${most}` };
    }
  }
}

function demandsOf(resource: Resource): readonly Attribute[] {
  return [...resource.utilization, ...(resource.template?.utilization ?? []).filter(({ name }) => !resource.utilization.some((one) => one.name === name))];
}

function* demandUnknown(model: LintModel): Iterable<Report> {
  const offered = new Set(nodeUtilization(model).map(({ name }) => name));
  const isIgnored = (model.properties.get('placement-strategy')?.value ?? 'default') === 'default';
  // Where no node has any and no strategy asks for it, UTL751 says what matters.
  if (model.nodes.length === 0 || (offered.size === 0 && isIgnored)) return;
  for (const resource of model.all) {
    for (const { name, value, pair } of resource.utilization) if (!offered.has(name) && Number(value) !== 0) yield { span: pair, message: `no node offers ${name}` };
  }
}

function* badUtilization(model: LintModel): Iterable<Report> {
  for (const { value, pair } of allUtilization(model)) if (pair.value !== undefined && !/^[+-]?\d+$/.test(value)) yield { span: pair, message: `"${value}" is no whole number` };
}

function* unusedTemplate(model: LintModel): Iterable<Report> {
  const used = new Set(model.primitives.map((one) => one.templateId));
  for (const one of model.all) if (one.kind === 'template' && !used.has(one.id)) yield { span: one.statement.id, message: `nobody uses ${one.id}` };
}

function* unknownTemplate(model: LintModel): Iterable<Report> {
  for (const one of model.primitives) if (one.templateId !== undefined && one.template === undefined && !model.rawIds.has(one.templateId)) yield { span: one.agentWord!, message: `there is no template "${one.templateId}"` };
}

function* noBooth(model: LintModel): Iterable<Report> {
  const ticket = model.statements.find((one) => one.kind === 'rsc_ticket');
  if (ticket !== undefined && !model.primitives.some((one) => /^booth(?:-site|d)?$/.test(typeOf(one)))) yield { span: ticket.keyword, message: 'no booth resource: tickets must be granted by hand' };
}

function* demoteNothing(model: LintModel): Iterable<Report> {
  for (const statement of model.statements) {
    if (statement.kind !== 'rsc_ticket') continue;
    const policy = optionOf(statement.options, 'loss-policy');
    const resources = membersOf(statement.sets).flatMap(({ id }) => (model.resources.has(id) ? [model.resources.get(id)!] : []));
    if (policy?.value?.text !== 'demote' || resources.some((one) => isPromotableClone(topOf(one)) || one.kind === 'bundle')) continue;
    yield { span: policy, message: 'nothing here can be demoted', repair: [setValue(policy, 'stop')] };
  }
}

function* noLossPolicy(model: LintModel): Iterable<Report> {
  for (const statement of model.statements) {
    if (statement.kind === 'rsc_ticket' && optionOf(statement.options, 'loss-policy') === undefined) yield { span: statement.id, message: 'what happens when the ticket is lost is left to the default' };
  }
}

function* fenceOnLoss(model: LintModel): Iterable<Report> {
  if (!model.isWhole || (!isFencingOff(model) && hasFencing(model))) return;
  for (const statement of model.statements) {
    const policy = statement.kind === 'rsc_ticket' ? optionOf(statement.options, 'loss-policy') : undefined;
    if (policy?.value?.text === 'fence') yield { span: policy, message: 'fencing is off or has no device' };
  }
}

function* unknownTagged(model: LintModel): Iterable<Report> {
  const known = new Set([...model.resources.keys(), ...model.nodeNames, ...model.rawIds, ...model.statements.flatMap((one) => ('id' in one && one.id !== undefined ? [one.id.text] : []))]);
  for (const statement of model.statements) {
    if (statement.kind === 'tag') for (const member of statement.members) if (!known.has(member.text)) yield { span: member, message: `there is no "${member.text}"` };
  }
}

function* emptyRight(model: LintModel): Iterable<Report> {
  for (const statement of model.statements) {
    if (statement.kind !== 'role') continue;
    for (const right of statement.rights) if (right.targets.length === 0) yield { span: right, message: `${right.right.text} of what?` };
    if (statement.rights.length === 0) yield { span: statement.id, message: 'the role has no right' };
  }
}

function* unknownRole(model: LintModel): Iterable<Report> {
  const roles = new Set(model.statements.flatMap((one) => (one.kind === 'role' ? [one.id.text] : [])));
  for (const statement of model.statements) {
    if (statement.kind !== 'acl_target' && statement.kind !== 'acl_group') continue;
    for (const word of statement.roles) {
      if (roles.has(word.text) || model.rawIds.has(word.text)) continue;
      const meant = nearest(word.text, roles, 2);
      yield { span: word, message: `there is no role "${word.text}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`, ...(meant === undefined ? {} : { repair: [replaceWord(word, meant)] }) };
    }
  }
}

function* aclOff(model: LintModel): Iterable<Report> {
  const statement = model.statements.find((one) => one.kind === 'role' || one.kind === 'acl_target' || one.kind === 'acl_group');
  const setting = model.properties.get('enable-acl');
  if (statement === undefined || !model.isWhole || isTrue(setting?.value)) return;
  yield { span: statement.keyword, message: 'enable-acl is not true', repair: [setting === undefined ? addSetting(model, 'property', 'enable-acl=true') : setValue(setting.pair, 'true')] };
}

function* relativeAlert(model: LintModel): Iterable<Report> {
  for (const statement of model.statements) if (statement.kind === 'alert' && !/^["']?\//.test(statement.path.text)) yield { span: statement.path, message: 'the path is not absolute' };
}

function* unreachableBundle(model: LintModel): Iterable<Report> {
  for (const statement of model.statements) {
    if (statement.kind !== 'bundle' || !statement.parts.some((part) => part.kind === 'primitive')) continue;
    const names = networkNames(statement);
    if (!names.has('ip-range-start') && !names.has('control-port')) yield { span: statement.id, message: 'the inner resource cannot be reached' };
  }
}

function networkNames(statement: BundleStatement): ReadonlySet<string> {
  return new Set(statement.parts.flatMap((part) => (part.kind === 'network' ? part.pairs.map((pair) => pair.name.text) : [])));
}

function* plainSecret(model: LintModel): Iterable<Report> {
  for (const resource of model.all) {
    const attribute = resource.params.find(({ name, value }) => SECRET_NAMES.test(name) && !/_script$|_file$/i.test(name) && value !== '' && !isKeptOutside(value));
    if (attribute !== undefined) yield { span: attribute.pair, message: `${attribute.name} is readable by everybody with access to the configuration` };
  }
}

/** `crm resource secret` leaves this in place of the value. */
function isKeptOutside(value: string): boolean {
  return value.startsWith('lrm://');
}

function* uncheckedCertificate(model: LintModel): Iterable<Report> {
  for (const resource of model.all) {
    const attribute = resource.params.find(({ name, value }) => name === 'ssl_insecure' && isTrue(value));
    if (attribute !== undefined) yield { span: attribute.pair, message: 'the certificate is not checked' };
  }
}

function* publicFiles(model: LintModel): Iterable<Report> {
  const isPublic = (path: string): boolean => /^["']?\/(?:var\/)?tmp\//.test(path);
  for (const resource of model.all) {
    for (const { name, value, pair } of resource.params) if (isPublic(value) && PROGRAM_NAMES.test(name)) yield { span: pair, message: 'everybody may write there' };
  }
  for (const statement of model.statements) if (statement.kind === 'alert' && isPublic(statement.path.text)) yield { span: statement.path, message: 'everybody may write there' };
}

function* guestNamedAsResource(model: LintModel): Iterable<Report> {
  for (const resource of model.primitives) {
    const attribute = ownMeta(resource, 'remote-node');
    if (attribute !== undefined && model.resources.has(attribute.value)) yield { span: attribute.pair, message: `${attribute.value} is a resource` };
  }
}

