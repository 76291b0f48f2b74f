// SPDX-License-Identifier: GPL-2.0-or-later
/** Where a simulation gets its CIB from, brought to the newest schema. */
import { element, NEWEST_SCHEMA, readXml, schemaName, upgradeCib, validateCib, type XmlElement } from '../../cib/index.ts';
import { withBackend } from '../live.ts';
import { fileText, ToolFailure, type ToolRun } from '../run.ts';
import { EXIT } from '../exit/codes.ts';

const NO_VALIDATION =
  'Schema validation of configuration is disabled (support for validate-with set to "none" is deprecated and will be removed in a future release)';

/** The last source that was named; without one the running cluster. */
export async function readInput(run: ToolRun): Promise<XmlElement> {
  const source = run.options.last(new Set(['live-check', 'xml-file', 'xml-pipe']));
  if (source === undefined || source.name === 'live-check') return withBackend(run, (backend) => backend.query());
  const text = source.name === 'xml-pipe' ? await run.context.readInput() : await fileText(run, source.value ?? '');
  if (text === undefined) throw new ToolFailure(EXIT.noInput, 'Could not read input XML: No such file or directory');
  const read = readXml(text);
  if (!read.ok) throw new ToolFailure(EXIT.dataError, 'Could not read input XML: Bad input value provided');
  return read.root;
}

/** The document in the newest schema, with a status section; what was lost on the way is told. */
export function upgradeInput({ context }: ToolRun, cib: XmlElement): XmlElement {
  if (cib.get('validate-with')?.toLowerCase() === 'none') context.err(`${NO_VALIDATION}\n`);
  const { cib: upgraded, notes, problem } = upgradeCib(cib);
  for (const note of notes) context.err(`${note.level.toUpperCase()}: ${note.message}\n`);
  if (problem !== undefined) {
    const claimed = cib.get('validate-with') ?? 'none';
    if (problem.kind !== 'unknown-schema') for (const finding of validateCib(cib)) context.err(`${finding.message}\n`);
    const message = `Cannot upgrade configuration (claiming ${claimed} schema) to at least ${schemaName(NEWEST_SCHEMA)} because it does not validate with any schema from ${claimed} to the latest`;
    throw new ToolFailure(EXIT.invalidConfiguration, message, false);
  }
  return upgraded.first('status') === undefined ? upgraded.append(element('status')) : upgraded;
}
