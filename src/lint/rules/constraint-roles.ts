// SPDX-License-Identifier: GPL-2.0-or-later
/** CON517 to CON530: roles, actions, patterns, remote connections. */
import type { Report } from '../finding.ts';
import { isPromotableClone, membersOf, normalRole, parameter, topOf, type LintModel, type Reference, type Resource } from '../model/index.ts';
import { insertAfterWord, replaceWord } from '../repair.ts';
import { rule } from '../rule.ts';
import { isDrbdClone, isFileSystemOrVolume, isRemoteConnection, ofType, resourceOf } from './placement.ts';

export const constraintRoleRules = [
  rule('CON517', 'warning', 'A colocation of three resources has no brackets.', 'One sequential set: each is placed with the one before it.', 'Write brackets to say what is meant.', unbracketed, { isOff: true }),
  rule('CON519', 'error', 'A constraint joins a resource with itself.', 'It means nothing.', 'Name another resource.', withItself),
  rule('CON520', 'error', 'A promotion role or action on something not promotable.', 'The constraint never holds.', 'Drop the role (automatic in colocations).', roleWithoutPromotion),
  rule('CON521', 'error', 'A file system is placed with a DRBD clone in any role.', 'It may land beside a secondary, which cannot be mounted.', 'Write :Promoted (automatic).', drbdWithoutRole),
  rule('CON522', 'error', 'A file system is ordered after the start of a DRBD clone.', 'The mount comes before the promotion and fails.', 'Write :promote and :start (automatic).', drbdWithoutPromote),
  rule('CON523', 'error', 'The first action is promote or demote and the second is left out.', 'The second defaults to the first, which nothing here has.', 'Write :start (automatic).', actionLeftOut),
  rule('CON525', 'warning', 'A resource pattern matches nothing.', 'The location has no effect.', 'Correct the pattern.', deadPattern),
  rule('CON526', 'warning', 'A rule asks for connectivity that nothing measures.', 'The attribute is never set, so that not_defined bans every node.', 'Add a cloned ping resource.', noPing),
  rule('CON530', 'error', 'A remote connection stands in a colocation or order.', 'Connections are placed by the cluster alone.', 'Name the resources that run on the remote node.', remoteConnection),
];

function* unbracketed(model: LintModel): Iterable<Report> {
  for (const statement of model.statements) {
    if (statement.kind !== 'colocation' || statement.sets.some((group) => group.bracket !== '')) continue;
    const members = membersOf(statement.sets);
    if (members.length > 2) yield { span: members[2]!.word, message: `${members.length} resources in one sequence` };
  }
}

function* withItself(model: LintModel): Iterable<Report> {
  for (const one of [...model.colocations, ...model.orders]) {
    if (one.first.id === one.second.id && (one.first.suffix ?? '') === (one.second.suffix ?? '')) yield { span: one.second.word, message: `${one.first.id} is joined with itself` };
  }
}

function isPromotable(resource: Resource): boolean {
  return isPromotableClone(topOf(resource)) || topOf(resource).kind === 'bundle';
}

function* roleWithoutPromotion(model: LintModel): Iterable<Report> {
  for (const one of model.colocations) {
    for (const reference of [one.first, one.second]) {
      const resource = resourceOf(model, reference);
      if (resource === undefined || !isPromotionRole(reference.suffix) || isPromotable(resource)) continue;
      yield { span: reference.word, message: `${reference.id} is not promotable`, repair: [replaceWord(reference.word, reference.id)] };
    }
  }
  for (const one of model.orders) {
    for (const reference of [one.first, one.second]) {
      const resource = resourceOf(model, reference);
      if (resource !== undefined && /^(?:promote|demote)$/i.test(reference.suffix ?? '') && !isPromotable(resource)) yield { span: reference.word, message: `${reference.id} is not promotable` };
    }
  }
  for (const reference of model.ticketReferences) {
    const resource = resourceOf(model, reference);
    if (resource !== undefined && isPromotionRole(reference.suffix) && !isPromotable(resource)) yield { span: reference.word, message: `${reference.id} is not promotable` };
  }
  for (const { statement, targets } of model.locations) {
    const stray = targets.find((reference) => {
      const resource = resourceOf(model, reference);
      return resource !== undefined && !isPromotable(resource);
    });
    const roles = [statement.options.find((pair) => pair.name.text === 'role')?.value, ...statement.rules.map((one) => one.role)];
    const role = roles.find((word) => isPromotionRole(word?.text));
    if (stray !== undefined && role !== undefined) yield { span: role, message: `${stray.id} is not promotable` };
  }
}

