// SPDX-License-Identifier: GPL-2.0-or-later
/** Constraints and resource sets as text. */
import type { LocationStatement, NvPair, ResourceGroup, Rule, SetConstraintStatement, SetMember } from '../../grammar/index.ts';
import { printRule } from './print-rule.ts';
import { quoteName, quoteText, quoteValue, quoteWord } from './quote.ts';

/** Head and rules of a location. */
export function printLocation(statement: LocationStatement): string[] {
  const target = statement.sets === undefined ? quoteText(statement.target?.text ?? '') : `{ ${statement.sets.map(printGroup).join(' ')} }`;
  const head = ['location', quoteText(statement.id.text), target, ...statement.options.map(printOption)];
  if (statement.node !== undefined) head.push(`${statement.score?.text ?? ''}:`, quoteWord(statement.node.text));
  return [head.join(' '), ...statement.rules.map(printRule), ...printLifetime(statement.lifetime)];
}

/** The head of a constraint and the rules of its lifetime. */
export function printConstraint(statement: SetConstraintStatement): string[] {
  const label = statement.label === undefined ? [] : [`${statement.label.text}:`];
  const marker = statement.isMarked ? ['_rsc_set_'] : [];
  const head = [statement.kind, quoteText(statement.id.text), ...label, ...marker, ...statement.sets.map(printGroup), ...statement.options.map(printOwnOption)];
  return [head.join(' '), ...printLifetime(statement.lifetime)];
}

function printLifetime(rules: readonly Rule[]): string[] {
  return rules.map((rule, i) => (i === 0 ? `lifetime ${printRule(rule)}` : printRule(rule)));
}

function printGroup(group: ResourceGroup): string {
  const members = group.members.map(printMember).join(' ');
  if (group.bracket === '') return members;
  return group.bracket === '(' ? `( ${members} )` : `[ ${members} ]`;
}

function printMember(member: SetMember): string {
  switch (member.kind) {
    case 'resource':
      return /[()[\]]/.test(member.word.text) ? quoteValue(member.word.text) : /^lifetime$/i.test(member.word.text) ? `"${member.word.text}"` : quoteWord(member.word.text);
    case 'option':
      return printOption(member.pair);
    case 'id':
      return `$id=${quoteValue(member.word.text)}`;
    case 'reference':
      return `$id-ref=${quoteValue(member.word.text)}`;
  }
}

/** Without the `$` it would be an option of the set beside it. */
function printOwnOption(option: NvPair): string {
  return option.name.text === 'require-all' ? `$${printOption(option)}` : printOption(option);
}

function printOption(option: NvPair): string {
  return `${quoteName(option.name.text)}=${quoteValue(option.value?.text ?? '')}`;
}
