// SPDX-License-Identifier: GPL-2.0-or-later
/** Reads and writes the options file: sections in brackets, `name = value`, comments with # or ;. */

export interface IniProblem {
  readonly line: number;
  readonly text: string;
}

export function readIni(text: string): { readonly values: ReadonlyMap<string, string>; readonly problems: readonly IniProblem[] } {
  const values = new Map<string, string>();
  const problems: IniProblem[] = [];
  let section = 'core';
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) return;
    const header = /^\[([^\]]+)\]$/.exec(line);
    if (header !== null) {
      section = header[1]!.trim();
      return;
    }
    const pair = /^([\w-]+)\s*[=:]\s*(.*)$/.exec(line);
    if (pair === null) problems.push({ line: index + 1, text: line });
    else values.set(`${section}.${pair[1]!.replaceAll('-', '_')}`, pair[2]!);
  });
  return { values, problems };
}

export function writeIni(values: ReadonlyMap<string, string>): string {
  const sections = new Map<string, string[]>();
  for (const [key, value] of values) {
    const dot = key.indexOf('.');
    const lines = sections.get(key.slice(0, dot)) ?? [];
    lines.push(`${key.slice(dot + 1)} = ${value}`);
    sections.set(key.slice(0, dot), lines);
  }
  return [...sections].map(([name, lines]) => `[${name}]\n${lines.join('\n')}\n`).join('\n');
}
