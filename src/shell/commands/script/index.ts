// SPDX-License-Identifier: GPL-2.0-or-later
/** The script level: the templates as jobs - shown, verified and run in one go. */
import { FAILURE, SUCCESS, type Command, type LevelBody } from '../../command.ts';
import type { Session } from '../../session.ts';
import { inOrder } from '../resource/names.ts';
import { filled, generate, missingValues, type Template } from '../template/format.ts';
import { applyGenerated } from '../template/index.ts';
import { templateNames, withDependencies } from '../template/store.ts';

const names = ({ session }: { readonly session: Session }): readonly string[] => templateNames(session);
const NOTHING = (): readonly string[] => [];
/** Parameters of jobs on hosts: accepted, of no use on a cluster that is one machine. */
const HOST_PARAMETERS = new Set(['nodes', 'statefile', 'user', 'sudo', 'port', 'timeout', 'action']);

const commands: readonly Command[] = [
  { name: 'list', usage: '[all] [names]', summary: 'List scripts', takes: [0, 2], complete: () => ['all', 'names'], run: async ({ args }, session) => listScripts(session, args.includes('names')) },
  { name: 'show', aliases: ['info', 'describe'], usage: 'NAME [all]', summary: 'Show what a script does and takes', takes: [1, 2], complete: inOrder(names, () => ['all']), run: async ({ args }, session) => showScript(session, args[0]!) },
  { name: 'verify', usage: 'NAME [PARAM=VALUE ...]', summary: 'Show the steps that a script would take', complete: inOrder(names, NOTHING), run: async ({ args }, session) => verifyScript(session, args) },
  { name: 'run', usage: 'NAME [PARAM=VALUE ...]', summary: 'Run a script', waits: true, complete: inOrder(names, NOTHING), run: async ({ args }, session) => runScript(session, args) },
  { name: 'json', usage: `'["list" | "show" | "verify" | "run", NAME, {PARAM: VALUE}]'`, summary: 'The same for programs: one JSON object a line', isVerbatim: true, run: async ({ args }, session) => runJson(session, args.join(' ')) },
  { name: '_print', usage: 'NAME', summary: 'Print a script as it was read', isHidden: true, takes: [1, 1], complete: inOrder(names, NOTHING), run: async ({ args }, session) => printScript(session, args[0]!) },
  { name: '_actions', usage: 'NAME [PARAM=VALUE ...]', summary: 'Print the actions of a script', isHidden: true, complete: inOrder(names, NOTHING), run: async ({ args }, session) => printActions(session, args) },
  { name: '_convert', usage: 'WORKFLOW [DIR] [CATEGORY]', summary: 'Make scripts of the wizards of another program', isHidden: true, needs: 'wizards of hawk', run: async (_invocation, session) => session.error('script._convert needs wizards of hawk, which hold programs for its web server. Here: write a template; crm configure template list shows those that are there') },
];

export const scriptLevel: LevelBody = { commands };

function scripts(session: Session): readonly Template[] {
  return templateNames(session).flatMap((name) => {
    const found = withDependencies(session, [name]);
    return found.ok ? [found.templates.at(-1)!] : [];
  });
}

function listScripts(session: Session, namesOnly: boolean): number {
  const all = scripts(session);
  const width = Math.max(0, ...all.map((one) => one.name.length)) + 2;
  session.present({ data: all.map(({ name, description }) => ({ name, shortdesc: description })), text: () => all.map((one) => (namesOnly ? one.name : `${one.name.padEnd(width)}${one.description}`)).join('\n') });
  return SUCCESS;
}

function showScript(session: Session, name: string): number {
  const found = withDependencies(session, [name]);
  if (!found.ok) return session.error(`script.show: there is no script ${found.missing}`);
  const main = found.templates.at(-1)!;
  const lines = found.templates.flatMap((template) => template.parameters.map((parameter) => `  ${template === main ? '' : `${template.name}:`}${parameter.name}${parameter.isRequired ? '*' : ''}${parameter.value === '' ? '' : ` [${parameter.value}]`}: ${parameter.about}`));
  session.present({ data: describe(found.templates), text: () => [`${main.name}: ${main.description}`, '', 'Parameters (*: required, []: default):', ...lines].join('\n') });
  return SUCCESS;
}

function describe(templates: readonly Template[]): unknown {
  const main = templates.at(-1)!;
  return { name: main.name, shortdesc: main.description, steps: templates.map((template) => ({ name: template.name, parameters: template.parameters.map(({ name, isRequired, about, value }) => ({ name, required: isRequired, shortdesc: about, value })) })) };
}

