// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Lookahead worked out when the parser first stands before a decision. A text uses a few of the language's statements, and
 * working out the paths of all of them costs a command more than reading its line.
 */
import { LLkLookaheadStrategy, type ILookaheadStrategy } from 'chevrotain';

type Alternation = ReturnType<ILookaheadStrategy['buildLookaheadForAlternation']>;
type Optional = ReturnType<ILookaheadStrategy['buildLookaheadForOptional']>;

/** Decides as Chevrotain's own strategy does, later. */
export class LazyLookahead extends LLkLookaheadStrategy {
  override buildLookaheadForAlternation(options: Parameters<ILookaheadStrategy['buildLookaheadForAlternation']>[0]): Alternation {
    let choose: Alternation | undefined;
    const build = (): Alternation => super.buildLookaheadForAlternation(options);
    return function (this: unknown, alternatives): number | undefined {
      choose ??= build();
      return choose.call(this, alternatives);
    };
  }

  override buildLookaheadForOptional(options: Parameters<ILookaheadStrategy['buildLookaheadForOptional']>[0]): Optional {
    let goesOn: Optional | undefined;
    const build = (): Optional => super.buildLookaheadForOptional(options);
    return function (this: unknown): boolean {
      goesOn ??= build();
      return goesOn.call(this);
    };
  }
}
