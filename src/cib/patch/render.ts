// SPDX-License-Identifier: GPL-2.0-or-later
/** Tells a patch of format 2 in lines for people. */
import { formatCibVersion, versionOf } from '../version.ts';
import { escapeAttribute, writeXml, type XmlElement } from '../xml/index.ts';

/** Lines without line ends. */
export function renderPatch(patch: XmlElement): string[] {
  const lines: string[] = [];
  const source = patch.at('version', 'source');
  const target = patch.at('version', 'target');
  if (source !== undefined && target !== undefined) {
    lines.push(`Diff: --- ${formatCibVersion(versionOf(source))} ${patch.get('format') ?? '1'}`);
    lines.push(`Diff: +++ ${formatCibVersion(versionOf(target))} ${patch.get('digest') ?? '(no digest)'}`);
  }
  for (const change of patch.elements('change')) lines.push(...renderChange(change));
  return lines;
}

function renderChange(change: XmlElement): string[] {
  const path = change.get('path') ?? '';
  const position = change.get('position');
  switch (change.get('operation')) {
    case 'create':
      return renderCreation(path, change);
    case 'move':
      return [`+~ ${path} moved to offset ${position}`];
    case 'delete':
      return [position === undefined ? `-- ${path}` : `-- ${path} (${position})`];
    case 'modify':
      return renderAttributes(path, change);
    default:
      return [];
  }
}

/** The first line names the parent, the others are indented so that the XML lines up. */
function renderCreation(path: string, change: XmlElement): string[] {
  const node = change.children[0];
  if (node === undefined) return [];
  const prefix = `++ ${path}: `;
  const margin = `++${' '.repeat(prefix.length - 2)}`;
  const xml = writeXml(node, { indent: 2 }).trimEnd().split('\n');
  return xml.map((line, i) => `${i === 0 ? prefix : margin} ${line}`);
}

function renderAttributes(path: string, change: XmlElement): string[] {
  const list = change.first('change-list')?.elements('change-attr') ?? [];
  const set = list.filter((one) => one.get('operation') === 'set').map((one) => `@${one.get('name')}=${escapeAttribute(one.get('value') ?? '')}`);
  const unset = list.filter((one) => one.get('operation') === 'unset').map((one) => `@${one.get('name')}`);
  const lines: string[] = [];
  if (set.length > 0) lines.push(`+  ${path}:  ${set.join(', ')}`);
  if (unset.length > 0) lines.push(`-- ${path}:  ${unset.join(', ')}`);
  return lines;
}
