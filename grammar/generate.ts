// SPDX-License-Identifier: GPL-2.0-or-later
/** Documents made from the grammar: EBNF, railroad diagrams and colours for editors. */
import { createSyntaxDiagramsCode, type ISerializedGast, type TokenType } from 'chevrotain';
import { makeParser } from './index.ts';
import { sectionWords, spellings, statementWords, vocabulary } from './tokens.ts';

/** File names below `grammar/generated/` with their content. */
export function generated(): ReadonlyMap<string, string> {
  const rules = makeParser(true).getSerializedGastProductions();
  return new Map([
    ['configure.ebnf', ebnf(rules)],
    ['configure.html', createSyntaxDiagramsCode(rules)],
    ['configure.tmLanguage.json', `${JSON.stringify(textMate(), null, 2)}\n`],
  ]);
}

/** What a serialized production may carry; which of them depends on its type. */
interface Production {
  readonly type: string;
  readonly name?: string;
  readonly label?: string;
  readonly nonTerminalName?: string;
  readonly definition?: readonly Production[];
}

function ebnf(rules: readonly ISerializedGast[]): string {
  const lines = (rules as readonly Production[]).map((rule) => `${dashed(rule.name ?? '')} = ${sequence(rule.definition ?? [])} ;`);
  return `(* Made by scripts/generate-grammar.ts from the grammar itself; do not edit. *)\n\n${lines.join('\n\n')}\n`;
}

function sequence(parts: readonly Production[]): string {
  return parts.map(production).filter((text) => text !== '').join(' ');
}

function production(part: Production): string {
  const inner = part.definition ?? [];
  switch (part.type) {
    case 'NonTerminal':
      return dashed(part.name ?? part.nonTerminalName ?? '');
    case 'Terminal':
      return terminal(part);
    case 'Alternation':
      return `( ${inner.map((one) => sequence(one.definition ?? [])).join(' | ')} )`;
    case 'Option':
      return `[ ${sequence(inner)} ]`;
    case 'Repetition':
      return `{ ${sequence(inner)} }`;
    case 'RepetitionMandatory':
      return `${sequence(inner)} { ${sequence(inner)} }`;
    default:
      return sequence(inner);
  }
}

/** Fixed words stand in quotes, kinds of words between question marks. */
function terminal(part: Production): string {
  const type = vocabulary().find((one) => one.name === part.name);
  const words = type === undefined ? [] : wordsOf(type);
  if (words.length > 0) return words.length === 1 ? `"${words[0]}"` : `( ${words.map((word) => `"${word}"`).join(' | ')} )`;
  const label = part.label ?? part.name ?? '';
  return /^[^A-Za-z$@]+$/.test(label) ? `"${label}"` : `? ${label} ?`;
}

/** Words of a keyword, or of a category that holds nothing but keywords. */
function wordsOf(type: TokenType): readonly string[] {
  const members = vocabulary().filter((one) => one.CATEGORIES?.includes(type));
  if (members.length === 0) return spellings(type);
  return members.every((one) => spellings(one).length > 0) ? members.flatMap((one) => spellings(one)) : [];
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/^-/, '');
}

function textMate(): unknown {
  const words = (list: readonly string[]): string => [...new Set(list)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join('|');
  return {
    name: 'crm configure',
    scopeName: 'source.crm',
    fileTypes: ['crm'],
    patterns: [
      { name: 'comment.line.number-sign.crm', match: '^\\s*#.*$' },
      { name: 'string.quoted.double.crm', begin: '"', end: '"', patterns: [{ name: 'constant.character.escape.crm', match: '\\\\["\\\\]' }] },
      { name: 'string.quoted.single.crm', begin: "'", end: "'" },
      { name: 'constant.character.continuation.crm', match: '\\\\\\s*$' },
      { name: 'keyword.control.crm', match: `(?i)^\\s*(?:${words(statementWords())})(?=\\s)` },
      { name: 'keyword.other.section.crm', match: `(?i)(?<=\\s)(?:${words(sectionWords())})(?=\\s|$)` },
      { name: 'keyword.operator.crm', match: '(?<=\\s)(?:and|or|lt|gt|lte|gte|eq|ne|defined|not_defined|date|in|spec)(?=\\s)' },
      { name: 'constant.numeric.score.crm', match: '(?<=\\s)[+-]?(?:\\d+|inf|INFINITY):(?=\\s)' },
      { name: 'variable.parameter.crm', match: '(?<=\\s)[^\\s=:"\']+(?==)' },
    ],
  };
}
