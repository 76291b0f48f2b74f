// SPDX-License-Identifier: GPL-2.0-or-later
/** Constraints and resource sets, and the sections that several kinds of objects share. */
import type { IOrAlt, IToken, ParserMethod } from 'chevrotain';
import { afterEquals, called, pairOf, RuleParser, startOf, withoutColon, wordOf } from './rules.ts';
import * as t from './tokens.ts';
import type { AttributeSet, LocationStatement, NvPair, ResourceGroup, Rule, SetConstraintStatement, SetKeyword, SetMember, Word } from './tree.ts';

type Rules<T> = ParserMethod<[], T>;

const ID = called('id');

export class ConstraintParser extends RuleParser {
  /** `ID`, or `id=ID` as typed at a prompt. */
  readonly objectId: Rules<Word> = this.choice('objectId', [
    { ALT: () => wordOf(this.CONSUME(t.Name, ID)) },
    { ALT: () => afterEquals(this.CONSUME(t.IdOption)) },
  ]);

  readonly description: Rules<Word | undefined> = this.RULE('description', (): Word | undefined => {
    let text: Word | undefined;
    this.OPTION(() => (text = afterEquals(this.CONSUME(t.Description))));
    return text;
  });

  readonly paramsSection: Rules<AttributeSet> = this.section('params', t.Params);
  readonly metaSection: Rules<AttributeSet> = this.section('meta', t.Meta);
  readonly utilizationSection: Rules<AttributeSet> = this.section('utilization', t.Utilization);
  readonly attributesSection: Rules<AttributeSet> = this.section('attributes', t.Attributes);
  readonly implicitParams: Rules<AttributeSet> = this.implicit('params');
  readonly implicitAttributes: Rules<AttributeSet> = this.implicit('attributes');

  private section(name: SetKeyword, keyword: typeof t.Params): Rules<AttributeSet> {
    return this.RULE(`${name}Section`, (): AttributeSet => {
      const start = startOf(this.CONSUME(keyword));
      return this.set(this.SUBRULE(this.attributeList), name, true, start);
    });
  }

  /** A set whose keyword is left out is not empty. */
  private implicit(name: SetKeyword): Rules<AttributeSet> {
    return this.RULE(`implicit${name[0]!.toUpperCase()}${name.slice(1)}`, (): AttributeSet => {
      const start = this.here();
      return this.set(this.SUBRULE(this.filledList), name, false, start);
    });
  }

  /** `location ID RSC|/PATTERN/|{ SETS } {name=value} SCORE: NODE [role=R]`, or rules; `lifetime` rules */
  readonly location: Rules<LocationStatement> = this.RULE('location', (): LocationStatement => {
    const keyword = wordOf(this.CONSUME(t.LocationKeyword));
    const id = this.SUBRULE(this.objectId);
    const options: NvPair[] = [];
    const rules: Rule[] = [];
    let sets: ResourceGroup[] | undefined;
    let score: Word | undefined;
    let node: Word | undefined;
    const target = this.OR<Word | undefined>([
      {
        ALT: () => {
          this.CONSUME(t.LocationOpen);
          sets = this.SUBRULE(this.resourceSets);
          this.CONSUME(t.LocationClose);
          return undefined;
        },
      },
      { ALT: () => wordOf(this.CONSUME(t.Text, called('resource'))) },
    ]);
    this.MANY(() => options.push(pairOf(this.CONSUME(t.PairLike))));
    this.OR1([
      {
        ALT: () => {
          score = withoutColon(this.CONSUME(t.Label, called('score')));
          node = wordOf(this.CONSUME(t.Name, called('node')));
          this.MANY1(() => options.push(pairOf(this.CONSUME1(t.PairLike))));
        },
      },
      { ALT: () => this.AT_LEAST_ONE(() => rules.push(this.SUBRULE(this.rule))) },
    ]);
    let lifetime: readonly Rule[] = NO_RULES;
    this.OPTION(() => (lifetime = this.SUBRULE(this.lifetime)));
    return { kind: 'location', keyword, id, target, sets, options, score, node, rules, lifetime, start: keyword.start, end: this.last() };
  });

  /** `colocation ID SCORE: A[:ROLE] B[:ROLE] [node-attribute=NAME]`, or resource sets */
  readonly colocation: Rules<SetConstraintStatement> = this.RULE('colocation', (): SetConstraintStatement => {
    const keyword = wordOf(this.CONSUME(t.ColocationKeyword));
    const id = this.SUBRULE(this.objectId);
    const label = withoutColon(this.CONSUME(t.SetLabel, called('score')));
    return { kind: 'colocation', keyword, id, label, ...this.SUBRULE(this.setTail), start: keyword.start, end: this.last() };
  });

