// SPDX-License-Identifier: GPL-2.0-or-later
/** Constraints of the text reduced to what the rules ask: who with whom, in which role or action, how strongly. */
import type { LocationStatement, NvPair, ResourceGroup, SetConstraintStatement, Word } from '../../language/index.ts';

/** A resource as a constraint names it: `id` or `id:Role` / `id:action`. */
export interface Reference {
  readonly word: Word;
  readonly id: string;
  readonly suffix: string | undefined;
}

/** `first` before `second` in an order; `first` placed with `second` in a colocation. */
export interface PairConstraint {
  readonly statement: SetConstraintStatement;
  readonly first: Reference;
  readonly second: Reference;
  /** Written as two plain resources, not as a set. */
  readonly isSimple: boolean;
  /** Score of a colocation, Infinity for inf; for orders Infinity when mandatory, 0 when optional. */
  readonly strength: number;
}

export interface LocationFacts {
  readonly statement: LocationStatement;
  readonly targets: readonly Reference[];
  readonly pattern: string | undefined;
  readonly score: number | undefined;
  readonly node: Word | undefined;
}

export function referenceOf(word: Word): Reference {
  const colon = word.text.indexOf(':');
  return colon < 0 ? { word, id: word.text, suffix: undefined } : { word, id: word.text.slice(0, colon), suffix: word.text.slice(colon + 1) };
}

export function membersOf(groups: readonly ResourceGroup[]): Reference[] {
  return groups.flatMap((group) => group.members.flatMap((member) => (member.kind === 'resource' ? [referenceOf(member.word)] : [])));
}

/** Infinity, -Infinity or the number; undefined for the name of a node attribute. */
export function scoreOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const word = text.replace(/:$/, '').toLowerCase();
  if (/^\+?inf(?:inity)?$/.test(word) || word === 'mandatory' || word === 'serialize') return Infinity;
  if (/^-inf(?:inity)?$/.test(word)) return -Infinity;
  if (word === 'optional') return 0;
  return /^[+-]?\d+$/.test(word) ? clipped(Number(word)) : undefined;
}

function clipped(score: number): number {
  return score >= 1_000_000 ? Infinity : score <= -1_000_000 ? -Infinity : score;
}

export function optionOf(options: readonly NvPair[], name: string): NvPair | undefined {
  return options.find((pair) => pair.name.text === name);
}

/** Neighbouring pairs of a constraint: of its two resources, or along its sets. */
export function pairsOf(statement: SetConstraintStatement): PairConstraint[] {
  const strength = strengthOf(statement);
  const isSimple = !statement.isMarked && statement.sets.every((group) => group.bracket === '') && membersOf(statement.sets).length === 2;
  return neighbours(statement).map(([first, second]) => ({ statement, first, second, isSimple, strength }));
}

/** An order written with a number is mandatory unless it is 0; one without any kind is mandatory. */
function strengthOf(statement: SetConstraintStatement): number {
  const score = scoreOf(statement.label?.text) ?? scoreOf(optionOf(statement.options, 'kind')?.value?.text ?? optionOf(statement.options, 'score')?.value?.text);
  if (statement.kind === 'order') return score === undefined || score !== 0 ? Infinity : 0;
  return score ?? 0;
}

function neighbours(statement: SetConstraintStatement): [Reference, Reference][] {
  const groups = statement.sets.map((group) => ({ isSequential: group.bracket === '', members: membersOf([group]) })).filter((group) => group.members.length > 0);
  const pairs: [Reference, Reference][] = [];
  let before: readonly Reference[] = [];
  for (const { isSequential, members } of groups) {
    for (const one of before) pairs.push([one, members[0]!], ...(isSequential ? [] : members.slice(1).map((other): [Reference, Reference] => [one, other])));
    if (isSequential) for (let i = 1; i < members.length; i++) pairs.push([members[i - 1]!, members[i]!]);
    before = isSequential ? members.slice(-1) : members;
  }
  return pairs;
}
