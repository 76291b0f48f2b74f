// SPDX-License-Identifier: GPL-2.0-or-later
/** Door of the grammar: a lexer and a parser, built once when first asked for. */
import { Lexer, type ILexingResult, type IRecognitionException, type IToken } from 'chevrotain';
import { ConfigureParser } from './configure.ts';
import { expectations } from './expectations.ts';
import { LazyLookahead } from './lookahead.ts';
import { Comment, isKeyword, lexerDefinition, LineEnd, vocabulary } from './tokens.ts';
import type { Statement } from './tree.ts';

export type * from './tree.ts';
export type { IRecognitionException, IToken } from 'chevrotain';
export { Comment, CURLY_QUOTES, isReserved, LineEnd, NestedClose, NestedOpen, OpenQuote, sectionWords, statementWords, UnknownKeyword } from './tokens.ts';
export { BLANKS, CURLY, isCurlyQuoted, isGlued } from './word.ts';

/** Words that tell one way to go on from another. */
const MAX_LOOKAHEAD = 2;

let lexer: Lexer | undefined;
let parser: ConfigureParser | undefined;

/** All tokens of a text; `LineEnd` tokens end the logical lines. */
export function tokenize(text: string): ILexingResult {
  lexer ??= new Lexer(lexerDefinition, { positionTracking: 'onlyOffset', skipValidations: true });
  return lexer.tokenize(text);
}

/** Reads the tokens of one logical line. */
export function parseLine(tokens: IToken[]): { readonly statement: Statement | undefined; readonly errors: readonly IRecognitionException[] } {
  parser ??= makeParser(true);
  parser.input = tokens;
  const statement = parser.statement() as Statement | undefined;
  // Every look at the errors copies them.
  const { errors } = parser;
  return { statement: errors.length === 0 ? statement : undefined, errors };
}

/** A parser of its own; without `skipValidations` the grammar itself is checked while it is built. */
export function makeParser(skipValidations: boolean): ConfigureParser {
  const lookaheadStrategy = new LazyLookahead({ maxLookahead: MAX_LOOKAHEAD });
  return new ConfigureParser(vocabulary(), { errorMessageProvider: expectations, maxLookahead: MAX_LOOKAHEAD, lookaheadStrategy, recoveryEnabled: false, skipValidations });
}

/** Keywords with which a statement that has begun like this may go on. */
export function expectedNext(text: string): string[] {
  parser ??= makeParser(true);
  const { tokens } = tokenize(text);
  const paths = parser.computeContentAssist('statement', tokens.filter((token) => token.tokenType !== Comment && token.tokenType !== LineEnd));
  const labels = paths.map((path) => path.nextTokenType).filter((type) => isKeyword(type)).map((type) => type.LABEL ?? '');
  return [...new Set(labels)];
}
