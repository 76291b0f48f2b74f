// SPDX-License-Identifier: GPL-2.0-or-later
/** What the grammar cannot say: ids, roles, kinds, values and the other words that must be one of a few. */
import type { AclStatement, AclTargetStatement, ContainerStatement, LocationStatement, NvPair, Operation, PrimitiveStatement, ResourceGroup, Section, SetConstraintStatement, Statement, Word } from '../../grammar/index.ts';
import { aclTargetOf, shortcutNames } from './acl-shortcuts.ts';
import { checkItems } from './check-items.ts';
import { checkExplicitScore, checkRules } from './check-rule.ts';
import type { DiagnosticSink } from './diagnose.ts';
import { nearest } from './suggest.ts';
import { ACTIONS, booleanOf, canonical, explicitScore, isValidId, LOSS_POLICIES, NO_RIGHTS, NODE_TYPES, OP_ATTRIBUTES, ORDER_KINDS, ROLES, scoreOf } from './vocabulary.ts';

/** Adds what is wrong with one statement by itself; whether its names exist is not asked here. */
export function checkStatement(statement: Statement, text: string, isTyped: boolean, sink: DiagnosticSink): void {
  if ('id' in statement && statement.id !== undefined && statement.kind !== 'node') checkId(statement.id, text, isTyped, sink, statement.kind === 'acl_target');
  switch (statement.kind) {
    case 'node': {
      const type = statement.name.text.split(':')[1];
      if (type !== undefined && !(NODE_TYPES.slice(0, 2) as readonly string[]).includes(type)) {
        sink.add('invalid-node-type', statement.name, `"${type}" is no node type`, { expected: ['member', 'remote'], ...suggested(type, NODE_TYPES.slice(0, 2)) });
      }
      checkExplicitScore(statement.score, 'node', sink);
      return checkSections(statement.sections, sink);
    }
    case 'primitive':
    case 'rsc_template':
      return checkPrimitive(statement, sink);
    case 'group':
    case 'clone':
    case 'ms':
      return checkContainer(statement, sink);
    case 'location':
      return checkLocation(statement, sink);
    case 'colocation':
    case 'order':
    case 'rsc_ticket':
      return checkConstraint(statement, sink);
    case 'property':
    case 'rsc_defaults':
    case 'op_defaults':
      checkRules(statement.rules, sink);
      checkExplicitScore(statement.score, undefined, sink);
      if (statement.id === undefined && statement.reference === undefined && statement.score === undefined && statement.rules.length + statement.items.length === 0) {
        sink.add('unexpected-end', { start: statement.end, end: statement.end }, `${statement.kind}: the line ends where name=value should follow`, { expected: ['name=value', 'rule'] });
      }
      return checkItems(statement.items, sink, isTyped ? 'error' : 'warning');
    case 'role':
    case 'user':
      return checkAcl(statement, sink);
    case 'acl_target':
    case 'acl_group':
      return checkAclTarget(statement, sink);
    case 'alert':
      for (const part of statement.parts) {
        if (part.kind === 'set') checkSections([part], sink);
        if (part.kind === 'to') checkSections(part.sets, sink);
      }
      return;
    case 'fencing_topology':
      for (const item of statement.items) {
        if (item.kind !== 'level') continue;
        if (item.index !== undefined && !/^[1-9]\d*$/.test(item.index.text)) sink.add('invalid-value', item.index, `"${item.index.text}" is no number of a level`, { expected: ['index=1', 'index=2'] });
        if (!DEVICES.test(item.devices.text)) sink.add('invalid-value', item.devices, `"${item.devices.text}" names no fence devices`, { expected: ['device', 'device,device', 'node:', 'attr:name=value', 'pattern:regex'] });
      }
      return;
    case 'xml':
      if (!statement.xml.text.startsWith('<')) sink.add('invalid-xml', statement.xml, 'xml: this is no XML element: it does not begin with "<"', { expected: ['<ELEMENT ...>'] });
      return;
    case 'tag':
      for (const member of statement.members) checkSeparated(member, sink);
      return;
    case 'monitor':
      return checkMonitor(statement.target, statement.times, sink);
    default:
  }
}

const DEVICES = /^[\p{L}\p{N}_.-]+(?:,[\p{L}\p{N}_.-]+)*$/u;

/** The id of an access target is the name of a user, who may be called anything. */
function checkId(id: Word, text: string, isTyped: boolean, sink: DiagnosticSink, isUser: boolean): void {
  const isOption = id.start > 0 && text[id.start - 1] === '=' && /id=$/i.test(text.slice(id.start - 3, id.start)) && text[id.start - 4] !== '$';
  if (isOption && !isTyped) sink.add('invalid-id', { start: id.start - 3, end: id.end }, `"id=" is for typed commands; in a file the id stands alone`, { repair: `write ${id.text}` });
  else if (isUser ? id.text === '' : !isValidId(id.text)) sink.add('invalid-id', id, `"${id.text}" cannot be an id`, { repair: 'begin with a letter or "_"; go on with letters, digits, "_", "." and "-"' });
}

