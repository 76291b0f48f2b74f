// SPDX-License-Identifier: GPL-2.0-or-later
/** `--move`, `--ban` and `--clear`: location constraints that people add for a while. */
import { addDuration, banConstraint, banId, cliConstraints, element, formatDateTime, parseDateTime, parseDuration, preferConstraint, preferId, type CibChange, type DateTime, type XmlElement } from '../../cib/index.ts';
import { nodesActiveOn, Role, topResource, withDescendants, type Node, type Resource } from '../../scheduler/index.ts';
import { EXIT } from '../exit/codes.ts';
import { localNow } from '../iso8601/index.ts';
import { ToolFailure } from '../run.ts';
import { activeResource, chosenNode, requiredId, type ResourceRun } from './cluster.ts';

export async function move(run: ResourceRun): Promise<number> {
  const { options } = run;
  const named = movable(run);
  const node = chosenNode(run);
  if (node === undefined) return banWhereActive(run, named);
  const { resource, isPromotion } = promotedPart(run, named);
  const isForced = options.has('force');
  const name = withoutNumber(resource);
  const current = isPromotion ? promotedOn(resource) : placesOf(resource);
  if (current.length > 1 && resource.kind !== 'clone') throw new ToolFailure(EXIT.multiple, '');
  const isThere = current.length === 1 && current[0] === node;
  if (isThere && !isForced) throw new ToolFailure(EXIT.exists, '');
  const until = lifetimeEnd(run);
  const wish = preferConstraint({ resource: name, node: node.name, promotedOnly: isPromotion, ...(until === undefined ? {} : { until }) });
  // Earlier wishes for any node, and a ban of this one, would contradict the new one.
  await placed(run, cliConstraints(run.cib, name).filter((one) => one.id === preferId(name) || one.id === banId(name, node.name)), wish);
  if (isForced && !isThere) await leave(run, resource, current, node, isPromotion);
  return EXIT.ok;
}

/** For `--promoted` the clone stands for its members; without a promotable one the option means nothing. */
function promotedPart(run: ResourceRun, named: Resource): { readonly resource: Resource; readonly isPromotion: boolean } {
  if (!run.options.has('promoted')) return { resource: named, isPromotion: false };
  if (named.isPromotable) return { resource: named, isPromotion: true };
  const top = topResource(named);
  if (top.isPromotable) {
    run.output.text(`Using parent '${named.id}' for move instead of '${requiredId(run)}'.`);
    return { resource: top, isPromotion: true };
  }
  run.output.text(`Ignoring --promoted option: ${requiredId(run)} is not promotable`);
  return { resource: named, isPromotion: false };
}

/** Forced, it must also leave the place where it is; of several places none can be chosen for it. */
async function leave(run: ResourceRun, resource: Resource, current: readonly Node[], node: Node, isPromotion: boolean): Promise<void> {
  const [only, ...more] = current;
  if (only === undefined) return;
  if (more.length === 0) return ban(run, resource, only, isPromotion);
  const state = isPromotion ? 'promoted' : 'active';
  run.output.text(
    `Resource '${withoutNumber(resource)}' is currently ${state} in ${current.length} locations. One may now move to ${node.name}`,
    `To prevent '${withoutNumber(resource)}' from being ${state} at a specific location, specify a node.`,
  );
}

export async function banCommand(run: ResourceRun): Promise<number> {
  const resource = movable(run);
  const node = chosenNode(run);
  if (node === undefined) return banWhereActive(run, resource);
  await ban(run, resource, node);
  return EXIT.ok;
}

function movable(run: ResourceRun): Resource {
  const id = requiredId(run);
  const resource = activeResource(run, id);
  if (/:\d+$/.test(id) && resource.parent?.kind === 'clone') throw new ToolFailure(EXIT.invalidParameter, `Cannot operate on clone resource instance '${id}'`);
  return resource;
}

/** Constraints name the configured resource, not an instance of it. */
function withoutNumber(resource: Resource): string {
  return resource.xml.id ?? resource.id;
}

/** Where a resource is; of a promotable clone that is active in several places, where it is promoted. */
function placesOf(resource: Resource): readonly Node[] {
  const active = nodesActiveOn(resource);
  return active.length === 1 || resource.kind !== 'clone' || !resource.isPromotable ? active : promotedOn(resource);
}

function promotedOn(resource: Resource): readonly Node[] {
  return [...withDescendants(resource)].filter((one) => one.kind === 'primitive' && one.role === Role.promoted).flatMap((one) => one.runningOn);
}

