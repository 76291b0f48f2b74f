// SPDX-License-Identifier: GPL-2.0-or-later
/** Rules, dates and sets of name-value pairs: the part of the grammar that locations, resources, defaults and alerts share. */
import { EOF, type IOrAlt, type IToken, type ParserMethod } from 'chevrotain';
import { LazyParser } from './lazy-parser.ts';
import * as t from './tokens.ts';
import type { AttributeSet, Expression, IdSpec, NvItem, NvPair, Rule, SetKeyword, Span, Term, Word } from './tree.ts';
import { decodeWord } from './word.ts';

interface AttributeHead extends IdSpec {
  readonly score: Word | undefined;
  readonly rules: readonly Rule[];
}

type ListItem = NvItem | Rule;

export interface AttributeList extends Span, AttributeHead {
  readonly items: readonly NvItem[];
  readonly itemsBeforeRules: number;
}

type Rules<T> = ParserMethod<[], T>;

export class RuleParser extends LazyParser {
  /** `$id=X` or `$id-ref=X`. */
  readonly idSpec: Rules<IdSpec> = this.choice<IdSpec>('idSpec', [
    { ALT: () => ({ id: afterEquals(this.CONSUME(t.DollarId)), reference: undefined }) },
    { ALT: () => ({ id: undefined, reference: afterEquals(this.CONSUME(t.DollarIdRef)) }) },
  ]);

  /** Pairs are most of a text, and a rule of their own would double the time they take. */
  protected readonly nvItem: IOrAlt<NvItem>[] = [
    { ALT: () => pairOf(this.CONSUME(t.PairLike)) },
    { ALT: () => bareName(this.CONSUME(t.Free)) },
    { ALT: () => referenceOf(this.CONSUME(t.Reference)) },
  ];

  /** A rule among pairs asks for no decision of its own. */
  private readonly listItem: IOrAlt<ListItem>[] = [...this.nvItem, { ALT: () => this.SUBRULE(this.rule) }];

  /** `[$id=X] [score:] {rule} {name=value} [{rule} {name=value}]` */
  readonly attributeList: Rules<AttributeList> = this.RULE('attributeList', (): AttributeList => {
    const start = this.here();
    let head: AttributeHead = NO_HEAD;
    const items: ListItem[] = [];
    this.OPTION(() => (head = this.SUBRULE(this.attributeHead)));
    this.MANY(() => items.push(this.OR(this.listItem)));
    return listOf(head, trimmed(items), start, this.last());
  });

  /** The same with something in it. */
  readonly filledList: Rules<AttributeList> = this.RULE('filledList', (): AttributeList => {
    const start = this.here();
    let head: AttributeHead = NO_HEAD;
    let items: readonly NvItem[] = [];
    let later: readonly ListItem[] = [];
    this.OR([
      {
        ALT: () => {
          head = this.SUBRULE(this.attributeHead);
          this.OPTION(() => (items = this.SUBRULE(this.nvItems)));
        },
      },
      { ALT: () => (items = this.SUBRULE1(this.nvItems)) },
    ]);
    this.OPTION1(() => (later = this.SUBRULE(this.laterItems)));
    return listOf(head, later.length > 0 ? [...items, ...later] : items, start, this.last());
  });

  /** A rule that stands behind pairs, with what stands behind it. */
  readonly laterItems: Rules<readonly ListItem[]> = this.RULE('laterItems', (): readonly ListItem[] => {
    const items: ListItem[] = [this.SUBRULE1(this.rule)];
    this.MANY(() => items.push(this.OR(this.listItem)));
    return items;
  });

  readonly nvItems: Rules<readonly NvItem[]> = this.RULE('nvItems', (): readonly NvItem[] => {
    const items: NvItem[] = [];
    this.AT_LEAST_ONE(() => items.push(this.OR(this.nvItem)));
    return trimmed(items);
  });

