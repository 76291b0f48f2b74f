// SPDX-License-Identifier: GPL-2.0-or-later
/** The help text of a tool, made from its option table. */
import { allOptions, COMMON_GROUP, spelled, type OptionTable, type ToolOption } from './table.ts';

const MARGIN = 2;
const SUMMARY_COLUMN = 32;
const WIDTH = 100;

/** `which` is a group key, `all` to include hidden spellings, or undefined for the usual help. */
export function helpText(table: OptionTable, which?: string): string {
  const lines = ['Usage:', `  ${table.tool} ${table.usage}`, '', ...wrap(table.summary, 0)];
  const isWhole = which === undefined || which === 'all';
  if (isWhole) for (const paragraph of table.description ?? []) lines.push('', ...wrap(paragraph, 0));
  const options = allOptions(table).filter((option) => which === 'all' || option.isHidden !== true);
  for (const group of [...table.groups, COMMON_GROUP]) {
    if (!isWhole && group.key !== which) continue;
    const members = options.filter((option) => option.group === group.key);
    if (members.length > 0) lines.push('', `${group.title}:`, ...members.flatMap((option) => optionLines(option, which === 'all')));
  }
  if (isWhole && table.examples !== undefined && table.examples.length > 0) {
    lines.push('', 'Examples:');
    for (const { text, command } of table.examples) lines.push('', ...wrap(`${text}:`, MARGIN), '', `    # ${command}`);
  }
  return `${lines.join('\n')}\n`;
}

function optionLines(option: ToolOption, withAliases: boolean): string[] {
  const head = `${' '.repeat(MARGIN)}${optionHead(option)}`;
  const aliases = withAliases && (option.aliases?.length ?? 0) > 0 ? ` (also ${option.aliases!.map(spelled).join(', ')})` : '';
  const text = wrap(`${option.summary}${aliases}`, SUMMARY_COLUMN);
  if (head.length + 1 >= SUMMARY_COLUMN) return [head, ...text];
  return [`${head.padEnd(SUMMARY_COLUMN)}${text[0]!.trimStart()}`, ...text.slice(1)];
}

/** `-r, --resource=ID` */
function optionHead(option: ToolOption): string {
  const argument = option.argument === undefined ? '' : option.argument.startsWith('[') ? `[=${option.argument.slice(1)}` : `=${option.argument}`;
  return `${option.short === undefined ? '' : `-${option.short}, `}--${option.name}${argument}`;
}

function wrap(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(' '.repeat(indent) + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, ' '.repeat(indent) + line];
}
