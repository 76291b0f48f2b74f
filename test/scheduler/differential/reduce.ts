// SPDX-License-Identifier: GPL-2.0-or-later
/** Makes a CIB smaller while it keeps a property: elements, then attributes are left out, as long as there is something to leave out. */
import { writeXml, type XmlElement } from '../../../src/cib/index.ts';

/** Without them a document is no CIB, or says something else than before. */
const KEPT = new Set(['configuration', 'crm_config', 'nodes', 'resources', 'constraints', 'status']);
const KEPT_ATTRIBUTES = new Set([
  'id', 'uname', 'name', 'validate-with', 'crm_feature_set', 'execution-date', 'have-quorum', 'class', 'provider', 'type', 'in_ccm', 'crmd', 'join',
  'rc-code', 'op-status', 'operation', 'operation_key', 'interval', 'call-id', 'transition-key', 'transition-magic', 'score',
]);

export async function reduce(cib: XmlElement, holds: (text: string) => Promise<boolean>, maxTrials: number): Promise<XmlElement> {
  let best = cib;
  let left = maxTrials;
  const attempt = async (candidate: XmlElement): Promise<boolean> => {
    if (left-- <= 0 || !(await holds(writeXml(candidate)))) return false;
    best = candidate;
    return true;
  };
  let before: XmlElement;
  do {
    before = best;
    for (const path of paths(best).reverse()) if (at(best, path) !== undefined) await attempt(changed(best, path, () => undefined));
    for (const path of paths(best)) {
      for (const name of namesAt(best, path)) await attempt(changed(best, path, (element) => element.with(name, undefined)));
    }
  } while (before !== best);
  return best;
}

type Path = readonly number[];

/** Places of all elements that may go, the outer ones last. */
function paths(element: XmlElement, here: Path = []): Path[] {
  const found = element.elements().flatMap((child, i) => paths(child, [...here, i]));
  return here.length === 0 || KEPT.has(element.name) ? found : [...found, here];
}

function at(element: XmlElement, path: Path): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((parent, i) => parent?.elements()[i], element);
}

function namesAt(cib: XmlElement, path: Path): string[] {
  const found = at(cib, path);
  if (found === undefined) return [];
  return [...writeXml(found.withChildren([])).matchAll(/ ([\w-]+)="/g)].map((match) => match[1]!).filter((name) => !KEPT_ATTRIBUTES.has(name));
}

function changed(element: XmlElement, [first, ...rest]: Path, by: (element: XmlElement) => XmlElement | undefined): XmlElement {
  const child = element.elements()[first!]!;
  return element.replaceChild(child, rest.length === 0 ? by(child) : changed(child, rest, by));
}
