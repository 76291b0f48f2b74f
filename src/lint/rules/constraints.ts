// SPDX-License-Identifier: GPL-2.0-or-later
/** CON501 to CON516: places, orders and their contradictions. */
import type { LocationStatement, SetConstraintStatement, Statement, Word } from '../../language/index.ts';
import type { Report } from '../finding.ts';
import { groupOf, scoreOf, topOf, type LintModel, type LocationFacts, type PairConstraint, type Resource } from '../model/index.ts';
import { cycleMembers } from '../cycle.ts';
import { nearest } from '../nearest.ts';
import { removeStatement, replaceWord, written } from '../repair.ts';
import { rule } from '../rule.ts';
import { remoteNames } from './fencing.ts';
import { areOrdered, arePlacedTogether, isStorage, resourceOf } from './placement.ts';
import { placesOf } from './places.ts';

export const constraintRules = [
  rule('CON501', 'warning', 'A mandatory colocation with storage has no order.', 'A colocation does not order: the resource may start before its storage.', 'Add the order.', colocationWithoutOrder),
  rule('CON502', 'warning', 'A mandatory colocation has no order.', 'Often right, such as an address beside a service.', 'Add an order if one must start first.', unorderedColocation, { isOff: true }),
  rule('CON503', 'warning', 'A mandatory order after storage has no colocation.', 'The resource may start on another node than its storage.', 'Add the colocation.', orderWithoutColocation),
  rule('CON504', 'error', 'Two resources are kept together and apart.', 'Both cannot be satisfied.', 'Delete one of the constraints.', togetherAndApart),
  rule('CON505', 'error', 'A node is both required and forbidden.', 'The ban wins.', 'Delete one of the locations.', requiredAndForbidden),
  rule('CON506', 'error', 'Mandatory orders form a loop.', 'Pacemaker breaks the loop at a place of its choice.', 'Delete one of the orders.', orderLoop),
  rule('CON507', 'warning', 'Mandatory colocations form a loop.', 'The placement depends on details.', 'Delete one of the colocations.', colocationLoop),
  rule('CON508', 'error', 'A resource is forbidden on every node.', 'It never runs.', 'Delete one of the locations.', forbiddenEverywhere),
  rule('CON509', 'warning', 'A colocation names a single member of a group.', 'It drags the whole group along; say so by naming the group.', 'Name the group.', memberOfGroup),
  rule('CON510', 'warning', 'A constraint names the child of a clone.', 'Which instance is meant is not said.', 'Name the clone (automatic).', childOfClone),
  rule('CON511', 'error', 'A constraint names an unknown resource.', 'The file is refused.', 'Correct the name (automatic at one letter of difference).', unknownResource),
  rule('CON512', 'warning', 'A location names an unknown node.', 'It never matches.', 'Correct the name (automatic at one letter of difference).', unknownNode),
  rule('CON513', 'warning', 'A constraint was left by a move or a ban.', 'The resource stays bound until it is cleared.', 'Delete it (automatic).', leftByMove),
  rule('CON514', 'info', 'A location outweighs the stickiness.', 'The resource moves back as soon as the node returns: a second interruption.', 'Lower the score (automatic for numbers).', outweighsStickiness),
  rule('CON515', 'error', 'The cluster is opt-in and a resource has no location.', 'It may run nowhere.', 'Add a location.', optInWithoutLocation),
  rule('CON516', 'warning', 'A constraint is given twice.', 'One of them is dead.', 'Delete the second (automatic).', doubleConstraints),
];

function* colocationWithoutOrder(model: LintModel): Iterable<Report> {
  for (const one of model.colocations) {
    const [a, b] = [resourceOf(model, one.first), resourceOf(model, one.second)];
    if (one.strength !== Infinity || a === undefined || b === undefined || !isStorage(b) || topOf(a) === topOf(b)) continue;
    if (!areOrdered(model, a, b)) yield { span: one.first.word, message: `nothing orders ${a.id} and ${b.id}` };
  }
}

function* unorderedColocation(model: LintModel): Iterable<Report> {
  for (const one of model.colocations) {
    const [a, b] = [resourceOf(model, one.first), resourceOf(model, one.second)];
    if (one.strength !== Infinity || a === undefined || b === undefined || isStorage(b) || topOf(a) === topOf(b)) continue;
    if (!areOrdered(model, a, b)) yield { span: one.first.word, message: `nothing orders ${a.id} and ${b.id}` };
  }
}

