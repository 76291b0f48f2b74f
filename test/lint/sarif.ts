// SPDX-License-Identifier: GPL-2.0-or-later
/** What SARIF 2.1.0 demands of the parts that a linter writes, as a list of breaches. */

type Data = Readonly<Record<string, unknown>>;

const LEVELS = new Set(['none', 'note', 'warning', 'error']);

export function sarifProblems(log: unknown): string[] {
  if (!isData(log)) return ['the log is no object'];
  if (log['version'] !== '2.1.0') return ['version is not 2.1.0'];
  if (!Array.isArray(log['runs'])) return ['runs is no list'];
  return log['runs'].flatMap((run: unknown) => (isData(run) ? runProblems(run) : ['a run is no object']));
}

function isData(data: unknown): data is Data {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function runProblems(run: Data): string[] {
  const tool = run['tool'];
  const driver = isData(tool) ? tool['driver'] : undefined;
  if (!isData(driver) || typeof driver['name'] !== 'string' || driver['name'] === '') return ['a run has no tool with a named driver'];
  const rules = list(driver['rules']);
  const results = list(run['results']);
  if (rules === undefined || results === undefined) return ['rules and results are lists'];
  const ids = rules.map((rule) => (isData(rule) ? rule['id'] : undefined));
  const kind = run['columnKind'];
  return [
    ...(kind === undefined || kind === 'utf16CodeUnits' || kind === 'unicodeCodePoints' ? [] : ['columnKind is unknown']),
    ...(new Set(ids).size === ids.length ? [] : ['a rule is listed twice']),
    ...rules.flatMap(ruleProblems),
    ...results.flatMap((result) => resultProblems(result, ids)),
  ];
}

/** An absent list is an empty one. */
function list(data: unknown): readonly unknown[] | undefined {
  if (data === undefined) return [];
  return Array.isArray(data) ? data : undefined;
}

function ruleProblems(rule: unknown): string[] {
  if (!isData(rule) || typeof rule['id'] !== 'string') return ['a rule has no id'];
  const texts = ['shortDescription', 'fullDescription', 'help'].filter((name) => rule[name] !== undefined && !hasText(rule[name]));
  const configuration = rule['defaultConfiguration'];
  const level = isData(configuration) ? configuration['level'] : undefined;
  return [...texts.map((name) => `${name} of ${String(rule['id'])} has no text`), ...(level === undefined || LEVELS.has(String(level)) ? [] : ['a level is unknown'])];
}

function hasText(message: unknown): boolean {
  return isData(message) && typeof message['text'] === 'string' && message['text'] !== '';
}

function resultProblems(result: unknown, ids: readonly unknown[]): string[] {
  if (!isData(result)) return ['a result is no object'];
  const { ruleId, ruleIndex, level, message } = result;
  const locations = list(result['locations']);
  return [
    ...(hasText(message) ? [] : ['a result has no message']),
    ...(level === undefined || LEVELS.has(String(level)) ? [] : ['a level is unknown']),
    ...(ruleIndex === undefined || ids[Number(ruleIndex)] === ruleId ? [] : ['ruleIndex points to another rule']),
    ...(locations === undefined ? ['locations is no list'] : locations.flatMap(locationProblems)),
  ];
}

function locationProblems(location: unknown): string[] {
  const place = isData(location) ? location['physicalLocation'] : undefined;
  const artifact = isData(place) ? place['artifactLocation'] : undefined;
  if (!isData(place) || !isData(artifact) || typeof artifact['uri'] !== 'string') return ['a location names no file'];
  const isUri = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/.test(artifact['uri']);
  return [...(isUri ? [] : [`"${artifact['uri']}" is no URI`]), ...regionProblems(place['region'])];
}

function regionProblems(region: unknown): string[] {
  if (region === undefined) return [];
  if (!isData(region)) return ['a region is no object'];
  const [startLine, startColumn, endLine, endColumn] = ['startLine', 'startColumn', 'endLine', 'endColumn'].map((name) => region[name]) as [unknown, unknown, unknown, unknown];
  const numbers = [startLine, startColumn, endLine, endColumn].map(Number);
  if (numbers.some((one) => !Number.isInteger(one) || one < 1)) return ['places count from 1'];
  const [line, column, lastLine, lastColumn] = numbers as [number, number, number, number];
  return lastLine < line || (lastLine === line && lastColumn < column) ? ['a region ends before it starts'] : [];
}
