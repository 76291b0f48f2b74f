// SPDX-License-Identifier: GPL-2.0-or-later
export { Options, optionFiles, type OptionFiles } from './options.ts';
export { STYLES, isTrue, optionTable, type OptionDescription } from './table.ts';
