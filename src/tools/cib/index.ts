// SPDX-License-Identifier: GPL-2.0-or-later
/** cibadmin: the CIB itself. */
import { digestV1, digestV2, element, emptyCib, writeXml, type CibChange, type XmlElement } from '../../cib/index.ts';
import { EXIT } from '../exit/codes.ts';
import { withBackend } from '../live.ts';
import type { GivenOption } from '../options/index.ts';
import { quotedXml } from '../output/index.ts';
import { tool, ToolFailure, type ToolRun } from '../run.ts';
import { inputOf } from './input.ts';
import { table } from './options.ts';
import { query } from './query.ts';
import { targetOf } from './target.ts';

export { table };

const COMMANDS = new Set(['upgrade', 'query', 'erase', 'bump', 'create', 'modify', 'patch', 'replace', 'delete', 'delete-all', 'empty', 'md5-sum', 'md5-sum-versioned']);
const DANGEROUS = new Set(['erase', 'upgrade', 'delete-all']);
const DANGER = 'The supplied command is considered dangerous. To prevent accidental destruction of the cluster, the --force flag is required in order to proceed.';

export const run = tool(table, async (run) => {
  const { options } = run;
  const command = options.last(COMMANDS) ?? { name: 'query', spelling: 'Q', value: undefined };
  if (options.words.length > 0) return run.fail(EXIT.usage, `non-option ARGV-elements: ${options.words.join(' ')}\n\n${run.usageText()}`.trimEnd());
  if (DANGEROUS.has(command.name) && !options.has('force')) return run.fail(EXIT.unsafe, DANGER);
  if (Number(options.value('timeout') ?? 1) < 1) run.output.error('Timeout must be positive, defaulting to 30');
  switch (command.name) {
    case 'query':
      return query(run);
    case 'empty':
      return printed(run, writeXml(emptyDocument(command.value), { indent: 2 }));
    case 'md5-sum':
      return digest(run, digestV1(await required(run)));
    case 'md5-sum-versioned':
      return digest(run, digestV2(await required(run)));
    default:
      return change(run, command);
  }
});

/** An empty CIB that names a schema, known or not. */
export function emptyDocument(schema: string | undefined): XmlElement {
  return schema === undefined ? emptyCib() : emptyCib().with('validate-with', schema);
}

/** XML on standard output as it is; for programs inside an `output` element. */
export function printed({ output }: ToolRun, text: string): number {
  output.raw(text);
  output.element(quotedXml('output', text));
  return EXIT.ok;
}

function digest({ output }: ToolRun, sum: string): number {
  output.text(sum);
  output.element(element('md5-sum', { digest: sum }));
  return EXIT.ok;
}

async function required(run: ToolRun): Promise<XmlElement> {
  const data = await inputOf(run);
  if (data === undefined) throw new ToolFailure(EXIT.usage, 'The supplied command requires input via --xml-file, --xml-text, or --xml-pipe');
  return data;
}

async function change(run: ToolRun, command: GivenOption): Promise<number> {
  const wanted = await requestedChange(run, command.name);
  const user = run.options.value('user');
  return withBackend(run, async (backend) => {
    const reply = await backend.apply({ client: 'cibadmin', change: wanted, ...(user === undefined ? {} : { user }) });
    if (reply.ok) return EXIT.ok;
    if (run.options.has('verbose')) run.output.error(...(reply.detail ?? []));
    if (command.name === 'create' && 'data' in wanted && wanted.data !== undefined && reply.code !== EXIT.insufficientPrivileges) reportFailedCreate(run, wanted.data, reply.code, reply.message);
    // Erasing is asked for over another path in the reference, which words the same refusal otherwise.
    if (command.name === 'erase') throw new ToolFailure(reply.code, `Call failed: ${reply.message}`, false);
    return run.fail(reply.code, `CIB API call failed: ${reply.message}`);
  });
}

async function requestedChange(run: ToolRun, command: string): Promise<CibChange> {
  const { options } = run;
  switch (command) {
    case 'erase':
    case 'bump':
    case 'upgrade':
      return { op: command };
    case 'patch':
      return { op: 'patch', data: await required(run) };
    case 'delete':
    case 'delete-all':
      return deletion(run, command);
    default: {
      const data = await required(run);
      return { op: command === 'create' ? 'create' : command === 'modify' ? 'modify' : 'replace', data, allowCreate: options.has('allow-create'), ...targetOf(run) };
    }
  }
}

/** An XPath says itself what to delete; only with one `delete-all` means more than `delete`. */
async function deletion(run: ToolRun, command: 'delete' | 'delete-all'): Promise<CibChange> {
  if (run.options.last(new Set(['scope', 'xpath']))?.name === 'xpath') return { op: command, ...targetOf(run) };
  const data = await inputOf(run);
  if (data === undefined) throw new ToolFailure(EXIT.usage, 'The supplied command requires either --xpath or input via --xml-file, --xml-text, or --xml-pipe');
  return { op: 'delete', data, ...targetOf(run) };
}

/** What could not be created stands on standard output, for scripts that read it there. */
function reportFailedCreate({ output }: ToolRun, data: XmlElement, code: number, reason: string): void {
  if (code === EXIT.invalidConfiguration) return;
  const update = element('failed_update', { id: data.id, 'object-type': data.name, operation: 'cib_create', reason }, [data]);
  const text = writeXml(element('failed', {}, [update]), { indent: 2 });
  output.raw(text);
  output.element(quotedXml('output', text));
}
