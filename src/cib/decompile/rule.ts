// SPDX-License-Identifier: GPL-2.0-or-later
/** Rules and their expressions. */
import { canonical, isLabel, isWord, OPEN_END, optionalWord, pair, ROLES, shortScore, word, type Expression, type NvPair, type Rule, type Term, type Word } from '../../language/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { elementsOf, inexpressible, onlyAttributes, shownId, type DecompileContext } from './context.ts';

const NOWHERE = { start: -1, end: -1 };

export function decompileRule(rule: XmlElement, context: DecompileContext): Rule {
  const reference = rule.get('id-ref');
  if (reference !== undefined) {
    onlyAttributes(rule, ['id-ref']);
    return { kind: 'rule', id: undefined, reference: word(reference), role: undefined, score: undefined, expression: undefined, ...NOWHERE };
  }
  const score = scoreWord(rule) ?? word('score=none');
  const expression = decompileExpression(rule, context);
  // An id in front of the first term alone would be read as the id of the rule.
  const id = optionalWord(shownId(rule, context) ?? (expression.terms[0]?.id === undefined ? undefined : rule.id));
  return { kind: 'rule', id, reference: undefined, role: ruleRole(rule), score: score.text === 'inf' ? undefined : score, expression, ...NOWHERE };
}

function scoreWord(rule: XmlElement): Word | undefined {
  const score = rule.get('score');
  const attribute = rule.get('score-attribute');
  if (score !== undefined && attribute !== undefined) inexpressible('two kinds of score');
  return scoreLabel(score, attribute);
}

/** `score=X`, where a score alone would say something else. */
export function explicitLabel(element: XmlElement): Word | undefined {
  const score = scoreLabel(element.get('score'), undefined);
  return score === undefined ? undefined : word(`score=${score.text}`);
}

/** The word before the colon for a stored score or the attribute that holds it. */
export function scoreLabel(score: string | undefined, attribute: string | undefined): Word | undefined {
  if (score !== undefined) {
    if (!/^(?:[+-]?\d+|[+-]?INFINITY)$/.test(score)) inexpressible(`score ${score}`);
    return word(shortScore(score));
  }
  if (attribute === undefined) return undefined;
  if (!isLabel(attribute) || /^(?:[+-]?\d+|[+-]?(?:inf|infinity|INF|INFINITY)|mandatory|advisory)$/i.test(attribute)) {
    // Mixed case is an attribute name, and read as one.
    if (!/^[+-]?(?:Inf|Infinity)$/.test(attribute)) inexpressible(`score attribute ${attribute}`);
  }
  return word(attribute);
}

function decompileExpression(rule: XmlElement, context: DecompileContext): Expression {
  onlyAttributes(rule, ['id', 'role', 'score', 'score-attribute', 'boolean-op']);
  const parts = elementsOf(rule);
  if (parts.length === 0) inexpressible('an empty rule');
  const operator = rule.get('boolean-op');
  if (operator !== undefined && operator !== 'or' && operator !== 'and') inexpressible(`boolean-op ${operator}`);
  if (operator === 'and' && context.detail === 'whole') inexpressible('a default spelled out');
  if (operator === 'or' && parts.length === 1 && context.detail === 'whole') inexpressible('an operator without a second term');
  const terms = parts.map((part) => decompileTerm(part, context));
  return { terms, operators: terms.slice(1).map(() => word(operator ?? 'and')), ...NOWHERE };
}

function decompileTerm(part: XmlElement, context: DecompileContext): Term {
  const id = optionalWord(shownId(part, context));
  switch (part.name) {
    case 'expression':
      return decompileComparison(part, id, context);
    case 'date_expression':
      return decompileDate(part, id, context);
    case 'rsc_expression': {
      onlyAttributes(part, ['id', 'class', 'provider', 'type']);
      const agent = ['class', 'provider', 'type'].map((name) => agentPart(part.get(name))).join(':');
      return { kind: 'agent', id, agent: word(agent), ...NOWHERE };
    }
    case 'op_expression': {
      onlyAttributes(part, ['id', 'name', 'interval']);
      const name = part.get('name');
      if (name === undefined || name === '' || !isWord(name) || name.includes(':') || !isWord(part.get('interval') ?? '')) inexpressible('the words of an operation expression');
      return { kind: 'operation', id, operation: word(part.has('interval') ? `${name}:${part.get('interval')}` : name), ...NOWHERE };
    }
    case 'rule': {
      if (part.has('id-ref')) {
        onlyAttributes(part, ['id-ref']);
        return { kind: 'reference', id: undefined, target: word(part.get('id-ref')!), ...NOWHERE };
      }
      const expression = decompileExpression(part, context);
      return { kind: 'nested', id, role: ruleRole(part), score: scoreWord(part), expression, ...NOWHERE };
    }
    default:
      return inexpressible(`${part.name} in a rule`);
  }
}

/** `*` where any will do. */
function agentPart(text: string | undefined): string {
  if (text === '' || text === '*' || text?.includes(':') === true || !isWord(text ?? '')) inexpressible('the words of an agent expression');
  return text ?? '*';
}

