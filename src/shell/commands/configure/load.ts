// SPDX-License-Identifier: GPL-2.0-or-later
/** `load` and `save`. */
import { loadDocument, loadText, readXml, type LoadMethod } from '../../../cib/index.ts';
import { Lines, parse } from '../../../language/index.ts';
import { absolute } from '../../../platform/index.ts';
import { FAILURE, SUCCESS, type Command } from '../../command.ts';
import { compileSettings, configurationOf, report, type ConfigurationSession } from '../../configuration-session.ts';
import { isRefused } from '../../consent.ts';
import type { Session } from '../../session.ts';
import { objectNames } from './names.ts';
import { readSource } from './read-source.ts';
import { running } from './running.ts';
import { select } from './selection.ts';
import { textOf, xmlOf } from './text.ts';

const METHODS: readonly string[] = ['update', 'replace', 'push'];

export const load: Command = {
  name: 'load',
  usage: '[xml] update|replace|push FILE|URL|-',
  summary: 'read configuration from a file',
  help: 'update adds objects and replaces those of the same id; replace erases everything but the nodes first; push also deletes what the file does not mention. One error anywhere, and nothing is changed.',
  skill: 'administrator',
  complete: ({ words }) => (words.length === 0 ? ['xml', ...METHODS] : words.length === 1 && words[0] === 'xml' ? METHODS : []),
  run: async ({ args }, session) => {
    const isXml = args[0] === 'xml';
    const [method, source, ...more] = isXml ? args.slice(1) : args;
    if (source === undefined || more.length > 0) return session.error(`configure.load: Expected 2 arguments (${isXml ? args.length - 1 : Math.max(0, args.length - 1)} given)`);
    if (method === undefined || !METHODS.includes(method)) return session.error(`configure.load: Unknown method ${method}`);
    const read = await readSource(session, source);
    if (!read.ok) return session.error(read.message);
    const configuration = await configurationOf(session);
    return isXml ? takeDocument(session, configuration, read.text, method as LoadMethod, source) : takeText(session, configuration, read.text, method as LoadMethod, source);
  },
};

function takeText(session: Session, configuration: ConfigurationSession, text: string, method: LoadMethod, source: string): number {
  const parsed = parse(text, { mode: 'file', file: source.split('/').pop() ?? source });
  const { draft, agents } = configuration;
  const mark = draft.mark();
  const before = new Set([...draft.objects()].map((object) => object.key));
  const result = configuration.change(() => loadText({ parsed, draft, agents, settings: compileSettings(session, 'file') }, method));
  const lines = new Lines(text);
  configuration.places.remember(result, lines, parsed.file);
  const news = result.diagnostics.filter((one) => configuration.isNews(one));
  report(session, news, lines);
  if (!result.isApplied) return FAILURE;
  if (isRefused(session, news) && !session.flags.force) {
    draft.rollback(mark);
    return session.error('warnings are errors here (--strict)');
  }
  const gone = [...before].filter((key) => draft.get(key) === undefined);
  const busy = session.flags.force ? [] : running(configuration, gone);
  if (busy.length === 0) return SUCCESS;
  draft.rollback(mark);
  return session.error(`resources are running and not in ${source}: ${busy.join(', ')}`);
}

function takeDocument(session: Session, configuration: ConfigurationSession, text: string, method: LoadMethod, source: string): number {
  const read = readXml(text);
  if (!read.ok) return session.error(`${source}:${read.problem.line}:${read.problem.column}: ${read.problem.message}`);
  const root = read.root.name === 'configuration' ? configuration.base.withChildren([read.root]) : read.root;
  if (root.name !== 'cib') return session.error(`${source}: expected <cib> or <configuration>, found <${root.name}>`);
  configuration.change(() => loadDocument(configuration.draft, root, method));
  return SUCCESS;
}

export const save: Command = {
  name: 'save',
  usage: '[xml] [ids] [ID...] FILE',
  summary: 'write configuration to a file',
  help: 'With "ids" every id that the language would not make by itself is written out, so that the text alone gives the same CIB on another cluster.',
  skill: 'administrator',
  complete: async ({ session }) => ['xml', 'ids', ...objectNames(await configurationOf(session))],
  run: async ({ args }, session) => {
    const words = args.slice(0, -1);
    const file = args.at(-1);
    if (file === undefined) return session.error('configure.save: Expected 1 argument (0 given)');
    const configuration = await configurationOf(session);
    const hasIds = words.includes('ids');
    const found = select(configuration, words.filter((word) => word !== 'ids'));
    if (!found.ok) return session.error(found.message);
    const { objects, isXml, isAll } = found.selection;
    const text = isXml ? xmlOf(configuration.draft, objects, isAll) : textOf(session, configuration.draft, objects, { detail: hasIds ? 'whole' : 'shown' });
    if (file === '-') session.print(text);
    else {
      try {
        session.context.disk.write(absolute(session.context.cwd, file), text === '' ? '' : `${text}\n`);
      } catch (problem) {
        return session.error(`could not write ${file}: ${problem instanceof Error ? problem.message : String(problem)}`);
      }
    }
    return SUCCESS;
  },
};

