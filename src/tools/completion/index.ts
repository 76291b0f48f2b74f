// SPDX-License-Identifier: GPL-2.0-or-later
/** Completion of a tool's command line, from its option table and from what the CIB names: `TOOL --complete WORD...`, the last word being typed. */
import { eachResource, type XmlElement } from '../../cib/index.ts';
import type { ToolContext } from '../context.ts';
import { allOptions, spelled, type OptionTable, type ToolOption } from '../options/index.ts';

export async function completeCommandLine(table: OptionTable, words: readonly string[], context: ToolContext): Promise<readonly string[]> {
  const current = words[words.length - 1] ?? '';
  const options = allOptions(table);
  const equals = current.startsWith('--') ? current.indexOf('=') : -1;
  if (equals > 0) {
    const option = find(options, current.slice(0, equals));
    return matching(await valuesOf(option, context), current.slice(equals + 1)).map((value) => `${current.slice(0, equals + 1)}${value}`);
  }
  const before = find(options, words[words.length - 2]);
  if (before?.argument !== undefined && !before.argument.startsWith('[')) return matching(await valuesOf(before, context), current);
  return matching(options.filter((option) => option.isHidden !== true).map((option) => `--${option.name}`), current);
}

function find(options: readonly ToolOption[], word: string | undefined): ToolOption | undefined {
  return options.find((option) => [option.name, option.short, ...(option.aliases ?? [])].some((name) => name !== undefined && spelled(name) === word));
}

function matching(candidates: readonly string[], prefix: string): readonly string[] {
  return candidates.filter((candidate) => candidate.startsWith(prefix)).sort();
}

async function valuesOf(option: ToolOption | undefined, context: ToolContext): Promise<readonly string[]> {
  if (option === undefined) return [];
  if (option.values !== undefined) return option.values;
  const names = NAMES.get(option.name);
  const cib = names === undefined ? undefined : await readCib(context);
  return names === undefined || cib === undefined ? [] : names(cib);
}

/** What options take that the configuration names. */
const NAMES: ReadonlyMap<string, (cib: XmlElement) => readonly string[]> = new Map([
  ['resource', resourceIds],
  ['node', nodeNames],
  ['fence', nodeNames],
  ['reboot', nodeNames],
  ['unfence', nodeNames],
  ['ticket', (cib) => (cib.at('status', 'tickets')?.elements('ticket_state') ?? []).map((ticket) => ticket.id ?? '')],
]);

function resourceIds(cib: XmlElement): readonly string[] {
  return [...eachResource(cib)].map(({ element }) => element.id ?? '');
}

function nodeNames(cib: XmlElement): readonly string[] {
  return (cib.at('configuration', 'nodes')?.elements('node') ?? []).map((node) => node.get('uname') ?? '');
}

/** Nothing to offer is no reason to disturb somebody who types. */
async function readCib(context: ToolContext): Promise<XmlElement | undefined> {
  try {
    const backend = await context.openBackend();
    try {
      return await backend.query();
    } finally {
      await backend.close();
    }
  } catch {
    return undefined;
  }
}
