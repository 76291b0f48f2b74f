// SPDX-License-Identifier: GPL-2.0-or-later
/** Rules of an organisation as data: values that parameters, meta attributes, operations or properties must have. */
import { shortAgentId } from '../agents/index.ts';
import type { Finding, LintSeverity } from './finding.ts';
import { agentOf, effectiveOperations, ownMeta, parameter, timeMs, typeOf, type LintModel, type Resource } from './model/index.ts';

/** One row of the data file. Exactly one of `parameter`, `meta`, `property`, or `op` with `attribute` says what it is about. */
export interface OrganisationRule {
  readonly code: string;
  readonly severity: LintSeverity;
  readonly message?: string;
  /** Type or full name of an agent; every agent when absent. */
  readonly agent?: string;
  readonly parameter?: string;
  readonly meta?: string;
  readonly property?: string;
  readonly op?: string;
  readonly attribute?: string;
  readonly required?: boolean;
  readonly value?: string;
  readonly oneOf?: readonly string[];
  readonly pattern?: string;
  /** Numbers or times. */
  readonly min?: string;
  readonly max?: string;
}

const SUBJECTS = ['parameter', 'meta', 'property', 'op'] as const;
const NAMES = new Set([...SUBJECTS, 'code', 'severity', 'message', 'agent', 'attribute', 'required', 'value', 'oneOf', 'pattern', 'min', 'max']);
const SEVERITIES: readonly LintSeverity[] = ['error', 'warning', 'info'];

export type OrganisationRules = { readonly ok: true; readonly rules: readonly OrganisationRule[] } | { readonly ok: false; readonly problems: readonly string[] };

