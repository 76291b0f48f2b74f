// SPDX-License-Identifier: GPL-2.0-or-later
/** XML that a tool is given as text, in a file or on standard input. */
import { readXml, type XmlElement } from '../../cib/index.ts';
import { EXIT } from '../exit/codes.ts';
import { fileText, ToolFailure, type ToolRun } from '../run.ts';

/** Undefined when no input is named; a file counts before text, and text before standard input. */
export async function inputOf(run: ToolRun): Promise<XmlElement | undefined> {
  const { options, context } = run;
  const path = options.value('xml-file');
  if (path !== undefined) return parsed((await fileText(run, path)) ?? '', path);
  const text = options.value('xml-text');
  if (text !== undefined) return parsed(text, 'input string');
  return options.has('xml-pipe') ? parsed(await context.readInput(), 'stdin') : undefined;
}

function parsed(text: string, from: string): XmlElement {
  const result = readXml(text);
  if (result.ok) return result.root;
  throw new ToolFailure(EXIT.dataError, `Couldn't parse input from ${from}`);
}
