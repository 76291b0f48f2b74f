// SPDX-License-Identifier: GPL-2.0-or-later
/** Breaches of SARIF 2.1.0: against the schema that its editors publish, and what the specification says beyond a schema. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type Data = Readonly<Record<string, unknown>>;

interface Validator {
  (data: unknown): boolean;
  readonly errors?: readonly { readonly instancePath: string; readonly keyword: string; readonly message?: string }[] | null;
}

const require = createRequire(import.meta.url);

/** False where the packages for tests were not installed. */
export const hasSchema = ['ajv-draft-04', 'ajv-formats', '@microsoft/jest-sarif'].every(isInstalled);

function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    // Not there: the tests that need it say that they are skipped.
    return false;
  }
}

let validator: Validator | undefined;

/** The schema is of draft 04, and one of its patterns is none with the unicode flag. */
function fits(): Validator {
  if (validator !== undefined) return validator;
  const Ajv = require('ajv-draft-04') as new (options: Data) => { compile(schema: Data): Validator };
  const addFormats = require('ajv-formats') as (ajv: unknown) => unknown;
  const schema = require.resolve('@microsoft/jest-sarif').replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json');
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  validator = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as Data);
  return validator;
}

export function sarifProblems(log: unknown): string[] {
  const validate = fits();
  if (!validate(log)) return (validate.errors ?? []).map((one) => `${one.instancePath}: ${one.message ?? one.keyword}`);
  return list((log as Data)['runs']).flatMap(runProblems);
}

function list(data: unknown): readonly Data[] {
  return (data ?? []) as readonly Data[];
}

/** SARIF 2.1.0, 3.27.6 (ruleIndex), 3.30 (regions), 3.49 (rules are listed once). */
function runProblems(run: Data): string[] {
  const driver = (run['tool'] as Data)['driver'] as Data;
  const ids = list(driver['rules']).map((rule) => rule['id']);
  return [...(new Set(ids).size === ids.length ? [] : ['a rule is listed twice']), ...list(run['results']).flatMap((result) => resultProblems(result, ids))];
}

function resultProblems(result: Data, ids: readonly unknown[]): string[] {
  const { ruleId, ruleIndex } = result;
  const index = ruleIndex === undefined || ids[Number(ruleIndex)] === ruleId ? [] : ['ruleIndex points to another rule'];
  const regions = list(result['locations']).map((location) => ((location['physicalLocation'] ?? {}) as Data)['region'] as Data | undefined);
  return [...index, ...regions.flatMap((region) => (region === undefined || isForward(region) ? [] : ['a region ends before it starts']))];
}

function isForward(region: Data): boolean {
  const [line, column, lastLine, lastColumn] = ['startLine', 'startColumn', 'endLine', 'endColumn'].map((name) => Number(region[name])) as [number, number, number, number];
  return lastLine > line || (lastLine === line && lastColumn >= column);
}