  /** What most sets lack: asked for once, before the pairs. The id may stand on either side of the score. */
  readonly attributeHead: Rules<AttributeHead> = this.RULE('attributeHead', (): AttributeHead => {
    let spec: IdSpec = NO_ID;
    let score: Word | undefined;
    const rules: Rule[] = [];
    this.OR([
      {
        ALT: () => {
          spec = this.SUBRULE(this.idSpec);
          this.OPTION(() => (score = withoutColon(this.CONSUME(t.Label))));
          this.OPTION1(() => (spec = this.SUBRULE1(this.idSpec)));
          this.MANY(() => rules.push(this.SUBRULE(this.rule)));
        },
      },
      {
        ALT: () => {
          score = withoutColon(this.CONSUME1(t.Label));
          this.OPTION2(() => (spec = this.SUBRULE2(this.idSpec)));
          this.MANY1(() => rules.push(this.SUBRULE1(this.rule)));
        },
      },
      { ALT: () => this.AT_LEAST_ONE(() => rules.push(this.SUBRULE2(this.rule))) },
    ]);
    return { id: spec.id, reference: spec.reference, score, rules };
  });

  /** `rule [$id=X] [role=R] [score:] expression`, or `rule $id-ref=X` */
  readonly rule: Rules<Rule> = this.RULE('rule', (): Rule => {
    const start = startOf(this.CONSUME(t.RuleWord));
    let spec: IdSpec = NO_ID;
    let role: Word | undefined;
    let score: Word | undefined;
    const expression = this.OR<Expression | undefined>([
      {
        ALT: () => {
          spec = { id: undefined, reference: afterEquals(this.CONSUME(t.DollarIdRef)) };
          return undefined;
        },
      },
      {
        ALT: () => {
          this.OPTION(() => (spec = { id: afterEquals(this.CONSUME(t.DollarId)), reference: undefined }));
          this.OPTION1(() => (role = afterEquals(this.CONSUME(t.RoleOption))));
          this.OPTION2(() => (score = withoutColon(this.CONSUME(t.Label, called('score')))));
          return this.SUBRULE(this.expression);
        },
      },
    ]);
    return { kind: 'rule', id: spec.id, reference: spec.reference, role, score, expression, start, end: this.last() };
  });

  readonly expression: Rules<Expression> = this.RULE('expression', (): Expression => {
    const start = this.here();
    const terms: Term[] = [];
    const operators: Word[] = [];
    terms.push(this.SUBRULE(this.term));
    this.MANY(() => {
      operators.push(wordOf(this.CONSUME(t.Joiner)));
      terms.push(this.SUBRULE1(this.term));
    });
    return { terms, operators, start, end: this.last() };
  });

  readonly term: Rules<Term> = this.RULE('term', (): Term => {
    const start = this.here();
    let id: Word | undefined;
    this.OPTION(() => (id = afterEquals(this.CONSUME(t.DollarId))));
    const bare = this.OR<Bare>([
      { ALT: () => this.SUBRULE(this.definedTerm) },
      { ALT: () => this.SUBRULE(this.dateTerm) },
      { ALT: () => ({ kind: 'agent', agent: wordOf((this.CONSUME(t.AgentExpression), this.CONSUME(t.Name))) }) },
      { ALT: () => ({ kind: 'operation', operation: wordOf((this.CONSUME(t.OperationExpression), this.CONSUME1(t.Name))) }) },
      { ALT: () => this.SUBRULE(this.nestedTerm) },
      { ALT: () => this.SUBRULE(this.comparisonTerm) },
    ]);
    return { ...bare, id, start, end: this.last() } as Term;
  });

  readonly definedTerm: Rules<Bare> = this.RULE('definedTerm', (): Bare => {
    const operator = wordOf(this.CONSUME(t.Defined));
    return { kind: 'defined', operator, attribute: wordOf(this.CONSUME(t.Text)) };
  });

