// SPDX-License-Identifier: GPL-2.0-or-later
/** OLD8xx: names of earlier releases, and what became of them. */
import type { Statement } from '../../language/index.ts';
import type { Edit, Report } from '../finding.ts';
import { agentOf, ownMeta, type LintModel, type Setting } from '../model/index.ts';
import { addSetting, insertAt, removeSetting, replaceWord, written } from '../repair.ts';
import { rule } from '../rule.ts';

type Home = { readonly kind: 'rsc_defaults' | 'op_defaults'; readonly name: string };

/** Removed properties: the default that took their place, or undefined where they just go. */
const REMOVED: ReadonlyMap<string, Home | undefined> = new Map<string, Home | undefined>([
  ['default-resource-stickiness', { kind: 'rsc_defaults', name: 'resource-stickiness' }], ['default_resource_stickiness', { kind: 'rsc_defaults', name: 'resource-stickiness' }],
  ['default-action-timeout', { kind: 'op_defaults', name: 'timeout' }], ['default_action_timeout', { kind: 'op_defaults', name: 'timeout' }],
  ['is-managed-default', { kind: 'rsc_defaults', name: 'is-managed' }], ['is_managed_default', { kind: 'rsc_defaults', name: 'is-managed' }],
  ['default-migration-threshold', { kind: 'rsc_defaults', name: 'migration-threshold' }],
  ['default-resource-failure-stickiness', undefined], ['expected-quorum-votes', undefined], ['notification-agent', undefined], ['notification-recipient', undefined],
  ['crmd-finalization-timeout', undefined], ['crmd-integration-timeout', undefined], ['crmd-transition-delay', undefined], ['remove-after-stop', undefined],
  ['transition_idle_timeout', undefined],
]);
const RENAMED_META: ReadonlyMap<string, string> = new Map([['master-max', 'promoted-max'], ['master-node-max', 'promoted-node-max']]);
const RENAMED_PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['stonith-enabled', 'fencing-enabled'], ['stonith-action', 'fencing-action'], ['stonith-timeout', 'fencing-timeout'], ['stonith-max-attempts', 'fencing-max-attempts'],
  ['stonith-watchdog-timeout', 'fencing-watchdog-timeout'], ['fence-reaction', 'fencing-reaction'], ['stop-orphan-resources', 'stop-removed-resources'], ['stop-orphan-actions', 'cancel-removed-actions'],
]);
const GONE_CLASSES = new Set(['nagios', 'upstart', 'heartbeat']);

export const oldNameRules = [
  rule('OLD801', 'warning', 'ms and master are old statements.', 'A promotable clone says the same in the names of today.', 'Write clone with promotable=true (automatic).', oldMs),
  rule('OLD802', 'warning', 'Master and Slave are old role names.', 'Renamed in 2.1.', 'Write Promoted and Unpromoted (automatic).', oldRoles),
  rule('OLD803', 'warning', 'master-max and its like are old names.', 'Renamed with the roles.', 'Write promoted-max, promoted-node-max (automatic).', oldMaxima),
  rule('OLD804', 'warning', 'A property was removed.', 'Current schemas refuse it.', 'Move it to the defaults, or delete it (automatic).', removedProperties),
  rule('OLD805', 'info', 'collocation is an old spelling.', 'Both are read; one is written.', 'Write colocation (automatic).', collocation),
  rule('OLD806', 'error', 'user statements are gone.', 'Schemas from 2.0 on know acl_target only.', 'Write acl_target and role.', oldUsers),
  rule('OLD807', 'info', 'The option was renamed in 3.0.', 'The old name still works with a warning.', 'Use the new name (automatic).', renamedOptions, { since: '3.0' }),
  rule('OLD808', 'error', 'The agent class was removed.', 'Pacemaker 3.0 drops such resources.', 'Use an OCF or systemd agent.', goneClasses),
  rule('OLD809', 'error', 'rkt bundles were removed.', 'Pacemaker 3.0 drops them.', 'Use podman.', rktBundles),
  rule('OLD810', 'warning', 'The moon in a date specification.', 'Deprecated since 2.1.6.', 'Delete it.', moon),
  rule('OLD811', 'warning', 'Several rules in one location.', 'Pacemaker 3.0 takes one rule for each constraint.', 'Split it (automatic).', severalRules, { since: '3.0' }),
  rule('OLD812', 'warning', 'The node types normal and ping are old.', 'Current schemas do not know them.', 'Write member (automatic).', oldNodeTypes),
  rule('OLD815', 'warning', 'requires on an operation.', 'It is a meta attribute of the resource.', 'Move it.', requiresOnOperation),
  rule('OLD819', 'info', 'concurrent-fencing is deprecated.', 'It is always on.', 'Delete it.', concurrentFencing, { since: '3.0' }),
];

