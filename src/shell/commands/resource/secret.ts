// SPDX-License-Identifier: GPL-2.0-or-later
/** `secret`: values of parameters are kept in private files of the embedded cluster, and agents get them when they run. */
import { readSecret, SECRET_MARK, secretFile, secretsDirectory, secretSum } from '../../../agents/index.ts';
import { findResource, type XmlElement } from '../../../cib/index.ts';
import { stateDirectory } from '../../../platform/index.ts';
import { FAILURE, SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';

interface Kept {
  readonly resource: string;
  readonly parameter: string;
  /** Of the configuration: the mark where it is kept in a file. */
  readonly present: string | undefined;
}

export const SECRET_ACTIONS: readonly string[] = ['set', 'stash', 'unstash', 'delete', 'show', 'check'];
const PRIVATE = 0o600;

/** `RSC set NAME [VALUE]`, `RSC stash|unstash|delete|show|check NAME`; a value that is not given is asked for, or read from standard input. */
export async function resourceSecret(session: Session, [resource = '', action = '', word = '', ...more]: readonly string[]): Promise<number> {
  const equals = action === 'set' && more.length === 0 ? word.indexOf('=') : -1;
  const parameter = equals > 0 ? word.slice(0, equals) : word;
  const given = equals > 0 ? word.slice(equals + 1) : more[0];
  if (!SECRET_ACTIONS.includes(action)) return session.error(`resource.secret: expected one of ${SECRET_ACTIONS.join(' ')}, found "${action}"`);
  if (given !== undefined && action !== 'set') return session.error(`resource.secret: ${action} takes one name, found "${given}" too`);
  const { kind } = await session.backend();
  if (kind !== 'embedded') return session.error('resource.secret needs a running cluster (crm cluster start), whose nodes keep the values');
  const cib = await session.cib();
  const primitive = findResource(cib, resource)?.element;
  if (primitive?.name !== 'primitive') return session.error(`resource.secret: there is no primitive ${resource}`);
  const kept: Kept = { resource, parameter, present: configuredValue(cib, primitive, parameter) };
  return action === 'set' ? setSecret(session, kept, given) : perform(session, action, kept);
}

function perform(session: Session, action: string, kept: Kept): Promise<number> | number {
  if (action === 'stash') return stash(session, kept);
  if (kept.present !== SECRET_MARK) return session.error(`resource.secret: ${kept.parameter} of ${kept.resource} is no secret: ${kept.present === undefined ? 'it is not set' : 'its value stands in the configuration'}`);
  switch (action) {
    case 'unstash':
      return unstash(session, kept);
    case 'delete':
      return remove(session, kept);
    default:
      return show(session, kept, action === 'show');
  }
}

async function setSecret(session: Session, kept: Kept, given: string | undefined): Promise<number> {
  const { resource, parameter, present } = kept;
  const value = given ?? (await askedValue(session, kept));
  if (value === undefined || value === '' || value !== value.trim() || value.includes('\n')) return session.error('resource.secret: expected a value of one line that neither begins nor ends with a blank');
  if (present !== undefined && present !== SECRET_MARK && present !== value) return session.error(`resource.secret: ${parameter} of ${resource} has another value in the configuration; delete or stash that first`);
  if (present === SECRET_MARK) return keep(session, kept, value);
  return move(session, kept, value);
}

async function askedValue(session: Session, { resource, parameter }: Kept): Promise<string | undefined> {
  if (session.context.terminal.isInput) return session.context.ask(`Value of ${parameter} for ${resource}: `);
  return session.mode === 'single-shot' ? (await session.context.readInput()).replace(/\n$/, '') : undefined;
}

function stash(session: Session, kept: Kept): Promise<number> | number {
  const { resource, parameter, present } = kept;
  if (present === undefined) return session.error(`resource.secret: ${parameter} of ${resource} is not set`);
  if (present === SECRET_MARK) return session.error(`resource.secret: ${parameter} of ${resource} is a secret already`);
  session.info('what is kept of earlier configurations, for history and rollback, still has the value');
  return move(session, kept, present);
}

/** The file is there before the configuration says so: whoever runs an agent in between finds what he needs. */
async function move(session: Session, kept: Kept, value: string): Promise<number> {
  const code = keep(session, kept, value);
  return code === SUCCESS ? configure(session, kept, SECRET_MARK) : code;
}

async function unstash(session: Session, kept: Kept): Promise<number> {
  const value = secretOf(session, kept);
  if (value === undefined || (await configure(session, kept, value)) !== SUCCESS) return FAILURE;
  return drop(session, kept);
}

async function remove(session: Session, kept: Kept): Promise<number> {
  return (await change(session, kept, ['--delete-parameter', kept.parameter])) === SUCCESS ? drop(session, kept) : FAILURE;
}

function show(session: Session, kept: Kept, isShown: boolean): number {
  const value = secretOf(session, kept);
  if (value === undefined) return FAILURE;
  const { resource, parameter } = kept;
  session.present(isShown ? { data: { resource, parameter, value }, text: () => value } : { data: { resource, parameter, isIntact: true }, text: () => '' });
  return SUCCESS;
}

/** Undefined after a message. */
function secretOf(session: Session, { resource, parameter }: Kept): string | undefined {
  const secret = readSecret(directoryOf(session), resource, parameter, (path) => session.context.disk.read(path));
  if (secret.kind === 'value') return secret.value;
  session.error(`resource.secret: ${secret.kind === 'missing' ? `there is no file with the value of ${parameter} for ${resource}` : `the value of ${parameter} for ${resource} is not the one that was kept: its sum differs`}`);
  return undefined;
}

/** The sum comes last: a value without one counts as damaged, not as another value. */
function keep(session: Session, { resource, parameter }: Kept, value: string): number {
  if (session.flags.dryRun) return SUCCESS;
  const { disk } = session.context;
  const files = secretFile(directoryOf(session), resource, parameter);
  disk.write(files.value, `${value}\n`, PRIVATE);
  disk.write(files.sum, `${secretSum(value)}\n`, PRIVATE);
  return SUCCESS;
}

function drop(session: Session, { resource, parameter }: Kept): number {
  if (session.flags.dryRun) return SUCCESS;
  const files = secretFile(directoryOf(session), resource, parameter);
  for (const file of [files.value, files.sum]) session.context.disk.remove(file);
  return SUCCESS;
}

function directoryOf(session: Session): string {
  return secretsDirectory(stateDirectory(session.context.env));
}

/** What the resource has itself, else what its template gives it. */
function configuredValue(cib: XmlElement, primitive: XmlElement, parameter: string): string | undefined {
  const template = cib.at('configuration', 'resources')?.elements('template').find((one) => one.id === primitive.get('template'));
  for (const source of [primitive, template]) {
    const pair = source?.elements('instance_attributes').flatMap((set) => set.elements('nvpair')).find((one) => one.get('name') === parameter);
    if (pair !== undefined) return pair.get('value');
  }
  return undefined;
}

function configure(session: Session, kept: Kept, value: string): Promise<number> {
  return change(session, kept, ['--set-parameter', kept.parameter, '--parameter-value', value]);
}

/** What the tool says about it would show a value. */
async function change(session: Session, { resource }: Kept, options: readonly string[]): Promise<number> {
  const args = ['--resource', resource, ...options];
  if (session.flags.dryRun) return session.tool('crm_resource', '--resource', resource, ...options.slice(0, 2));
  return (await session.context.runTool('crm_resource', args, { shadow: session.shadow, out: () => {} })) === 0 ? SUCCESS : FAILURE;
}