function* orderWithoutColocation(model: LintModel): Iterable<Report> {
  for (const one of model.orders) {
    const [a, b] = [resourceOf(model, one.first), resourceOf(model, one.second)];
    if (one.strength !== Infinity || a === undefined || b === undefined || !isStorage(a) || topOf(a) === topOf(b)) continue;
    if (!arePlacedTogether(model, a, b)) yield { span: one.second.word, message: `nothing places ${b.id} with ${a.id}` };
  }
}

function* togetherAndApart(model: LintModel): Iterable<Report> {
  for (const one of model.colocations) {
    if (one.strength !== -Infinity) continue;
    const [a, b] = [resourceOf(model, one.first), resourceOf(model, one.second)];
    if (a === undefined || b === undefined) continue;
    const together = model.colocations.find((other) => other.strength === Infinity && samePair(one, other));
    if (together !== undefined || (groupOf(a) !== undefined && groupOf(a) === groupOf(b))) yield { span: one.first.word, message: `${a.id} and ${b.id} are kept together and apart` };
  }
}

function samePair(a: PairConstraint, b: PairConstraint): boolean {
  const key = (one: PairConstraint): string => [`${one.first.id}:${one.first.suffix ?? ''}`, `${one.second.id}:${one.second.suffix ?? ''}`].sort().join(' ');
  return key(a) === key(b);
}

function* requiredAndForbidden(model: LintModel): Iterable<Report> {
  const required = new Set<string>();
  const places = placesOf(model);
  for (const { id, node, score, hasRole } of places) if (score === Infinity && !hasRole) required.add(`${id} ${node}`);
  const reported = new Set<Statement>();
  for (const { id, node, score, statement, hasRole } of places) {
    if (score !== -Infinity || hasRole || !required.has(`${id} ${node}`) || reported.has(statement)) continue;
    reported.add(statement);
    yield { span: statement.id, message: `${id} is both required and forbidden on ${node}` };
  }
}

function* orderLoop(model: LintModel): Iterable<Report> {
  const mandatory = model.orders.filter((one) => one.strength === Infinity && one.first.id !== one.second.id);
  const edges = mandatory.map((one): [string, string] => [`${actionOf(one.first, undefined)} done`, actionOf(one.second, one.first.suffix)]);
  const isDone = new Set<string>();
  for (const [from, to] of edges) for (const action of [from.replace(/ done$/, ''), to]) isDone.add(action);
  for (const resource of model.all) {
    // A container has started when its members have; they start when it may.
    for (const child of resource.children) edges.push([`${resource.id} start`, `${child.id} start`], [`${child.id} start done`, `${resource.id} start done`]);
    if (resource.kind === 'group') for (let i = 1; i < resource.children.length; i++) edges.push([`${resource.children[i - 1]!.id} start done`, `${resource.children[i]!.id} start`]);
    isDone.add(`${resource.id} start`);
  }
  for (const action of isDone) edges.push([action, `${action} done`]);
  const loop = cycleMembers(edges);
  const first = mandatory.find((one) => loop.has(`${actionOf(one.first, undefined)} done`) && loop.has(actionOf(one.second, one.first.suffix)));
  if (first !== undefined) yield { span: first.statement.id, message: `a loop of orders: ${[...new Set([...loop].map((action) => action.replace(/(?: start)?(?: done)?$/, '')))].join(', ')}` };
}

/** The second action is the first one's where it is left out (Pacemaker Explained, Ordering). */
function actionOf(reference: PairConstraint['first'], inherited: string | undefined): string {
  return `${reference.id} ${(reference.suffix ?? inherited ?? 'start').toLowerCase()}`;
}

function* colocationLoop(model: LintModel): Iterable<Report> {
  const mandatory = model.colocations.filter((one) => one.strength === Infinity);
  const loop = cycleMembers(mandatory.filter((one) => one.first.id !== one.second.id).map((one): [string, string] => [one.first.id, one.second.id]));
  const first = mandatory.find((one) => loop.has(one.first.id) && loop.has(one.second.id));
  if (first !== undefined) yield { span: first.statement.id, message: `a loop of colocations: ${[...loop].join(', ')}` };
}

