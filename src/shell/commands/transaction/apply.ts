// SPDX-License-Identifier: GPL-2.0-or-later
/** `apply`: the configuration becomes what files say. Changes only what differs, so that running it again changes nothing. */
import { applyChanges, changesBetween, clusterOptions, loadDocument, loadText, readXml, type LoadMethod, type ObjectChange, type XmlElement } from '../../../cib/index.ts';
import { Lines, linesOfFiles, parse } from '../../../language/index.ts';
import { absolute } from '../../../platform/index.ts';
import { FAILURE, SUCCESS, type Command } from '../../command.ts';
import { compileSettings, configurationOf, dropConfiguration, report, type ConfigurationSession } from '../../configuration-session.ts';
import type { Session } from '../../session.ts';
import { commitConfiguration } from '../configure/commit.ts';
import { readSource } from '../configure/read-source.ts';

/** `--check` found differences. */
const WOULD_CHANGE = 2;

export const applyCommand: Command = {
  name: 'apply',
  usage: 'FILE|DIR|- [--prune] [--check]',
  summary: 'make the configuration what a file, or the files of a directory, say',
  help: `Reads crm text (.crm), XML (.xml) and JSON (.json: {"text": ...} or {"xml": ...}); a directory's files in the order of their names. --prune also deletes what the files do not mention, except nodes.
--check changes nothing and ends with 2 when something would be changed, 0 when not, 1 on an error. Without --check the code is 0 whether something was changed or not.`,
  skill: 'administrator',
  isDestructive: true,
  waits: true,
  run: async ({ args }, session) => {
    const words = args.filter((word) => !word.startsWith('--'));
    const unknown = args.find((word) => word.startsWith('--') && word !== '--prune' && word !== '--check');
    if (unknown !== undefined || words.length !== 1) return session.error(`configure.apply: Expected (FILE|DIR|- [--prune] [--check])${unknown === undefined ? '' : `, found ${unknown}`}`);
    return apply(session, words[0]!, { prune: args.includes('--prune'), checkOnly: args.includes('--check') || session.flags.dryRun });
  },
};

interface ApplyOptions {
  readonly prune: boolean;
  readonly checkOnly: boolean;
}

async function apply(session: Session, source: string, options: ApplyOptions): Promise<number> {
  const parts = await readParts(session, source);
  if (typeof parts === 'string') return session.error(`configure.apply: ${parts}`);
  const configuration = await configurationOf(session);
  if (configuration.isChanged) return session.error('configure.apply: there are other changes pending; commit or refresh first');
  if (!load(session, configuration, parts, options.prune ? 'push' : 'update')) {
    dropConfiguration(session);
    return FAILURE;
  }
  const changes = changesBetween(configuration.base, configuration.draft.finish()).filter((change) => !belongsToCluster(change));
  configuration.change(() => loadDocument(configuration.draft, applyChanges(configuration.base, changes), 'push'));
  const lines = changes.map((change) => `${{ added: '+', changed: '~', removed: '-' }[change.kind]} ${change.name}`);
  session.present({ data: { changed: changes.length > 0, changes: changes.map(({ name, kind }) => ({ name, kind })) }, text: () => lines.join('\n') });
  if (changes.length === 0 || options.checkOnly) {
    dropConfiguration(session);
    return changes.length > 0 ? WOULD_CHANGE : SUCCESS;
  }
  const code = await commitConfiguration(session, configuration, { force: false, replace: false });
  if (code !== SUCCESS) dropConfiguration(session);
  return code;
}

/** Nodes and what the cluster writes about itself are not pruned. */
function belongsToCluster(change: ObjectChange): boolean {
  if (change.kind !== 'removed') return false;
  if (change.before!.section === 'nodes') return true;
  return change.before!.section === 'crm_config' && clusterOptions().some((option) => option.isGenerated === true && option.name === change.before!.element.get('name'));
}

interface Part {
  readonly name: string;
  readonly text: string;
  readonly isXml: boolean;
}

const EXTENSIONS = ['.crm', '.xml', '.json'];

async function readParts(session: Session, source: string): Promise<readonly Part[] | string> {
  const { disk, cwd } = session.context;
  const path = absolute(cwd, source);
  const isDirectory = source !== '-' && disk.status(path)?.kind === 'directory';
  const names = isDirectory ? [...disk.list(path)].filter((name) => EXTENSIONS.some((extension) => name.endsWith(extension))).sort().map((name) => `${source.replace(/\/$/, '')}/${name}`) : [source];
  if (names.length === 0) return `${source} holds no ${EXTENSIONS.join(', ')} files`;
  const parts: Part[] = [];
  for (const name of names) {
    const read = await readSource(session, name);
    if (!read.ok) return read.message;
    const part = readPart(name, read.text);
    if (typeof part === 'string') return part;
    parts.push(part);
  }
  return parts;
}

function readPart(name: string, text: string): Part | string {
  const start = text.trimStart()[0];
  if (start === '<') return { name, text, isXml: true };
  if (!name.endsWith('.json') && start !== '{') return { name, text, isXml: false };
  try {
    const value = JSON.parse(text) as { readonly text?: unknown; readonly xml?: unknown };
    if (typeof value.text === 'string') return { name, text: value.text, isXml: false };
    if (typeof value.xml === 'string') return { name, text: value.xml, isXml: true };
    return `${name}: expected {"text": "..."} or {"xml": "..."}`;
  } catch (problem) {
    return `${name}: ${problem instanceof Error ? problem.message : String(problem)}`;
  }
}

/** Text of several files counts as one, so that an object of one may name an object of another. */
function load(session: Session, configuration: ConfigurationSession, parts: readonly Part[], method: LoadMethod): boolean {
  const texts = parts.filter((part) => !part.isXml).map((part) => ({ name: part.name, text: part.text.replace(/\n*$/, '\n') }));
  const documents = parts.filter((part) => part.isXml);
  if (documents.length > 1 || (documents.length === 1 && texts.length > 0)) return session.error('configure.apply: one XML document, or text files, not both') === SUCCESS;
  if (documents.length === 1) return loadXml(session, configuration, documents[0]!, method);
  const text = texts.map((one) => one.text).join('');
  const parsed = parse(text, { mode: 'file' });
  const result = configuration.change(() => loadText({ parsed, draft: configuration.draft, agents: configuration.agents, settings: { ...compileSettings(session, 'file'), joinsSets: true } }, method));
  const lines = new Lines(text, linesOfFiles(texts));
  configuration.places.remember(result, lines);
  report(session, result.diagnostics, lines);
  return result.isApplied;
}

function loadXml(session: Session, configuration: ConfigurationSession, part: Part, method: LoadMethod): boolean {
  const read = readXml(part.text);
  if (!read.ok) return session.error(`${part.name}:${read.problem.line}:${read.problem.column}: ${read.problem.message}`) === SUCCESS;
  const root: XmlElement = read.root.name === 'configuration' ? configuration.base.withChildren([read.root]) : read.root;
  if (root.name !== 'cib') return session.error(`${part.name}: expected <cib> or <configuration>, found <${root.name}>`) === SUCCESS;
  configuration.change(() => loadDocument(configuration.draft, root, method));
  return true;
}
