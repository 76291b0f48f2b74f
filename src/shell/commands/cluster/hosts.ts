// SPDX-License-Identifier: GPL-2.0-or-later
/** What clusters of hosts do over ssh and what has an answer for an embedded one, too: health, rename, copy, diff. */
import type { ClusterStatus } from '../../../backends/index.ts';
import { element } from '../../../cib/index.ts';
import { absolute } from '../../../platform/index.ts';
import { FAILURE, SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { describeFailure, failuresIn } from '../status/failures.ts';

interface Check {
  readonly name: string;
  readonly isWell: boolean;
  readonly text: string;
}

/** Fails when something is not as it should be. */
export async function checkHealth(session: Session, [what]: readonly string[]): Promise<number> {
  if (what !== undefined && !what.startsWith('-')) return session.error(`cluster.health ${what} needs hosts with that software. Here: crm cluster health checks the embedded cluster`);
  const { cluster } = await session.backend();
  if (cluster === undefined) return session.error('cluster.health: a CIB file has no nodes that run; crm verify checks a configuration');
  const checks = checksOf(await cluster.status());
  const failures = failuresIn(await session.cib());
  checks.push({ name: 'resources', isWell: failures.length === 0, text: failures.length === 0 ? 'no failed operations' : failures.map(describeFailure).join('\n    ') });
  session.present({ data: checks, text: () => checks.map(({ name, isWell, text }) => `  ${isWell ? 'ok ' : 'BAD'}  ${name}: ${text}`).join('\n') });
  return checks.every((check) => check.isWell) ? SUCCESS : FAILURE;
}

function checksOf({ nodes, dc, hasQuorum, isIdle }: ClusterStatus): Check[] {
  const missing = nodes.filter((node) => node.state !== 'online').map((node) => `${node.name} is ${node.state}`);
  return [
    { name: 'nodes', isWell: missing.length === 0, text: missing.length === 0 ? `all ${nodes.length} online` : missing.join(', ') },
    { name: 'controller', isWell: dc !== undefined, text: dc ?? 'none' },
    { name: 'quorum', isWell: hasQuorum, text: hasQuorum ? 'yes' : 'no' },
    { name: 'work', isWell: true, text: isIdle ? 'settled' : 'going on' },
  ];
}

/** The name stands in the configuration, from which every node takes it. */
export async function renameCluster(session: Session, name: string): Promise<number> {
  if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(name)) return session.error(`cluster.rename: "${name}" cannot be the name of a cluster`);
  const cib = await session.cib();
  const sets = cib.at('configuration', 'crm_config')?.elements('cluster_property_set') ?? [];
  const set = sets.find((one) => one.elements('nvpair').some((pair) => pair.get('name') === 'cluster-name')) ?? sets[0];
  const pair = set?.elements('nvpair').find((one) => one.get('name') === 'cluster-name');
  const id = set?.id ?? 'cib-bootstrap-options';
  const data = element('cluster_property_set', { id }, [element('nvpair', { id: pair?.id ?? `${id}-cluster-name`, name: 'cluster-name', value: name })]);
  return (await session.apply({ op: 'modify', section: 'crm_config', allowCreate: true, data })) ? SUCCESS : FAILURE;
}

/** All nodes have the machine's disk: what is there is there for all of them. */
export async function sharedFile(session: Session, command: 'copy' | 'diff', words: readonly string[]): Promise<number> {
  const [path, ...nodes] = words.filter((word) => !word.startsWith('-'));
  if (path === undefined) return session.error(`cluster.${command}: expected a ${command === 'copy' ? 'PATH' : 'FILE'}`);
  const { cluster } = await session.backend();
  if (cluster === undefined) return session.error(`cluster.${command}: a CIB file has no nodes that run; crm cluster start starts some`);
  const known = (await cluster.status()).nodes.map((node) => node.name);
  const unknown = nodes.find((node) => !known.includes(node));
  if (unknown !== undefined) return session.error(`cluster.${command}: there is no node ${unknown} (${known.join(', ')})`);
  if (session.context.disk.status(absolute(session.context.cwd, path)) === undefined) return session.error(`cluster.${command}: there is no ${path}`);
  session.info(`${(nodes.length > 0 ? nodes : known).join(', ')} have the same ${path}: they share the disk of this machine`);
  return SUCCESS;
}