/** The text a script comes to; undefined after a message. */
function scriptText(session: Session, [name, ...words]: readonly string[]): { readonly text: string; readonly isDry: boolean } | undefined {
  const found = withDependencies(session, [name ?? '']);
  if (!found.ok) {
    session.error(`script: there is no script ${found.missing}`);
    return undefined;
  }
  const values = new Map(words.map((word) => [word.slice(0, Math.max(0, word.indexOf('='))), word.slice(word.indexOf('=') + 1)]));
  const main = found.templates.at(-1)!;
  const known = new Set(['id', 'dry_run', ...HOST_PARAMETERS, ...found.templates.flatMap((template) => template.parameters.flatMap((parameter) => [parameter.name, `${template.name}:${parameter.name}`]))]);
  const unknown = [...values.keys()].find((one) => !known.has(one));
  if (unknown !== undefined) {
    session.error(`script: ${main.name} has no parameter ${unknown === '' ? words.find((word) => !word.includes('=')) : unknown}`);
    return undefined;
  }
  const templates = found.templates.map((template) => {
    const own = new Map(values);
    for (const [key, value] of values) if (key.startsWith(`${template.name}:`)) own.set(key.slice(template.name.length + 1), value);
    return filled(template, own, template === main ? values.get('id') : undefined);
  });
  const missing = templates.flatMap((template) => missingValues(template).map((one) => (template.name === main.name ? one : `${template.name}:${one}`)));
  if (missing.length > 0) session.error(`script: ${main.name} needs ${missing.join(', ')}`);
  return missing.length > 0 ? undefined : { text: generate(templates), isDry: /^(yes|true|1)$/i.test(values.get('dry_run') ?? '') };
}

/** What programs that look at scripts get, as one JSON document. */
function printScript(session: Session, name: string): number {
  const found = withDependencies(session, [name]);
  if (!found.ok) return session.error(`script._print: there is no script ${found.missing}`);
  session.present({ data: found.templates, text: () => JSON.stringify(found.templates, null, 2) });
  return SUCCESS;
}

function printActions(session: Session, args: readonly string[]): number {
  const made = scriptText(session, args);
  if (made === undefined) return FAILURE;
  const actions = [{ name: 'cib', shortdesc: 'Configure cluster resources', text: made.text }];
  session.present({ data: actions, text: () => JSON.stringify(actions, null, 2) });
  return SUCCESS;
}

function verifyScript(session: Session, args: readonly string[]): number {
  const made = scriptText(session, args);
  if (made === undefined) return FAILURE;
  session.present({ data: { steps: [{ name: 'configure', text: made.text }] }, text: () => `1. Configure cluster resources\n\n${made.text.split('\n').map((line) => (line === '' ? '' : `\t${line}`)).join('\n')}` });
  return SUCCESS;
}

async function runScript(session: Session, args: readonly string[]): Promise<number> {
  const made = scriptText(session, args);
  if (made === undefined) return FAILURE;
  if (made.isDry || session.flags.dryRun) {
    session.print(made.text);
    return SUCCESS;
  }
  if ((await applyGenerated(session, made.text, 'update')) !== SUCCESS) return FAILURE;
  const { leaveConfigure } = await import('../configure/index.ts');
  return (await leaveConfigure(session, 'single-shot')) === 'left' ? SUCCESS : FAILURE;
}

/** Errors are answers too: `{"error": ...}`. */
async function runJson(session: Session, text: string): Promise<number> {
  const answer = (value: unknown): void => session.print(JSON.stringify(value));
  let request: unknown;
  try {
    request = JSON.parse(text);
  } catch {
    // Said to the program that asked, in its language.
    request = undefined;
  }
  if (!Array.isArray(request)) {
    answer({ error: 'expected ["list"], ["show", NAME], ["verify", NAME, {...}] or ["run", NAME, {...}]' });
    return FAILURE;
  }
  const [verb, name, values] = request as unknown as readonly [string, string?, Readonly<Record<string, unknown>>?];
  const args = [name ?? '', ...Object.entries(values ?? {}).map(([key, value]) => `${key}=${String(value)}`)];
  if (verb === 'list') {
    for (const one of scripts(session)) answer({ name: one.name, shortdesc: one.description });
    return SUCCESS;
  }
  const found = withDependencies(session, [name ?? '']);
  if (!found.ok) {
    answer({ error: `there is no script ${found.missing}` });
    return FAILURE;
  }
  if (verb === 'show') {
    answer(describe(found.templates));
    return SUCCESS;
  }
  const made = scriptText(session, args);
  if (made === undefined || verb === 'verify') {
    answer(made === undefined ? { error: 'values are missing or unknown' } : { name, text: made.text });
    return made === undefined ? FAILURE : SUCCESS;
  }
  const code = await runScript(session, args);
  answer({ name, result: code === SUCCESS ? 'success' : 'failed' });
  return code;
}
