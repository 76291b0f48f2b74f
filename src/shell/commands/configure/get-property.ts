// SPDX-License-Identifier: GPL-2.0-or-later
/** `get_property`: the value of a cluster option, or what it is when it is not set. */
import { clusterOption, clusterOptionNames, setOption } from './cluster-options.ts';
import { booleanOf } from '../../../language/index.ts';
import { SUCCESS, FAILURE, type Command } from '../../command.ts';
import { configurationOf, type ConfigurationSession } from '../../configuration-session.ts';
import type { Session } from '../../session.ts';

export const getProperty: Command = {
  name: 'get_property',
  oldNames: ['get-property'],
  usage: '[-t|--true] [NAME...]',
  summary: 'print cluster options',
  help: 'Without a name, lists the options there are. With --true, prints true or false for whatever spelling of a boolean is set.',
  complete: () => clusterOptionNames(),
  run: async ({ args }, session) => {
    const names = args.filter((arg) => !arg.startsWith('-'));
    if (names.length === 0) return listProperties(session);
    const configuration = await configurationOf(session);
    const asBoolean = args.some((arg) => arg === '-t' || arg === '--true');
    const found = names.map((name) => ({ name, value: propertyValue(configuration, name) ?? clusterOption(name)?.initial }));
    for (const { name, value } of found) if (value === undefined) session.error(`configure.get_property: ${name}: Property not set`);
    const set = found.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }]));
    session.present({ data: set, text: () => set.map(({ value }) => (asBoolean ? (booleanOf(value) ?? 'false') : value)).join('\n') });
    return set.length === found.length ? SUCCESS : FAILURE;
  },
};

/** Names in columns. */
export function listProperties(session: Session): number {
  const names = clusterOptionNames();
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const perLine = Math.max(1, Math.floor(session.context.terminal.columns / width));
  const lines: string[] = [];
  for (let i = 0; i < names.length; i += perLine) lines.push(names.slice(i, i + perLine).map((name) => name.padEnd(width)).join('').trimEnd());
  session.present({ data: names, text: () => lines.join('\n') });
  return SUCCESS;
}

function propertyValue({ draft }: ConfigurationSession, name: string): string | undefined {
  return setOption([...draft.objects()].filter((object) => object.kind === 'property').map((object) => object.element), name);
}
