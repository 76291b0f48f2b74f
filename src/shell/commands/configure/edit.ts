// SPDX-License-Identifier: GPL-2.0-or-later
/** `edit` and `filter`: objects go out as text and come back changed. */
import { deleteObjects, loadText, readXml, loadDocument, type CibObject } from '../../../cib/index.ts';
import { DiagnosticSink, Lines, parse } from '../../../language/index.ts';
import { FAILURE, SUCCESS, type Command } from '../../command.ts';
import { compileSettings, configurationOf, report, type ConfigurationSession } from '../../configuration-session.ts';
import type { Session } from '../../session.ts';
import { splitWords } from '../../line/words.ts';
import { objectNames } from './names.ts';
import { select } from './selection.ts';
import { textOf, xmlOf } from './text.ts';

export const edit: Command = {
  name: 'edit',
  usage: '[xml] [ID...]',
  summary: 'change objects in a text editor',
  skill: 'administrator',
  complete: async ({ session }) => ['xml', ...objectNames(await configurationOf(session))],
  run: async ({ args }, session) => {
    if (session.mode === 'batch' || !session.context.terminal.isInput) {
      session.info('edit not allowed in batch mode');
      return FAILURE;
    }
    const configuration = await configurationOf(session);
    const found = select(configuration, args);
    if (!found.ok) return session.error(found.message);
    const { objects, isXml, isAll } = found.selection;
    const before = isXml ? xmlOf(configuration.draft, objects, isAll) : textOf(session, configuration.draft, objects);
    return editLoop(session, configuration, objects, `${before}\n`, isXml);
  },
};

async function editLoop(session: Session, configuration: ConfigurationSession, objects: readonly CibObject[], before: string, isXml: boolean): Promise<number> {
  const { disk, processId, env } = session.context;
  const path = `${env.get('TMPDIR') || '/tmp'}/crm-edit-${processId}${isXml ? '.xml' : '.crm'}`;
  disk.write(path, before, 0o600);
  try {
    for (;;) {
      const [program = 'vi', ...options] = editorOf(session);
      const { code } = await session.context.spawn({ program, args: [...options, path], isInteractive: true });
      if (code !== 0) return session.error(`${program} failed (exit code ${code})`);
      const after = disk.read(path) ?? '';
      if (after === before) return SUCCESS;
      if (takeBack(session, configuration, objects, after, isXml, 'edited text')) return SUCCESS;
      if (!(await session.confirm('Edit or discard changes (yes to edit, no to discard)?'))) return FAILURE;
    }
  } finally {
    disk.remove(path);
  }
}

function editorOf(session: Session): string[] {
  const told = session.options.get('core.editor') || session.context.env.get('EDITOR') || 'vi';
  return told.split(/\s+/).filter((word) => word !== '');
}

/** Loads changed text; objects that are no longer in it are deleted. */
function takeBack(session: Session, configuration: ConfigurationSession, objects: readonly CibObject[], text: string, isXml: boolean, file: string, keepsComments = false): boolean {
  const { draft, agents } = configuration;
  if (isXml) {
    const read = readXml(text);
    if (!read.ok) return session.error(`${file}:${read.problem.line}:${read.problem.column}: ${read.problem.message}`) === SUCCESS;
    configuration.change(() => loadDocument(draft, read.root, 'update'));
    return true;
  }
  const parsed = parse(text, { mode: 'file', file });
  return configuration.change(() => {
    const mark = draft.mark();
    const result = loadText({ parsed, draft, agents, settings: { ...compileSettings(session, 'file'), replacesSets: true, keepsComments } }, 'update');
    const lines = new Lines(text);
    configuration.places.remember(result, lines, file);
    report(session, result.diagnostics, lines);
    if (!result.isApplied) {
      draft.rollback(mark);
      return false;
    }
    const kept = new Set(result.keys);
    const sink = new DiagnosticSink();
    deleteObjects(draft, objects.filter((object) => !kept.has(object.key)).map((object) => object.key), sink);
    report(session, sink.found);
    return true;
  });
}

/** A program that edits for a minute has lost its way. */
const FILTER_TIMEOUT_MS = 60_000;

export const filter: Command = {
  name: 'filter',
  usage: 'PROGRAM [xml] [ID...]',
  summary: 'change objects with a program: one object per line in, the changed ones out',
  help: 'PROGRAM stands in quotes with its arguments: filter "sed s/p1/p9/" p1.',
  skill: 'administrator',
  complete: async ({ words, session }) => (words.length === 0 ? [] : [...(words.length === 1 ? ['xml'] : []), ...objectNames(await configurationOf(session))]),
  run: async ({ args }, session) => {
    const [command, ...selectors] = args;
    if (command === undefined || command.trim() === '') return session.error('configure.filter: Expected a program');
    const configuration = await configurationOf(session);
    const found = select(configuration, selectors);
    if (!found.ok) return session.error(found.message);
    const { objects, isXml, isAll } = found.selection;
    const input = isXml ? xmlOf(configuration.draft, objects, isAll) : textOf(session, configuration.draft, objects, { layout: 'line' });
    const words = splitWords(command);
    if (!words.ok) return session.error(`configure.filter: ${words.message}`);
    const [program = '', ...options] = words.words.map((word) => word.text);
    const { code, stdout, stderr } = await session.context.spawn({ program, args: options, input: `${input}\n`, timeoutMs: FILTER_TIMEOUT_MS });
    if (code !== 0) {
      session.warn(`${command} failed (exit code ${code})${stderr.trim() === '' ? '' : `: ${stderr.trim()}`}; nothing was changed`);
      return FAILURE;
    }
    return takeBack(session, configuration, objects, stdout, isXml, program, true) ? SUCCESS : FAILURE;
  },
};
