// SPDX-License-Identifier: GPL-2.0-or-later
export { evaluateDateExpression } from './date-expression.ts';
export { evaluateRule, rulePasses } from './evaluate.ts';
export { parseRange, type NumberRange } from './range.ts';
export { NextChange, type RuleContext, type RuleOperation, type RuleResource, type RuleResult } from './result.ts';
