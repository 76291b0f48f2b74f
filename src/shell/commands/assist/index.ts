// SPDX-License-Identifier: GPL-2.0-or-later
/** The assist level: common changes of a configuration in one step. */
import { blocksLoad } from '../../../language/index.ts';
import { FAILURE, SUCCESS, type Command, type CompletionRequest, type LevelBody } from '../../command.ts';
import { applyText, configurationOf, type ConfigurationSession } from '../../configuration-session.ts';
import { objectNames } from '../configure/names.ts';
import type { Session } from '../../session.ts';
import { shareTemplate, typeOf } from './template.ts';

const MANY = 1000;

async function primitives({ session, words }: CompletionRequest): Promise<readonly string[]> {
  return objectNames(await configurationOf(session), (object) => object.kind === 'primitive').filter((name) => !words.includes(name));
}

const template: Command = {
  name: 'template',
  usage: 'PRIMITIVE ...',
  summary: 'Move what primitives of one type share into a resource template',
  help: 'Parameters and meta attributes with the same value in all of them go into the template; what differs stays.',
  skill: 'administrator',
  takes: [1, MANY],
  complete: primitives,
  run: async ({ args }, session) => {
    const configuration = await configurationOf(session);
    if (!arePrimitives(session, configuration, 'template', args)) return FAILURE;
    const objects = args.map((id) => configuration.draft.get(id)!);
    if (objects.every((object) => object.element.has('template'))) {
      session.info('they use a template already');
      return SUCCESS;
    }
    const types = new Set(objects.map((object) => typeOf(object.element)));
    if (types.size > 1) return session.error(`assist.template: they are of different types: ${[...types].sort().join(', ')}`);
    const name = freeName(configuration, `template-${(objects[0]!.element.get('type') ?? '').toLowerCase()}-`);
    configuration.change(() => shareTemplate(configuration.draft, objects, name));
    session.info(`Template created: ${name}`);
    return SUCCESS;
  },
};

const weakBond: Command = {
  name: 'weak-bond',
  aliases: ['weak_bond'],
  usage: 'PRIMITIVE PRIMITIVE ...',
  summary: 'Keep resources together without one depending on another',
  help: 'They are colocated, as a set without order, with a resource that does nothing.',
  skill: 'administrator',
  takes: [2, MANY],
  complete: primitives,
  run: async ({ args }, session) => {
    const configuration = await configurationOf(session);
    if (!arePrimitives(session, configuration, 'weak-bond', args)) return FAILURE;
    const [constraint, dummy] = [freeName(configuration, 'place-constraint-'), freeName(configuration, 'place-dummy-')];
    session.print(`Colocation ${constraint} with resource ${dummy}`);
    if (session.mode === 'interactive' && !(await session.confirm('Create them?'))) return SUCCESS;
    const agent = await dummyAgent(session);
    const text = `primitive ${dummy} ${agent}\ncolocation ${constraint} inf: ( ${args.join(' ')} ) ${dummy}`;
    return applyText(session, configuration, text).diagnostics.some(blocksLoad) ? FAILURE : SUCCESS;
  },
};

/** The agent that every cluster of hosts has; on an embedded cluster without it, the one that comes with this program. */
async function dummyAgent(session: Session): Promise<string> {
  const usual = 'ocf:heartbeat:Dummy';
  const agent = session.agents.resolve(usual);
  const isMissing = agent === undefined || session.agents.path(agent) === undefined;
  return isMissing && (await session.backend()).kind === 'embedded' ? 'ocf:quorate:Dummy' : usual;
}

function arePrimitives(session: Session, configuration: ConfigurationSession, command: string, ids: readonly string[]): boolean {
  const wrong = ids.find((id) => configuration.draft.get(id)?.kind !== 'primitive');
  if (wrong === undefined) return true;
  session.error(`assist.${command}: ${configuration.draft.get(wrong) === undefined ? `object ${wrong} does not exist` : `${wrong} is not a primitive`}`);
  return false;
}

/** There are fewer objects than numbers. */
function freeName({ draft }: ConfigurationSession, prefix: string): string {
  for (let number = 1; ; number++) if (!draft.isTaken(`${prefix}${number}`)) return `${prefix}${number}`;
}

export const assistLevel: LevelBody = { commands: [template, weakBond] };
