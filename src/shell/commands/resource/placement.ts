// SPDX-License-Identifier: GPL-2.0-or-later
/** move, ban, clear: as crm_resource does them, with the shell's words. */
import { SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { nodesOf } from './names.ts';

interface PlacementWords {
  readonly node: string | undefined;
  readonly lifetime: string | undefined;
  readonly isForced: boolean;
}

export async function place(session: Session, action: 'move' | 'ban', [resource, ...words]: readonly string[]): Promise<number> {
  const known = nodesOf(await session.cib());
  const parsed = readWords(words, known);
  if (typeof parsed === 'string') return session.error(`resource.${action}: ${parsed}`);
  const { node, lifetime, isForced } = parsed;
  const force = isForced || session.flags.force;
  if (action === 'move' && node === undefined && !force) return session.error('resource.move: No target node: Move requires either a target node or \'force\'');
  const code = await session.tool(
    'crm_resource',
    '--quiet',
    `--${action}`,
    '--resource',
    resource!,
    ...(node === undefined ? [] : ['--node', node]),
    ...(lifetime === undefined ? [] : ['--lifetime', lifetime]),
    ...(force ? ['--force'] : []),
  );
  if (code !== SUCCESS || session.flags.dryRun) return code === SUCCESS ? SUCCESS : 1;
  const created = action === 'move' && node !== undefined ? `Move constraint created for ${resource} to ${node}` : `Ban constraint created for ${resource}${node === undefined ? '' : ` on ${node}`}`;
  session.info(created);
  session.info(`Use \`crm resource clear ${resource}\` to remove this constraint`);
  return SUCCESS;
}

/** A sentence when the words do not fit. */
function readWords(words: readonly string[], nodes: readonly string[]): PlacementWords | string {
  const isForced = words.at(-1) === 'force';
  const rest = isForced ? words.slice(0, -1) : words;
  if (rest.length > 2) return `expected [NODE] [LIFETIME] [force], found "${words.join(' ')}"`;
  const [first, second] = rest;
  if (first === undefined) return { node: undefined, lifetime: undefined, isForced };
  if (second === undefined && !nodes.includes(first) && isLifetime(first)) return { node: undefined, lifetime: durationOf(first), isForced };
  if (!nodes.includes(first)) return `Not our node: ${first}`;
  if (second !== undefined && !isLifetime(second)) return `Invalid lifetime: ${second}`;
  return { node: first, lifetime: second === undefined ? undefined : durationOf(second), isForced };
}

function isLifetime(word: string): boolean {
  return word === 'forever' || word === 'reboot' || /^P/i.test(word);
}

/** A constraint that has no end needs no lifetime. */
function durationOf(word: string): string | undefined {
  return word === 'forever' || word === 'reboot' ? undefined : word.toUpperCase();
}

export async function clear(session: Session, [resource, node]: readonly string[]): Promise<number> {
  const code = await session.tool('crm_resource', '--quiet', '--clear', '--resource', resource!, ...(node === undefined ? [] : ['--node', node]));
  if (code !== SUCCESS || session.flags.dryRun) return code === SUCCESS ? SUCCESS : 1;
  session.info(`Removed migration constraints for ${resource}`);
  return SUCCESS;
}
