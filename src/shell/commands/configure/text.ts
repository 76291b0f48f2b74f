// SPDX-License-Identifier: GPL-2.0-or-later
/** Objects of the working copy as text or XML. */
import { SECRET_MARK } from '../../../agents/index.ts';
import { decompile, diffCib, element, topmost, writeXml, XmlElement, type CibDraft, type CibObject } from '../../../cib/index.ts';
import { printCommented, type Layout } from '../../../language/index.ts';
import type { Session } from '../../session.ts';
import { globPattern } from './selection.ts';

export interface TextOptions {
  readonly layout?: Layout;
  /** `whole`: every id that the language would not make by itself is written out. */
  readonly detail?: 'shown' | 'whole';
}

/** The objects as configuration text, one statement after the other, without a line break at the end. */
export function textOf(session: Session, draft: CibDraft, objects: Iterable<CibObject> = draft.objects(), options: TextOptions = {}): string {
  return statementsOf(session, draft, objects, options).join('\n');
}

export function statementsOf(session: Session, draft: CibDraft, objects: Iterable<CibObject>, options: TextOptions = {}): string[] {
  const isUnsorted = !session.options.isOn('core.sort_elements');
  return decompile(draft, { isUnsorted, detail: options.detail ?? 'shown' }, objects).map((one) => printCommented(options.layout === 'line' ? { ...one, comments: [] } : one, options.layout));
}

const ALWAYS = ['crm_config', 'nodes', 'resources', 'constraints'];

/** A document that holds the objects and nothing else. */
export function xmlOf(draft: CibDraft, objects: readonly CibObject[], isAll: boolean, secrets: readonly string[] = []): string {
  const whole = draft.finish();
  const configuration = whole.first('configuration') ?? element('configuration');
  const kept = isAll ? configuration : configuration.withChildren(configuration.elements().flatMap((section) => reducedSection(section, draft, objects)));
  const cib = new XmlElement('cib', whole.attributes, [secrets.length === 0 ? kept : obscuredElement(kept, secrets)]);
  return `<?xml version="1.0" ?>\n${writeXml(cib, { indent: 2 })}`.trimEnd();
}

function reducedSection(section: XmlElement, draft: CibDraft, objects: readonly CibObject[]): XmlElement[] {
  if (section.name === 'fencing-topology') return objects.some((object) => object.kind === 'fencing_topology') ? [section] : [];
  const wanted = new Map(objects.map((object) => [object.kind === 'node' ? object.element.get('uname') : object.key, object]));
  const tops = section.elements().filter((child) => wanted.has(section.name === 'nodes' ? child.get('uname') : child.id));
  // A member is shown with everything around it.
  const outer = new Set(section.name === 'resources' ? objects.map((object) => topmost(draft, object.key)) : []);
  const children = section.name === 'resources' ? section.elements().filter((child) => outer.has(child.id ?? '')) : tops;
  return children.length === 0 && !ALWAYS.includes(section.name) ? [] : [section.withChildren(children)];
}

/** Patterns of names whose values nobody is shown. */
export function secretNames(session: Session): readonly string[] {
  return session.options.get('core.obscure_pattern').split(/[\s,]+/).filter((one) => one !== '');
}

/** The object with the values of matching names replaced by stars. */
export function obscured(object: CibObject, patterns: readonly string[], before?: ReadonlyMap<string, string>): CibObject {
  return patterns.length === 0 ? object : { ...object, element: obscuredElement(object.element, patterns, before) };
}

/** `before`: values by id, so that a difference shows that a hidden value changed. */
function obscuredElement(part: XmlElement, patterns: readonly string[], before?: ReadonlyMap<string, string>): XmlElement {
  return hide(part, patterns.map(globPattern), before);
}

/** All objects as text without secrets; a secret that is not what it was in `base` says so. */
export function shownText(session: Session, draft: CibDraft, base?: CibDraft): string {
  const patterns = secretNames(session);
  const before = base === undefined ? undefined : new Map([...base.objects()].flatMap((object) => [...valuesById(object.element)]));
  return textOf(session, draft, [...draft.objects()].map((object) => obscured(object, patterns, before)));
}

/** What differs between two configurations, as lines of a unified difference without file names; secrets hidden. */
export async function differenceLines(session: Session, base: CibDraft, now: CibDraft): Promise<string[]> {
  const { structuredPatch } = await import('diff');
  const ended = (text: string): string => (text === '' ? '' : `${text}\n`);
  const { hunks } = structuredPatch('', '', ended(shownText(session, base)), ended(shownText(session, now, base)), '', '', { context: 3 });
  // A side without lines is named by the line before it.
  const range = (start: number, count: number): string => `${count === 0 ? start - 1 : start},${count}`;
  return hunks.flatMap((hunk) => [`@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`, ...hunk.lines]);
}

/** The difference of two documents as `crm_diff` writes it, without secrets; empty when nothing differs. */
export function shownPatch(session: Session, base: XmlElement, now: XmlElement): string {
  const patterns = secretNames(session);
  const hidden = (root: XmlElement, before?: ReadonlyMap<string, string>): XmlElement => (patterns.length === 0 ? root : obscuredElement(root, patterns, before));
  const patch = diffCib(hidden(base), hidden(now, new Map(valuesById(base))), { withoutVersion: true });
  return patch === undefined ? '' : writeXml(patch, { indent: 2 }).trimEnd();
}

function* valuesById(part: XmlElement): Generator<[string, string]> {
  if (part.name === 'nvpair' && part.id !== undefined && part.has('value')) yield [part.id, part.get('value')!];
  for (const child of part.elements()) yield* valuesById(child);
}

const STARS = '******';

function hide(part: XmlElement, tests: readonly RegExp[], before: ReadonlyMap<string, string> | undefined): XmlElement {
  const name = part.get('name');
  const isSecret = part.name === 'nvpair' && name !== undefined && part.has('value') && part.get('value') !== SECRET_MARK && tests.some((test) => test.test(name));
  const was = before?.get(part.id ?? '');
  const here = isSecret ? part.with('value', was === undefined || was === part.get('value') ? STARS : `${STARS} (changed)`) : part;
  if (here.children.length === 0) return here;
  const children = here.children.map((child) => (child.kind === 'element' ? hide(child, tests, before) : child));
  return children.every((child, i) => child === here.children[i]) ? here : here.withChildren(children);
}
