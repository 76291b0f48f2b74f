// SPDX-License-Identifier: GPL-2.0-or-later
/** Constraints and resource sets as text. */
import type { LocationStatement, NvPair, ResourceGroup, SetConstraintStatement, SetMember } from '../../grammar/index.ts';
import { printRule } from './print-rule.ts';
import { quoteName, quoteText, quoteValue, quoteWord } from './quote.ts';

/** Head and rules of a location. */
export function printLocation(statement: LocationStatement): string[] {
  const target = statement.sets === undefined ? quoteText(statement.target?.text ?? '') : `{ ${statement.sets.map(printGroup).join(' ')} }`;
  const head = ['location', quoteText(statement.id.text), target, ...statement.options.map(printOption)];
  if (statement.node !== undefined) head.push(`${statement.score?.text ?? ''}:`, quoteWord(statement.node.text));
  return [head.join(' '), ...statement.rules.map(printRule)];
}

export function printConstraint(statement: SetConstraintStatement): string {
  const label = statement.label === undefined ? [] : [`${statement.label.text}:`];
  const marker = statement.isMarked ? ['_rsc_set_'] : [];
  return [statement.kind, quoteText(statement.id.text), ...label, ...marker, ...statement.sets.map(printGroup), ...statement.options.map(printOption)].join(' ');
}

function printGroup(group: ResourceGroup): string {
  const members = group.members.map(printMember).join(' ');
  if (group.bracket === '') return members;
  return group.bracket === '(' ? `( ${members} )` : `[ ${members} ]`;
}

function printMember(member: SetMember): string {
  switch (member.kind) {
    case 'resource':
      return /[()[\]]/.test(member.word.text) ? quoteValue(member.word.text) : quoteWord(member.word.text);
    case 'option':
      return printOption(member.pair);
    case 'id':
      return `$id=${quoteValue(member.word.text)}`;
  }
}

function printOption(option: NvPair): string {
  return `${quoteName(option.name.text)}=${quoteValue(option.value?.text ?? '')}`;
}
