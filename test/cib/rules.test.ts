// SPDX-License-Identifier: GPL-2.0-or-later
/** Rules: conditions, how they combine, and when their result changes next. */
import { describe, expect, it } from 'vitest';
import { dateTime, evaluateRule, NextChange, parseDateTime, rulePasses, type RuleContext, type RuleResult } from '../../src/cib/index.ts';
import { xml } from './builders.ts';

const at = (text: string): RuleContext['now'] => parseDateTime(text, dateTime(0))!;
const NOW = at('2024-06-01 12:00:00Z');
const CONTEXT: RuleContext = {
  now: NOW,
  nodeAttribute: (name) => new Map([['#uname', 'node1'], ['rack', '4'], ['zone', 'East'], ['load', '2.50'], ['kernel', '5.10.2'], ['empty', ''], ['site-1', 'yes']]).get(name),
  parameter: (name) => (name === 'ip' ? '4' : undefined),
  metaAttribute: (name) => (name === 'zone' ? 'east' : undefined),
  resource: { class: 'ocf', provider: 'heartbeat', type: 'IPaddr2' },
  operation: { name: 'monitor', intervalMs: 10_000 },
  submatches: ['web-1', '1'],
};

function evaluate(conditions: string, more = '', context = CONTEXT): RuleResult {
  return evaluateRule(xml(`<rule id="r" score="1" ${more}>${conditions}</rule>`), context);
}

describe('an attribute expression', () => {
  it.each([
    ['attribute="rack" operation="eq" value="4"', 'satisfied'],
    ['attribute="rack" operation="eq" value="04"', 'unsatisfied'],
    ['attribute="rack" operation="eq" value="04" type="integer"', 'satisfied'],
    ['attribute="zone" operation="EQ" value="eAST"', 'satisfied'],
    ['attribute="zone" operation="ne" value="west"', 'satisfied'],
    ['attribute="rack" operation="lt" value="10"', 'satisfied'],
    ['attribute="rack" operation="lt" value="10" type="string"', 'after-range'],
    ['attribute="rack" operation="gt" value="10"', 'before-range'],
    ['attribute="load" operation="gte" value="2.5"', 'satisfied'],
    ['attribute="load" operation="lt" value="10"', 'satisfied'],
    ['attribute="kernel" operation="gt" value="5.9" type="version"', 'satisfied'],
    ['attribute="missing" operation="ne" value="x"', 'satisfied'],
    ['attribute="missing" operation="eq" value="x"', 'unsatisfied'],
    ['attribute="missing" operation="lt" value="x"', 'unsatisfied'],
    ['attribute="missing" operation="not_defined"', 'satisfied'],
    ['attribute="empty" operation="defined"', 'satisfied'],
    ['attribute="empty" operation="defined" value="x"', 'unparsable'],
    ['attribute="rack" operation="eq"', 'unparsable'],
    ['attribute="rack" operation="resembles" value="4"', 'unparsable'],
    ['attribute="rack" operation="eq" value="4" type="colour"', 'unparsable'],
    ['attribute="rack" operation="eq" value="ip" value-source="param"', 'satisfied'],
    ['attribute="zone" operation="eq" value="zone" value-source="meta"', 'satisfied'],
    ['attribute="zone" operation="eq" value="zone" value-source="moon"', 'unparsable'],
    ['attribute="site-%1" operation="eq" value="yes"', 'satisfied'],
    ['attribute="rack" operation="lt" value="99999999999999999999"', 'satisfied'],
  ])('%s is %s', (expression, result) => expect(evaluate(`<expression id="e" ${expression}/>`)).toBe(result));
});