function isPromotionRole(role: string | undefined): boolean {
  return normalRole(role) === 'promoted' || normalRole(role) === 'unpromoted';
}

function* drbdWithoutRole(model: LintModel): Iterable<Report> {
  for (const { strength, first, second, isSimple } of model.colocations) {
    const [a, b] = [resourceOf(model, first), resourceOf(model, second)];
    if (strength !== Infinity || a === undefined || b === undefined || !isDrbdClone(b) || !isFileSystemOrVolume(a) || (second.suffix !== undefined && second.suffix.toLowerCase() !== 'started')) continue;
    yield { span: second.word, message: `${a.id} may land beside a secondary of ${b.id}`, ...(isSimple ? { repair: [replaceWord(second.word, `${second.id}:Promoted`)] } : {}) };
  }
}

function* drbdWithoutPromote(model: LintModel): Iterable<Report> {
  for (const { strength, first, second, isSimple } of model.orders) {
    const [a, b] = [resourceOf(model, first), resourceOf(model, second)];
    if (strength !== Infinity || a === undefined || b === undefined || !isDrbdClone(a) || !isFileSystemOrVolume(b) || (first.suffix !== undefined && first.suffix.toLowerCase() !== 'start')) continue;
    const repair = [replaceWord(first.word, `${first.id}:promote`), ...(second.suffix === undefined ? [insertAfterWord(second.word, ':start')] : [])];
    yield { span: first.word, message: `${b.id} may start before ${a.id} is promoted`, ...(isSimple ? { repair } : {}) };
  }
}

function* actionLeftOut(model: LintModel): Iterable<Report> {
  for (const { first, second, isSimple } of model.orders) {
    const then = resourceOf(model, second);
    if (!isSimple || then === undefined || !/^(?:promote|demote)$/i.test(first.suffix ?? '') || second.suffix !== undefined) continue;
    const action = first.suffix!.toLowerCase() === 'demote' ? ':stop' : ':start';
    yield { span: second.word, message: `the action of ${second.id} defaults to ${first.suffix}`, repair: [insertAfterWord(second.word, action)] };
  }
}

function* deadPattern(model: LintModel): Iterable<Report> {
  for (const { pattern, statement } of model.locations) {
    if (pattern === undefined) continue;
    const found = matching(model, pattern.replace(/^\/|\/$/g, ''));
    if (found !== true) yield { span: statement.target!, message: found === undefined ? `${pattern} is no regular expression` : `${pattern} matches no resource` };
  }
}

function matching(model: LintModel, source: string): boolean | undefined {
  try {
    const pattern = new RegExp(source);
    return [...model.resources.keys()].some((id) => pattern.test(id));
  } catch {
    // Not an expression at all: the caller says so.
    return undefined;
  }
}

function* noPing(model: LintModel): Iterable<Report> {
  const measured = new Set(ofType(model, 'ping', 'pingd').map((one) => parameter(one, 'name')?.value ?? 'pingd'));
  for (const { expression, statement } of model.expressions) {
    if (statement.kind !== 'location') continue;
    for (const term of expression.terms) {
      const attribute = term.kind === 'comparison' || term.kind === 'defined' ? term.attribute : undefined;
      if (attribute === undefined || !/^pingd?$/.test(attribute.text) || measured.has(attribute.text)) continue;
      yield { span: attribute, message: `no resource sets the attribute ${attribute.text}` };
      return;
    }
  }
}

function* remoteConnection(model: LintModel): Iterable<Report> {
  for (const one of [...model.colocations, ...model.orders]) {
    const reference = [one.first, one.second].find((candidate: Reference) => {
      const resource = resourceOf(model, candidate);
      return resource !== undefined && isRemoteConnection(resource);
    });
    if (reference !== undefined) yield { span: reference.word, message: `${reference.id} is a remote connection` };
  }
}

