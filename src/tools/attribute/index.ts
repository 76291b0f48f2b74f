// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_attribute: cluster options, defaults, node attributes, utilization, promotion scores. */
import type { Backend } from '../../backends/index.ts';
import { element, type XmlElement } from '../../cib/index.ts';
import { EXIT } from '../exit/codes.ts';
import { queryCib } from '../live.ts';
import { tool, ToolFailure, type ToolRun } from '../run.ts';
import { deletePair, setPair } from './change.ts';
import { localNodeName, nodeId } from './node-id.ts';
import { table } from './options.ts';
import { findPairs, type Match, type Place, type Scope, type Selection } from './place.ts';

export { table };

/** What is asked for, once node, place and name are known. */
export interface AttributeRequest {
  readonly run: ToolRun;
  readonly backend: Backend;
  readonly cib: XmlElement;
  readonly place: Place;
  readonly nodeName: string | undefined;
  readonly selection: Selection;
}

const COMMANDS = new Set(['query', 'update', 'delete']);
const NO_SUCH_VALUE = 'Error performing operation: No such device or address';

export const run = tool(table, async (run) => {
  const { options } = run;
  if (options.has('list-options')) {
    const { listOptions } = await import('../option-list/index.ts');
    return listOptions(run, ['cluster'], options.value('list-options') ?? '');
  }
  const command = options.last(COMMANDS)?.name ?? 'query';
  const promoted = promotionName(run);
  const selection = selectionOf(run, promoted);
  const isNameless = selection.name === undefined && selection.pattern === undefined;
  if (isNameless && command !== 'query') throw new ToolFailure(EXIT.usage, `Error: must specify attribute name or pattern to ${command}`);
  const backend = await run.context.openBackend();
  try {
    const cib = await queryCib(backend, 'Error performing operation: ');
    const { place, nodeName } = await findPlace(run, backend, cib, promoted !== undefined);
    const request: AttributeRequest = { run, backend, cib, place, nodeName, selection };
    if (command === 'update') return await update(request, options.value('update') ?? '');
    return command === 'delete' ? await remove(request) : await query(request);
  } finally {
    await backend.close();
  }
});

/** Name of the promotion score asked for with `-p`; the resource may be the calling agent's. */
function promotionName({ options, context }: ToolRun): string | undefined {
  if (!options.has('promotion')) return undefined;
  const resource = options.value('promotion') ?? context.env.get('OCF_RESOURCE_INSTANCE');
  const named = resource === '' ? context.env.get('OCF_RESOURCE_INSTANCE') : resource;
  if (named === undefined || named === '') throw new ToolFailure(EXIT.usage, '-p/--promotion must be called from an OCF resource agent or with a resource ID specified');
  return `master-${named}`;
}

function selectionOf({ options }: ToolRun, promoted: string | undefined): Selection {
  const name = promoted ?? options.value('name');
  const pattern = options.value('pattern');
  return {
    ...(name === undefined ? {} : { name }),
    ...(pattern === undefined ? {} : { pattern: regularExpression(pattern) }),
    ...given('id', options.value('id')),
    ...given('set', options.value('set-name')),
  };
}

function given(key: 'id' | 'set', value: string | undefined): Selection {
  return value === undefined ? {} : { [key]: value };
}

function regularExpression(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    throw new ToolFailure(EXIT.usage, `Error: '${pattern}' is not a regular expression`);
  }
}

async function findPlace(run: ToolRun, backend: Backend, cib: XmlElement, isPromotion: boolean): Promise<{ place: Place; nodeName: string | undefined }> {
  const { options, context } = run;
  const scope = scopeOf(run, isPromotion);
  const isUtilization = options.has('utilization');
  const isOfNode = scope === 'nodes' || scope === 'status' || !(SCOPES as readonly string[]).includes(scope);
  if (!isOfNode) return { place: { scope }, nodeName: undefined };
  const nodeName = options.value('node') ?? (await localNodeName(context, backend));
  const id = nodeId(cib, nodeName);
  if (id === undefined) throw new ToolFailure(EXIT.noSuch, `Could not map name=${nodeName} to a UUID`);
  const isKnown = cib.at('configuration', 'nodes')?.elements('node').some((node) => node.id === id) === true;
  return { place: { scope, nodeId: id, isUtilization, ...(scope === 'nodes' && !isKnown ? { newNode: nodeName } : {}) }, nodeName };
}

const SCOPES: readonly Scope[] = ['crm_config', 'rsc_defaults', 'op_defaults', 'tickets', 'nodes', 'status'];

/** Place by type, else by lifetime, else by whether a node is named. A type nobody knows is looked up as a node's. */
function scopeOf({ options }: ToolRun, isPromotion: boolean): Scope {
  const lifetime = options.value('lifetime');
  const type = options.value('type');
  if (type !== undefined && type !== 'nodes' && type !== 'status') return SCOPES.find((scope) => scope === type) ?? 'nodes';
  if (options.has('utilization')) return 'nodes';
  if (lifetime === 'reboot' || lifetime === 'forever') return lifetime === 'reboot' ? 'status' : 'nodes';
  if (lifetime !== undefined) throw new ToolFailure(EXIT.protocol, 'Error performing operation: No message of desired type');
  if (type !== undefined) return type === 'status' ? 'status' : 'nodes';
  if (isPromotion) return 'status';
  return options.has('node') ? 'nodes' : 'crm_config';
}

