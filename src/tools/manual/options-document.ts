// SPDX-License-Identifier: GPL-2.0-or-later
/** The document of all tools and options with what each option does here, made from the option tables. */
import { allOptions, COMMON_GROUP, spelled, type OptionTable, type ToolOption } from '../options/index.ts';

export function optionsDocument(tables: readonly OptionTable[]): string {
  const lines = [
    '# Tools and options',
    '',
    'Made by `scripts/manual.ts` from the option tables. Do not edit.',
    '',
    'Every option of the reference is known under all its spellings. It *works*, it is accepted *without effect*, or it is *refused* with exit code 3 where a cluster runs; the',
    'reason stands beside it. What needs a running cluster ends with exit code 102 on a CIB file.',
    '',
    '| tool | options | spellings | without effect | refused | output |',
    '|---|---|---|---|---|---|',
    ...tables.map(totals),
  ];
  for (const table of tables) lines.push('', `## ${table.tool}`, '', `${table.summary}`, '', '| option | old spellings | what it does | answer |', '|---|---|---|---|', ...ownOptions(table).map(row));
  return `${lines.join('\n')}\n`;
}

function ownOptions(table: OptionTable): readonly ToolOption[] {
  return allOptions(table).filter((option) => option.group !== COMMON_GROUP.key || !option.name.startsWith('help-'));
}

function totals(table: OptionTable): string {
  const options = ownOptions(table);
  const spellings = options.reduce((sum, option) => sum + 1 + (option.short === undefined ? 0 : 1) + (option.aliases?.length ?? 0), 0);
  const ignored = options.filter((option) => option.withoutEffect !== undefined).length;
  const refused = options.filter((option) => option.refused !== undefined).length;
  return `| [${table.tool}](#${table.tool}) | ${options.length} | ${spellings} | ${ignored} | ${refused} | ${table.formats.join(', ') || 'text'} |`;
}

function row(option: ToolOption): string {
  const names = [...(option.short === undefined ? [] : [spelled(option.short)]), spelled(option.name)].map((name) => `\`${name}\``).join(' ');
  const argument = option.argument === undefined ? '' : ` \`${option.argument}\``;
  const old = (option.aliases ?? []).map((alias) => `\`${spelled(alias)}\``).join(' ');
  return `| ${names}${argument} | ${old} | ${cell(option.summary)} | ${cell(answerOf(option))} |`;
}

function answerOf({ withoutEffect, refused }: ToolOption): string {
  if (withoutEffect !== undefined) return `without effect: ${withoutEffect}`;
  return refused === undefined ? 'works' : `refused: ${refused}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
