// SPDX-License-Identifier: GPL-2.0-or-later
/** What the parser says when it is stuck: the words it could have gone on with, one per line; the caller makes a sentence of them. */
import { EOF, type IParserErrorMessageProvider, type TokenType } from 'chevrotain';

export const expectations: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => labels([expected]),
  buildNotAllInputParsedMessage: () => '',
  buildNoViableAltMessage: ({ expectedPathsPerAlt }) => labels(expectedPathsPerAlt.flatMap((paths) => paths.map((path) => path[0]))),
  buildEarlyExitMessage: ({ expectedIterationPaths }) => labels(expectedIterationPaths.map((path) => path[0])),
};

function labels(types: readonly (TokenType | undefined)[]): string {
  const names = types.filter((type) => type !== undefined && type !== EOF).map((type) => type!.LABEL ?? type!.name);
  return [...new Set(names)].join('\n');
}
