// SPDX-License-Identifier: GPL-2.0-or-later
/** The template level: ready configurations with parameters to fill in. */
import { FAILURE, SUCCESS, type Command, type LevelBody } from '../../command.ts';
import { inColumns } from '../../columns.ts';
import type { Session, StateKey } from '../../session.ts';
import { inOrder } from '../resource/names.ts';
import { filled, generate, missingValues, writeTemplate, type Template } from './format.ts';
import { configNames, configPath, findTemplate, readConfig, templateNames, withDependencies } from './store.ts';

const CURRENT: StateKey<string | undefined> = { name: 'template.current' };
const NOTHING = (): readonly string[] => [];
const configs = ({ session }: { readonly session: Session }): readonly string[] => configNames(session);

const commands: readonly Command[] = [
  {
    name: 'new',
    usage: '[CONFIG] TEMPLATE ... [params NAME=VALUE ...]',
    summary: 'Begin a configuration from templates',
    help: 'Values for another template of the list are written TEMPLATE:NAME=VALUE; id=PREFIX changes what ids begin with.',
    skill: 'administrator',
    complete: ({ words, session }) => {
      if (!words.includes('params')) return [...templateNames(session), 'params'];
      return words.flatMap((word) => findTemplate(session, word)?.parameters.map((parameter) => `${parameter.name}=`) ?? []);
    },
    run: async ({ args }, session) => newConfig(session, args),
  },
  { name: 'load', usage: '[CONFIG]', summary: 'Go on with a configuration', skill: 'administrator', takes: [0, 1], complete: inOrder(configs, NOTHING), run: async ({ args }, session) => loadConfig(session, args[0]) },
  { name: 'edit', usage: '[CONFIG]', summary: 'Edit the values of a configuration', skill: 'administrator', takes: [0, 1], complete: inOrder(configs, NOTHING), run: async ({ args }, session) => editConfig(session, args[0]) },
  { name: 'show', usage: '[CONFIG]', summary: 'Show what a configuration comes to', takes: [0, 1], complete: inOrder(configs, NOTHING), run: async ({ args }, session) => showConfig(session, args[0]) },
  { name: 'apply', usage: '[replace | update] [CONFIG]', summary: 'Load a configuration into the configure level', skill: 'administrator', takes: [0, 2], complete: inOrder(() => ['replace', 'update'], configs, NOTHING), run: async ({ args }, session) => applyConfig(session, args) },
  { name: 'delete', usage: 'CONFIG [force]', summary: 'Delete a configuration', skill: 'administrator', isDestructive: true, takes: [1, 2], complete: inOrder(configs, () => ['force']), run: async ({ args }, session) => deleteConfig(session, args[0]!) },
  { name: 'list', usage: '[configs | templates]', summary: 'List configurations and templates', takes: [0, 1], complete: inOrder(() => ['configs', 'templates'], NOTHING), run: async ({ args }, session) => listAll(session, args[0]) },
];

export const templateLevel: LevelBody = { commands };

async function newConfig(session: Session, args: readonly string[]): Promise<number> {
  const at = args.indexOf('params');
  const words = at < 0 ? args : args.slice(0, at);
  const isNamed = words.length > 1 && findTemplate(session, words[0]!) === undefined;
  const name = isNamed ? words[0]! : words[0];
  if (name === undefined) return session.error('template.new: Expected ([CONFIG] TEMPLATE ... [params NAME=VALUE ...])');
  const wanted = withDependencies(session, isNamed ? words.slice(1) : words);
  if (!wanted.ok) return session.error(`template.new: there is no template ${wanted.missing} (${templateNames(session).join(', ')})`);
  for (const template of wanted.templates) session.info(`pulling in template ${template.name}`);
  const values = readValues(at < 0 ? [] : args.slice(at + 1));
  if (typeof values === 'string') return session.error(`template.new: ${values}`);
  const unknown = unknownValue(wanted.templates, values);
  if (unknown !== undefined) return session.error(`template.new: no template of these has a parameter ${unknown}`);
  const main = wanted.templates.at(-1)!;
  const templates = wanted.templates.map((template) => filled(template, ownValues(template, values), template === main && isNamed ? name : values.get('id') !== undefined && template === main ? values.get('id')! : undefined));
  session.context.disk.write(configPath(session, name), templates.map(writeTemplate).join('\n'), 0o600);
  session.setState(CURRENT, name);
  return SUCCESS;
}

/** `NAME=VALUE` for any template, `TEMPLATE:NAME=VALUE` for one. */
function readValues(words: readonly string[]): ReadonlyMap<string, string> | string {
  const values = new Map<string, string>();
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals <= 0) return `expected NAME=VALUE, found "${word}"`;
    values.set(word.slice(0, equals), word.slice(equals + 1));
  }
  return values;
}

