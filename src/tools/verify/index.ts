// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_verify: is this configuration all right? */
import { BackendError } from '../../backends/index.ts';
import { dateTime, readXml, upgradeCib, validateCib, writeXml, type XmlElement } from '../../cib/index.ts';
import { schedule, type Message } from '../../scheduler/index.ts';
import { absolute } from '../../platform/index.ts';
import { EXIT } from '../exit/codes.ts';
import { withBackend } from '../live.ts';
import { fileText, tool, ToolFailure, type ToolRun } from '../run.ts';
import { table } from './options.ts';

export { table };

const SOURCES = new Set(['live-check', 'xml-file', 'xml-pipe', 'xml-text']);
const NO_VALIDATION =
  'Schema validation of configuration is disabled (support for validate-with set to "none" is deprecated and will be removed in a future release)';
const UNREADABLE = 'Verification failed: Unable to parse CIB XML';
const NOT_CONFORMING = 'Update does not conform to the configured schema';

export const run = tool(table, async (run) => {
  const { options, output, context } = run;
  const source = options.last(SOURCES);
  if (source === undefined) return run.fail(EXIT.error, 'No input specified');
  const cib = await readSource(run, source.name, source.value ?? '');
  const path = options.value('save-xml');
  if (path !== undefined) context.disk.write(absolute(context.cwd, path), writeXml(cib, { indent: 2 }));
  if (cib.name !== 'cib') {
    output.error(`Input is not a CIB (outermost element is ${cib.name} not cib)`);
    return verdict(run, 'invalid');
  }
  return judge(run, cib);
});

async function readSource(run: ToolRun, source: string, value: string): Promise<XmlElement> {
  const { context } = run;
  if (source === 'live-check') return readLive(run);
  const text = source === 'xml-pipe' ? await context.readInput() : source === 'xml-text' ? value : await fileText(run, value);
  const read = text === undefined ? undefined : readXml(text);
  if (read === undefined || !read.ok) throw new ToolFailure(EXIT.invalidConfiguration, UNREADABLE);
  return read.root;
}

/** A cluster does not run with a document that is not valid; a file may hold one. */
async function readLive(run: ToolRun): Promise<XmlElement> {
  const cib = await withBackend(run, (backend) => backend.query()).catch((error: unknown) => {
    if (error instanceof BackendError) throw new ToolFailure(error.code, `Verification failed: ${error.message}`);
    throw error;
  });
  const findings = cib.get('validate-with')?.toLowerCase() === 'none' ? [] : validateCib(cib);
  if (findings.length === 0) return cib;
  if (run.options.has('verbose')) for (const finding of findings) run.context.err(`(schema) \terror: ${finding.message}\n`);
  run.output.error(`Could not connect to the CIB: ${NOT_CONFORMING}`);
  throw new ToolFailure(EXIT.invalidConfiguration, `Verification failed: ${NOT_CONFORMING}`);
}

function judge(run: ToolRun, cib: XmlElement): number {
  const { context, output } = run;
  if (cib.get('validate-with')?.toLowerCase() === 'none') context.err(`${NO_VALIDATION}\n`);
  const upgraded = upgradeCib(cib);
  for (const note of upgraded.notes) context.err(`${note.level.toUpperCase()}: ${note.message}\n`);
  const findings = upgraded.problem === undefined || upgraded.problem.kind === 'unknown-schema' ? [] : validateCib(cib);
  // What the schema forbids is told even without being asked: nothing can be repaired without knowing it.
  for (const finding of findings) output.error(finding.message);
  const isUpgradable = upgraded.problem === undefined;
  const messages = isUpgradable ? messagesOn(run, upgraded.cib) : [];
  for (const message of messages) tell(run, message);
  const complaints = messages.filter((message) => message.step === undefined);
  if (!isUpgradable || complaints.some((message) => message.severity === 'error')) {
    if (run.options.has('verbose') || output.isStructured) output.error('error: CIB did not pass schema validation');
    return verdict(run, 'invalid');
  }
  return complaints.length > 0 ? verdict(run, 'questionable') : EXIT.ok;
}

function messagesOn({ context }: ToolRun, cib: XmlElement): readonly Message[] {
  const now = Math.floor(context.epochMs() / 1000);
  return schedule(cib, { now: dateTime(now, context.zoneOffsetSeconds(now)) }).scheduler.messages;
}

/** Complaints about the configuration with the first `-V` (always for programs), remarks for the log with as many as they need. */
function tell({ output, options, context }: ToolRun, { severity, text, step }: Message): void {
  const verbosity = options.count('verbose');
  if (step === undefined) {
    if (verbosity > 0 || output.isStructured) output.error(`${severity}: ${text}`);
  } else if (verbosity > (severity === 'error' ? 0 : 1)) {
    context.err(`(${step}) \t${severity}: ${text}\n`);
  }
}

function verdict({ output, options }: ToolRun, state: 'invalid' | 'questionable'): number {
  const hint = options.has('verbose') || output.isStructured ? '' : ' (-V may provide more detail)';
  if (!options.has('quiet')) output.error(`Configuration ${state === 'invalid' ? 'invalid' : 'may need attention'}${hint}`);
  return EXIT.invalidConfiguration;
}
