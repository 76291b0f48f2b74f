// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_shadow: copies of the configuration to work on. */
import { shadowPath } from '../../backends/index.ts';
import { diffCib, element, readXml, renderPatch, writeXml, XmlText, type XmlElement } from '../../cib/index.ts';
import { emptyDocument } from '../cib/index.ts';
import { EXIT } from '../exit/codes.ts';
import { queryCib } from '../live.ts';
import { quotedXml } from '../output/index.ts';
import { tool, ToolFailure, type ToolRun } from '../run.ts';
import { table } from './options.ts';
import { openShell } from './shell.ts';

export { table };

const COMMANDS = new Set(['which', 'display', 'diff', 'file', 'create', 'create-empty', 'commit', 'delete', 'edit', 'reset', 'switch']);

export const run = tool(table, async (run) => {
  const command = run.options.last(COMMANDS);
  if (command === undefined) return run.fail(EXIT.usage, `Must specify a query or command option\n\n${run.usageText()}`.trimEnd());
  const name = command.value ?? '';
  switch (command.name) {
    case 'which':
      return which(run);
    case 'file':
      return file(run);
    case 'display':
      return display(run);
    case 'diff':
      return diff(run);
    case 'edit':
      return edit(run);
    case 'create':
      return create(run, name, () => activeCib(run));
    case 'create-empty':
      return create(run, name, () => newDocument(run));
    case 'reset':
      requireForce(run, name, 'The reset command overwrites the active shadow configuration.', 'the shadow file');
      return write(run, name, await activeCib(run));
    case 'commit':
      return commit(run, name);
    case 'delete':
      return remove(run, name);
    default:
      return switchTo(run, name);
  }
});

function activeName({ context }: ToolRun): string {
  const name = context.env.get('CIB_shadow');
  if (name === undefined || name === '') throw new ToolFailure(EXIT.noSuch, 'No active shadow configuration defined');
  return name;
}

function pathOf({ context }: ToolRun, name: string): string {
  return shadowPath(name, context.env, context.userName);
}

function which(run: ToolRun): number {
  const name = activeName(run);
  run.output.text(name);
  run.output.element(element('shadow', { instance: name }));
  return EXIT.ok;
}

function file(run: ToolRun): number {
  const name = activeName(run);
  run.output.text(pathOf(run, name));
  run.output.element(element('shadow', { instance: name, file: pathOf(run, name) }));
  return EXIT.ok;
}

function display(run: ToolRun): number {
  const name = activeName(run);
  const text = writeXml(shadowCib(run, name), { indent: 2 });
  run.output.raw(text);
  run.output.element({ name: 'shadow', attributes: { instance: name }, children: [quotedXml('content', text)] });
  return EXIT.ok;
}

async function diff(run: ToolRun): Promise<number> {
  const name = activeName(run);
  const shadow = shadowCib(run, name);
  const patch = diffCib(await activeCib(run), shadow, { attributeOrder: true });
  if (patch !== undefined) run.output.text(...renderPatch(patch));
  const children = patch === undefined ? [] : [quotedXml('xml-patchset', writeXml(patch, { indent: 2 }))];
  run.output.element({ name: 'shadow', attributes: { instance: name }, children });
  return patch === undefined ? EXIT.ok : EXIT.error;
}

/** The editor gets the file itself; what it leaves behind must still be a document. */
async function edit(run: ToolRun): Promise<number> {
  const name = activeName(run);
  shadowCib(run, name);
  const editor = run.context.env.get('EDITOR');
  if (editor === undefined || editor === '') throw new ToolFailure(EXIT.error, 'No value for EDITOR defined');
  const { code } = await run.context.spawn({ program: editor, args: [pathOf(run, name)], isInteractive: true });
  if (code !== 0) throw new ToolFailure(EXIT.error, `Could not invoke EDITOR (${editor} ${pathOf(run, name)})`);
  shadowCib(run, name);
  return EXIT.ok;
}

function shadowCib(run: ToolRun, name: string): XmlElement {
  const text = run.context.disk.read(pathOf(run, name));
  if (text === undefined) throw new ToolFailure(EXIT.noSuch, `Could not access shadow instance '${name}': No such file or directory`);
  const result = readXml(text);
  if (!result.ok) throw new ToolFailure(EXIT.invalidConfiguration, `Could not read shadow instance '${name}': Unable to parse CIB XML (line ${result.problem.line}: ${result.problem.message})`);
  return result.root;
}