/** A role in any other spelling is none that the text could name. */
function ruleRole(rule: XmlElement): Word | undefined {
  const role = rule.get('role');
  if (role !== undefined && canonical(role, ROLES) !== role) inexpressible(`role ${role}`);
  return optionalWord(role);
}

const OPERATIONS = /^(?:lt|gt|lte|gte|eq|ne)$/i;

function decompileComparison(part: XmlElement, id: Word | undefined, context: DecompileContext): Term {
  onlyAttributes(part, ['id', 'operation', 'attribute', 'type', 'value', 'value-source']);
  const [operation, attribute, value] = [part.get('operation') ?? '', part.get('attribute'), part.get('value')];
  if (attribute === undefined || attribute === '') inexpressible('an expression without attribute');
  if (/^(?:not_)?defined$/i.test(operation)) {
    if (context.detail === 'whole' && (value !== undefined || part.has('type') || part.has('value-source'))) inexpressible('a value for defined');
    return { kind: 'defined', id, operator: word(operation), attribute: word(attribute), ...NOWHERE };
  }
  const type = part.get('type');
  if (!OPERATIONS.test(operation)) inexpressible(`operation ${operation}`);
  if (type !== undefined && !/^(?:string|integer|number|version)$/.test(type)) inexpressible(`type ${type}`);
  if (type === 'string' && context.detail === 'whole') return { kind: 'comparison', id, attribute: word(attribute), operator: word(`string:${operation}`), value: operand(part, value, context), ...NOWHERE };
  const operator = type === undefined || type === 'string' ? operation : `${type}:${operation}`;
  return { kind: 'comparison', id, attribute: word(attribute), operator: word(operator), value: operand(part, value, context), ...NOWHERE };
}

function operand(part: XmlElement, value: string | undefined, { detail }: DecompileContext): Word {
  const source = part.get('value-source');
  // The source of no value means nothing, and comes back when the text replaces the object.
  if (value === undefined) return source === undefined || detail === 'shown' ? word('none{}') : inexpressible('the source of no value');
  if (source === undefined) return /^(?:param|meta|literal)\{[^]*\}$|^none\{\}$/.test(value) ? inexpressible('a value in braces') : word(value);
  if (!/^(?:param|meta|literal)$/.test(source)) inexpressible(`value-source ${source}`);
  return word(`${source}{${value}}`);
}

const PARTS = new Set(['seconds', 'minutes', 'hours', 'monthdays', 'weekdays', 'yearsdays', 'yeardays', 'days', 'months', 'weeks', 'years', 'weekyears']);

function decompileDate(part: XmlElement, id: Word | undefined, context: DecompileContext): Term {
  onlyAttributes(part, ['id', 'operation', 'start', 'end']);
  const operation = part.get('operation') ?? '';
  const [start, end] = [part.get('start'), part.get('end')];
  const [inner, ...more] = elementsOf(part);
  if (/^(?:lt|gt)$/i.test(operation)) {
    const isBefore = operation.toLowerCase() === 'lt';
    const time = isBefore ? end : start;
    if (time === undefined || (isBefore ? start : end) !== undefined || inner !== undefined) inexpressible('a date comparison');
    return { kind: 'date', id, operator: word(operation), time: word(time), partsId: undefined, parts: [], ...NOWHERE };
  }
  const isSpec = operation === 'date_spec';
  if ((!isSpec && operation !== 'in_range') || more.length > 0) inexpressible(`date operation ${operation}`);
  if (inner !== undefined && inner.name !== (isSpec ? 'date_spec' : 'duration')) inexpressible(`${inner.name} in a date expression`);
  if (isSpec ? inner === undefined || start !== undefined || end !== undefined : false) inexpressible('a date specification');
  const parts: NvPair[] = [];
  if (!isSpec) parts.push(...rangeEnds(start, end, inner !== undefined));
  const innerParts = dateParts(inner);
  parts.push(...innerParts);
  // Nothing but its id tells of an element for the parts that holds none.
  const partsId = inner === undefined ? undefined : optionalWord(shownId(inner, context) ?? (innerParts.length === 0 ? inner.id : undefined));
  if (inner !== undefined && innerParts.length === 0 && partsId === undefined) inexpressible('an empty date element without id');
  return { kind: 'date', id, operator: word(isSpec ? 'spec' : 'in'), time: undefined, partsId, parts, ...NOWHERE };
}

/** A range says where it is open, unless its duration tells the other end. */
function rangeEnds(start: string | undefined, end: string | undefined, hasDuration: boolean): NvPair[] {
  if (start === undefined && end === undefined) inexpressible('a date range without start and end');
  if ([start, end].some((one) => one?.toLowerCase() === OPEN_END)) inexpressible('an end of a date range that is no date');
  const ends: NvPair[] = [];
  if (start !== undefined || !hasDuration) ends.push(pair('start', start ?? OPEN_END));
  if (end !== undefined || !hasDuration) ends.push(pair('end', end ?? OPEN_END));
  return ends;
}

function dateParts(inner: XmlElement | undefined): NvPair[] {
  const parts: NvPair[] = [];
  for (const [name, value] of inner?.entries() ?? []) {
    if (name === 'id') continue;
    if (!PARTS.has(name)) inexpressible(`date part ${name}`);
    parts.push(pair(name, value));
  }
  return parts;
}
