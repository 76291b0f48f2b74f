// SPDX-License-Identifier: GPL-2.0-or-later
/** The sbd level: fencing over shared disks, which needs hosts that have some. */
import type { LevelBody } from '../../command.ts';
import { answersOnly, type HostRow } from './answer.ts';

const NEEDS = 'sbd, a watchdog and a shared disk on the hosts';
const HERE = 'the supervisor of the embedded cluster is its watchdog: a lost node is fenced without a device';

const ROWS: readonly HostRow[] = [
  ['configure', '[show [disk_metadata|sysconfig|property]] | [NAME=VALUE ...]', 'Set sbd up', NEEDS, HERE],
  ['device', 'add DEV ... | remove DEV ...', 'Disks of sbd', NEEDS, HERE],
  ['status', '', 'Show the state of sbd', NEEDS, HERE],
  ['purge', '[crashdump]', 'Take sbd out', NEEDS, HERE],
];

export const sbdLevel: LevelBody = { commands: answersOnly('sbd', ROWS) };
