// SPDX-License-Identifier: GPL-2.0-or-later
/** Rules and their expressions. */
import { explicitScore, OPEN_END, scoreOf, type DateTerm, type Expression, type Rule, type Term, type Word } from '../../language/index.ts';
import { Building } from './building.ts';
import { roleOf, schemaNumber, type CompileContext } from './context.ts';

export function compileRule(rule: Rule, context: CompileContext): Building {
  const made = new Building('rule');
  if (rule.reference !== undefined) return made.set('id-ref', rule.reference.text);
  made.set('id', rule.id?.text);
  if (rule.role !== undefined) made.set('role', roleOf(rule.role, context));
  setScore(made, rule.score, 'INFINITY');
  return fill(made, rule.expression!, context);
}

/** First schema series without lifetimes (schema-upgrade, 3.10 to 4.0). */
const WITHOUT_LIFETIME = 4;

/** The element of a lifetime, if there is one; it has no id. */
export function compileLifetime(rules: readonly Rule[], context: CompileContext): Building[] {
  if (rules.length === 0) return [];
  const { schema } = context.draft;
  if (schemaNumber(schema).major >= WITHOUT_LIFETIME) context.sink.add('unsupported-by-schema', rules[0]!, `the schema ${schema} has no lifetime of constraints`, { repair: 'a location says it in its rule: rule ... and ( ... )' });
  return [new Building('lifetime').add(...rules.map((rule) => compileRule(rule, context)))];
}

/** What `score=X:` stores, where a bare word would say something else; nothing for other labels. */
export function explicitlyStored(label: Word | undefined): string | undefined {
  const score = explicitScore(label?.text ?? '');
  return score === undefined ? undefined : scoreOf(score);
}

/** A word that is no score is the name of a node attribute that holds it. */
export function setScore(made: Building, score: Word | undefined, otherwise?: string): void {
  if (score === undefined) {
    made.set('score', otherwise);
    return;
  }
  const text = explicitScore(score.text) ?? score.text;
  if (text !== score.text && text.toLowerCase() === 'none') return;
  const stored = scoreOf(text);
  if (stored === undefined) made.set('score-attribute', text);
  else made.set('score', stored);
}

function fill(made: Building, expression: Expression, context: CompileContext): Building {
  const operator = expression.operators[0]?.text;
  // `and` is what a rule means without the attribute.
  if (operator !== undefined && operator.toLowerCase() !== 'and') made.set('boolean-op', operator.toLowerCase());
  for (const term of expression.terms) made.add(compileTerm(term, context));
  return made;
}

function compileTerm(term: Term, context: CompileContext): Building {
  switch (term.kind) {
    case 'comparison':
      return compareTerm(term.operator.text, term.attribute.text, term.value.text).set('id', term.id?.text);
    case 'defined':
      return new Building('expression', [['id', term.id?.text], ['operation', term.operator.text], ['attribute', term.attribute.text]]);
    case 'date':
      return compileDate(term);
    case 'agent': {
      const [agentClass, provider, type] = agentParts(term.agent.text);
      return new Building('rsc_expression', [['id', term.id?.text], ['class', agentClass], ['provider', provider], ['type', type]]);
    }
    case 'operation': {
      const [name, ...rest] = term.operation.text.split(':');
      const interval = rest.length === 0 ? undefined : rest.join(':');
      return new Building('op_expression', [['id', term.id?.text], ['name', name], ['interval', interval]]);
    }
    case 'nested': {
      const made = new Building('rule', [['id', term.id?.text]]);
      if (term.role !== undefined) made.set('role', roleOf(term.role, context));
      setScore(made, term.score);
      return fill(made, term.expression, context);
    }
    case 'reference':
      return new Building('rule', [['id-ref', term.target.text]]);
  }
}

function compareTerm(written: string, attribute: string, operand: string): Building {
  const [operation, type] = written.split(':').reverse();
  const source = operand === 'none{}' ? [] : /^(param|meta|literal)\{([^]*)\}$/.exec(operand);
  return new Building('expression', [
    ['operation', operation],
    ['attribute', attribute],
    ['type', type],
    ['value', source === null ? operand : source[2]],
    ['value-source', source?.[1]],
  ]);
}

/** `class:provider:type`, each `*` where any will do; two parts are class and type, one is the type. */
function agentParts(text: string): (string | undefined)[] {
  const parts = text.split(':').map((part) => (part === '*' ? undefined : part));
  if (parts.length === 1) return [undefined, undefined, parts[0]];
  return parts.length === 2 ? [parts[0], undefined, parts[1]] : parts;
}

function compileDate(term: DateTerm): Building {
  const made = new Building('date_expression', [['id', term.id?.text]]);
  const operator = term.operator.text.toLowerCase();
  if (operator === 'lt' || operator === 'gt') {
    return made.set('operation', term.operator.text).set(operator === 'lt' ? 'end' : 'start', term.time?.text);
  }
  const isSpec = operator === 'spec' || operator === 'date_spec';
  made.set('operation', isSpec ? 'date_spec' : 'in_range');
  const parts = new Building(isSpec ? 'date_spec' : 'duration', [['id', term.partsId?.text]]);
  let hasParts = isSpec || term.partsId !== undefined;
  for (const part of term.parts) {
    const name = part.name.text.toLowerCase();
    const isEnd = !isSpec && (name === 'start' || name === 'end');
    if (!isEnd || part.value?.text.toLowerCase() !== OPEN_END) (isEnd ? made : parts).set(name, part.value?.text);
    hasParts ||= !isEnd;
  }
  return hasParts ? made.add(parts) : made;
}
