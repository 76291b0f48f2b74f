// SPDX-License-Identifier: GPL-2.0-or-later
/** The syntax tree of a text: statements with the comments above them. Programs build nodes with the makers below. */
import type { AttributeSet, NvPair, SetKeyword, Statement, Word } from '../../grammar/index.ts';

export interface CommentedStatement {
  readonly statement: Statement;
  /** Comment lines directly above, `#` included. */
  readonly comments: readonly Word[];
}

export interface Document {
  /** Name shown in messages, undefined for typed text. */
  readonly file: string | undefined;
  readonly text: string;
  readonly statements: readonly CommentedStatement[];
  /** Comment lines below the last statement. */
  readonly trailing: readonly Word[];
}

/** A word that stands in no text. */
export function word(text: string): Word {
  return { text, start: -1, end: -1 };
}

export function optionalWord(text: string | undefined): Word | undefined {
  return text === undefined ? undefined : word(text);
}

export function pair(name: string, value: string | undefined, id?: string): NvPair {
  return { kind: 'pair', id: optionalWord(id), name: word(name), value: optionalWord(value), start: -1, end: -1 };
}

export function attributeSet(section: SetKeyword, parts: Partial<Pick<AttributeSet, 'id' | 'reference' | 'score' | 'rules' | 'items' | 'itemsBeforeRules'>>): AttributeSet {
  return { kind: 'set', section, isNamed: true, id: undefined, reference: undefined, score: undefined, rules: [], items: [], itemsBeforeRules: 0, start: -1, end: -1, ...parts };
}
