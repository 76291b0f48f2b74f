// SPDX-License-Identifier: GPL-2.0-or-later
/** `cluster run`: a program in the surroundings of nodes - their PATH, names and state directories. */
import { FAILURE, SUCCESS } from '../../command.ts';
import { splitWords } from '../../line/words.ts';
import type { Session } from '../../session.ts';

export async function runOnNodes(session: Session, args: readonly string[]): Promise<number> {
  const { launcher } = session.context;
  if (!(await launcher.isRunning())) return session.error('cluster.run: no cluster runs (crm cluster start)');
  const asked = await readRequest(session, args);
  if (typeof asked === 'string') return session.error(`cluster.run: ${asked}`);
  let result = SUCCESS;
  const answers: { node: string; code: number; output: string }[] = [];
  for (const node of asked.nodes) {
    const { code, text } = await launcher.request('run', [node, ...asked.program]);
    answers.push({ node, code, output: text });
    if (session.flags.json) {
      if (code !== SUCCESS) result = FAILURE;
      continue;
    }
    if (asked.nodes.length > 1) session.print(`== ${node}`);
    session.print(text);
    if (code !== SUCCESS) {
      session.error(`cluster.run: exit code ${code} on ${node}`);
      result = FAILURE;
    }
  }
  if (session.flags.json) session.present({ data: answers, text: () => '' });
  return result;
}

interface RunRequest {
  readonly nodes: readonly string[];
  readonly program: readonly string[];
}

/** Both orders: nodes before `--`, or one quoted command before nodes; without nodes all that are online. */
async function readRequest(session: Session, args: readonly string[]): Promise<RunRequest | string> {
  const dashes = args.indexOf('--');
  const program = dashes >= 0 ? args.slice(dashes + 1) : wordsOf(args[0] ?? '');
  const named = dashes >= 0 ? args.slice(0, dashes) : args.slice(1);
  if (program === undefined || program.length === 0) return 'expected NODE ... -- PROGRAM ARGUMENT ...';
  const { cluster } = await session.backend();
  const known = (await cluster?.status())?.nodes ?? [];
  const unknown = named.find((name) => !known.some((node) => node.name === name));
  if (unknown !== undefined) return `there is no node ${unknown}`;
  return { nodes: named.length > 0 ? named : known.filter((node) => node.state === 'online').map((node) => node.name), program };
}

function wordsOf(command: string): readonly string[] | undefined {
  const split = splitWords(command);
  return split.ok ? split.words.map((word) => word.text) : undefined;
}
