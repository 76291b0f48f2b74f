// SPDX-License-Identifier: GPL-2.0-or-later
/** `--set-parameter` and `--delete-parameter`: settings of resources, of the right one of container and member. */
import { element, membersOf, sanitizeId, type CibChange, type ResourcePlace, type XmlElement } from '../../cib/index.ts';
import { EXIT } from '../exit/codes.ts';
import { ToolFailure } from '../run.ts';
import { configured, requiredId, type ResourceRun } from './cluster.ts';
import { colocatedWith } from './colocated.ts';
import { findSettings, settingKind, type Setting, type SettingKind } from './settings.ts';

export async function setParameter(run: ResourceRun): Promise<number> {
  const { options } = run;
  const name = options.value('set-parameter') ?? '';
  const value = options.value('parameter-value') ?? '';
  const place = changeable(run);
  const kind = settingKind(run);
  if (kind === 'element') return setElement(run, place.element, name, value);
  if (kind === 'instance_attributes') refuseMetaName(run, place, name);
  const first = rightResource(run, place, kind, name, 'update');
  const owners = [first];
  if (options.has('recursive') && kind === 'meta_attributes') owners.push(...colocatedWith(run, first).filter((one) => one.id !== first.id));
  const settings: XmlElement[] = [];
  for (const owner of owners) {
    // A member with a value of its own would hide that of the group.
    if (owner.name === 'group' && kind === 'meta_attributes' && !options.has('force')) {
      for (const member of membersOf(owner)) {
        if (findSettings(member, kind, { name }).some((one) => one.owner === member)) settings.push(await write(run, member, kind, name, value));
      }
    }
    settings.push(await write(run, owner, kind, name, value));
  }
  run.output.element(element('resource-settings', {}, settings));
  return EXIT.ok;
}

/** What is made up by the cluster can be looked at, but its settings stand elsewhere. */
function changeable(run: ResourceRun): ResourcePlace {
  const place = configured(run, requiredId(run));
  if ((run.options.value('parameter-value') ?? '') === '') throw new ToolFailure(EXIT.usage, 'You need to supply a value with the -v option');
  if (place === undefined) throw new ToolFailure(EXIT.noSuch, '');
  return place;
}

/** Sets one value and tells it; gives the element that says so to programs. */
async function write(run: ResourceRun, owner: XmlElement, kind: SettingKind, name: string, value: string): Promise<XmlElement> {
  const { options, output } = run;
  const present = ownSettings(run, owner, kind, name)[0];
  const set = options.value('set-name') ?? present?.set.id ?? `${owner.id}-${kind}`;
  const id = present?.pair.id ?? options.value('nvpair') ?? sanitizeId(`${set}-${name}`);
  // Replaced, not modified: a value like `value++` means itself here.
  if (present !== undefined) await applied(run, { op: 'replace', section: 'resources', data: present.pair.with('value', value) });
  else {
    const data = element(owner.name, { id: owner.id }, [element(kind, { id: set }, [element('nvpair', { id, name, value })])]);
    await applied(run, { op: 'modify', section: 'resources', data, allowCreate: true });
  }
  const newSet = present === undefined ? set : undefined;
  output.text(`Set '${owner.id}' option: id=${id}${newSet === undefined ? '' : ` set=${newSet}`} name=${name} value=${value}`);
  return element(owner.name, { id: owner.id }, [element(kind, { id: newSet }, [element('nvpair', { id, value, name })])]);
}

function ownSettings(run: ResourceRun, owner: XmlElement, kind: SettingKind, name: string): Setting[] {
  const set = run.options.value('set-name');
  const id = run.options.value('nvpair');
  const found = findSettings(owner, kind, { name, ...(set === undefined ? {} : { set }), ...(id === undefined ? {} : { id }) });
  return found.filter((one) => one.owner === owner);
}

/** A resource option written as a parameter would not do what is meant. */
function refuseMetaName(run: ResourceRun, place: ResourcePlace, name: string): void {
  if (run.options.has('force')) return;
  const top = place.containers[0] ?? place.element;
  const same = findSettings(top, 'meta_attributes', { name });
  if (same.length === 0) return;
  run.output.text(`WARNING: There is already a meta attribute for '${top.id}' called '${name}' (id=${same[0]!.pair.id})`, '\tDelete it first or use the force option to override');
  throw new ToolFailure(EXIT.multiple, '');
}

/** For a resource option of a clone's child: the clone, unless the child has the option itself. */
function rightResource(run: ResourceRun, place: ResourcePlace, kind: SettingKind, name: string, deed: 'update' | 'delete'): XmlElement {
  const own = place.element;
  if (run.options.has('force') || kind !== 'meta_attributes') return own;
  const parent = place.containers[place.containers.length - 1];
  const isClone = (one: XmlElement | undefined): boolean => one?.name === 'clone' || one?.name === 'master' || one?.name === 'bundle';
  const clone = isClone(own) ? own : isClone(parent) ? parent : undefined;
  if (clone === undefined) return own;
  const matches = findSettings(clone, kind, { name });
  listMatches(run, name, matches);
  const child = isClone(own) ? membersOf(own)[0] : own;
  const childHasIt = matches.some((one) => one.owner === child);
  if (child !== undefined && childHasIt) {
    if (child !== own) run.output.text(`A value for '${name}' already exists in child '${child.id}', performing ${deed} on that instead of '${own.id}'`);
    return child;
  }
  if (clone !== own) run.output.text(`Performing ${deed} of '${name}' on '${clone.id}', the parent of '${requiredId(run)}'`);
  return clone;
}

function listMatches({ output }: ResourceRun, name: string, matches: readonly Setting[]): void {
  if (matches.length < 2) return;
  output.text(`Multiple attributes match name=${name}`, ...matches.map(({ pair }) => `  Value: ${pair.get('value')} \t(id=${pair.id})`), '');
}

export async function deleteParameter(run: ResourceRun): Promise<number> {
  const name = run.options.value('delete-parameter') ?? '';
  const place = configured(run, requiredId(run));
  if (place === undefined) throw new ToolFailure(EXIT.noSuch, '');
  const kind = settingKind(run);
  if (kind === 'element') return deleteElement(run, place.element, name);
  const owner = rightResource(run, place, kind, name, 'delete');
  const [found] = ownSettings(run, owner, kind, name);
  if (found === undefined) throw new ToolFailure(EXIT.noSuch, '');
  await applied(run, { op: 'delete', section: 'resources', data: element('nvpair', { id: found.pair.id, name }) });
  run.output.text(`Deleted '${owner.id}' option: id=${found.pair.id}${run.options.has('set-name') ? ` set=${found.set.id}` : ''} name=${name}`);
  return EXIT.ok;
}

async function setElement(run: ResourceRun, owner: XmlElement, name: string, value: string): Promise<number> {
  await applied(run, { op: 'modify', section: 'resources', data: element(owner.name, { id: owner.id, [name]: value }) }, 'epoch');
  run.output.text(`Set attribute: name=${name} value=${value}`);
  return EXIT.ok;
}

async function deleteElement(run: ResourceRun, owner: XmlElement, name: string): Promise<number> {
  await applied(run, { op: 'replace', section: 'resources', data: owner.with(name, undefined) }, 'epoch');
  run.output.text(`Deleted attribute: ${name}`);
  return EXIT.ok;
}

async function applied({ backend }: ResourceRun, change: CibChange, countsUnchanged?: 'epoch'): Promise<void> {
  const reply = await backend.apply({ client: 'crm_resource', change, ...(countsUnchanged === undefined ? {} : { countsUnchanged }) });
  if (!reply.ok) throw new ToolFailure(reply.code, '');
}