export function isRemovedProperty(name: string): boolean {
  return REMOVED.has(name);
}

export function isRenamedMeta(name: string): boolean {
  return RENAMED_META.has(name);
}

function* oldMs(model: LintModel): Iterable<Report> {
  for (const resource of model.all) {
    if (resource.statement.kind !== 'ms') continue;
    const first = resource.meta[0];
    const hasPromotable = ownMeta(resource, 'promotable') !== undefined;
    const pair = hasPromotable ? [] : [first === undefined ? insertAt(resource.statement.end, ' meta promotable=true') : insertAt(first.pair.start, 'promotable=true ')];
    yield { span: resource.statement.keyword, message: `${resource.id} is a promotable clone`, repair: [replaceWord(resource.statement.keyword, 'clone'), ...pair] };
  }
}

function newRole(text: string): string | undefined {
  const match = /^(master|slave)$/i.exec(text);
  return match === null ? undefined : match[1]!.toLowerCase() === 'master' ? 'Promoted' : 'Unpromoted';
}

function* oldRoles(model: LintModel): Iterable<Report> {
  const edits: { span: Edit; from: string }[] = [];
  const note = (start: number, from: string): void => {
    const to = newRole(from);
    if (to !== undefined) edits.push({ span: { start, end: start + from.length, text: to }, from });
  };
  for (const resource of model.all) {
    for (const one of resource.operations) noteValue(model, one.attributes.get('role'), note);
    noteValue(model, resource.meta.find(({ name }) => name === 'target-role')?.pair, note);
  }
  for (const one of [...model.colocations, ...model.orders]) {
    for (const { word, id, suffix } of [one.first, one.second]) if (suffix !== undefined) note(word.start + id.length + 1, suffix);
  }
  for (const { statement } of model.locations) {
    noteValue(model, statement.options.find((pair) => pair.name.text === 'role'), note);
    for (const { role } of statement.rules) if (role !== undefined) note(wordStart(model, role, role.text), role.text);
  }
  for (const statement of model.statements) {
    if (statement.kind !== 'colocation' && statement.kind !== 'order' && statement.kind !== 'rsc_ticket') continue;
    const inSets = statement.sets.flatMap((group) => group.members.flatMap((member) => (member.kind === 'option' ? [member.pair] : [])));
    for (const pair of [...inSets, ...statement.options]) if (/^(?:role|(?:with-)?rsc-role)$/.test(pair.name.text)) noteValue(model, pair, note);
  }
  for (const { word, id, suffix } of model.ticketReferences) if (suffix !== undefined) note(word.start + id.length + 1, suffix);
  const seen = new Set<number>();
  for (const { span, from } of edits) {
    if (seen.has(span.start)) continue;
    seen.add(span.start);
    yield { span, message: `${from} is called ${span.text}`, repair: [span] };
  }
}

/** Where the decoded text of a word begins: behind `$role=` or a quote, if there is one. */
function wordStart(model: LintModel, span: { readonly start: number; readonly end: number }, text: string): number {
  const at = model.text.slice(span.start, span.end).lastIndexOf(text);
  return span.start + Math.max(at, 0);
}

function noteValue(model: LintModel, pair: { readonly value: { readonly start: number; readonly end: number; readonly text: string } | undefined } | undefined, note: (start: number, from: string) => void): void {
  const value = pair?.value;
  // A value with quotes or backslashes inside it is no role.
  if (value !== undefined && model.text.slice(value.start, value.end).includes(value.text)) note(wordStart(model, value, value.text), value.text);
}

function* oldMaxima(model: LintModel): Iterable<Report> {
  for (const resource of model.all) {
    for (const { name, pair } of resource.meta) {
      const successor = RENAMED_META.get(name);
      if (successor !== undefined) yield { span: pair.name, message: `${name} is called ${successor}`, repair: [replaceWord(pair.name, successor)] };
    }
  }
  for (const statement of model.statements) {
    if (statement.kind !== 'bundle') continue;
    for (const part of statement.parts) {
      const pair = 'pairs' in part ? part.pairs.find((one) => one.name.text === 'masters') : undefined;
      if (pair !== undefined) yield { span: pair.name, message: 'masters is called promoted-max', repair: [replaceWord(pair.name, 'promoted-max')] };
    }
  }
}