function checkPrimitive(statement: PrimitiveStatement, sink: DiagnosticSink): void {
  const { agent } = statement;
  const parts = agent.text.split(':');
  const isReference = agent.text.startsWith('@');
  if (agent.text === '@') sink.add('invalid-agent', agent, '"@" names no template', { expected: ['@template'] });
  if (!isReference && (parts.length > 3 || parts[parts.length - 1] === '' || parts[0] === '')) {
    sink.add('invalid-agent', agent, `"${agent.text}" names no agent`, { expected: ['type', 'class:type', 'class:provider:type', '@template'] });
  }
  if (isReference && statement.kind === 'rsc_template') sink.add('invalid-agent', agent, 'a template cannot be made from a template', { expected: ['class:provider:type'] });
  checkSections(statement.sections, sink);
}

function checkContainer(statement: ContainerStatement, sink: DiagnosticSink): void {
  const seen = new Set<string>();
  for (const member of statement.members) {
    checkSeparated(member, sink);
    if (seen.has(member.text)) sink.add('duplicate-member', member, `${member.text} is listed twice in ${statement.id.text}`, { repair: 'list it once' });
    seen.add(member.text);
  }
  checkSections(statement.sections, sink);
}

/** Lists of other languages have commas; what quotes or a backslash make of a pair is no name. */
function checkSeparated(member: Word, sink: DiagnosticSink): void {
  if (member.text.includes('=')) sink.add('unexpected-word', member, `"${member.text}" stands where a name should`, { repair: 'a name holds no "="; write name=value without quotes in front of "="' });
  else if (member.text.includes(',')) sink.add('unexpected-word', member, `"${member.text}": names are separated by blanks, not by commas`, { suggestion: member.text.split(',').filter((one) => one !== '').join(' ') });
}

function checkSections(sections: readonly Section[], sink: DiagnosticSink): void {
  for (const section of sections) {
    if (section.kind === 'set') {
      checkRules(section.rules, sink);
      checkExplicitScore(section.score, undefined, sink);
      checkItems(section.items, sink, 'warning');
    } else if (section.kind === 'op') checkOperation(section, sink);
  }
}

function checkOperation(op: Operation, sink: DiagnosticSink): void {
  if (op.name.text === '') sink.add('unexpected-word', op.name, 'op: an empty word is no operation', { expected: ['monitor', 'start', 'stop'] });
  let parameter: string | undefined;
  for (const item of op.items) {
    if (item.kind !== 'pair') continue;
    if (!OP_ATTRIBUTES.has(item.name.text)) parameter ??= item.name.text;
    else if (parameter !== undefined) {
      sink.add('op-attribute-order', item, `${item.name.text} must stand before ${parameter}, which is a parameter of the operation`, { repair: `move ${item.name.text} before ${parameter}` });
    }
    if (item.name.text === 'role' && item.value !== undefined) checkWord(item.value, ROLES, 'invalid-role', 'role', sink);
  }
  checkItems(op.items, sink, 'warning');
  checkSections(op.sets, sink);
}

function checkLocation(statement: LocationStatement, sink: DiagnosticSink): void {
  const target = statement.target;
  if (target !== undefined && (target.text === '//' || target.text.startsWith('{') || /^\/.*[^/]$/.test(target.text) || target.text === '')) {
    sink.add('unexpected-word', target, `"${target.text}" is no resource`, { expected: ['a resource', '/pattern/', '{ resources }'], repair: target.text.startsWith('{') ? 'put blanks around the braces' : 'a pattern that holds blanks stands in quotes' });
  }
  for (const option of statement.options) if (bareName(option) === 'role' && option.value !== undefined) checkWord(option.value, ROLES, 'invalid-role', 'role', sink);
  for (const group of statement.sets ?? []) checkGroup(group, false, sink);
  checkExplicitScore(statement.score, undefined, sink);
  checkRules(statement.rules, sink);
  checkRules(statement.lifetime, sink);
}

const bareName = (option: NvPair): string => option.name.text.toLowerCase();

