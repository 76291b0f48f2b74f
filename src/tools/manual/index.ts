// SPDX-License-Identifier: GPL-2.0-or-later
/** Manual pages, made from the same tables as the help: one page in roff for each tool. */
import { exitCodes } from '../exit/codes.ts';
import { allOptions, COMMON_GROUP, type OptionTable, type ToolOption } from '../options/index.ts';

export const MANUAL_SECTION = '8';

export function manualPage(table: OptionTable): string {
  const options = allOptions(table);
  const lines = [
    '.\\" Made by scripts/manual.ts from the option table of the tool. Do not edit.',
    `.TH ${table.tool.toUpperCase()} ${MANUAL_SECTION} "" "Quorate" "System administration"`,
    '.SH NAME',
    `${roff(table.tool)} \\- ${roff(table.summary)}`,
    '.SH SYNOPSIS',
    `.B ${roff(table.tool)}`,
    roff(table.usage),
    ...(table.description === undefined ? [] : ['.SH DESCRIPTION', ...paragraphs(table.description)]),
    '.SH OPTIONS',
  ];
  for (const group of [...table.groups, COMMON_GROUP]) {
    const members = options.filter((option) => option.group === group.key && !isHelpOfGroup(option));
    if (members.length > 0) lines.push(`.SS ${roff(group.title)}`, ...members.flatMap(optionEntry));
  }
  lines.push(...examples(table), ...environment(), ...exitStatus());
  return `${lines.join('\n')}\n`;
}

function isHelpOfGroup({ name, isHidden }: ToolOption): boolean {
  return isHidden === true && name.startsWith('help-');
}

function optionEntry(option: ToolOption): string[] {
  const spellings = [...(option.short === undefined ? [] : [`-${option.short}`]), `--${option.name}`];
  const argument = option.argument === undefined ? '' : option.argument.startsWith('[') ? `[=\\fI${roff(option.argument.slice(1, -1))}\\fR]` : `=\\fI${roff(option.argument)}\\fR`;
  const old = (option.aliases ?? []).map((alias) => `\\fB${roff(alias.length === 1 ? `-${alias}` : `--${alias}`)}\\fR`);
  return ['.TP', `${spellings.map((word) => `\\fB${roff(word)}\\fR`).join(', ')}${argument}`, `${roff(option.summary)}.`, ...answer(option), ...(old.length === 0 ? [] : [`Also: ${old.join(', ')}.`])];
}

function answer({ withoutEffect, refused }: ToolOption): string[] {
  if (withoutEffect !== undefined) return [roff(`Without effect: ${withoutEffect}.`)];
  return refused === undefined ? [] : [roff(`Refused: ${refused}.`)];
}

function examples(table: OptionTable): string[] {
  if (table.examples === undefined || table.examples.length === 0) return [];
  return ['.SH EXAMPLES', ...table.examples.flatMap(({ text, command }) => ['.TP', `${roff(text)}:`, `.B # ${roff(command)}`])];
}

function environment(): string[] {
  const rows: readonly (readonly [string, string])[] = [
    ['CIB_file', 'Work on this file instead of the running cluster; - reads standard input'],
    ['CIB_shadow', 'Work on the shadow of this name'],
    ['CIB_shadow_dir', 'Where shadows lie'],
    ['CIB_user', 'User whose access rights apply'],
  ];
  return ['.SH ENVIRONMENT', ...rows.flatMap(([name, text]) => ['.TP', `.B ${name}`, `${roff(text)}.`])];
}

function exitStatus(): string[] {
  const shown = exitCodes().filter(([code]) => code !== 77 && code < 190);
  return ['.SH EXIT STATUS', ...shown.flatMap(([code, , text]) => ['.TP', `.B ${code}`, `${roff(text)}.`])];
}

function paragraphs(texts: readonly string[]): string[] {
  return texts.flatMap((text, i) => (i === 0 ? [roff(text)] : ['.PP', roff(text)]));
}

/** Text in which nothing is a request of the formatter. */
function roff(text: string): string {
  const escaped = text.replaceAll('\\', '\\e').replaceAll('-', '\\-');
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}
