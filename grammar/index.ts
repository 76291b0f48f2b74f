// SPDX-License-Identifier: GPL-2.0-or-later
/** Door of the grammar: a lexer and a parser, built once when first asked for. */
import { Lexer, type IRecognitionException, type IToken } from 'chevrotain';
import { ConfigureParser } from './configure.ts';
import { expectations } from './expectations.ts';
import { Comment, isKeyword, lexerDefinition, LineEnd, modesFor, vocabulary } from './tokens.ts';
import type { Statement } from './tree.ts';
import { isContinued } from './word.ts';

export type * from './tree.ts';
export type { IRecognitionException, IToken } from 'chevrotain';
export { Comment, CURLY_QUOTES, endsMembers, isReserved, isReservedInside, Lifetime, LineEnd, NestedClose, NestedOpen, OpenQuote, RoleOption, sectionWords, statementWords, UnknownKeyword } from './tokens.ts';
export { BLANKS, CURLY, isCurlyQuoted, isGlued } from './word.ts';

/** Characters of a part of a text that is read at once, at least. */
const PART_LENGTH = 8192;

/** Words that tell one way to go on from another. */
const MAX_LOOKAHEAD = 2;

const NONE: readonly IRecognitionException[] = [];

let lexer: Lexer | undefined;
let lexerModes: readonly string[] = [];
let parser: ConfigureParser | undefined;

/**
 * The tokens of a text, part by part; `LineEnd` tokens end the logical lines, and no part ends within one. The tokens of a
 * long text would outlive the collector's young generation if they were all made before the first is looked at.
 */
export function* tokenize(text: string): Generator<readonly IToken[]> {
  const lexer = lexerFor(text);
  for (let start = 0; start < text.length; ) {
    const end = endOfPart(text, start);
    const { tokens } = lexer.tokenize(text.slice(start, end));
    if (start > 0) for (const token of tokens) token.startOffset += start;
    yield tokens;
    start = end;
  }
}

/** Preparing all modes takes longer than reading a line, which needs two of them. */
function lexerFor(text: string): Lexer {
  const { defaultMode, modes } = lexerDefinition;
  if (lexer !== undefined && lexerModes.length === Object.keys(modes).length) return lexer;
  const wanted = modesFor(text);
  if (lexer !== undefined && wanted.every((mode) => lexerModes.includes(mode))) return lexer;
  lexerModes = Object.keys(modes).filter((mode) => wanted.includes(mode) || lexerModes.includes(mode));
  lexer = new Lexer({ defaultMode, modes: Object.fromEntries(lexerModes.map((mode) => [mode, modes[mode]!])) }, { positionTracking: 'onlyOffset', skipValidations: true });
  return lexer;
}

/** Where a part of the text may end: behind a line break that no backslash takes away. */
function endOfPart(text: string, start: number): number {
  let end = start + PART_LENGTH;
  do end = text.indexOf('\n', end) + 1;
  while (end > 0 && isContinued(text, end - 1));
  return end > 0 ? end : text.length;
}

/** Reads the tokens of one logical line. */
export function parseLine(tokens: IToken[]): { readonly statement: Statement | undefined; readonly errors: readonly IRecognitionException[] } {
  parser ??= makeParser(true);
  parser.input = tokens;
  const statement = parser.statement() as Statement | undefined;
  // Every look at the errors copies them, so only a line that was not read to its end has that.
  return statement !== undefined && parser.isAtEnd() ? { statement, errors: NONE } : { statement: undefined, errors: parser.errors };
}

/** A parser of its own; without `skipValidations` the grammar itself is checked while it is built. */
export function makeParser(skipValidations: boolean): ConfigureParser {
  // Whether token types have categories is asked before the parser sorts them out; a lexer does that as well.
  lexerFor('');
  return new ConfigureParser(vocabulary(), { errorMessageProvider: expectations, maxLookahead: MAX_LOOKAHEAD, recoveryEnabled: false, skipValidations });
}

/** Keywords with which a statement that has begun like this may go on. */
export function expectedNext(text: string): string[] {
  parser ??= makeParser(true);
  // A lifetime is told from a resource of that name by its rule.
  const isLifetime = /(?:^|\s)lifetime\s*$/i.test(text);
  const tokens = [...tokenize(isLifetime ? `${text} rule` : text)].flat().slice(0, isLifetime ? -1 : undefined);
  const paths = parser.computeContentAssist('statement', tokens.filter((token) => token.tokenType !== Comment && token.tokenType !== LineEnd));
  const labels = paths.map((path) => path.nextTokenType).filter((type) => isKeyword(type)).map((type) => type.LABEL ?? '');
  return [...new Set(labels)];
}
