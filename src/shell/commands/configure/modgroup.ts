// SPDX-License-Identifier: GPL-2.0-or-later
/** `modgroup`: members into and out of a group. */
import { memberIds, setMembers, type CibDraft, type CibObject } from '../../../cib/index.ts';
import { DiagnosticSink } from '../../../language/index.ts';
import { SUCCESS, type Command } from '../../command.ts';
import { configurationOf, report } from '../../configuration-session.ts';
import type { Session } from '../../session.ts';
import { objectNames } from './names.ts';

export const modgroup: Command = {
  name: 'modgroup',
  usage: 'GROUP add RSC [after|before RSC] | remove RSC',
  summary: 'add members to a group or remove them',
  skill: 'administrator',
  takes: [3, 5],
  complete: async ({ words, session }) => {
    const configuration = await configurationOf(session);
    if (words.length === 0) return objectNames(configuration, (object) => object.kind === 'group');
    if (words.length === 1) return ['add', 'remove'];
    const group = configuration.draft.get(words[0]!);
    const members = group === undefined ? [] : memberIds(group.element);
    if (words.length === 2) return words[1] === 'remove' ? members : objectNames(configuration, (object) => object.kind === 'primitive' && object.parent === undefined);
    return words.length === 3 && words[1] === 'add' ? ['after', 'before'] : members;
  },
  run: async ({ args }, session) => {
    const [id = '', verb = '', name = '', place, anchor] = args;
    const { draft, ...configuration } = await workOn(session);
    const group = draft.get(id);
    if (group === undefined) return session.error(`configure.modgroup: group ${id} does not exist`);
    if (group.kind !== 'group') return session.error(`configure.modgroup: element ${id} is not a group`);
    if (verb !== 'add' && verb !== 'remove') return session.error(`modgroup subcommand ${verb} unknown; expected add or remove`);
    if (verb === 'remove' && place !== undefined) return session.error('configure.modgroup: Expected add (found remove)');
    const member = resolve(draft, name, session);
    const other = anchor === undefined ? undefined : resolve(draft, anchor, session);
    const present = memberIds(group.element);
    const wanted = verb === 'remove' ? removed(present, member, group) : added(draft, present, member, group, place, other);
    if (typeof wanted === 'string') return session.error(wanted);
    const sink = new DiagnosticSink();
    configuration.change(() => setMembers(draft, group, wanted, sink));
    report(session, sink.found);
    return SUCCESS;
  },
};

async function workOn(session: Session): Promise<{ draft: CibDraft; change: (action: () => void) => void }> {
  const configuration = await configurationOf(session);
  return { draft: configuration.draft, change: (action) => configuration.change(action) };
}

/** A resource by its id or, that failing, by the id of something inside it. */
function resolve(draft: CibDraft, name: string, session: Session): string {
  if (draft.get(name) !== undefined) return name;
  const owner = draft.ownerOf(name);
  if (owner === undefined) return name;
  session.info(`${name} is part of ${owner}; taken as ${owner}`);
  return owner;
}

function removed(present: readonly string[], member: string, group: CibObject): string[] | string {
  if (!present.includes(member)) return `configure.modgroup: ${member} is not member of ${group.key}`;
  const rest = present.filter((one) => one !== member);
  return rest.length === 0 ? `configure.modgroup: ${member} is the last member of ${group.key}; delete the group instead` : rest;
}

function added(draft: CibDraft, present: readonly string[], member: string, group: CibObject, place: string | undefined, anchor: string | undefined): string[] | string {
  const object = draft.get(member);
  if (object === undefined) return `configure.modgroup: ${member} does not exist`;
  if (object.kind !== 'primitive') return `configure.modgroup: ${member} is a ${object.kind}; a group holds primitives`;
  if (object.parent !== undefined && object.parent !== group.key) return `configure.modgroup: ${member} is already in ${object.parent}`;
  if (place === undefined) return present.includes(member) ? `configure.modgroup: ${member} is member of ${group.key} already` : [...present, member];
  if (place !== 'after' && place !== 'before') return `configure.modgroup: Expected after or before (found ${place})`;
  const others = present.filter((one) => one !== member);
  const at = anchor === undefined ? -1 : others.indexOf(anchor);
  if (at < 0) return `configure.modgroup: ${anchor ?? ''} is not member of ${group.key}`;
  others.splice(place === 'after' ? at + 1 : at, 0, member);
  return others;
}