/** Checks what was read from a file: a list of rows, or an object with the list under `rules`. */
export function readOrganisationRules(data: unknown): OrganisationRules {
  const list = Array.isArray(data) ? data : isRecord(data) && Array.isArray(data['rules']) ? data['rules'] : undefined;
  if (list === undefined) return { ok: false, problems: ['expected a list of rules, or "rules:" with such a list'] };
  const problems: string[] = [];
  const rules = list.flatMap((row: unknown, i) => {
    const read = readRow(row);
    if (typeof read !== 'string') return [read];
    problems.push(`rule ${i + 1}: ${read}`);
    return [];
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, rules };
}

function isRecord(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function readRow(row: unknown): OrganisationRule | string {
  if (!isRecord(row)) return 'expected names with values';
  const unknown = Object.keys(row).filter((name) => !NAMES.has(name));
  if (unknown.length > 0) return `unknown: ${unknown.join(', ')}`;
  const text = (name: string): string | undefined => (row[name] === undefined ? undefined : String(row[name]));
  const code = text('code');
  if (code === undefined || !/^[A-Z][A-Z0-9_-]*$/.test(code)) return 'expected "code" in capitals';
  const severity = (text('severity') ?? 'warning') as LintSeverity;
  if (!SEVERITIES.includes(severity)) return `severity is ${SEVERITIES.join(', ')}, not "${severity}"`;
  if (SUBJECTS.filter((name) => row[name] !== undefined).length !== 1) return `expected one of ${SUBJECTS.join(', ')}`;
  if ((row['op'] === undefined) !== (row['attribute'] === undefined)) return '"op" and "attribute" belong together';
  const pattern = text('pattern');
  if (pattern !== undefined && !isPattern(pattern)) return `"${pattern}" is no regular expression`;
  const bound = (['min', 'max'] as const).find((name) => text(name) !== undefined && timeMs(text(name)!) === undefined);
  if (bound !== undefined) return `"${bound}" is a number or a time, not "${text(bound)}"`;
  const oneOf = row['oneOf'];
  if (oneOf !== undefined && !Array.isArray(oneOf)) return '"oneOf" is a list';
  return {
    code, severity, pattern,
    message: text('message'), agent: text('agent'), parameter: text('parameter'), meta: text('meta'), property: text('property'), op: text('op'), attribute: text('attribute'),
    required: row['required'] === true, value: text('value'), min: text('min'), max: text('max'),
    ...(oneOf === undefined ? {} : { oneOf: oneOf.map(String) }),
  };
}

function isPattern(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    // The caller says that it is none.
    return false;
  }
}

/** Findings of an organisation's rules in one text. */
export function checkOrganisation(model: LintModel, rules: readonly OrganisationRule[]): Finding[] {
  return rules.flatMap((one) => (one.property === undefined ? resourceFindings(model, one) : propertyFindings(model, one, one.property)));
}

function propertyFindings(model: LintModel, one: OrganisationRule, name: string): Finding[] {
  const setting = model.properties.get(name);
  const first = model.statements[0];
  if (setting === undefined) return one.required === true && model.isWhole && first !== undefined ? [finding(one, first.keyword, `the property ${name} is required`)] : [];
  const wrong = complaint(one, setting.value);
  return wrong === undefined ? [] : [finding(one, setting.pair, `${name} ${wrong}`)];
}

function resourceFindings(model: LintModel, one: OrganisationRule): Finding[] {
  return model.primitives.filter((resource) => isAbout(one, resource)).flatMap((resource) => valuesOf(one, resource).flatMap((found) => {
    const what = one.parameter ?? one.meta ?? `${one.attribute} of ${one.op}`;
    if (found === undefined) return one.required === true ? [finding(one, resource.statement.id, `${resource.id} needs ${what}`)] : [];
    const wrong = complaint(one, found.value);
    return wrong === undefined ? [] : [finding(one, found.span, `${what} of ${resource.id} ${wrong}`)];
  }));
}

function isAbout(one: OrganisationRule, resource: Resource): boolean {
  const agent = agentOf(resource);
  if (one.agent === undefined || agent === undefined) return one.agent === undefined;
  return [typeOf(resource), shortAgentId(agent), [agent.class, agent.provider, agent.type].filter((part) => part !== undefined).join(':')].includes(one.agent);
}

interface FoundValue {
  readonly value: string;
  readonly span: { readonly start: number; readonly end: number };
}

function valuesOf(one: OrganisationRule, resource: Resource): (FoundValue | undefined)[] {
  if (one.op !== undefined) {
    const operations = effectiveOperations(resource).filter(({ name }) => name === one.op);
    if (operations.length === 0) return [undefined];
    return operations.map(({ attributes }) => {
      const pair = attributes.get(one.attribute!);
      return pair?.value === undefined ? undefined : { value: pair.value.text, span: pair };
    });
  }
  const attribute = one.parameter === undefined ? ownMeta(resource, one.meta!) : parameter(resource, one.parameter);
  return [attribute === undefined ? undefined : { value: attribute.value, span: attribute.pair }];
}

/** What is wrong with a value, or undefined when it fits. */
function complaint(one: OrganisationRule, value: string): string | undefined {
  if (one.value !== undefined && !isSame(value, one.value)) return `must be "${one.value}", not "${value}"`;
  if (one.oneOf !== undefined && !one.oneOf.some((allowed) => isSame(value, allowed))) return `must be one of ${one.oneOf.join(', ')}, not "${value}"`;
  if (one.pattern !== undefined && !new RegExp(one.pattern).test(value)) return `must match ${one.pattern}, not "${value}"`;
  const amount = timeMs(value);
  const [least, most] = [one.min, one.max].map((bound) => (bound === undefined ? undefined : timeMs(bound)));
  if (least !== undefined && (amount === undefined || amount < least)) return `must be at least ${one.min}, not "${value}"`;
  if (most !== undefined && (amount === undefined || amount > most)) return `must be at most ${one.max}, not "${value}"`;
  return undefined;
}

/** Equal as written, or as times or numbers. */
function isSame(a: string, b: string): boolean {
  return a === b || (timeMs(a) !== undefined && timeMs(a) === timeMs(b));
}

function finding(one: OrganisationRule, span: { readonly start: number; readonly end: number }, message: string): Finding {
  return { code: one.code, severity: one.severity, span: { start: span.start, end: span.end }, message: one.message ?? message };
}