async function query(request: AttributeRequest): Promise<number> {
  const { run, selection, place, cib } = request;
  const live = await liveValue(request);
  if (live !== undefined) return shown(run, place, selection.name!, live, undefined);
  const matches = findPairs(cib, place, selection);
  for (const { nvpair } of matches) shown(run, place, nvpair.get('name') ?? '', nvpair.get('value') ?? '', nvpair.id);
  if (matches.length > 0) return EXIT.ok;
  const fallback = run.options.value('default');
  if (fallback === undefined) return run.fail(EXIT.noSuch, NO_SUCH_VALUE);
  // What is not there is told with all that was asked for, the node too.
  return shown(run, place, selection.name ?? '', fallback, selection.id, run.options.value('node') ?? request.nodeName);
}

/** A running cluster knows transient values before they reach the CIB. */
async function liveValue({ backend, place, nodeName, selection }: AttributeRequest): Promise<string | undefined> {
  if (backend.cluster === undefined || place.scope !== 'status' || nodeName === undefined || selection.name === undefined) return undefined;
  return backend.cluster.getAttribute(selection.name, nodeName);
}

function shown({ options, output }: ToolRun, { scope }: Place, name: string, value: string, id: string | undefined, host?: string): number {
  const shownId = options.has('id') ? id : undefined;
  if (options.has('quiet')) output.text(value);
  else output.text(`scope=${scope}${shownId === undefined ? '' : ` id=${shownId}`} name=${name} value=${value}`);
  output.element(element('attribute', { name, value, scope, id: shownId, host }));
  return EXIT.ok;
}

async function update(request: AttributeRequest, value: string): Promise<number> {
  const { run, backend, cib, place, nodeName, selection } = request;
  if (backend.cluster !== undefined && place.scope === 'status' && nodeName !== undefined && selection.name !== undefined) {
    await backend.cluster.setAttribute({ name: selection.name, value, node: nodeName, ...(selection.set === undefined ? {} : { set: selection.set }) });
    return EXIT.ok;
  }
  const matches = findPairs(cib, place, selection);
  if (selection.pattern !== undefined) {
    for (const present of matches) await write(request, present.nvpair.get('name') ?? '', value, present);
    return EXIT.ok;
  }
  if (matches.length > 1) return ambiguous(run, selection, matches);
  await write(request, selection.name!, value, matches[0]);
  return EXIT.ok;
}

async function write({ run, backend, place, selection }: AttributeRequest, name: string, value: string, present: Match | undefined): Promise<void> {
  const reply = await setPair(backend, { place, name, value, ...given('set', selection.set), ...given('id', selection.id), ...(present === undefined ? {} : { present }) }, 'crm_attribute');
  if (reply.ok) return;
  run.output.error(`Error setting ${name}=${value} (section=${place.scope}, set=${selection.set ?? setShown(place)}): ${reply.message}`);
  throw new ToolFailure(reply.code, `Error performing operation: ${reply.message}`);
}

function setShown(place: Place): string {
  return place.scope === 'nodes' || place.scope === 'status' ? `${place.scope}-${place.nodeId}` : '<null>';
}

function ambiguous(run: ToolRun, selection: Selection, matches: readonly Match[]): number {
  listMatches(run, selection, matches);
  return run.fail(EXIT.multiple, "Please choose from one of the matches below and supply the 'id' with --attr-id");
}

function listMatches({ output }: ToolRun, selection: Selection, matches: readonly Match[]): void {
  output.text(`Multiple attributes match name=${selection.name}`);
  for (const { nvpair } of matches) output.text(`  Value: ${nvpair.get('value')} \t(id=${nvpair.id})`);
}

async function remove(request: AttributeRequest): Promise<number> {
  const { run, backend, cib, place, nodeName, selection } = request;
  const matches = findPairs(cib, place, selection);
  if (backend.cluster !== undefined && place.scope === 'status' && nodeName !== undefined) {
    const names = selection.name === undefined ? matches.map(({ nvpair }) => nvpair.get('name') ?? '') : [selection.name];
    for (const name of names) await backend.cluster.setAttribute({ name, value: undefined, node: nodeName });
    for (const match of matches) told(request, match);
    return EXIT.ok;
  }
  if (matches.length > 1 && selection.pattern === undefined) {
    listMatches(run, selection, matches);
    return EXIT.ok;
  }
  for (const match of matches) {
    const reply = await deletePair(backend, place, match, 'crm_attribute');
    if (!reply.ok) throw new ToolFailure(reply.code, `Error performing operation: ${reply.message}`);
    told(request, match);
  }
  return EXIT.ok;
}

function told({ run, place, selection }: AttributeRequest, { nvpair }: Match): void {
  const what = place.scope === 'crm_config' ? 'option' : 'attribute';
  const set = selection.set === undefined ? '' : ` set=${selection.set}`;
  run.output.text(`Deleted ${place.scope} ${what}: id=${nvpair.id}${set} name=${nvpair.get('name')}`);
}
