// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_diff: the difference of two CIBs as a patch, and a patch applied. */
import { applyPatch, diffCib, readXml, writeXml, type XmlElement } from '../../cib/index.ts';
import { EXIT } from '../exit/codes.ts';
import type { OptionTable } from '../options/index.ts';
import { quotedXml } from '../output/index.ts';
import { fileText, tool, ToolFailure, type ToolRun } from '../run.ts';

export const table: OptionTable = {
  tool: 'crm_diff',
  summary: 'Compare two CIBs and print the difference as a patch, or apply such a patch.',
  usage: '--original=FILE (--new=FILE | --patch=FILE) [options]',
  description: ['The exit code is 1 when the documents differ, and 0 when they do not or when a patch was applied.'],
  groups: [
    { key: 'xml', title: 'What to compare' },
    { key: 'additional', title: 'Additional options' },
  ],
  options: [
    { name: 'original', short: 'o', argument: 'FILE', group: 'xml', summary: 'File with the first document' },
    { name: 'new', short: 'n', argument: 'FILE', group: 'xml', summary: 'File with the second document' },
    { name: 'original-string', short: 'O', argument: 'XML', group: 'xml', summary: 'The first document itself' },
    { name: 'new-string', short: 'N', argument: 'XML', group: 'xml', summary: 'The second document itself' },
    { name: 'patch', short: 'p', argument: 'FILE', group: 'additional', summary: 'Apply this patch to the first document and print the result' },
    { name: 'cib', short: 'c', group: 'additional', summary: 'Compare as CIBs: the order of attributes does not count, the patch carries a digest' },
    { name: 'no-version', short: 'u', group: 'additional', summary: 'Leave version numbers out' },
    { name: 'stdin', short: 's', group: 'additional', summary: 'Read the first document from standard input', isHidden: true },
  ],
  formats: ['text', 'xml', 'json'],
  examples: [
    { text: 'What would change', command: 'crm_diff --original cib-old.xml --new cib-new.xml' },
    { text: 'Send only the difference to the cluster', command: 'crm_diff --original cib-old.xml --new cib-new.xml > patch.xml; cibadmin --patch --xml-file patch.xml' },
  ],
};

export const run = tool(table, async (run) => {
  const { options, output } = run;
  const hasOriginal = options.has('original') || options.has('original-string') || options.has('stdin');
  if (!hasOriginal) return run.fail(EXIT.usage, 'Either --original or --original-string must be specified');
  const patch = options.value('patch');
  if (patch === undefined && !options.has('new') && !options.has('new-string') && !options.has('stdin')) {
    return run.fail(EXIT.usage, 'Either --new, --new-string, or --patch must be specified');
  }
  if (options.has('cib') && options.has('no-version')) return run.fail(EXIT.usage, '-u/--no-version incompatible with -c/--cib');
  if (options.has('no-version') && patch !== undefined) output.error('Warning: -u/--no-version ignored with -p/--patch');
  const original = await document(run, 'original', 'original');
  if (patch !== undefined) return applied(run, original, parsed((await fileText(run, patch)) ?? '', 'patch'));
  const isCib = options.has('cib');
  const difference = diffCib(original, await document(run, 'new', 'new'), { withoutVersion: options.has('no-version'), withDigest: isCib, attributeOrder: !isCib });
  if (difference === undefined) return EXIT.ok;
  const text = writeXml(difference, { indent: 2 });
  output.raw(text);
  output.element(quotedXml('patchset', text));
  return EXIT.error;
});

async function document(run: ToolRun, name: 'original' | 'new', label: string): Promise<XmlElement> {
  const { options, context } = run;
  const text = options.value(`${name}-string`);
  if (text !== undefined) return parsed(text, label);
  const file = options.value(name);
  if (file !== undefined) return parsed((await fileText(run, file)) ?? '', label);
  return parsed(await context.readInput(), label);
}

function parsed(text: string, label: string): XmlElement {
  const result = readXml(text);
  if (!result.ok) throw new ToolFailure(EXIT.dataError, `Failed to parse ${label} XML`);
  return result.root;
}

function applied(run: ToolRun, original: XmlElement, patch: XmlElement): number {
  const result = applyPatch(original, patch);
  if (!result.ok) {
    if (result.problem === 'format') return run.fail(EXIT.software, 'Could not apply patch: Invalid argument');
    return run.fail(EXIT.error, 'Could not apply patch: Application of update diff failed');
  }
  const text = writeXml(result.cib, { indent: 2 });
  run.output.raw(text);
  run.output.element(quotedXml('updated', text));
  return EXIT.ok;
}