function checkConstraint(statement: SetConstraintStatement, sink: DiagnosticSink): void {
  const isOrder = statement.kind === 'order';
  if (!isOrder) checkExplicitScore(statement.label, statement.kind === 'colocation' ? 'colocation' : undefined, sink);
  if (isOrder && statement.label !== undefined && canonical(statement.label.text, ORDER_KINDS) === undefined && !isOrderScore(explicitScore(statement.label.text) ?? statement.label.text)) {
    sink.add('invalid-kind', statement.label, `"${statement.label.text}" is no kind of order`, { expected: [...ORDER_KINDS], ...suggested(statement.label.text, ORDER_KINDS) });
  }
  for (const group of statement.sets) checkGroup(group, isOrder, sink);
  for (const option of statement.options) checkOption(statement.kind, option, sink);
  if (isOrder) checkOrderOption(statement, sink);
  checkRules(statement.lifetime, sink);
  if (statement.kind === 'rsc_ticket' && statement.lifetime.length > 0) sink.add('unexpected-word', statement.lifetime[0]!, 'rsc_ticket: a ticket has no lifetime', { repair: 'delete "lifetime" and its rules' });
}

function checkGroup(group: ResourceGroup, isOrder: boolean, sink: DiagnosticSink): void {
  group.members.forEach((member, i) => {
    const before = group.members[i - 1];
    if (member.kind === 'option') {
      checkSetOption(member.pair, sink);
      if (before?.kind === 'reference') sink.add('invalid-option', member.pair, `the set ${before.word.text} stands elsewhere, with its options`, { repair: `write ${member.pair.name.text}= there` });
    } else if (member.kind === 'resource') checkMember(member.word, isOrder, sink);
    else if (member.kind === 'reference' && (group.bracket !== '' || before?.kind === 'id')) {
      sink.add('invalid-value', member.word, `the set ${member.word.text} stands elsewhere, with its brackets and id`, { repair: `write $id-ref=${member.word.text} outside of brackets` });
    }
  });
}

/** `order o a b require-all=false`: the option makes a set of a and b, and concerns that. */
function checkOrderOption(statement: SetConstraintStatement, sink: DiagnosticSink): void {
  const [only, ...others] = statement.sets;
  if (statement.isMarked || only === undefined || others.length > 0 || only.bracket !== '' || only.members.some((member) => member.kind === 'id')) return;
  const option = only.members.find((member) => member.kind === 'option' && member.pair.name.text === 'require-all');
  const names = only.members.flatMap((member) => (member.kind === 'resource' ? [member.word.text] : []));
  if (option?.kind !== 'option' || names.length !== 2) return;
  const written = `require-all=${option.pair.value?.text ?? ''}`;
  sink.add('set-option', option.pair, `${written} makes a set of ${names.join(' and ')}`, { repair: `for the order itself write $${written}` });
}

/** Numbers and infinities turn into kinds; the words mandatory and advisory are scores elsewhere, not here. */
function isOrderScore(text: string): boolean {
  return !/^(?:mandatory|advisory)$/i.test(text) && scoreOf(text) !== undefined;
}

function checkMember(member: Word, isOrder: boolean, sink: DiagnosticSink): void {
  checkSeparated(member, sink);
  const [, qualifier, ...more] = member.text.split(':');
  if (more.length > 0) sink.add('unexpected-word', member, `"${member.text}" has more than one colon`, { expected: ['resource', isOrder ? 'resource:action' : 'resource:role'] });
  else if (qualifier !== undefined && isOrder) checkWord(behindColon(member, qualifier), ACTIONS, 'invalid-action', 'action', sink);
  else if (qualifier !== undefined && !/^\d+$/.test(qualifier)) checkWord(behindColon(member, qualifier), ROLES, 'invalid-role', 'role', sink);
}

/** The part of a word behind its colon, in its place unless quotes hide it. */
function behindColon(word: Word, text: string): Word {
  return { text, start: word.end - word.start === word.text.length ? word.end - text.length : word.start, end: word.end };
}

function checkSetOption(option: NvPair, sink: DiagnosticSink): void {
  if (!['sequential', 'require-all'].includes(option.name.text)) return;
  if (booleanOf(option.value?.text ?? '') === undefined) sink.add('invalid-boolean', option, `${option.name.text} is true or false, not "${option.value?.text}"`, { expected: ['true', 'false'] });
}

function checkOption(kind: SetConstraintStatement['kind'], option: NvPair, sink: DiagnosticSink): void {
  const name = option.name.text;
  const value = option.value?.text ?? '';
  const known = { colocation: ['node-attribute', 'influence', 'score-attribute-mangle'], order: ['symmetrical', 'require-all'], rsc_ticket: ['loss-policy'] }[kind];
  if (!known.includes(name.toLowerCase())) {
    sink.add('invalid-option', option, `${kind} has no option "${name}"`, { expected: known.map((one) => `${one === 'require-all' ? '$' : ''}${one}=`), ...suggested(name, known) });
  } else if (name === 'loss-policy') checkWord({ ...option.value!, text: value }, LOSS_POLICIES, 'invalid-option', 'loss-policy', sink);
  else if (name === 'symmetrical' && (booleanOf(value) === undefined || /^[01]$/.test(value))) {
    sink.add('invalid-boolean', option, `symmetrical is true or false, not "${value}"`, { expected: ['true', 'false'] });
  } else if (name === 'require-all') checkSetOption(option, sink);
}

