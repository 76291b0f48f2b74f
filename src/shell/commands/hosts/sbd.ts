// SPDX-License-Identifier: GPL-2.0-or-later
/** The sbd level: fencing over shared disks needs hosts that have some; the watchdog of an embedded cluster can be looked at. */
import { SUCCESS, type Command, type LevelBody } from '../../command.ts';
import type { Session } from '../../session.ts';
import { setOption } from '../configure/cluster-options.ts';
import { answersOnly, type HostRow } from './answer.ts';

const NEEDS = 'sbd, a watchdog and a shared disk on the hosts';
const HERE = 'the supervisor of the embedded cluster is its watchdog: a lost node is fenced without a device';

const OPTIONS = ['have-watchdog', 'fencing-enabled', 'fencing-watchdog-timeout', 'fencing-timeout', 'priority-fencing-delay'];

/** Options of the cluster that decide about its watchdog, under the names of today. */
async function options(session: Session): Promise<readonly { readonly name: string; readonly value: string }[]> {
  const sets = (await session.cib()).at('configuration', 'crm_config')?.elements('cluster_property_set') ?? [];
  return OPTIONS.flatMap((name) => {
    const value = setOption(sets, name);
    return value === undefined ? [] : [{ name, value }];
  });
}

async function showOptions(session: Session): Promise<number> {
  const shown = await options(session);
  session.present({ data: shown, text: () => shown.map(({ name, value }) => `${name}=${value}`).join('\n') });
  return SUCCESS;
}

async function showStatus(session: Session): Promise<number> {
  const { cluster } = await session.backend();
  if (cluster === undefined) return session.error(`sbd.status needs ${NEEDS}. Here: ${HERE}, once it runs (crm cluster start)`);
  const { nodes } = await cluster.status();
  const watchdog = (await options(session)).find(({ name }) => name === 'have-watchdog')?.value ?? 'false';
  const data = { device: null, watchdog: watchdog === 'true', nodes: nodes.map(({ name, state }) => ({ name, state })) };
  session.present({ data, text: () => [`Watchdog: ${watchdog === 'true' ? 'the supervisor of the cluster' : 'none'}; no shared disk`, ...nodes.map(({ name, state }) => `  ${name}: ${state === 'offline' ? 'off' : 'watched'}`)].join('\n') });
  return SUCCESS;
}

const own: readonly Command[] = [
  {
    name: 'configure',
    usage: 'show [property]',
    summary: 'Show the options that decide about the watchdog',
    skill: 'administrator',
    takes: [0, 100],
    complete: () => ['show', 'property'],
    run: async ({ args }, session) => {
      const [word, part] = args;
      if (word === 'show' && args.length <= 2 && (part === undefined || part === 'property')) return showOptions(session);
      return session.error(`sbd.configure ${args.join(' ')} needs ${NEEDS}. Here: ${HERE}; crm sbd configure show property shows its options`);
    },
  },
  { name: 'status', usage: '', summary: 'Show who watches over the nodes', takes: [0, 0], run: async (_invocation, session) => showStatus(session) },
];

const ROWS: readonly HostRow[] = [
  ['device', 'add DEV ... | remove DEV ...', 'Disks of sbd', NEEDS, HERE],
  ['purge', '[crashdump]', 'Take sbd out', NEEDS, HERE],
];

export const sbdLevel: LevelBody = { commands: [...own, ...answersOnly('sbd', ROWS)] };
