// SPDX-License-Identifier: GPL-2.0-or-later
/** `show`: the configuration, or part of it, as text or XML. */
import { CibDraft } from '../../../cib/index.ts';
import { SUCCESS, type Command } from '../../command.ts';
import { configurationOf, type ConfigurationSession } from '../../configuration-session.ts';
import type { Session } from '../../session.ts';
import { objectNames } from './names.ts';
import { select } from './selection.ts';
import { differenceLines, obscured, secretNames, shownPatch, statementsOf, textOf, xmlOf } from './text.ts';

export const show: Command = {
  name: 'show',
  usage: '[xml] [ID|GLOB|changed|type:T|tag:T|related:X|obscure:GLOB] [and|or ...] | changed patch | changed outcome',
  summary: 'print objects',
  help: 'Words side by side are joined with "or"; with "and" between them both must hold. "show changed" prints what this session changed, as a difference; "show xml changed" the objects that are new or not what they were, as XML; "show changed patch" every change as XML, as crm_diff writes it; "show changed outcome" what the cluster would do if the changes were committed now.',
  skill: 'administrator',
  complete: async ({ session, words }) => [...(words.at(-1) === 'changed' ? ['patch', 'outcome'] : []), 'xml', 'changed', 'type:', 'tag:', 'related:', 'obscure:', ...objectNames(await configurationOf(session))],
  run: async ({ args }, session) => {
    const configuration = await configurationOf(session);
    if (args.length === 1 && args[0] === 'changed') return showChanged(configuration, session);
    // Objects may have these names: they are had by their names alone.
    if (args.length === 2 && args[0] === 'changed' && args[1] === 'outcome') return (await import('./outcome.ts')).showOutcome(configuration, session);
    if (args.length === 2 && args[0] === 'changed' && args[1] === 'patch') return showPatch(configuration, session);
    const found = select(configuration, args);
    if (!found.ok) return session.error(found.message);
    const { objects, isXml, isAll } = found.selection;
    const patterns = [...secretNames(session), ...found.selection.obscured];
    const shown = objects.map((object) => obscured(object, patterns));
    if (isXml) {
      const xml = xmlOf(configuration.draft, objects, isAll, patterns);
      session.present({ data: { xml }, text: () => xml });
    } else {
      session.present({
        data: shown.map((object) => ({ id: object.key, kind: object.kind, text: textOf(session, configuration.draft, [object]) })),
        text: () => statementsOf(session, configuration.draft, shown).join('\n'),
      });
    }
    return SUCCESS;
  },
};

async function showChanged(configuration: ConfigurationSession, session: Session): Promise<number> {
  const text = await changedText(configuration, session);
  session.present({ data: { diff: text }, text: () => text });
  return SUCCESS;
}

function showPatch(configuration: ConfigurationSession, session: Session): number {
  const patch = shownPatch(session, configuration.base, configuration.draft.finish());
  session.present({ data: { patch }, text: () => patch });
  return SUCCESS;
}

/** Difference between what was read and what is, unified, without file names. */
export async function changedText(configuration: ConfigurationSession, session: Session): Promise<string> {
  return (await differenceLines(session, new CibDraft(configuration.base), configuration.draft)).join('\n');
}
