// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Differences from the peer that were looked at. Each verdict is a rule that says what makes the two results the same; what no rule
 * explains stays open.
 */
import { configurationForm } from '../../conformance/configuration-form.ts';
import type { Step } from './steps.ts';

export interface Outcome {
  readonly step: Step;
  /** CIBs: before the line, and what crmsh and we made of it. */
  readonly before: string;
  readonly peer: string;
  readonly ours: string;
  readonly said: { readonly peer: string; readonly ours: string };
}

interface Verdict {
  readonly text: string;
  holds(outcome: Outcome, line: string): boolean;
}

const VERDICTS: readonly Verdict[] = [
  { text: 'what has an error changes nothing; crmsh keeps half of it', holds: (one) => /^ERROR/m.test(one.said.ours) && isSame(one.before, one.ours) },
  { text: 'crmsh refuses a filter over a constraint that was at fault before', holds: (one, line) => line.startsWith('filter ') && /which doesn't exist/.test(one.said.peer) && isSame(one.before, one.peer) },
  { text: 'crmsh forgets the nodes when a location on a pattern is erased', holds: (one) => /these objects remained/.test(one.said.peer) && isSame(withoutTargets(one.peer), withoutTargets(one.ours)) },
  { text: 'crmsh remembers ids of what is gone', holds: (one, line) => line.startsWith('rename ') && /already in use/.test(one.said.peer) && !one.before.includes(` id="${line.split(' ')[2]}"`) },
  { text: 'rename reaches tags, templates, fencing levels and access rules', holds: (one, line) => line.startsWith('rename ') && isSame(renamed(one.peer, line), one.ours) },
  { text: 'push leaves what the text says, in sets of properties too', holds: (one, line) => line.startsWith('load push') && isSame(withoutSets(one.peer), withoutSets(one.ours)) },
  { text: 'crmsh loses things that a pushed text names', holds: (one, line) => line.startsWith('load push') && hasOnlyMoreOf(one) },
  { text: 'crmsh deletes the container of what it is told to delete twice', holds: (_one, line) => /^delete (\S+) \1$/.test(line) },
  { text: 'set gives bare numbers their unit, and the id of an operation follows its interval', holds: (one, line) => line.startsWith('set ') && isSame(withUnits(one.peer), withUnits(one.ours)) },
  { text: 'modgroup moves a member inside its group', holds: (one, line) => line.startsWith('modgroup ') && /listed more than once/.test(one.said.peer) },
  { text: 'the members of a deleted container take its place in sets too', holds: (one, line) => line.startsWith('delete ') && isSame(without(one.peer, 'constraints'), without(one.ours, 'constraints')) && saysMore(one) },
  { text: 'a typed clone interleaves whatever else it is given, as in crmsh 5', holds: (one, line) => line.startsWith('clone ') && isSame(withoutInterleave(one.peer), withoutInterleave(one.ours)) },
  { text: 'advice on an operation holds for each of its roles', holds: (one, line) => line.startsWith('default-timeouts ') && isSame(withoutRoleTimeouts(one.peer), withoutRoleTimeouts(one.ours)) },
  { text: 'without the default set a typed value goes to the set there is, as in crmsh 5', holds: (one, line) => /^(?:property|rsc_defaults|op_defaults) /.test(line) && isSame(withoutSets(one.peer), withoutSets(one.ours)) && /^INFO|^$/.test(one.said.ours) },
  { text: 'ids of parts that take the place of others', holds: (one) => isSame(withoutPartIds(one.peer), withoutPartIds(one.ours)) },
];

/** The first rule that explains the difference. */
export function verdictOn(outcome: Outcome): string | undefined {
  return VERDICTS.find((one) => one.holds(outcome, outcome.step.line))?.text;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => configurationForm(text, true, true).join('\n'));
  return a === b;
}

function without(text: string, section: string): string {
  return text.replace(new RegExp(`<${section}>[^]*</${section}>|<${section}/>`), '');
}

/** Without nodes, and without the topology, which has levels for each of them. */
function withoutTargets(text: string): string {
  return without(without(text, 'nodes'), 'fencing-topology');
}

function withoutSets(text: string): string {
  return withoutPartIds(['crm_config', 'rsc_defaults', 'op_defaults'].reduce(without, text));
}

function withoutPartIds(text: string): string {
  return text.replace(/<(?:fencing-level|rule|expression|resource_set|acl_permission) [^>]*>/g, (part) => part.replace(/ id="[^"]*"/, ''));
}

function withUnits(text: string): string {
  return text.replace(/<op [^>]*>/g, (op) => op.replace(/ id="[^"]*"/, '').replace(/ (interval|timeout)="(\d+)"/g, ' $1="$2s"'));
}

function withoutInterleave(text: string): string {
  return text.replace(/<nvpair [^>]*name="interleave" value="true"[^>]*>\s*/g, '');
}

function withoutRoleTimeouts(text: string): string {
  return text.replace(/<op [^>]*>/g, (op) => (op.includes(' role=') ? op.replace(/ timeout="[^"]*"/, '') : op));
}

/** The peer's result with the references it forgot. */
function renamed(text: string, line: string): string {
  const [, from = '', to = ''] = line.split(' ');
  return text
    .replace(new RegExp(`(<(?:obj_ref|role) id=| reference=| template=)"${from}"`, 'g'), `$1"${to}"`)
    .replace(/ devices="[^"]*"/g, (devices) => devices.replace(new RegExp(`(["\\s,])${from}(?=[",])`, 'g'), `$1${to}`))
    .replaceAll(`@id='${from}'`, `@id='${to}'`);
}

/** Whether the results differ only in what the loaded text names, of which the peer has the less. */
function hasOnlyMoreOf({ step, peer, ours }: Outcome): boolean {
  const [theirs, mine] = [peer, ours].map((text) => configurationForm(withoutSets(text), true, true)) as [string[], string[]];
  const [known, there] = [new Set(mine), new Set(theirs)];
  const isNamed = (line: string): boolean => new RegExp(` ${(/ uname="([^"]*)"/.exec(line) ?? / id="([^"]*)"/.exec(line))?.[1]}\\b`).test(` ${step.file}`);
  const [lost, added] = [theirs.filter((line) => !known.has(line)), mine.filter((line) => !there.has(line))];
  return [...lost, ...added].every(isNamed) && lost.join('').length < added.join('').length;
}

/** Whether every constraint of the peer is in ours, with at least the resources it names there. */
function saysMore({ peer, ours }: Outcome): boolean {
  const names = (text: string): Map<string, string[]> => {
    const section = /<constraints>([^]*)<\/constraints>/.exec(text)?.[1] ?? '';
    const found = section.matchAll(/<rsc_\w+ [^]*?id="([^"]*)"[^]*?(?=<rsc_(?!\w*ref)|$)/g);
    return new Map([...found].map((match) => [/ id="([^"]*)"/.exec(match[0])![1]!, [...match[0].matchAll(/(?:rsc|first|then|<resource_ref id)="([^"]*)"/g)].map((one) => one[1]!)]));
  };
  const mine = names(ours);
  return [...names(peer)].every(([id, resources]) => resources.length <= (mine.get(id) ?? []).length);
}
