// SPDX-License-Identifier: GPL-2.0-or-later
/** AGT1xx: what the agents themselves say about parameters, values and actions. */
import { agentId, missingParameters, type AgentName, type AgentParameter } from '../../agents/index.ts';
import { parseBoolean } from '../../cib/index.ts';
import type { Edit, Report } from '../finding.ts';
import { agentOf, factsOf, isFenceDevice, parameter, timeMs, typeOf, type AgentFactsEntry, type Attribute, type LintModel, type Resource } from '../model/index.ts';
import { nearest } from '../nearest.ts';
import { renamePair, replaceWord, setValue } from '../repair.ts';
import { rule } from '../rule.ts';
import { isTestDevice } from './fencing-facts.ts';
import { isFenceMeta } from './known-names.ts';

/** Classes whose scripts take no parameters and say nothing about themselves. */
const SILENT_CLASSES = new Set(['lsb', 'systemd', 'service', 'upstart', 'nagios', 'heartbeat']);
/** Removed or replaced agents; the successor where one takes the same parameters. */
const DEPRECATED_AGENTS: ReadonlyMap<string, string | undefined> = new Map([
  ['ocf:heartbeat:IPaddr', 'IPaddr2'], ['ocf:heartbeat:pingd', undefined], ['ocf:pacemaker:pingd', undefined], ['ocf:heartbeat:LVM', undefined], ['ocf:heartbeat:clvm', undefined],
  ['ocf:heartbeat:EvmsSCC', undefined], ['ocf:heartbeat:Evmsd', undefined], ['ocf:heartbeat:rkt', undefined], ['ocf:heartbeat:Stateful', undefined],
  ['ocf:heartbeat:scsi2reservation', undefined], ['ocf:heartbeat:azure-events', undefined],
]);
const ADDRESS_AGENTS = new Set(['IPaddr2', 'IPaddr', 'IPv6addr', 'IPsrcaddr']);
/** Values that the meta-data itself types wrongly. */
const MISTYPED = new Set(['host_list']);

export const agentRules = [
  rule('AGT101', 'error', 'The agent is in no catalogue.', 'What remains unknown with shipped facts is a typing error or a private agent.', 'Check the name; allow the code for private agents (automatic at one letter of difference).', unknownAgents),
  rule('AGT102', 'error', 'A required parameter is missing.', 'The agent answers "not configured" and the resource runs nowhere.', 'Give the parameter.', missing),
  rule('AGT103', 'error', 'The agent does not know the parameter.', 'Agents ignore what they do not know, so the setting has no effect.', 'Check the name (automatic at one letter of difference).', unknownParameters),
  rule('AGT104', 'warning', 'A value is not of the advertised type.', 'Agents fall back to a default or fail.', 'Write a value of the type.', wrongTypes),
  rule('AGT105', 'warning', 'A value is not among the advertised ones.', 'The device refuses it.', 'Choose one of the listed values.', outsideOptions),
  rule('AGT106', 'warning', 'Two resources have one value of a unique parameter.', 'Two resources would fight for one address, mount or file.', 'Give each its own value.', doubleUnique),
  rule('AGT107', 'warning', 'A parameter is deprecated.', 'The next release of the agent may not read it.', 'Use the successor (automatic where the agent names it).', deprecatedParameters),
  rule('AGT108', 'warning', 'The agent is deprecated.', 'Its own description says so; it gets no more repairs.', 'Use the successor (automatic for IPaddr).', deprecatedAgents),
  rule('AGT109', 'error', 'The agent does not offer the operation.', 'The operation can only fail.', 'Delete the operation.', unknownActions),
  rule('AGT110', 'error', 'A required parameter is empty.', 'It counts as missing.', 'Give a value.', emptyRequired),
  rule('AGT111', 'error', 'The address is no IP address.', 'Often the mask was written into it; the agent refuses to start.', 'Write the address alone; the mask has its own parameter.', badAddresses),
  rule('AGT112', 'warning', 'The netmask is no prefix length.', 'The parameter takes the number of bits.', 'Write the prefix length (automatic for dotted masks).', dottedMasks),
  rule('AGT113', 'warning', 'A parameter is written with hyphens.', 'The agent reads the spelling with underscores only.', 'Write underscores (automatic).', hyphens),
];

