// SPDX-License-Identifier: GPL-2.0-or-later
/** `ra validate`: the agent's own check, run here with the given parameters. */
import { agentId, exitCodeWord, exitReason } from '../../../agents/index.ts';
import { SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';

export async function validateAgent(args: readonly string[], session: Session): Promise<number> {
  const [text, ...pairs] = args;
  const agent = text === undefined ? undefined : session.agents.resolve(text);
  if (agent === undefined) return session.error(`ra.validate: expected an agent, found "${text ?? ''}"`);
  const parameters: [string, string][] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals <= 0) return session.error(`ra.validate: expected NAME=VALUE, found "${pair}"`);
    parameters.push([pair.slice(0, equals), pair.slice(equals + 1)]);
  }
  const answer = session.agents.validate(agent, parameters);
  if (answer === undefined) return session.error(`${agentId(agent)}: no such resource agent here`);
  const reason = exitReason(answer.stderr);
  session.present({
    data: { agent: agentId(agent), code: answer.code, word: exitCodeWord(answer.code), reason: reason ?? null },
    text: () => [answer.stdout.trimEnd(), reason ?? answer.stderr.trimEnd(), `${agentId(agent)}: ${exitCodeWord(answer.code)} (${answer.code})`].filter((line) => line !== '').join('\n'),
  });
  return answer.code === 0 ? SUCCESS : 1;
}