function* forbiddenEverywhere(model: LintModel): Iterable<Report> {
  if (model.nodeNames.size === 0) return;
  const banned = new Map<string, { readonly nodes: Set<string>; last: LocationStatement }>();
  for (const { id, node, score, statement, hasRole } of placesOf(model)) {
    if (score !== -Infinity || hasRole) continue;
    const known = banned.get(id);
    if (known === undefined) banned.set(id, { nodes: new Set([node]), last: statement });
    else {
      known.nodes.add(node);
      known.last = statement;
    }
  }
  for (const [id, { nodes, last }] of banned) if ([...model.nodeNames].every((name) => nodes.has(name))) yield { span: last.id, message: `${id} is forbidden on every node` };
}

function* memberOfGroup(model: LintModel): Iterable<Report> {
  for (const one of model.colocations) {
    for (const reference of [one.first, one.second]) {
      const resource = resourceOf(model, reference);
      const other = resourceOf(model, reference === one.first ? one.second : one.first);
      if (resource === undefined || groupOf(resource) === undefined || (other !== undefined && groupOf(other) === groupOf(resource))) continue;
      yield { span: reference.word, message: `${resource.id} is a member of the group ${groupOf(resource)!.id}` };
      break;
    }
  }
}

/** Every reference of constraints with the id it names. */
function* references(model: LintModel): Iterable<PairConstraint['first']> {
  const seen = new Set<number>();
  const pairs = [...model.colocations, ...model.orders].flatMap((one) => [one.first, one.second]);
  for (const one of [...pairs, ...model.locations.flatMap((location) => location.targets), ...model.ticketReferences]) {
    if (seen.has(one.word.start)) continue;
    seen.add(one.word.start);
    yield one;
  }
}

function* childOfClone(model: LintModel): Iterable<Report> {
  for (const reference of references(model)) {
    const parent = resourceOf(model, reference)?.parent;
    if (parent?.kind !== 'clone') continue;
    const name = { start: reference.word.start, end: reference.word.start + reference.id.length };
    yield { span: reference.word, message: `${reference.id} is the child of the clone ${parent.id}`, repair: [replaceWord(name, parent.id)] };
  }
}