/** The CIB behind the shadows: of the file or cluster that is worked on without one. */
async function activeCib(run: ToolRun): Promise<XmlElement> {
  const backend = await run.context.openBackend({ ignoresShadow: true });
  try {
    return await queryCib(backend, 'Could not connect to CIB: ');
  } finally {
    await backend.close();
  }
}

function newDocument(run: ToolRun): Promise<XmlElement> {
  const cib = emptyDocument(run.options.value('validate-with')).with('epoch', '0');
  run.output.text(`Created new ${cib.get('validate-with')} configuration`);
  return Promise.resolve(cib);
}

async function create(run: ToolRun, name: string, content: () => Promise<XmlElement>): Promise<number> {
  if (run.context.disk.status(pathOf(run, name)) !== undefined && !run.options.has('force')) {
    throw new ToolFailure(EXIT.cannotCreate, `A shadow instance '${name}' already exists.\nTo prevent accidental destruction of the shadow file, the --force flag is required in order to proceed.`);
  }
  return write(run, name, await content());
}

async function write(run: ToolRun, name: string, cib: XmlElement): Promise<number> {
  // A name is no path: it would put a file outside of the folder of shadows.
  if (name === '' || name.includes('/')) throw new ToolFailure(EXIT.noSuch, `Could not create the shadow instance '${name}': No such file or directory`);
  run.context.disk.write(pathOf(run, name), writeXml(cib, { indent: 2 }));
  if (!run.options.has('batch')) return openShell(run, name);
  instruct(run, `A new shadow instance was created. To begin using it, enter the following into your shell:\n\texport CIB_shadow=${name}`);
  return EXIT.ok;
}

async function switchTo(run: ToolRun, name: string): Promise<number> {
  shadowCib(run, name);
  if (!run.options.has('batch')) return openShell(run, name);
  instruct(run, `To switch to the named shadow instance, enter the following into your shell:\n\texport CIB_shadow=${name}`);
  return EXIT.ok;
}

function instruct({ output }: ToolRun, text: string): void {
  output.text(text);
  output.element(element('instruction', {}, [new XmlText(text)]));
}

function requireForce(run: ToolRun, name: string, danger: string, protectedThing: string): void {
  if (run.options.has('force')) return;
  const active = run.context.env.get('CIB_shadow');
  const mismatch = active === undefined || active === '' || active === name ? [] : [`Additionally, the supplied shadow instance (${name}) is not the same as the active one (${active}).`];
  throw new ToolFailure(EXIT.usage, [danger, ...mismatch, `To prevent accidental destruction of ${protectedThing}, the --force flag is required in order to proceed.`].join('\n'));
}

async function commit(run: ToolRun, name: string): Promise<number> {
  requireForce(run, name, 'The commit command overwrites the active cluster configuration.', 'the cluster');
  const shadow = shadowCib(run, name);
  const backend = await run.context.openBackend({ ignoresShadow: true });
  try {
    await queryCib(backend, 'Could not connect to CIB: ');
    const configuration = shadow.first('configuration');
    const isWhole = run.options.has('all') || configuration === undefined;
    const reply = await backend.apply({ client: 'crm_shadow', countsUnchanged: 'numUpdates', change: isWhole ? { op: 'replace', data: shadow } : { op: 'replace', section: 'configuration', data: configuration } });
    if (!reply.ok) throw new ToolFailure(reply.code, `Could not commit shadow instance '${name}' to the CIB: ${reply.message}`);
    return EXIT.ok;
  } finally {
    await backend.close();
  }
}

function remove(run: ToolRun, name: string): number {
  requireForce(run, name, 'The delete command removes the specified shadow file.', 'the shadow file');
  if (name === '' || name.includes('/')) throw new ToolFailure(EXIT.noSuch, `Could not remove the shadow instance '${name}': No such file or directory`);
  run.context.disk.remove(pathOf(run, name));
  if (run.context.env.get('CIB_shadow') === name) instruct(run, 'Remember to unset the CIB_shadow variable by entering the following into your shell:\n\tunset CIB_shadow');
  return EXIT.ok;
}
