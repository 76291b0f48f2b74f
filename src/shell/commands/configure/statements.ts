// SPDX-License-Identifier: GPL-2.0-or-later
/** The statements of the configure language as commands: what follows the command word is text of that language. */
import { blocksLoad } from '../../../language/index.ts';
import { FAILURE, SUCCESS, type Command, type Invocation, type SkillLevel } from '../../command.ts';
import { applyText, configurationOf } from '../../configuration-session.ts';
import { lineStarts } from '../../line/position.ts';
import type { Session } from '../../session.ts';
import { completeStatement } from './complete-statement.ts';
import { listProperties } from './get-property.ts';

interface StatementFacts {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  readonly aliases?: readonly string[];
  readonly oldNames?: readonly string[];
  readonly skill?: SkillLevel;
}

const STATEMENTS: readonly StatementFacts[] = [
  { name: 'node', usage: '[ID:] UNAME[:TYPE] [attributes NAME=VALUE...] [utilization NAME=VALUE...]', summary: 'define a node or add to one' },
  { name: 'primitive', usage: 'ID AGENT|@TEMPLATE [params ...] [meta ...] [utilization ...] [op NAME ...]', summary: 'define a resource', oldNames: ['resource'] },
  { name: 'rsc_template', usage: 'ID AGENT [params ...] [meta ...] [utilization ...] [op NAME ...]', summary: 'define what several resources share' },
  { name: 'group', usage: 'ID RSC... [params ...] [meta ...]', summary: 'keep resources together, in order' },
  { name: 'clone', usage: 'ID RSC [params ...] [meta ...]', summary: 'run a resource on several nodes' },
  { name: 'ms', usage: 'ID RSC [params ...] [meta ...]', summary: 'define a promotable clone in the old form', aliases: ['master'] },
  { name: 'bundle', usage: 'ID docker|podman image=IMAGE ... [network ...] [storage ...] [meta ...] [primitive RSC]', summary: 'run containers, with a resource in each' },
  { name: 'monitor', usage: 'RSC[:ROLE] INTERVAL[:TIMEOUT]', summary: 'add a monitor operation' },
  { name: 'location', usage: 'ID RSC|/PATTERN/|{ RSC... } SCORE: NODE | rule ...', summary: 'say where a resource may or should run' },
  { name: 'colocation', usage: 'ID SCORE: RSC[:ROLE] RSC[:ROLE]... [node-attribute=NAME]', summary: 'keep resources together or apart', oldNames: ['collocation'] },
  { name: 'order', usage: 'ID [KIND:] RSC[:ACTION] RSC[:ACTION]... [symmetrical=BOOL]', summary: 'say what happens before what' },
  { name: 'rsc_ticket', usage: 'ID TICKET: RSC[:ROLE]... [loss-policy=POLICY]', summary: 'tie resources to a ticket' },
  { name: 'property', usage: '[SET:] [rule ...] NAME=VALUE...', summary: 'set cluster options' },
  { name: 'rsc_defaults', usage: '[SET:] [rule ...] NAME=VALUE...', summary: 'set defaults of meta attributes' },
  { name: 'op_defaults', usage: '[SET:] [rule ...] NAME=VALUE...', summary: 'set defaults of operations' },
  { name: 'fencing_topology', usage: '[NODE: | pattern:REGEX | attr:NAME=VALUE] DEVICE[,DEVICE]...', summary: 'say which fence devices are tried in which order', aliases: ['fencing-topology'] },
  { name: 'tag', usage: 'ID OBJECT...', summary: 'give several objects one name' },
  { name: 'alert', usage: 'ID PATH [attributes ...] [meta ...] [select ...] [to RECIPIENT ...]', summary: 'call a program on cluster events' },
  { name: 'role', usage: 'ID read|write|deny TARGET...', summary: 'define access rights', skill: 'expert' },
  { name: 'user', usage: 'ID role:ROLE... | read|write|deny TARGET...', summary: 'give rights to a user (schemas before 2.0)', skill: 'expert' },
  { name: 'acl_target', usage: 'USER ROLE...', summary: 'give roles to a user', skill: 'expert' },
  { name: 'acl_group', usage: 'GROUP ROLE...', summary: 'give roles to a group of users', skill: 'expert' },
  { name: 'xml', usage: '<ELEMENT ...>', summary: 'define an object by its XML element', skill: 'expert' },
];

export const statementCommands: readonly Command[] = STATEMENTS.map((facts) => ({ ...facts, isRaw: true, run: runStatement, complete: completeStatement(facts.name) }));

async function runStatement(invocation: Invocation, session: Session): Promise<number> {
  if (invocation.name === 'property' && invocation.args.length === 0) return listProperties(session);
  const configuration = await configurationOf(session);
  const text = `${invocation.name}${invocation.line.slice(invocation.typed.length)}`;
  // Abbreviated, the name is shorter in the script.
  const written = session.mode === 'batch' ? lineStarts(invocation.source, invocation.name.length - invocation.typed.length) : undefined;
  const result = applyText(session, configuration, text, written);
  return result.diagnostics.some(blocksLoad) ? FAILURE : SUCCESS;
}
