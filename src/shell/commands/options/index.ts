// SPDX-License-Identifier: GPL-2.0-or-later
/** The options level: show, set, save, reset, and short forms of the common ones. Outside a session a change is saved at once. */
import { SUCCESS, type Command, type LevelBody } from '../../command.ts';
import { STYLES, optionTable, type OptionDescription } from '../../options/index.ts';
import type { Session } from '../../session.ts';

const set: Command = {
  name: 'set',
  usage: 'SECTION.NAME VALUE',
  summary: 'Set an option',
  takes: [2, 2],
  complete: ({ words }) => (words.length === 0 ? [...optionTable().keys()] : valuesOf(optionTable().get(words[0]!))),
  run: async ({ args: [name, value] }, session) => setOption(session, keyOf(name!), value!),
};

const show: Command = {
  name: 'show',
  aliases: ['list'],
  usage: '[all | NAME]',
  summary: 'Show the options that matter, all of them, or one',
  takes: [0, 1],
  complete: ({ words }) => (words.length === 0 ? ['all', ...optionTable().keys()] : []),
  run: async ({ args: [which] }, session) => showOptions(session, which),
};

const save: Command = {
  name: 'save',
  usage: '',
  summary: "Write the options to the user's file",
  takes: [0, 0],
  run: async (_invocation, session) => {
    session.options.save();
    return SUCCESS;
  },
};

const reset: Command = {
  name: 'reset',
  usage: '',
  summary: 'Back to the defaults',
  takes: [0, 0],
  run: async (_invocation, session) => {
    session.options.reset();
    if (session.mode === 'single-shot') session.options.save();
    return SUCCESS;
  },
};

/** `crm options pager less` */
function shortForms(): readonly Command[] {
  return [...optionTable()].flatMap(([key, option]) => {
    if (option.short === undefined) return [];
    const command: Command = {
      name: option.short,
      usage: 'VALUE',
      summary: `Set ${key}: ${option.about}`,
      takes: [1, 1],
      complete: () => valuesOf(option),
      run: async ({ args: [value] }, session) => setOption(session, key, value!),
    };
    return [command];
  });
}

/** What the colours of a scheme are for, in their order. */
const SCHEME = ['color.keyword', 'color.identifier', 'color.attr_name', 'color.attr_value', 'color.resource_reference', 'color.score'];
const COLOURS = ['black', 'blue', 'green', 'cyan', 'red', 'magenta', 'yellow', 'white', 'normal'];

const colorscheme: Command = {
  name: 'colorscheme',
  usage: 'COLOUR,COLOUR,COLOUR,COLOUR,COLOUR,COLOUR',
  summary: 'Set the colours of keywords, ids, names and values of attributes, references to resources, scores',
  takes: [1, 1],
  complete: ({ prefix }) => COLOURS.map((colour) => prefix.replace(/[^,]*$/, colour)),
  run: async ({ args: [word] }, session) => {
    const colours = word!.split(',');
    const wrong = colours.find((colour) => !COLOURS.includes(colour));
    if (colours.length !== SCHEME.length || wrong !== undefined) return session.error(`${word} not valid (${SCHEME.length} of ${COLOURS.join(',')} are expected)`);
    for (const [index, key] of SCHEME.entries()) session.options.set(key, colours[index]!);
    if (session.mode === 'single-shot') session.options.save();
    return SUCCESS;
  },
};

function setOption(session: Session, key: string, value: string): number {
  const option = optionTable().get(key);
  if (option === undefined) return session.error(`options: no option ${key} (crm options show all)`);
  if (session.options.check(key, value) !== undefined) return session.error(refusal(option, value));
  session.options.set(key, value);
  if (session.mode === 'single-shot') session.options.save();
  return SUCCESS;
}

function refusal({ kind }: OptionDescription, value: string): string {
  if (kind === 'boolean') return `${value} not valid (yes or no are valid)`;
  if (kind === 'number') return `${value} not valid (a number is expected)`;
  return `${value} not valid (choose one from ${valuesOf({ kind }).join(',')})`;
}

function valuesOf(option: Pick<OptionDescription, 'kind'> | undefined): readonly string[] {
  if (option === undefined || option.kind === 'text' || option.kind === 'number') return [];
  if (option.kind === 'style') return STYLES;
  return option.kind === 'boolean' ? ['yes', 'no'] : option.kind;
}

/** `core.skill-level` and a short form name the same option. */
function keyOf(name: string): string {
  const key = name.replaceAll('-', '_');
  if (optionTable().has(key)) return key;
  for (const [full, option] of optionTable()) if (option.short === name) return full;
  return optionTable().has(`core.${key}`) ? `core.${key}` : key;
}

function showOptions(session: Session, which: string | undefined): number {
  if (which !== undefined && which !== 'all') {
    const key = keyOf(which);
    if (!optionTable().has(key)) return session.error(`options: no option ${which} (crm options show all)`);
    session.present({ data: { [key]: session.options.get(key) }, text: () => `${key} = ${session.options.get(key)}` });
    return SUCCESS;
  }
  const shown = [...optionTable()].filter(([, option]) => which === 'all' || option.short !== undefined);
  const line = ([key, option]: readonly [string, OptionDescription]): string =>
    which === 'all' ? `${key} = ${session.options.get(key)}` : `${option.short} "${session.options.get(key)}"`;
  session.present({ data: Object.fromEntries(shown.map(([key]) => [key, session.options.get(key)])), text: () => shown.map(line).join('\n') });
  return SUCCESS;
}

export const optionsLevel: LevelBody = { commands: [set, show, save, reset, ...shortForms(), colorscheme] };