function withAgent(model: LintModel): Resource[] {
  return model.all.filter((resource) => resource.agent !== undefined);
}

function* unknownAgents(model: LintModel): Iterable<Report> {
  for (const resource of withAgent(model)) {
    const agent = resource.agent!;
    if (resource.facts !== undefined || SILENT_CLASSES.has(agent.class) || isSaidByOthers(agent)) continue;
    const id = agentId(agent);
    const meant = nearest(id, model.agents.ids(), 1);
    const near = meant ?? nearest(id, model.agents.ids(), 2);
    const written = resource.agentWord!;
    yield {
      span: written,
      message: `no agent ${id} is known${near === undefined ? '' : `; did you mean ${near}?`}`,
      ...(meant === undefined ? {} : { repair: [replaceWord(written, written.text.split(':').slice(0, -1).concat(meant.split(':').pop()!).join(':'))] }),
    };
  }
}

/** Names that another rule reports. */
function isSaidByOthers(agent: AgentName): boolean {
  return DEPRECATED_AGENTS.has(agentId(agent)) || agentId(agent) === 'ocf:heartbeat:drbd' || (agent.class === 'stonith' && isTestDevice(agent.type));
}

function* missing(model: LintModel): Iterable<Report> {
  for (const resource of model.primitives) {
    const facts = factsOf(resource);
    const agent = agentOf(resource);
    if (facts === undefined || agent === undefined || mayBeGivenElsewhere(resource)) continue;
    const given = new Set([...givenParameters(resource)].flatMap(({ name }) => [name, name.replaceAll('-', '_')]));
    const names = missingParameters(agent.class, facts, given).map((one) => one.name);
    if (names.length > 0) yield { span: resource.statement.id, message: `${resource.id} needs the ${names.length === 1 ? 'parameter' : 'parameters'} ${names.join(', ')}` };
  }
}

function mayBeGivenElsewhere(resource: Resource): boolean {
  return resource.hasReferences || resource.template?.hasReferences === true || (resource.templateId !== undefined && resource.template === undefined);
}

/** The resource's own parameters, its template's, and those that its containers give to all members. */
function givenParameters(resource: Resource): Attribute[] {
  const given = [...resource.params, ...(resource.template?.params ?? [])];
  for (let here = resource.parent; here !== undefined; here = here.parent) given.push(...here.params);
  return given;
}

function* unknownParameters(model: LintModel): Iterable<Report> {
  for (const { resource, attribute, facts } of model.parameters) {
    if (facts.isPartial || parameterOf(facts, attribute.name) !== undefined || isFenceParameter(resource, attribute.name)) continue;
    if (attribute.pair.value === undefined || hyphenRepair(resource, facts, attribute.name) !== undefined) continue;
    const names = facts.parameters.map((one) => one.name);
    const meant = nearest(attribute.name, names, 1);
    const near = meant ?? nearest(attribute.name, names, 2);
    yield {
      span: attribute.pair.name,
      message: `${typeOf(resource)} has no parameter "${attribute.name}"${near === undefined ? '' : `; did you mean "${near}"?`}`,
      ...(meant === undefined ? {} : renamePair(attribute.pair, attribute.set.items, meant)),
    };
  }
}

function parameterOf(facts: AgentFactsEntry, name: string): AgentParameter | undefined {
  return facts.parameters.find((one) => one.name === name) ?? facts.parameters.find((one) => one.obsoletes.includes(name));
}

function isFenceParameter(resource: Resource, name: string): boolean {
  return isFenceDevice(resource) && isFenceMeta(name);
}

