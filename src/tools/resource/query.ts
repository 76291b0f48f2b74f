// SPDX-License-Identifier: GPL-2.0-or-later
/** `--query-xml` and `--query-xml-raw`: a resource as it is configured. */
import { findResource, writeXml } from '../../cib/index.ts';
import { outlineToText, resourceOutline, resourceXml } from '../../scheduler/index.ts';
import { EXIT } from '../exit/codes.ts';
import { quotedXml } from '../output/index.ts';
import { activeResource, requiredId, type ResourceRun } from './cluster.ts';
import { viewOf } from './list.ts';

export function queryXml(run: ResourceRun, isExpanded: boolean): number {
  const { output } = run;
  const resource = activeResource(run, requiredId(run), 'any');
  const own = resource.xml;
  const source = isExpanded ? own : (findResource(run.cluster.cib, own.id ?? '')?.element ?? own);
  const number = /:(\d+)$/.exec(resource.id)?.[1];
  const text = writeXml(number === undefined || resource.kind !== 'primitive' ? source : source.with('clone', number), { indent: 2 });
  const outline = resourceOutline(resource, viewOf(run, { showsPending: true }));
  if (outline !== undefined) output.raw(stateLines(outlineToText(outline)));
  output.raw(`Resource XML:\n${text}`);
  const state = resourceXml(resource, viewOf(run, { showsInactive: true, isDetailed: true, showsPending: true }));
  output.element({ name: 'resource_config', attributes: {}, children: [...(state === undefined ? [] : [state]), quotedXml('xml', text)] });
  return EXIT.ok;
}

/** The state without the heading of a container and without the marks of a list. */
function stateLines(text: string): string {
  const lines = text.split('\n').filter((line) => line !== '');
  const items = lines.length > 1 || lines[0]?.endsWith(':') === true ? lines.slice(1) : lines;
  return items.map((line) => `${line.replace(/^\s*\* /, '')}\n`).join('');
}
