// SPDX-License-Identifier: GPL-2.0-or-later
/** Rules: one operator per level, dates that say enough. */
import type { DateTerm, Expression, Rule, Word } from '../../grammar/index.ts';
import type { DiagnosticSink } from './diagnose.ts';
import { canonical, explicitScore, OPEN_END, ROLES, scoreOf } from './vocabulary.ts';

export function checkRules(rules: readonly Rule[], sink: DiagnosticSink): void {
  for (const rule of rules) {
    if (rule.role !== undefined && canonical(rule.role.text, ROLES) === undefined) sink.add('invalid-role', rule.role, `"${rule.role.text}" is no role`, { expected: ['Started', 'Promoted', 'Unpromoted'] });
    checkExplicitScore(rule.score, 'rule', sink);
    if (rule.expression !== undefined) checkExpression(rule.expression, sink);
  }
}

/** What is quoted is meant as it is. */
function isQuoted(word: Word): boolean {
  return word.end - word.start !== word.text.length;
}

/** `score=X:` says what a score alone cannot, and only where that may be meant. */
export function checkExplicitScore(label: Word | undefined, place: 'rule' | 'colocation' | 'node' | undefined, sink: DiagnosticSink): void {
  const score = label === undefined ? undefined : explicitScore(label.text);
  if (label === undefined || score === undefined) return;
  if (place === undefined) sink.add('invalid-value', label, `"${label.text}:" has no meaning here`, { repair: `write ${score}:` });
  else if (scoreOf(score) === undefined && (score.toLowerCase() !== 'none' || place === 'node')) sink.add('invalid-value', label, `"${score}" is no score`, { expected: [...(place === 'node' ? [] : ['score=none:']), 'a number', 'inf', '-inf'] });
}

function checkExpression(expression: Expression, sink: DiagnosticSink): void {
  const [first, ...others] = expression.operators;
  const other = others.find((one) => one.text.toLowerCase() !== first?.text.toLowerCase());
  if (other !== undefined) {
    sink.add('mixed-operators', other, `"${other.text}" after "${first!.text}": one rule joins its terms with one operator`, { repair: 'put the part that belongs together in ( ... )' });
  }
  for (const term of expression.terms) {
    if (term.kind === 'date') checkDate(term, sink);
    else if (term.kind === 'comparison' && term.attribute.text.startsWith('(') && !isQuoted(term.attribute)) {
      sink.add('invalid-value', term.attribute, `"${term.attribute.text}" is no attribute`, { repair: 'put blanks around the brackets of a nested rule' });
    } else if (term.kind === 'reference') {
      if (term.id !== undefined) sink.add('invalid-value', term, `a reference has no id of its own, and "${term.id.text}" would be one`, { repair: `write ( $id-ref=${term.target.text} )` });
    } else if (term.kind === 'nested') {
      checkExplicitScore(term.score, undefined, sink);
      checkExpression(term.expression, sink);
    } else if (term.kind === 'comparison' && !isQuoted(term.value) && /^[^{}]*\{[^}]*\}$/.test(term.value.text) && !/^(?:(?:param|meta|literal)\{|none\{\}$)/.test(term.value.text)) {
      sink.add('invalid-value', term.value, `"${term.value.text}" does not say where the value comes from`, { expected: ['param{NAME}', 'meta{NAME}', 'literal{TEXT}', 'none{}'] });
    }
  }
}

function checkDate(term: DateTerm, sink: DiagnosticSink): void {
  const names = term.parts.map((part) => part.name.text.toLowerCase());
  if (term.time !== undefined) return;
  // The id of the parts says that there is an element for them, with something in it or without.
  const hasParts = term.partsId !== undefined;
  const isSpec = /spec$/i.test(term.operator.text);
  const moon = term.parts.find((part) => part.name.text.toLowerCase() === 'moon');
  if (moon !== undefined) sink.add('removed-date-part', moon, 'phases of the moon are no longer supported', { repair: 'delete it' });
  const days = isSpec ? term.parts.find((part) => /^days$/i.test(part.name.text)) : undefined;
  if (days !== undefined) sink.add('invalid-value', days, 'a date specification says which days: of the month, the week or the year', { expected: ['monthdays=', 'weekdays=', 'yeardays='] });
  if (isSpec) {
    const wrong = term.parts.find((part) => /^(?:start|end)$/i.test(part.name.text));
    if (wrong !== undefined) sink.add('invalid-value', wrong, `"${wrong.name.text}" has no place in a date specification`, { repair: 'write date in start=... end=...' });
  } else if (names.includes('start') && names.includes('end') && term.parts.every((part) => part.value?.text.toLowerCase() === OPEN_END || !/^(?:start|end)$/i.test(part.name.text))) {
    sink.add('invalid-value', term, 'a date range without start and end is no range', { repair: 'name one of them' });
  } else if (!names.includes('start') && !names.includes('end')) {
    sink.add('unexpected-end', term, 'a date range has a start or an end', { expected: ['start=', 'end='] });
  } else if (names.length < 2 && !hasParts) {
    sink.add('unexpected-end', term, 'a date range has a start and an end, or a start and a duration', { expected: ['end=', 'days='], repair: names[0] === 'start' ? 'for an open range write: date gt TIME, or end=none' : 'for an open range write: date lt TIME, or start=none' });
  }
}