function* wrongTypes(model: LintModel): Iterable<Report> {
  for (const { resource, attribute, facts } of model.parameters) {
    const known = facts.parameters.find((one) => one.name === attribute.name);
    if (known === undefined || attribute.value === '' || MISTYPED.has(attribute.name)) continue;
    // Where the advertised default is not of the advertised type, the type is what is wrong.
    const isMistyped = known.initial !== undefined && known.initial !== '' && !isOfType(known.type, known.initial);
    if (isMistyped || isOfType(known.type, attribute.value)) continue;
    yield { span: attribute.pair, message: `${attribute.name} of ${resource.id} takes ${typeWord(known.type)}, not "${attribute.value}"` };
  }
}

function isOfType(type: string, value: string): boolean {
  if (type === 'integer') return /^[+-]?(?:\d+|0x[\dA-Fa-f]+)$/.test(value);
  if (type === 'boolean') return parseBoolean(value) !== undefined || /^(?:t|f|none|)$/i.test(value);
  if (type === 'second' || type === 'time') return timeMs(value) !== undefined || /^-\d+$/.test(value);
  return true;
}

function typeWord(type: string): string {
  return type === 'integer' ? 'a whole number' : type === 'boolean' ? 'true or false' : 'a time';
}

function* outsideOptions(model: LintModel): Iterable<Report> {
  for (const { attribute, facts } of model.parameters) {
    const options = facts.parameters.find((one) => one.name === attribute.name)?.options ?? [];
    if (options.length > 0 && attribute.value !== '' && !options.includes(attribute.value)) {
      yield { span: attribute.pair, message: `${attribute.name} takes ${options.join(', ')}, not "${attribute.value}"` };
    }
  }
}

