// SPDX-License-Identifier: GPL-2.0-or-later
/** The configure level: statements, commands on the working copy, entering and leaving. */
import type { CommandTable } from '../../command.ts';
import { commit, redo, refresh, undo } from './commit.ts';
import { defaultTimeouts } from './default-timeouts.ts';
import { deleteCommand, erase } from './delete.ts';
import { edit, filter } from './edit.ts';
import { getProperty } from './get-property.ts';
import { graph } from './graph.ts';
import { internalCommands } from './internal.ts';
import { load, save } from './load.ts';
import { modgroup } from './modgroup.ts';
import { ptest } from './ptest.ts';
import { rename } from './rename.ts';
import { rsctest } from './rsctest.ts';
import { schema, upgrade } from './schema.ts';
import { set } from './set.ts';
import { show } from './show.ts';
import { statementCommands } from './statements.ts';
import { validateAll } from './validate-all.ts';
import { verify } from './verify.ts';

export { leaveConfigure } from './leave.ts';

export const configureCommands: CommandTable = [
  ...statementCommands,
  show,
  edit,
  filter,
  set,
  modgroup,
  deleteCommand,
  rename,
  erase,
  defaultTimeouts,
  save,
  load,
  refresh,
  undo,
  redo,
  commit,
  verify,
  validateAll,
  rsctest,
  ptest,
  graph,
  schema,
  upgrade,
  getProperty,
  ...internalCommands,
];