async function banWhereActive(run: ResourceRun, resource: Resource): Promise<number> {
  const places = placesOf(resource);
  if (places.length === 1) {
    await ban(run, resource, places[0]!);
    return EXIT.ok;
  }
  const name = run.options.value('resource');
  const isClone = resource.kind === 'clone' && resource.isPromotable;
  const promotedPart = isClone ? ` (promoted in ${promotedOn(resource).length})` : '';
  const purpose = isClone ? 'being promoted at' : 'running on';
  throw new ToolFailure(EXIT.usage, `Resource '${name}' not moved: active in ${nodesActiveOn(resource).length} locations${promotedPart}.\nTo prevent '${name}' from ${purpose} a specific location, specify a node.`);
}

async function ban(run: ResourceRun, resource: Resource, node: Node, isPromotion = run.options.has('promoted')): Promise<void> {
  const name = withoutNumber(resource);
  const until = lifetimeEnd(run);
  const id = banId(name, node.name);
  run.output.text(
    `WARNING: Creating rsc_location constraint '${id}' with a score of -INFINITY for resource ${name} on ${node.name}.`,
    `\tThis will prevent ${name} from ${isPromotion ? 'being promoted' : 'running'} on ${node.name} until the constraint is removed using the clear option or by editing the CIB with an appropriate tool.`,
    `\tThis will be the case even if ${node.name} is the last node in the cluster`,
  );
  const wish = banConstraint({ resource: name, node: node.name, promotedOnly: isPromotion, ...(until === undefined ? {} : { until }) });
  await placed(run, cliConstraints(run.cib, name).filter((one) => one.id === id), wish);
}

/** End of the constraint; told once, because one command may make two. */
function lifetimeEnd(run: ResourceRun): DateTime | undefined {
  const text = run.options.value('lifetime');
  if (text === undefined) return undefined;
  const duration = parseDuration(text);
  if (duration === undefined) {
    run.output.error(`Invalid duration specified: ${text}`, 'Please refer to https://en.wikipedia.org/wiki/ISO_8601#Durations for examples of valid durations');
    throw new ToolFailure(EXIT.usage, '', false);
  }
  const end = addDuration(localNow(run.context), duration);
  run.output.text(`Migration will take effect until: ${formatDateTime(end, 'calendar', 'own')}`);
  return end;
}

/** A constraint of that id makes way first, so that nothing of it (a rule) remains in the new one. */
async function placed(run: ResourceRun, present: readonly XmlElement[], wish: XmlElement): Promise<void> {
  for (const { id } of present) await applied(run, { op: 'delete', section: 'constraints', data: element('rsc_location', { id }) });
  await applied(run, { op: 'modify', section: 'constraints', data: element('constraints', {}, [wish]), allowCreate: true });
}

export async function clear(run: ResourceRun): Promise<number> {
  const { options } = run;
  if (options.has('expired')) return clearExpired(run);
  const resource = movable(run);
  const node = chosenNode(run);
  const name = withoutNumber(resource);
  const doomed = cliConstraints(run.cib, name).filter((one) => isMeant(run, name, one, node));
  await removed(run, doomed);
  return EXIT.ok;
}

function isMeant({ options }: ResourceRun, resource: string, constraint: XmlElement, node: Node | undefined): boolean {
  if (options.has('promoted') && constraint.get('role') !== 'Promoted') return false;
  if (node === undefined) return true;
  if (constraint.id === banId(resource, node.name)) return true;
  return constraint.id === preferId(resource) && (options.has('force') || constraint.get('node') === node.name || ruleNode(constraint) === node.name);
}

function ruleNode(constraint: XmlElement): string | undefined {
  return constraint.first('rule')?.elements('expression').find((one) => one.get('attribute') === '#uname')?.get('value');
}

async function clearExpired(run: ResourceRun): Promise<number> {
  const id = run.options.value('resource');
  const name = id === undefined ? undefined : withoutNumber(activeResource(run, id));
  const node = chosenNode(run);
  const now = localNow(run.context);
  const all = run.cib.at('configuration', 'constraints')?.elements('rsc_location') ?? [];
  const doomed = all.filter((one) => {
    if (!/^cli-(?:ban|prefer)-/.test(one.id ?? '') || (name !== undefined && one.get('rsc') !== name)) return false;
    if (node !== undefined && one.get('node') !== node.name && ruleNode(one) !== node.name) return false;
    const end = one.first('rule')?.elements('date_expression').find((date) => date.has('end'))?.get('end');
    const ended = end === undefined ? undefined : parseDateTime(end, now);
    return ended !== undefined && ended.epochSeconds < now.epochSeconds;
  });
  await removed(run, doomed);
  return EXIT.ok;
}

async function removed(run: ResourceRun, doomed: readonly XmlElement[]): Promise<void> {
  for (const { id } of doomed) {
    run.output.text(`Removing constraint: ${id}`);
    await applied(run, { op: 'delete', section: 'constraints', data: element('rsc_location', { id }) });
  }
}

async function applied({ backend }: ResourceRun, change: CibChange): Promise<void> {
  const reply = await backend.apply({ client: 'crm_resource', change });
  if (!reply.ok) throw new ToolFailure(reply.code, '');
}
