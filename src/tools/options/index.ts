// SPDX-License-Identifier: GPL-2.0-or-later
/** Command lines of tools: table, parser, help. */
export { helpText } from './help.ts';
export { ParsedOptions, parseOptions, type GivenOption, type ParseResult } from './parse.ts';
export { cleanArguments } from './paste.ts';
export { allOptions, COMMON_GROUP, longNames, spelled, type Example, type OptionGroup, type OptionTable, type ToolOption } from './table.ts';
