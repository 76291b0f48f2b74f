// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Token types as plain data. Chevrotain's own maker sorts out the categories again for every token that is made, which
 * costs every command milliseconds at its start; lexer and parser sort them out once, when a text is read.
 */
import type { ITokenConfig, TokenType } from 'chevrotain';

export function tokenType(config: ITokenConfig): TokenType {
  return {
    name: config.name,
    ...(config.pattern === undefined ? {} : { PATTERN: config.pattern as NonNullable<TokenType['PATTERN']> }),
    ...(config.categories === undefined ? {} : { CATEGORIES: Array.isArray(config.categories) ? config.categories : [config.categories] }),
    ...(config.label === undefined ? {} : { LABEL: config.label }),
    ...(config.group === undefined ? {} : { GROUP: config.group }),
    ...(config.pop_mode === undefined ? {} : { POP_MODE: config.pop_mode }),
    ...(config.push_mode === undefined ? {} : { PUSH_MODE: config.push_mode }),
    ...(config.longer_alt === undefined ? {} : { LONGER_ALT: config.longer_alt }),
    ...(config.line_breaks === undefined ? {} : { LINE_BREAKS: config.line_breaks }),
    ...(config.start_chars_hint === undefined ? {} : { START_CHARS_HINT: config.start_chars_hint }),
  };
}
