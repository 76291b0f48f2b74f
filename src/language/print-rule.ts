// SPDX-License-Identifier: GPL-2.0-or-later
/** Rules and their expressions as text. */
import type { DateTerm, Expression, Rule, Term } from '../../grammar/index.ts';
import { quoteAttribute, quoteTerm, quoteValue } from './quote.ts';

export function printRule(rule: Rule): string {
  if (rule.reference !== undefined) return `rule $id-ref=${quoteValue(rule.reference.text)}`;
  const parts = ['rule'];
  if (rule.id !== undefined) parts.push(`$id=${quoteValue(rule.id.text)}`);
  if (rule.role !== undefined) parts.push(`$role=${quoteValue(rule.role.text)}`);
  if (rule.score !== undefined) parts.push(`${rule.score.text}:`);
  if (rule.expression !== undefined) parts.push(printExpression(rule.expression));
  return parts.join(' ');
}

function printExpression(expression: Expression): string {
  return expression.terms.map((term, i) => (i === 0 ? printTerm(term) : `${expression.operators[i - 1]?.text ?? 'and'} ${printTerm(term)}`)).join(' ');
}

function printTerm(term: Term): string {
  const id = term.id === undefined ? '' : `$id=${quoteValue(term.id.text)} `;
  switch (term.kind) {
    case 'comparison':
      return `${id}${quoteAttribute(term.attribute.text)} ${term.operator.text} ${printOperand(term.value.text)}`;
    case 'defined':
      return `${id}${term.operator.text} ${quoteTerm(term.attribute.text)}`;
    case 'date':
      return `${id}${printDate(term)}`;
    case 'agent':
      return `${id}rsc_expression ${quoteTerm(term.agent.text)}`;
    case 'operation':
      return `${id}op_expression ${quoteTerm(term.operation.text)}`;
    case 'nested': {
      const role = term.role === undefined ? '' : `$role=${quoteValue(term.role.text)} `;
      const score = term.score === undefined ? '' : `${term.score.text}: `;
      return `${id}( ${role}${score}${printExpression(term.expression)} )`;
    }
    case 'reference':
      return `${id}( $id-ref=${quoteValue(term.target.text)} )`;
  }
}

/** `param{name}` keeps its braces. */
function printOperand(text: string): string {
  return /^(?:param|meta|literal|none)\{[^\s"'\\{}]*\}$/.test(text) || /^[^\s"'\\=()[\]{}\u2018-\u201f\u00ab\u00bb]+$/.test(text) ? text : quoteTerm(text);
}

function printDate(term: DateTerm): string {
  if (term.time !== undefined) return `date ${term.operator.text} ${quoteValue(term.time.text)}`;
  const id = term.partsId === undefined ? [] : [`$id=${quoteValue(term.partsId.text)}`];
  const parts = term.parts.map((part) => `${part.name.text}=${quoteValue(part.value?.text ?? '')}`);
  return ['date', term.operator.text, ...id, ...parts].join(' ');
}
