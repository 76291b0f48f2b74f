// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * A parser that is ready sooner. A text uses a few of the language's statements, and working out how all of them may go on
 * costs a command more than reading its line. Chevrotain has no public way to leave that out: this takes the place of four
 * methods inside Chevrotain 11.2, to which package.json therefore binds the program.
 */
import { EmbeddedActionsParser, type Rule } from 'chevrotain';

/** Tells by the next words whether or how a rule goes on. */
type Decision = (...args: readonly unknown[]) => unknown;

/** What is used of the parser's inside. */
interface Inside {
  readonly lookAheadFuncsCache: ReadonlyMap<number, Decision>;
  readonly shortRuleNameToFull: Readonly<Record<number, string>>;
  readonly gastProductionsCache: Readonly<Record<string, Rule>>;
  readonly currRuleShortName: number;
  RECORDING_PHASE: boolean;
  enableRecording(): void;
  preComputeLookaheadFunctions(rules: readonly Rule[]): void;
}

const usual = EmbeddedActionsParser.prototype as unknown as Inside & Record<string, unknown>;

export class LazyParser extends EmbeddedActionsParser {
  #recording: readonly string[] = [];

  /** Part of the analysis of the whole grammar, where it takes every rule: left to the first use of each. */
  protected preComputeLookaheadFunctions(): void {}

  /** A decision of the rule that is being read. */
  protected getLaFuncFromCache(key: number): Decision | undefined {
    const inside = this as unknown as Inside;
    const known = inside.lookAheadFuncsCache.get(key);
    if (known !== undefined) return known;
    const rule = inside.gastProductionsCache[inside.shortRuleNameToFull[inside.currRuleShortName]!]!;
    usual.preComputeLookaheadFunctions.call(this, [rule]);
    return inside.lookAheadFuncsCache.get(key);
  }

  /** The methods that record the grammar hide those that read. */
  protected enableRecording(): void {
    const before = Object.keys(this).length;
    usual.enableRecording.call(this);
    this.#recording = Object.keys(this).slice(before);
  }

  /** Taken away from the object one by one, they would cost half as much as the recording. */
  protected disableRecording(): void {
    (this as unknown as Inside).RECORDING_PHASE = false;
    const own = this as Record<string, unknown>;
    for (const name of this.#recording) own[name] = usual[name];
  }
}