function* removedProperties(model: LintModel): Iterable<Report> {
  for (const setting of model.properties.values()) {
    if (!REMOVED.has(setting.name)) continue;
    const home = REMOVED.get(setting.name);
    yield { span: setting.pair, message: `${setting.name} was removed${home === undefined ? '' : `: ${home.name} in ${home.kind}`}`, repair: withoutProperty(model, setting, home) };
  }
}

function withoutProperty(model: LintModel, setting: Setting, home: Home | undefined): Edit[] {
  const removal = removeSetting(model, setting);
  if (home === undefined) return [removal];
  const standing = home.kind === 'rsc_defaults' ? model.rscDefaults : model.opDefaults;
  return standing.has(home.name) ? [removal] : [removal, addSetting(model, home.kind, `${home.name}=${setting.value}`)];
}

function* collocation(model: LintModel): Iterable<Report> {
  for (const { keyword } of model.statements) if (keyword.text === 'collocation') yield { span: keyword, message: 'spelt colocation', repair: [replaceWord(keyword, 'colocation')] };
}

function* oldUsers(model: LintModel): Iterable<Report> {
  for (const statement of model.statements) if (statement.kind === 'user') yield { span: statement.keyword, message: 'user is called acl_target' };
}

function* renamedOptions(model: LintModel): Iterable<Report> {
  for (const { name, pair } of model.properties.values()) {
    const successor = RENAMED_PROPERTIES.get(name);
    if (successor !== undefined && !model.properties.has(successor)) yield { span: pair.name, message: `${name} is called ${successor}`, repair: [replaceWord(pair.name, successor)] };
  }
}

function* goneClasses(model: LintModel): Iterable<Report> {
  for (const resource of model.primitives) {
    const agent = agentOf(resource);
    if (agent !== undefined && GONE_CLASSES.has(agent.class)) yield { span: resource.agentWord ?? resource.statement.id, message: `the class ${agent.class} was removed` };
  }
}

function* rktBundles(model: LintModel): Iterable<Report> {
  for (const statement of model.statements) {
    const part = statement.kind === 'bundle' ? statement.parts.find((one) => one.kind === 'rkt') : undefined;
    if (part !== undefined && 'keyword' in part) yield { span: part.keyword, message: 'rkt was removed' };
  }
}

function* moon(model: LintModel): Iterable<Report> {
  for (const { expression } of model.expressions) {
    for (const term of expression.terms) {
      const pair = term.kind === 'date' ? term.parts.find((one) => one.name.text === 'moon') : undefined;
      if (pair !== undefined) yield { span: pair, message: 'phases of the moon are deprecated' };
    }
  }
}

function* severalRules(model: LintModel): Iterable<Report> {
  for (const { statement } of model.locations) {
    if (statement.rules.length < 2) continue;
    const head = model.text.slice(statement.id.end, statement.rules[0]!.start).replace(/\\\s*\n\s*/g, ' ').trimEnd();
    const taken = new Set(model.statements.flatMap((one: Statement) => ('id' in one && one.id !== undefined ? [one.id.text] : [])));
    const edits: Edit[] = [];
    let number = 2;
    for (const rest of statement.rules.slice(1)) {
      while (taken.has(`${statement.id.text}-${number}`)) number++;
      const line = `\nlocation ${statement.id.text}-${number++}${head} ${written(model, rest).replace(/\\\s*\n\s*/g, ' ')}`;
      edits.push({ start: model.text.slice(0, rest.start).replace(/(?:[ \t]|\\[ \t]*\n)+$/, '').length, end: rest.end, text: line });
    }
    yield { span: statement.rules[1]!, message: 'one rule for each constraint', repair: edits };
  }
}

function* oldNodeTypes(model: LintModel): Iterable<Report> {
  for (const { name } of model.nodes) {
    const match = /:(normal|ping)$/.exec(name.text);
    if (match !== null) yield { span: name, message: `the node type ${match[1]} is old`, ...(match[1] === 'normal' ? { repair: [{ start: name.end - match[1].length, end: name.end, text: 'member' }] } : {}) };
  }
}

function* requiresOnOperation(model: LintModel): Iterable<Report> {
  for (const resource of model.all) {
    for (const one of resource.operations) {
      const pair = one.attributes.get('requires');
      if (pair !== undefined) yield { span: pair, message: 'requires is a meta attribute of the resource' };
    }
  }
}

function* concurrentFencing(model: LintModel): Iterable<Report> {
  const setting = model.properties.get('concurrent-fencing');
  if (setting !== undefined) yield { span: setting.pair, message: 'concurrent-fencing is always on' };
}