  readonly comparisonTerm: Rules<Bare> = this.RULE('comparisonTerm', (): Bare => {
    const attribute = wordOf(this.CONSUME(t.Word));
    const operator = wordOf(this.CONSUME(t.Comparator));
    return { kind: 'comparison', attribute, operator, value: wordOf(this.CONSUME(t.Text)) };
  });

  /** `date lt TIME`, `date in start=X end=Y`, `date spec hours=9-16` */
  readonly dateTerm: Rules<Bare> = this.RULE('dateTerm', (): Bare => {
    this.CONSUME(t.DateWord);
    let partsId: Word | undefined;
    let time: Word | undefined;
    const parts: NvPair[] = [];
    const operator = this.OR<Word>([
      {
        ALT: () => {
          const before = wordOf(this.CONSUME(t.Before));
          time = wordOf(this.CONSUME(t.Text));
          return before;
        },
      },
      {
        ALT: () => {
          const range = wordOf(this.CONSUME(t.RangeWord));
          // The id alone says that there is an element for the parts, though it holds none.
          this.OR1([
            {
              ALT: () => {
                partsId = afterEquals(this.CONSUME(t.DollarId));
                this.MANY(() => parts.push(pairOf(this.CONSUME(t.DatePart))));
              },
            },
            { ALT: () => this.AT_LEAST_ONE(() => parts.push(pairOf(this.CONSUME1(t.DatePart)))) },
          ]);
          return range;
        },
      },
    ]);
    return { kind: 'date', operator, time, partsId, parts };
  });

  /** `( [role=R] [score:] expression )`, its id is the id of the term; or `( $id-ref=X )` */
  readonly nestedTerm: Rules<Bare> = this.RULE('nestedTerm', (): Bare => {
    this.CONSUME(t.NestedOpen);
    const inner = this.OR<Bare>([
      { ALT: () => ({ kind: 'reference', target: afterEquals(this.CONSUME(t.DollarIdRef)) }) },
      {
        ALT: () => {
          let role: Word | undefined;
          let score: Word | undefined;
          this.OPTION(() => (role = afterEquals(this.CONSUME(t.RoleOption))));
          this.OPTION1(() => (score = withoutColon(this.CONSUME(t.Label))));
          return { kind: 'nested', role, score, expression: this.SUBRULE(this.expression) };
        },
      },
    ]);
    this.CONSUME(t.NestedClose);
    return inner;
  });

  /**
   * A rule that is one of several others. Its alternatives are made once with the parser: made anew at every word of a
   * text, they are most of what parsing leaves to the garbage collector.
   */
  protected choice<T>(name: string, alternatives: IOrAlt<T>[]): Rules<T> {
    return this.RULE(name, (): T => this.OR(alternatives));
  }

  /** Whether every token of the line has been read. */
  isAtEnd(): boolean {
    return this.LA(1).tokenType === EOF;
  }

  /** Offset of the next token; the end of the line has none of its own. */
  protected here(): number {
    return this.isAtEnd() ? this.last() : startOf(this.LA(1));
  }

  /** Offset behind the token consumed last. */
  protected last(): number {
    const token = this.LA(0) as IToken | undefined;
    return token === undefined ? 0 : startOf(token) + token.image.length;
  }

  protected set(list: AttributeList, section: SetKeyword, isNamed: boolean, start: number): AttributeSet {
    return {
      kind: 'set',
      section,
      isNamed,
      id: list.id,
      reference: list.reference,
      score: list.score,
      rules: list.rules,
      items: list.items,
      itemsBeforeRules: list.itemsBeforeRules,
      start,
      end: this.last(),
    };
  }
}

function listOf(head: AttributeHead, items: readonly ListItem[], start: number, end: number): AttributeList {
  const { id, reference, score, rules } = head;
  const first = firstRule(items);
  if (first < 0) return { id, reference, score, rules, items: items as readonly NvItem[], itemsBeforeRules: 0, start, end };
  const pairs = items.filter((item) => !isRule(item)) as readonly NvItem[];
  return { id, reference, score, rules: [...rules, ...items.filter(isRule)], items: pairs, itemsBeforeRules: rules.length > 0 ? 0 : first, start, end };
}