  /** `order ID [KIND: | SCORE:] A[:ACTION] B[:ACTION] [symmetrical=BOOL]`, or resource sets */
  readonly order: Rules<SetConstraintStatement> = this.RULE('order', (): SetConstraintStatement => {
    const keyword = wordOf(this.CONSUME(t.OrderKeyword));
    const id = this.SUBRULE(this.objectId);
    let label: Word | undefined;
    this.OPTION(() => (label = withoutColon(this.CONSUME(t.SetLabel, called('kind')))));
    return { kind: 'order', keyword, id, label, ...this.SUBRULE(this.setTail), start: keyword.start, end: this.last() };
  });

  /** `rsc_ticket ID TICKET: RSC[:ROLE] ... [loss-policy=POLICY]` */
  readonly ticket: Rules<SetConstraintStatement> = this.RULE('ticket', (): SetConstraintStatement => {
    const keyword = wordOf(this.CONSUME(t.TicketKeyword));
    const id = this.SUBRULE(this.objectId);
    const label = withoutColon(this.CONSUME(t.SetLabel, called('ticket')));
    return { kind: 'rsc_ticket', keyword, id, label, ...this.SUBRULE(this.setTail), start: keyword.start, end: this.last() };
  });

  readonly setTail: Rules<SetTail> = this.RULE('setTail', (): SetTail => {
    let isMarked = false;
    this.OPTION(() => {
      this.CONSUME(t.SetMarker);
      isMarked = true;
    });
    const sets = this.SUBRULE(this.resourceSets);
    const options: NvPair[] = [];
    this.MANY(() => options.push(ownOption(this.CONSUME(t.ConstraintOption))));
    let lifetime: readonly Rule[] = NO_RULES;
    this.OPTION1(() => (lifetime = this.SUBRULE(this.lifetime)));
    return { isMarked, sets, options, lifetime };
  });

  /** `lifetime rule ...`: how long a constraint holds, in schemas before 4.0 */
  readonly lifetime: Rules<readonly Rule[]> = this.RULE('lifetime', (): readonly Rule[] => {
    const rules: Rule[] = [];
    this.CONSUME(t.Lifetime);
    this.AT_LEAST_ONE(() => rules.push(this.SUBRULE(this.rule)));
    return rules;
  });

  /** `a b`, `( a b )` (no order among them), `[ a b ]` (one of them is enough), one after the other */
  readonly resourceSets: Rules<ResourceGroup[]> = this.RULE('resourceSets', (): ResourceGroup[] => {
    const groups: ResourceGroup[] = [];
    this.AT_LEAST_ONE(() => groups.push(this.SUBRULE(this.resourceGroup)));
    return groups;
  });

  readonly resourceGroup: Rules<ResourceGroup> = this.RULE('resourceGroup', (): ResourceGroup => {
    const start = this.here();
    let bracket: ResourceGroup['bracket'] = '';
    const members = this.OR<SetMember[]>([
      {
        ALT: () => {
          bracket = '(';
          this.CONSUME(t.LeftParenthesis);
          const inner = this.SUBRULE(this.setMembers);
          this.CONSUME(t.RightParenthesis);
          return inner;
        },
      },
      {
        ALT: () => {
          bracket = '[';
          this.CONSUME(t.LeftBracket);
          const inner = this.SUBRULE1(this.setMembers);
          this.CONSUME(t.RightBracket);
          return inner;
        },
      },
      { ALT: () => this.SUBRULE2(this.setMembers) },
    ]);
    return { bracket, members, start, end: this.last() };
  });

  private readonly setMember: IOrAlt<SetMember>[] = [
    { ALT: () => ({ kind: 'resource', word: wordOf(this.CONSUME(t.SetWord)) }) },
    { ALT: () => ({ kind: 'option', pair: pairOf(this.CONSUME(t.SetOption)) }) },
    { ALT: () => ({ kind: 'id', word: afterEquals(this.CONSUME(t.DollarId)) }) },
    { ALT: () => ({ kind: 'reference', word: afterEquals(this.CONSUME(t.DollarIdRef)) }) },
  ];

  readonly setMembers: Rules<SetMember[]> = this.RULE('setMembers', (): SetMember[] => {
    const members: SetMember[] = [];
    this.AT_LEAST_ONE(() => members.push(this.OR(this.setMember)));
    return members;
  });
}

interface SetTail {
  readonly isMarked: boolean;
  readonly sets: readonly ResourceGroup[];
  readonly options: readonly NvPair[];
  readonly lifetime: readonly Rule[];
}

const NO_RULES: readonly Rule[] = [];

/** An attribute of the constraint itself; where the bare name means the set beside it, it has a `$` in front. */
function ownOption(token: IToken): NvPair {
  return { ...pairOf(token), id: undefined };
}