describe('a date expression', () => {
  it.each([
    ['operation="gt" start="2024-01-01"', 'satisfied', undefined],
    ['operation="gt" start="2024-06-01 12:00:00Z"', 'before-range', '2024-06-01 12:00:01Z'],
    ['operation="lt" end="2025-01-01"', 'satisfied', '2025-01-01 00:00:00Z'],
    ['operation="lt" end="2024-06-01 12:00:00Z"', 'after-range', undefined],
    ['operation="in_range" start="2024-06-01 12:00:00Z" end="2024-06-01 12:00:00Z"', 'satisfied', '2024-06-01 12:00:01Z'],
    ['start="2024-07-01" end="2024-08-01"', 'before-range', '2024-07-01 00:00:00Z'],
    ['start="2024-01-01" end="2024-02-01"', 'after-range', undefined],
    ['start="2024-01-01"', 'satisfied', undefined],
    ['operation="in_range"', 'unparsable', undefined],
    ['operation="gt" start="soon"', 'unparsable', undefined],
    ['operation="near" start="2024-01-01"', 'unparsable', undefined],
  ] as const)('%s is %s and changes at %s', (expression, result, change) => {
    const nextChange = new NextChange();
    expect(evaluate(`<date_expression id="d" ${expression}/>`, '', { ...CONTEXT, nextChange })).toBe(result);
    expect(nextChange.at).toBe(change === undefined ? undefined : at(change).epochSeconds);
  });

  it('ends after its duration', () => {
    const lasting = (duration: string): RuleResult => evaluate(`<date_expression id="d" operation="in_range" start="2024-05-01"><duration id="u" ${duration}/></date_expression>`);
    expect([lasting('months="2"'), lasting('months="1"'), lasting('weeks="4" days="3" hours="12"'), lasting('days="x"')]).toEqual(['satisfied', 'after-range', 'satisfied', 'unparsable']);
  });

  it.each([
    ['years="2024"', 'satisfied'],
    ['years="2025-"', 'before-range'],
    ['years="-2023"', 'after-range'],
    ['months="6" monthdays="1" hours="9-16"', 'satisfied'],
    ['weekdays="6" weeks="22" yeardays="153"', 'satisfied'],
    ['hours="13-15"', 'before-range'],
    ['minutes="0" seconds="0"', 'satisfied'],
    ['hours="nine"', 'unparsable'],
    ['hours="-"', 'unparsable'],
    ['', 'satisfied'],
  ])('date_spec %s is %s', (fields, result) => expect(evaluate(`<date_expression id="d" operation="date_spec"><date_spec id="s" ${fields}/></date_expression>`)).toBe(result));

  it('looks at the fields of local time', () => {
    const context = { ...CONTEXT, now: dateTime(NOW.epochSeconds, 5 * 3600) };
    expect(evaluate('<date_expression id="d" operation="date_spec"><date_spec id="s" hours="17"/></date_expression>', '', context)).toBe('satisfied');
  });
});

describe('resource and operation expressions', () => {
  it.each([
    ['<rsc_expression id="e" class="ocf" type="IPaddr2"/>', 'satisfied'],
    ['<rsc_expression id="e" provider="pacemaker"/>', 'unsatisfied'],
    ['<rsc_expression id="e" type="ipaddr2"/>', 'unsatisfied'],
    ['<op_expression id="e" name="monitor"/>', 'satisfied'],
    ['<op_expression id="e" name="monitor" interval="10s"/>', 'satisfied'],
    ['<op_expression id="e" name="monitor" interval="11s"/>', 'unsatisfied'],
    ['<op_expression id="e" name="start"/>', 'unsatisfied'],
    ['<op_expression id="e" interval="1s"/>', 'unparsable'],
  ])('%s is %s', (expression, result) => expect(evaluate(expression)).toBe(result));
});

describe('a rule', () => {
  const yes = '<expression id="y" attribute="rack" operation="defined"/>';
  const no = '<expression id="n" attribute="rack" operation="not_defined"/>';

  it('joins its conditions by and unless it says or', () => {
    expect([evaluate(yes + no), evaluate(yes + no, 'boolean-op="or"'), evaluate(no + no, 'boolean-op="or"'), evaluate(yes + yes)]).toEqual(['unsatisfied', 'satisfied', 'unsatisfied', 'satisfied']);
  });

  it('passes when it is empty and joins by and', () => {
    expect([evaluate(''), evaluate('', 'boolean-op="or"')]).toEqual(['satisfied', 'unsatisfied']);
  });

  it('may hold rules and refer to them', () => {
    const inner = xml(`<rule id="i">${yes}</rule>`);
    expect(evaluate(`<rule id="x" boolean-op="or">${no}${yes}</rule>`)).toBe('satisfied');
    expect(rulePasses(xml('<rule id-ref="i"/>'), { ...CONTEXT, byId: (id) => (id === 'i' ? inner : undefined) })).toBe(true);
    expect(rulePasses(xml('<rule id-ref="i"/>'), CONTEXT)).toBe(false);
  });

  it('that refers to itself ends', () => {
    const circle = xml('<rule id="c"><rule id-ref="c"/></rule>');
    expect(evaluateRule(circle, { ...CONTEXT, byId: () => circle })).toBe('unparsable');
  });

  it('collects the earliest change of all conditions it looked at', () => {
    const nextChange = new NextChange();
    const dates = '<date_expression id="a" operation="lt" end="2025-01-01"/><date_expression id="b" operation="lt" end="2024-09-01"/>';
    evaluate(dates, '', { ...CONTEXT, nextChange });
    expect(nextChange.at).toBe(at('2024-09-01').epochSeconds);
  });
});
