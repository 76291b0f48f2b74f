// SPDX-License-Identifier: GPL-2.0-or-later
/** XML that a tool is given as text, in a file or on standard input. */
import { readXml, type XmlElement } from '../../cib/index.ts';
import { EXIT } from '../exit/codes.ts';
import { absolute, ToolFailure, type ToolRun } from '../run.ts';

/** Undefined when no input is named; the last of `--xml-file`, `--xml-text`, `--xml-pipe` counts. */
export async function inputOf({ options, context }: ToolRun): Promise<XmlElement | undefined> {
  const source = options.last(new Set(['xml-file', 'xml-text', 'xml-pipe']));
  if (source === undefined) return undefined;
  const value = source.value ?? '';
  if (source.name === 'xml-text') return parsed(value, 'input string');
  if (source.name === 'xml-pipe') return parsed(await context.readInput(), 'stdin');
  return parsed(context.disk.read(absolute(context.cwd, value)) ?? '', value);
}

function parsed(text: string, from: string): XmlElement {
  const result = readXml(text);
  if (result.ok) return result.root;
  throw new ToolFailure(EXIT.dataError, `Couldn't parse input from ${from}`);
}
