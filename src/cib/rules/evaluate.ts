// SPDX-License-Identifier: GPL-2.0-or-later
/** Evaluates a rule: its conditions in document order, joined by `and` or `or`. */
import { parseInterval } from '../time/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { evaluateAttributeExpression } from './attribute-expression.ts';
import { evaluateDateExpression } from './date-expression.ts';
import type { RuleContext, RuleOperation, RuleResource, RuleResult } from './result.ts';

/** Rules deeper than this are refused: a reference that leads back to itself would never end. */
const MAX_DEPTH = 100;

/** An empty rule passes when its conditions are joined by `and`. */
export function evaluateRule(rule: XmlElement, context: RuleContext): RuleResult {
  return evaluate(rule, context, 0);
}

/** Whether a rule passes. */
export function rulePasses(rule: XmlElement, context: RuleContext): boolean {
  return evaluate(rule, context, 0) === 'satisfied';
}

function evaluate(given: XmlElement, context: RuleContext, depth: number): RuleResult {
  const rule = resolveRule(given, context);
  if (rule === undefined || depth > MAX_DEPTH) return 'unparsable';
  const isOr = rule.get('boolean-op')?.toLowerCase() === 'or';
  let last: RuleResult = isOr ? 'unsatisfied' : 'satisfied';
  for (const child of rule.children) {
    if (child.kind !== 'element') continue;
    const result = evaluateCondition(child, context, depth);
    if (result === undefined) continue;
    last = result;
    if ((result === 'satisfied') === isOr) return result;
  }
  return last;
}

/** Result of one condition; undefined for an element that is none. */
function evaluateCondition(condition: XmlElement, context: RuleContext, depth: number): RuleResult | undefined {
  switch (condition.name) {
    case 'rule':
      return evaluate(condition, context, depth + 1);
    case 'expression':
      return evaluateAttributeExpression(condition, context);
    case 'date_expression':
      return evaluateDateExpression(condition, context);
    case 'rsc_expression':
      return evaluateResourceExpression(condition, context.resource);
    case 'op_expression':
      return evaluateOperationExpression(condition, context.operation);
    default:
      return undefined;
  }
}

function resolveRule(rule: XmlElement, context: RuleContext): XmlElement | undefined {
  const reference = rule.get('id-ref');
  return reference === undefined ? rule : context.byId?.(reference);
}

function evaluateResourceExpression(expression: XmlElement, resource: RuleResource | undefined): RuleResult {
  const matches =
    agrees(expression.get('class'), resource?.class) &&
    agrees(expression.get('provider'), resource?.provider) &&
    agrees(expression.get('type'), resource?.type);
  return matches ? 'satisfied' : 'unsatisfied';
}

function agrees(wanted: string | undefined, actual: string | undefined): boolean {
  return wanted === undefined || wanted === actual;
}

function evaluateOperationExpression(expression: XmlElement, operation: RuleOperation | undefined): RuleResult {
  const name = expression.get('name');
  const interval = expression.get('interval');
  const intervalMs = interval === undefined ? undefined : parseInterval(interval);
  if (name === undefined || (interval !== undefined && intervalMs === undefined)) return 'unparsable';
  const matches = operation?.name === name && (intervalMs === undefined || intervalMs === operation.intervalMs);
  return matches ? 'satisfied' : 'unsatisfied';
}
