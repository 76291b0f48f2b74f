// SPDX-License-Identifier: GPL-2.0-or-later
/** What is said when somebody else changed the same objects: which, and what both did to them. */
import { CibDraft, type Conflict, type XmlElement } from '../../../cib/index.ts';
import type { Session } from '../../session.ts';
import { keyOf } from './selection.ts';
import { obscured, secretNames, textOf } from './text.ts';

/** More would hide the objects among their lines; "show changed" has the rest. */
const LARGEST_CHANGE_LINES = 12;

export interface Sides {
  /** What both began with. */
  readonly base: XmlElement;
  readonly mine: XmlElement;
  readonly theirs: XmlElement;
}

export async function conflictText(session: Session, conflicts: readonly Conflict[], { base, mine, theirs }: Sides): Promise<string> {
  const drafts = { base: new CibDraft(base), mine: new CibDraft(mine), theirs: new CibDraft(theirs) };
  const lines: string[] = ['someone else changed the same objects meanwhile:'];
  for (const conflict of conflicts) {
    lines.push(`  ${conflict.name}: ${conflict.mine} here, ${conflict.theirs} by someone else`);
    const was = objectText(session, drafts.base, conflict.name);
    lines.push(...(await changeLines('here', was, objectText(session, drafts.mine, conflict.name))), ...(await changeLines('someone else', was, objectText(session, drafts.theirs, conflict.name))));
  }
  return [...lines, '"show changed" lists your changes, "refresh" drops them and reads what is there now'].join('\n');
}

function objectText(session: Session, draft: CibDraft, name: string): string {
  const object = draft.get(keyOf(draft, name) ?? name);
  return object === undefined ? '' : textOf(session, draft, [obscured(object, secretNames(session))]);
}

/** Lines that went and came, under the name of who did it. */
async function changeLines(who: string, before: string, after: string): Promise<string[]> {
  const { diffLines } = await import('diff');
  const lines = diffLines(before === '' ? '' : `${before}\n`, after === '' ? '' : `${after}\n`)
    .filter((part) => part.added || part.removed)
    .flatMap((part) => part.value.trimEnd().split('\n').map((line) => `      ${part.added ? '+' : '-'} ${line.replace(/ \\$/, '').trim()}`));
  if (lines.length === 0) return [];
  const more = lines.length - LARGEST_CHANGE_LINES;
  return [`    ${who}:`, ...lines.slice(0, LARGEST_CHANGE_LINES), ...(more > 0 ? [`      ... ${more} more lines`] : [])];
}
