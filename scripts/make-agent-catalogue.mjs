// SPDX-License-Identifier: GPL-2.0-or-later
/** Makes agents/catalogue.json from an index of agents' meta-data: `node scripts/make-agent-catalogue.mjs INDEX.json`. */
import { readFileSync, writeFileSync } from 'node:fs';

const [, , indexFile] = process.argv;
if (indexFile === undefined) {
  console.error('usage: node scripts/make-agent-catalogue.mjs INDEX.json');
  process.exit(2);
}
const index = JSON.parse(readFileSync(indexFile, 'utf8'));

/** Drops the empty tail of a row. */
const row = (values) => {
  let end = values.length;
  while (end > 1 && (values[end - 1] === null || values[end - 1] === undefined || values[end - 1] === '')) end--;
  return values.slice(0, end).map((value) => value ?? null);
};

const flags = (parameter) =>
  (parameter.required ? 'r' : '') + (parameter.deprecated ? 'd' : '') + (parameter.deprecatedByText ? 't' : '') + (parameter.reloadable ? 'l' : '');

const parameterRow = (p) => {
  const options = p.options?.length > 0 ? p.options : null;
  const obsoletes = p.obsoletes === undefined || p.obsoletes === null ? null : [p.obsoletes].flat();
  return row([p.name, p.type, flags(p), p.default ?? null, options, p.uniqueGroup ?? (p.unique ? p.name : null), obsoletes?.length > 0 ? obsoletes : null]);
};

const actionRow = (a) => row([a.name, a.timeout, a.interval, a.role, a.depth, a['start-delay'], a.automatic]);

const lines = [];
const agents = [...index.agents, ...index.extra].sort((a, b) => (a.id < b.id ? -1 : 1));
for (const agent of agents) {
  const entry = { p: agent.parameters.map(parameterRow), a: agent.actions.map(actionRow) };
  if (agent.version) entry.version = agent.version;
  if (agent.partial) entry.partial = true;
  if (typeof agent.globallyUniqueCapable === 'boolean') entry.unique = agent.globallyUniqueCapable;
  if (agent.cloneFacts) entry.clone = { ...agent.cloneFacts, note: undefined };
  lines.push(`${JSON.stringify(agent.id)}:${JSON.stringify(entry)}`);
}
writeFileSync(new URL('../agents/catalogue.json', import.meta.url), `{\n${lines.join(',\n')}\n}\n`);