function ownValues(template: Template, values: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const own = new Map(values);
  for (const [name, value] of values) if (name.startsWith(`${template.name}:`)) own.set(name.slice(template.name.length + 1), value);
  return own;
}

function unknownValue(templates: readonly Template[], values: ReadonlyMap<string, string>): string | undefined {
  const known = new Set(['id', ...templates.flatMap((template) => template.parameters.flatMap((parameter) => [parameter.name, `${template.name}:${parameter.name}`]))]);
  return [...values.keys()].find((name) => !known.has(name));
}

/** The configuration named, else the current one. */
function chosen(session: Session, word: string | undefined): { readonly name: string; readonly templates: readonly Template[] } | undefined {
  const name = word ?? session.state(CURRENT, () => undefined);
  if (name === undefined) {
    session.error('template: no configuration is loaded; name one, or begin with: new TEMPLATE');
    return undefined;
  }
  const templates = readConfig(session, name);
  if (templates === undefined) session.error(`template: there is no configuration ${name}`);
  return templates === undefined ? undefined : { name, templates };
}

async function loadConfig(session: Session, word: string | undefined): Promise<number> {
  const config = chosen(session, word);
  if (config === undefined) return FAILURE;
  session.setState(CURRENT, config.name);
  return SUCCESS;
}

async function editConfig(session: Session, word: string | undefined): Promise<number> {
  const config = chosen(session, word);
  if (config === undefined) return FAILURE;
  if (!session.context.terminal.isInput) return session.error('template.edit needs a terminal; values can be given with: template new ... params NAME=VALUE');
  const editor = session.options.get('core.editor') || session.context.env.get('EDITOR') || 'vi';
  const done = await session.context.spawn({ program: editor, args: [configPath(session, config.name)], isInteractive: true });
  return done.code === 0 ? SUCCESS : session.error(`template.edit: ${editor} ended with ${done.code}`);
}

/** Undefined after a message when values are missing. */
function textOfConfig(session: Session, config: { readonly name: string; readonly templates: readonly Template[] }): string | undefined {
  const missing = config.templates.flatMap((template) => missingValues(template).map((name) => `${template.name}:${name}`));
  if (missing.length === 0) return generate(config.templates);
  session.error(`template: ${config.name} needs values for ${missing.join(', ')} (template edit ${config.name})`);
  return undefined;
}

async function showConfig(session: Session, word: string | undefined): Promise<number> {
  const config = chosen(session, word);
  const text = config === undefined ? undefined : textOfConfig(session, config);
  if (text === undefined) return FAILURE;
  session.present({ data: text, text: () => text });
  return SUCCESS;
}

async function applyConfig(session: Session, args: readonly string[]): Promise<number> {
  const method = ['replace', 'update'].includes(args[0] ?? '') ? args[0]! : 'replace';
  const config = chosen(session, args.find((word) => word !== method));
  const text = config === undefined ? undefined : textOfConfig(session, config);
  if (text === undefined) return FAILURE;
  return applyGenerated(session, text, method);
}

/** Through a file, as anyone would load it. */
export async function applyGenerated(session: Session, text: string, method: string): Promise<number> {
  const { disk, env, processId } = session.context;
  const file = `${env.get('TMPDIR') || '/tmp'}/crm-template-${processId}.crm`;
  disk.write(file, text, 0o600);
  try {
    const { load } = await import('../configure/load.ts');
    return await load.run({ name: 'load', typed: 'load', args: [method, file], line: `load ${method} ${file}`, source: { file: undefined, line: 1, column: 1 } }, session);
  } finally {
    disk.remove(file);
  }
}

async function deleteConfig(session: Session, name: string): Promise<number> {
  if (readConfig(session, name) === undefined) return session.error(`template.delete: there is no configuration ${name}`);
  session.context.disk.remove(configPath(session, name));
  if (session.state(CURRENT, () => undefined) === name) session.setState(CURRENT, undefined);
  return SUCCESS;
}

async function listAll(session: Session, word: string | undefined): Promise<number> {
  const templates = templateNames(session);
  const made = configNames(session);
  const width = session.context.terminal.columns;
  if (word !== undefined && word !== 'configs' && word !== 'templates') return session.error(`template.list: expected configs or templates, found "${word}"`);
  if (word !== undefined) {
    const names = word === 'configs' ? made : templates;
    session.present({ data: names, text: () => inColumns(names, width) });
    return SUCCESS;
  }
  session.present({ data: { configs: made, templates }, text: () => [`Templates:`, inColumns(templates, width), ...(made.length === 0 ? [] : ['', 'Configurations:', inColumns(made, width)])].join('\n') });
  return SUCCESS;
}