/** Also asked while the grammar is recorded, when there is no list yet. */
function firstRule(items: readonly ListItem[]): number {
  for (let i = 0; i < items.length; i++) if (isRule(items[i]!)) return i;
  return -1;
}

function isRule(item: ListItem): item is Rule {
  return item.kind === 'rule';
}

type Without<T> = T extends Term ? Omit<T, 'id' | 'start' | 'end'> : never;
type Bare = Without<Term>;

/** What a word is called in the printed grammar and in messages. */
export function called(name: string): { LABEL: string; ERR_MSG: string } {
  return { LABEL: name, ERR_MSG: name };
}

const NO_ID: IdSpec = { id: undefined, reference: undefined };
const NO_HEAD: AttributeHead = { ...NO_ID, score: undefined, rules: [] };

/**
 * Offset of a token, as an integer for V8 too: since Chevrotain's token for the end stands at NaN, V8 keeps the offsets of all
 * tokens as floating numbers, in boxes of their own, and would do so in every object that takes one over.
 */
export function startOf(token: IToken): number {
  return token.startOffset | 0;
}

/** The same list without the room for sixteen more that a list which grew has: trees of long texts live long. */
export function trimmed<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NOTHING : list.slice();
}

const NOTHING: readonly never[] = [];

export function wordOf(token: IToken): Word {
  const { image } = token;
  const startOffset = startOf(token);
  return { text: decodeWord(image), start: startOffset, end: startOffset + image.length };
}

/** The part of `name=value` behind the first `=`, as a word. */
export function afterEquals(token: IToken): Word {
  const text = decodeWord(token.image);
  return { text: text.slice(text.indexOf('=') + 1), start: startOf(token) + token.image.indexOf('=') + 1, end: startOf(token) + token.image.length };
}

/** `tag tg:` and `rule 100:`: the word without its colon. */
export function withoutColon(token: IToken): Word {
  const { image } = token;
  const startOffset = startOf(token);
  return { text: decodeWord(image).slice(0, -1), start: startOffset, end: startOffset + image.length };
}

export function pairOf(token: IToken): NvPair {
  const { image } = token;
  const startOffset = startOf(token);
  const end = startOffset + image.length;
  const text = decodeWord(image);
  const at = text.indexOf('=');
  const behind = startOffset + image.indexOf('=') + 1;
  const value: Word = { text: text.slice(at + 1), start: behind, end };
  const written: Word = { text: text.slice(0, at), start: startOffset, end: behind - 1 };
  if (!written.text.startsWith('$')) return { kind: 'pair', id: undefined, name: written, value, start: startOffset, end };
  return { kind: 'pair', ...splitId(written), value, start: startOffset, end };
}

/** `$id:name` and `$name`. */
function splitId(written: Word): { id: Word; name: Word } {
  const bare = written.text.slice(1);
  const colon = bare.indexOf(':');
  return { id: { ...written, text: colon < 0 ? bare : bare.slice(0, colon) }, name: { ...written, text: colon < 0 ? bare : bare.slice(colon + 1) } };
}

function bareName(token: IToken): NvPair {
  const word = wordOf(token);
  const split = word.text.startsWith('$') ? splitId(word) : { id: undefined, name: word };
  return { kind: 'pair', ...split, value: undefined, start: word.start, end: word.end };
}

function referenceOf(token: IToken): NvItem {
  const word = wordOf(token);
  const bare = word.text.slice(1);
  const colon = bare.indexOf(':');
  const name = colon < 0 ? undefined : { ...word, text: bare.slice(colon + 1) };
  return { kind: 'reference', target: { ...word, text: colon < 0 ? bare : bare.slice(0, colon) }, name, start: word.start, end: word.end };
}

