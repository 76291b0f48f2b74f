// SPDX-License-Identifier: GPL-2.0-or-later
/** Packs for databases: PostgreSQL, MySQL and Galera. */
import { isTrue } from '../../cib/index.ts';
import type { Report } from '../finding.ts';
import { cloneOf, isPromotableClone, optionOf, ownMeta, parameter, typeOf, type LintModel, type Resource } from '../model/index.ts';
import { addLine, addPair, insertAt, isPlainId, setValue } from '../repair.ts';
import { rule } from '../rule.ts';
import { ofType, resourceOf } from '../rules/placement.ts';

export const databaseRules = [
  rule('PGS001', 'error', 'pgsqlms with another promoted-max than 1.', 'The agent refuses to start.', 'Write 1 (automatic).', onePrimary),
  rule('PGS003', 'error', 'Streaming replication without its parameters.', 'rep_mode sync and async need node_list, master_ip and restore_command.', 'Give them.', replicationParameters),
  rule('PGS006', 'warning', 'An order after the promotion of pgsqlms is symmetrical.', 'A switch-over would have to stop the address before the demotion.', 'Write two asymmetric orders (automatic).', symmetricalOrder),
  rule('MYS001', 'error', 'Galera with one primary.', 'Only one node would be primary.', 'Set promoted-max to the number of nodes (automatic).', onePromotedGalera),
  rule('MYS002', 'error', 'wsrep_cluster_address without gcomm://.', 'The agent cannot read it.', 'Add it (automatic).', galeraAddress),
  rule('MYS004', 'warning', 'Galera on two nodes.', 'After one failure there is no majority.', 'Add a third node or an arbitrator.', galeraForTwo),
  rule('MYS005', 'error', 'A promotable mysql without replication_user.', 'The replication cannot be set up.', 'Give it.', noReplicationUser),
];

function* onePrimary(model: LintModel): Iterable<Report> {
  for (const one of ofType(model, 'pgsqlms')) {
    const most = promotedMax(one);
    if (most !== undefined && most.value !== '1') yield { span: most.pair, message: 'the agent refuses it', repair: [setValue(most.pair, '1')] };
  }
}

function promotedMax(resource: Resource): ReturnType<typeof ownMeta> {
  const clone = cloneOf(resource);
  return clone === undefined ? undefined : (ownMeta(clone, 'promoted-max') ?? ownMeta(clone, 'master-max'));
}

function* replicationParameters(model: LintModel): Iterable<Report> {
  for (const one of ofType(model, 'pgsql')) {
    const mode = parameter(one, 'rep_mode');
    if (mode === undefined || !/^(?:a?sync)$/.test(mode.value)) continue;
    const absent = ['node_list', 'master_ip', 'restore_command'].filter((name) => parameter(one, name) === undefined);
    if (absent.length > 0) yield { span: mode.pair, message: `rep_mode=${mode.value} needs ${absent.join(', ')}` };
  }
}

function* symmetricalOrder(model: LintModel): Iterable<Report> {
  for (const { statement, first, second, isSimple, strength } of model.orders) {
    const clone = resourceOf(model, first);
    if (!isSimple || strength !== Infinity || first.suffix !== 'promote' || clone === undefined || !clone.children.some((child) => typeOf(child) === 'pgsqlms')) continue;
    const symmetrical = optionOf(statement.options, 'symmetrical');
    if (symmetrical !== undefined && !isTrue(symmetrical.value?.text)) continue;
    const hasOpposite = model.orders.some((other) => other.first.id === first.id && other.first.suffix === 'demote');
    const canAdd = isPlainId(first.id) && isPlainId(second.id);
    const edits = [symmetrical === undefined ? insertAt(statement.end, ' symmetrical=false') : setValue(symmetrical, 'false'), ...(hasOpposite || !canAdd ? [] : [addLine(model, `order ${oppositeId(model, statement.id.text)} Mandatory: ${first.id}:demote ${second.id}:stop symmetrical=false`)])];
    yield { span: statement.id, message: 'a switch-over would stop the address before the demotion', repair: edits };
  }
}

function oppositeId(model: LintModel, id: string): string {
  const taken = new Set(model.statements.flatMap((one) => ('id' in one && one.id !== undefined ? [one.id.text] : [])));
  const numbered = /^(.*?)(\d+)$/.exec(id);
  for (let i = numbered === null ? 2 : Number(numbered[2]) + 1; ; i++) {
    const candidate = numbered === null ? `${id}-${i}` : `${numbered[1]}${i}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function* onePromotedGalera(model: LintModel): Iterable<Report> {
  for (const one of ofType(model, 'galera')) {
    const clone = cloneOf(one);
    if (clone === undefined || !isPromotableClone(clone) || clone.hasReferences) continue;
    const most = promotedMax(one);
    if (most !== undefined && most.value !== '1') continue;
    const wanted = String(Math.max(2, model.nodes.length));
    yield { span: most?.pair ?? clone.statement.id, message: 'only one node would be primary', repair: [most === undefined ? addPair(clone, 'meta', `promoted-max=${wanted}`) : setValue(most.pair, wanted)] };
  }
}

function* galeraAddress(model: LintModel): Iterable<Report> {
  for (const one of ofType(model, 'galera')) {
    const address = parameter(one, 'wsrep_cluster_address');
    if (address !== undefined && !address.value.startsWith('gcomm://')) yield { span: address.pair, message: 'the agent reads gcomm:// addresses', repair: [setValue(address.pair, `gcomm://${address.value}`)] };
  }
}

function* galeraForTwo(model: LintModel): Iterable<Report> {
  const first = ofType(model, 'galera')[0];
  if (first !== undefined && model.nodes.length === 2) yield { span: first.statement.id, message: 'after one failure there is no majority' };
}

function* noReplicationUser(model: LintModel): Iterable<Report> {
  for (const one of ofType(model, 'mysql')) {
    const clone = cloneOf(one);
    if (clone !== undefined && isPromotableClone(clone) && parameter(one, 'replication_user') === undefined) yield { span: one.statement.id, message: 'the replication cannot be set up' };
  }
}