function* unknownResource(model: LintModel): Iterable<Report> {
  const tags = new Set(model.statements.flatMap((one) => (one.kind === 'tag' ? [one.id.text] : [])));
  if (model.resources.size === 0) return;
  for (const reference of references(model)) {
    if (model.resources.has(reference.id) || tags.has(reference.id) || model.rawIds.has(reference.id)) continue;
    const meant = nearest(reference.id, model.resources.keys(), 1);
    const name = { start: reference.word.start, end: reference.word.start + reference.id.length };
    yield {
      span: reference.word,
      message: `there is no resource "${reference.id}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
      ...(meant === undefined ? {} : { repair: [replaceWord(name, meant)] }),
    };
  }
}

function* unknownNode(model: LintModel): Iterable<Report> {
  if (model.nodeNames.size === 0) return;
  const known = new Set([...model.nodeNames, ...remoteNames(model)]);
  for (const one of model.locations) if (one.node !== undefined && !known.has(one.node.text)) yield unknownNodeAt(model, one.node);
  for (const { expression, statement } of model.expressions) {
    if (statement.kind !== 'location') continue;
    for (const term of expression.terms) {
      if (term.kind === 'comparison' && term.attribute.text === '#uname' && term.operator.text === 'eq' && !known.has(term.value.text)) yield unknownNodeAt(model, term.value);
    }
  }
}

function unknownNodeAt(model: LintModel, word: { readonly text: string; readonly start: number; readonly end: number }): Report {
  const meant = nearest(word.text, model.nodeNames, 2);
  return { span: word, message: `there is no node "${word.text}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`, ...(meant === undefined ? {} : { repair: [replaceWord(word, meant)] }) };
}

function* leftByMove(model: LintModel): Iterable<Report> {
  for (const { statement } of model.locations) {
    if (/^cli-(?:ban|prefer|standby)-/.test(statement.id.text)) yield { span: statement.id, message: `${statement.id.text} was left by a move or a ban`, repair: [removeStatement(model, statement)] };
  }
}

function* outweighsStickiness(model: LintModel): Iterable<Report> {
  for (const one of model.locations) {
    const resource = one.targets[0] === undefined ? undefined : model.resources.get(one.targets[0].id);
    if (resource === undefined || one.statement.id.text.startsWith('cli-')) continue;
    const stickiness = stickinessOf(model, resource);
    if (stickiness === undefined || stickiness <= 0 || stickiness === Infinity) continue;
    for (const label of scoresOfNodes(one)) {
      const score = scoreOf(label.text)!;
      if (score <= stickiness) continue;
      const colon = written(model, label).endsWith(':') ? ':' : '';
      const repair = score === Infinity ? {} : { repair: [replaceWord(label, `${Math.floor(stickiness / 2)}${colon}`)] };
      yield { span: label, message: `the score is above the stickiness of ${stickiness}`, ...repair };
    }
  }
}

/** Scores with which a location prefers nodes by their name. */
function scoresOfNodes({ statement, node }: LocationFacts): Word[] {
  const own = node === undefined ? [] : [statement.score];
  const inRules = statement.rules.map(({ score, role, expression }) => (role === undefined && expression?.terms.every((term) => term.kind === 'comparison' && term.attribute.text === '#uname' && term.operator.text === 'eq') === true ? score : undefined));
  return [...own, ...inRules].filter((word): word is Word => word !== undefined && scoreOf(word.text) !== undefined);
}

function stickinessOf(model: LintModel, resource: Resource): number | undefined {
  for (let here: Resource | undefined = resource; here !== undefined; here = here.parent) {
    const own = here.meta.find(({ name }) => name === 'resource-stickiness') ?? here.template?.meta.find(({ name }) => name === 'resource-stickiness');
    if (own !== undefined) return scoreOf(own.value);
  }
  return scoreOf(model.rscDefaults.get('resource-stickiness')?.value);
}

function* optInWithoutLocation(model: LintModel): Iterable<Report> {
  const setting = model.properties.get('symmetric-cluster');
  if (setting === undefined || !/^(?:false|no|off|0|n)$/i.test(setting.value)) return;
  const placed = new Set(model.locations.flatMap((one) => one.targets.map(({ id }) => topId(model, id))));
  const patterns = model.locations.flatMap((one) => (one.pattern === undefined ? [] : [one.pattern.replace(/^\/|\/$/g, '')]));
  const followers = new Set(model.colocations.filter((one) => one.strength === Infinity).map((one) => topId(model, one.first.id)));
  for (const resource of model.all) {
    if (resource.parent !== undefined || resource.kind === 'template' || placed.has(resource.id) || followers.has(resource.id)) continue;
    if (!patterns.some((pattern) => matches(pattern, resource.id))) yield { span: resource.statement.id, message: `${resource.id} has no location and may run nowhere` };
  }
}

function matches(pattern: string, id: string): boolean {
  try {
    return new RegExp(pattern).test(id);
  } catch {
    // What is no expression matches nothing; CON525 reports it.
    return false;
  }
}

function topId(model: LintModel, id: string): string {
  const resource = model.resources.get(id);
  return resource === undefined ? id : topOf(resource).id;
}

type Constraint = LocationStatement | SetConstraintStatement;

/** A constraint without its id, in one spelling of scores, kinds and roles. */
function meaningOf(model: LintModel, statement: Constraint): string {
  const label = statement.kind === 'location' ? undefined : statement.label;
  const rest = model.text.slice(label === undefined ? statement.id.end : label.end, statement.end);
  const words = rest.replace(/\\\s*\n/g, ' ').replace(/:(?=\s)/g, ': ').replace(/\bmaster\b/gi, 'Promoted').replace(/\bslave\b/gi, 'Unpromoted').replace(/\+?infinity:/gi, 'inf:').split(/\s+/).filter((word) => word !== '' && word !== ':');
  const score = label === undefined ? (statement.kind === 'order' ? Infinity : undefined) : (scoreOf(label.text) ?? label.text);
  return [statement.kind, statement.kind === 'order' && typeof score === 'number' ? (score === 0 ? 'optional' : label?.text.toLowerCase() === 'serialize' ? 'serialize' : 'mandatory') : String(score), ...words].join(' ');
}

function* doubleConstraints(model: LintModel): Iterable<Report> {
  const seen = new Set<string>();
  for (const statement of model.statements) {
    if (statement.kind !== 'colocation' && statement.kind !== 'order' && statement.kind !== 'location' && statement.kind !== 'rsc_ticket') continue;
    const key = meaningOf(model, statement);
    if (seen.has(key)) yield { span: statement.id, message: 'the same constraint stands above', repair: [removeStatement(model, statement)] };
    seen.add(key);
  }
}