function* doubleUnique(model: LintModel): Iterable<Report> {
  const seen = new Map<string, Resource>();
  for (const resource of model.primitives) {
    const facts = factsOf(resource);
    const agent = agentOf(resource);
    if (facts === undefined || agent === undefined || isFenceDevice(resource)) continue;
    for (const [group, members] of uniqueGroups(facts)) {
      const values = members.map((name) => parameter(resource, name));
      const given = values.find((value) => value !== undefined);
      if (given === undefined) continue;
      const key = `${agentId(agent)} ${group} ${values.map((value) => value?.value ?? '').join('\u0000')}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, resource);
      else yield { span: resource.params.includes(given) ? given.pair : resource.statement.id, message: `${first.id} has the same ${members.join(', ')}` };
    }
  }
}

const groupsOfAgents = new WeakMap<AgentFactsEntry, ReadonlyMap<string, readonly string[]>>();

function uniqueGroups(facts: AgentFactsEntry): ReadonlyMap<string, readonly string[]> {
  const known = groupsOfAgents.get(facts);
  if (known !== undefined) return known;
  const groups = new Map<string, string[]>();
  groupsOfAgents.set(facts, groups);
  for (const one of facts.parameters) if (one.uniqueGroup !== undefined) groups.set(one.uniqueGroup, [...(groups.get(one.uniqueGroup) ?? []), one.name]);
  return groups;
}

function* deprecatedParameters(model: LintModel): Iterable<Report> {
  for (const { resource, attribute, facts } of model.parameters) {
    const successor = facts.parameters.find((one) => one.obsoletes.includes(attribute.name));
    const known = facts.parameters.find((one) => one.name === attribute.name);
    const isOld = successor !== undefined || known?.isDeprecated === true || facts.deprecatedByText?.has(attribute.name) === true;
    if (!isOld) continue;
    yield {
      span: attribute.pair.name,
      message: `${attribute.name} is deprecated${successor === undefined ? '' : `; now ${successor.name}`}`,
      ...(successor === undefined ? {} : renamePair(attribute.pair, resource.params.map((one) => one.pair), successor.name)),
    };
  }
}

function* deprecatedAgents(model: LintModel): Iterable<Report> {
  for (const resource of withAgent(model)) {
    const id = agentId(resource.agent!);
    if (!DEPRECATED_AGENTS.has(id)) continue;
    const successor = DEPRECATED_AGENTS.get(id);
    yield { span: resource.agentWord!, message: `${id} is deprecated${successor === undefined ? '' : `; use ${successor}`}`, ...(successor === undefined ? {} : { repair: [replaceWord(resource.agentWord!, successor)] }) };
  }
}

function* unknownActions(model: LintModel): Iterable<Report> {
  for (const resource of model.all) {
    const facts = factsOf(resource);
    if (facts === undefined || facts.actions.length === 0 || facts.isPartial) continue;
    const offered = new Set([...facts.actions.map((one) => one.name), ...(isFenceDevice(resource) ? ['start', 'stop', 'monitor'] : [])]);
    for (const { name, operation } of resource.operations) {
      if (!offered.has(name)) yield { span: operation.name, message: `${typeOf(resource)} offers no "${name}"` };
    }
  }
}

function* emptyRequired(model: LintModel): Iterable<Report> {
  for (const { attribute, facts } of model.parameters) {
    const known = facts.parameters.find((one) => one.name === attribute.name);
    if (known?.isRequired === true && attribute.pair.value !== undefined && attribute.value === '') yield { span: attribute.pair, message: `${attribute.name} is required and may not be empty` };
  }
}

function* badAddresses(model: LintModel): Iterable<Report> {
  for (const { resource, attribute } of model.parameters) {
    const name = typeOf(resource) === 'IPsrcaddr' ? 'ipaddress' : typeOf(resource) === 'IPv6addr' ? 'ipv6addr' : 'ip';
    if (!ADDRESS_AGENTS.has(typeOf(resource)) || attribute.name !== name || attribute.value === '' || isAddress(attribute.value, typeOf(resource))) continue;
    yield { span: attribute.pair, message: `"${attribute.value}" is no IP address` };
  }
}

function isAddress(text: string, type: string): boolean {
  const bare = type === 'IPv6addr' ? text.replace(/\/\d+$/, '') : text;
  const parts = bare.split('.');
  if (parts.length === 4 && !bare.includes(':')) return parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return bare.includes(':') && /^[\dA-Fa-f:.%\w]+$/.test(bare) && (bare.match(/::/g) ?? []).length < 2;
}

function* dottedMasks(model: LintModel): Iterable<Report> {
  for (const { resource, attribute } of model.parameters) {
    if (attribute.name !== 'cidr_netmask' || !ADDRESS_AGENTS.has(typeOf(resource)) || attribute.value === '') continue;
    const isVersion6 = typeOf(resource) === 'IPv6addr' || parameter(resource, 'ip')?.value.includes(':') !== false;
    if (/^\d+$/.test(attribute.value) && Number(attribute.value) <= (isVersion6 ? 128 : 32)) continue;
    yield { span: attribute.pair, message: `cidr_netmask is the number of bits, not "${attribute.value}"`, ...prefixRepair(attribute) };
  }
}

function prefixRepair(attribute: Attribute): { repair?: Edit[] } {
  const parts = attribute.value.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return {};
  const bits = parts.map((part) => part.toString(2).padStart(8, '0')).join('');
  return /^1*0*$/.test(bits) ? { repair: [setValue(attribute.pair, String(bits.replace(/0+$/, '').length))] } : {};
}

function* hyphens(model: LintModel): Iterable<Report> {
  for (const { resource, attribute, facts } of model.parameters) {
    const meant = hyphenRepair(resource, facts, attribute.name);
    if (meant !== undefined) yield { span: attribute.pair.name, message: `"${attribute.name}" is written "${meant}"`, ...renamePair(attribute.pair, attribute.set.items, meant) };
  }
}

function hyphenRepair(resource: Resource, facts: AgentFactsEntry, name: string): string | undefined {
  if (!name.includes('-') || parameterOf(facts, name) !== undefined) return undefined;
  const meant = name.replaceAll('-', '_');
  return parameterOf(facts, meant) !== undefined || isFenceParameter(resource, meant) ? meant : undefined;
}

