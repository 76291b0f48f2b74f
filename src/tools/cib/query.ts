// SPDX-License-Identifier: GPL-2.0-or-later
/** `cibadmin --query`: all, a section, or what an XPath selects. */
import { element, elementPath, findSection, loadXPath, selectXPath, writeXml, type XmlElement } from '../../cib/index.ts';
import { EXIT } from '../exit/codes.ts';
import { queryCib, withBackend } from '../live.ts';
import { ToolFailure, type ToolRun } from '../run.ts';
import { printed } from './index.ts';
import { targetOf } from './target.ts';

const NOT_FOUND = 'CIB API call failed: No such device or address';

export async function query(run: ToolRun): Promise<number> {
  const { options } = run;
  const cib = await withBackend(run, (backend) => queryCib(backend, 'CIB API call failed: '));
  if (options.has('show-access')) {
    const { showAccess } = await import('./access.ts');
    return showAccess(run, cib);
  }
  const target = targetOf(run);
  if (target.xpath !== undefined) return queryXPath(run, cib, target.xpath);
  const section = target.section === undefined ? cib : findSection(cib, target.section)?.at(-1);
  if (section === undefined) throw new ToolFailure(EXIT.noSuch, NOT_FOUND);
  return printed(run, writeXml(options.has('no-children') ? section.withChildren([]) : section, { indent: 2 }));
}

async function queryXPath(run: ToolRun, cib: XmlElement, xpath: string): Promise<number> {
  await loadXPath();
  const found = selectXPath(cib, xpath);
  if (found === undefined || found.length === 0) throw new ToolFailure(EXIT.noSuch, NOT_FOUND);
  if (run.options.has('node-path')) {
    const paths = found.map((location) => elementPath(location));
    run.output.text(...paths);
    run.output.element(element('xpath-query', {}, paths.map((path) => element('xpath-query-path', { path }))));
    return EXIT.ok;
  }
  const attribute = /\/@([-\w.:]+)$/.exec(xpath)?.[1];
  const elements = found.map((location) => location[location.length - 1]!);
  return printed(run, writeXml(attribute === undefined ? resultElement(run, elements) : attributeResult(elements, attribute), { indent: 2 }));
}

function resultElement({ options }: ToolRun, elements: readonly XmlElement[]): XmlElement {
  const shown = options.has('no-children') ? elements.map((one) => one.withChildren([])) : elements;
  return shown.length === 1 ? shown[0]! : element('xpath-query', {}, shown);
}

/** Selected attributes stand on the result element; of several with one name the last remains. */
function attributeResult(elements: readonly XmlElement[], name: string): XmlElement {
  return element('xpath-query', { [name]: elements.findLast((one) => one.has(name))?.get(name) });
}