function checkAcl(statement: AclStatement, sink: DiagnosticSink): void {
  const rights = ['read', 'write', 'deny'];
  const isNone = (word: Word): boolean => word.text.toLowerCase() === NO_RIGHTS;
  const none = statement.roles.find(isNone);
  if (none !== undefined && statement.roles.length + statement.rights.length > 1) sink.add('unexpected-word', none, `${statement.kind}: "${none.text}" stands beside rights`, { repair: `delete it, or everything behind ${statement.id.text} but it` });
  for (const role of statement.roles) {
    if ((statement.kind === 'user' && /^role:./.test(role.text)) || isNone(role)) continue;
    sink.add('unexpected-word', role, `${statement.kind}: "${role.text}" stands where read, write or deny should`, { expected: rights, ...suggested(role.text, rights) });
  }
  if (statement.roles.length + statement.rights.length === 0) sink.add('unexpected-end', { start: statement.end, end: statement.end }, `${statement.kind}: the line ends where read, write or deny should follow`, { expected: [...rights, NO_RIGHTS], repair: `without rights write: ${statement.kind} ${statement.id.text} ${NO_RIGHTS}` });
  for (const right of statement.rights) {
    const bad = right.targets.filter((target) => aclTargetOf(target.text) === undefined);
    for (const target of bad) sink.add('invalid-acl-target', target, `"${target.text}" names nothing that can be ${right.right.text === 'deny' ? 'denied' : 'allowed'}`, { expected: ['xpath:', 'ref:', 'type:', 'attr:', ...shortcutNames()], ...(withSpecColon(target.text) ?? suggested(target.text, shortcutNames())) });
    if (right.targets.length === 0) sink.add('invalid-acl-target', right, `${right.right.text} applies to nothing`, { expected: ['xpath:', 'ref:', 'type:', ...shortcutNames()] });
  }
}

/** `xpath=//x`, as the attribute of the XML element is written. */
function withSpecColon(target: string): { suggestion: string } | undefined {
  const match = /^(xpath|ref|reference|type|tag|attr|attribute)=(.+)$/s.exec(target);
  if (match === null) return undefined;
  const prefix = { reference: 'ref', tag: 'type', attribute: 'attr' }[match[1]!] ?? match[1]!;
  return { suggestion: `${prefix}:${match[2]!}` };
}

function checkAclTarget(statement: AclTargetStatement, sink: DiagnosticSink): void {
  for (const option of statement.options) {
    if (option.name.text !== 'name') sink.add('invalid-option', option, `${statement.kind} has no option "${option.name.text}"`, { expected: ['name='], ...suggested(option.name.text, ['name']) });
  }
  const [, second] = statement.options;
  if (second !== undefined) sink.add('unexpected-word', second, `${statement.kind} has one name`, { repair: 'delete one' });
  for (const role of statement.roles) {
    checkSeparated(role, sink);
    if (/^role:./.test(role.text)) sink.add('unexpected-word', role, `${statement.kind}: the roles of a target stand by themselves`, { suggestion: role.text.slice('role:'.length) });
  }
  if (statement.roles.length === 0) sink.add('no-role', statement.id, `${statement.kind} ${statement.id.text} has no role, and so no rights`, { object: statement.id.text, repair: 'go on with the id of a role' });
}

function checkMonitor(target: Word, times: Word, sink: DiagnosticSink): void {
  if (target.text.split(':').length > 2) sink.add('unexpected-word', target, `"${target.text}" has more than one colon`, { expected: ['resource[:role]'] });
  if (times.text.split(':').length > 2) sink.add('unexpected-word', times, `"${times.text}" has more than one colon`, { expected: ['interval[:timeout]'] });
}

function checkWord(word: Word, words: readonly string[], code: 'invalid-role' | 'invalid-action' | 'invalid-option', what: string, sink: DiagnosticSink): void {
  if (canonical(word.text, words) !== undefined) return;
  sink.add(code, word, `"${word.text}" is no ${what}`, { expected: words.filter((one) => one !== 'Master' && one !== 'Slave'), ...suggested(word.text, words) });
}

function suggested(text: string, words: readonly string[]): { suggestion?: string } {
  const suggestion = nearest(text, words);
  return suggestion === undefined ? {} : { suggestion };
}
