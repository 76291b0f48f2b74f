// SPDX-License-Identifier: GPL-2.0-or-later
/** Evaluates `expression`: a node attribute compared with a value, a resource parameter or a meta-attribute. */
import { compareVersions } from '../values/index.ts';
import type { XmlElement } from '../xml/index.ts';
import type { RuleContext, RuleResult } from './result.ts';

type ValueType = 'string' | 'integer' | 'number' | 'version';
type Operation = 'defined' | 'not_defined' | 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte';

export function evaluateAttributeExpression(expression: XmlElement, context: RuleContext): RuleResult {
  const attribute = expression.get('attribute');
  const operation = parseOperation(expression.get('operation'));
  if (attribute === undefined || operation === undefined) return 'unparsable';
  const actual = context.nodeAttribute?.(expandSubmatches(attribute, context.submatches));
  const text = expression.get('value');
  if (operation === 'defined' || operation === 'not_defined') {
    if (text !== undefined) return 'unparsable';
    return (actual !== undefined) === (operation === 'defined') ? 'satisfied' : 'unsatisfied';
  }
  if (text === undefined) return 'unparsable';
  const source = (expression.get('value-source') ?? 'literal').toLowerCase();
  const reference = referenceValue(text, source, context);
  if (reference === BAD_SOURCE) return 'unparsable';
  const type = valueType(expression.get('type'), operation, actual, reference);
  return type === undefined ? 'unparsable' : judge(operation, actual, reference, type);
}

function judge(operation: Operation, actual: string | undefined, reference: string | undefined, type: ValueType): RuleResult {
  const isOrdering = operation !== 'eq' && operation !== 'ne';
  if (isOrdering && (actual === undefined || reference === undefined)) return 'unsatisfied';
  const order = compareValues(actual, reference, type);
  switch (operation) {
    case 'eq':
      return order === 0 ? 'satisfied' : 'unsatisfied';
    case 'ne':
      return order !== 0 ? 'satisfied' : 'unsatisfied';
    case 'lt':
      return order < 0 ? 'satisfied' : 'after-range';
    case 'lte':
      return order <= 0 ? 'satisfied' : 'after-range';
    case 'gt':
      return order > 0 ? 'satisfied' : 'before-range';
    case 'gte':
      return order >= 0 ? 'satisfied' : 'before-range';
    default:
      return 'unparsable';
  }
}

const OPERATIONS: ReadonlySet<string> = new Set<Operation>(['defined', 'not_defined', 'eq', 'ne', 'lt', 'lte', 'gt', 'gte']);
const TYPES: ReadonlySet<string> = new Set<ValueType>(['string', 'integer', 'number', 'version']);
const BAD_SOURCE = Symbol('value-source');

function parseOperation(text: string | undefined): Operation | undefined {
  const word = text?.toLowerCase();
  // The set holds exactly the operations, so membership proves the type.
  return word !== undefined && OPERATIONS.has(word) ? (word as Operation) : undefined;
}

/** `%0` to `%9` in an attribute name stand for the sub-matches of the resource pattern. */
function expandSubmatches(name: string, submatches: readonly string[] | undefined): string {
  if (submatches === undefined || !name.includes('%')) return name;
  return name.replace(/%([0-9])/g, (_, digit: string) => submatches[Number(digit)] ?? '');
}

function referenceValue(text: string, source: string, context: RuleContext): string | undefined | typeof BAD_SOURCE {
  switch (source) {
    case 'literal':
      return text;
    case 'param':
      return context.parameter?.(text);
    case 'meta':
      return context.metaAttribute?.(text);
    default:
      return BAD_SOURCE;
  }
}

/** The given type, else string for (in)equality and, for an order, number when either side has a point, else integer. */
function valueType(text: string | undefined, operation: Operation, actual: string | undefined, reference: string | undefined): ValueType | undefined {
  const word = text?.toLowerCase();
  // The set holds exactly the types, so membership proves the type.
  if (word !== undefined) return TYPES.has(word) ? (word as ValueType) : undefined;
  if (operation === 'eq' || operation === 'ne') return 'string';
  return (actual?.includes('.') ?? false) || (reference?.includes('.') ?? false) ? 'number' : 'integer';
}

/** Order of two values; a missing value is less than any other. */
function compareValues(a: string | undefined, b: string | undefined, type: ValueType): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  if (type === 'version') return compareVersions(a, b);
  const pattern = type === 'integer' ? INTEGER : type === 'number' ? NUMBER : undefined;
  // What follows a number does not count, so as integers 3.4 and 3.6 are equal.
  const left = pattern?.exec(a)?.[0].trim();
  const right = pattern?.exec(b)?.[0].trim();
  if (left === undefined || right === undefined) return compareCaseless(a, b);
  return type === 'integer' ? compareIntegers(left, right) : Math.sign(Number(left) - Number(right));
}

const INTEGER = /^\s*[+-]?\d+/;
const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/;

function compareIntegers(a: string, b: string): number {
  if (a.length <= 15 && b.length <= 15) return Math.sign(Number(a) - Number(b));
  const left = BigInt(a.replace(/^\+/, ''));
  const right = BigInt(b.replace(/^\+/, ''));
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareCaseless(a: string, b: string): number {
  const left = a.toLowerCase();
  const right = b.toLowerCase();
  return left < right ? -1 : left > right ? 1 : 0;
}
