// SPDX-License-Identifier: GPL-2.0-or-later
/** Configuration or status of transitions, and what changed from one to another. */
import { CibDraft, element, writeXml, type XmlElement } from '../../../cib/index.ts';
import { SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { shownText } from '../configure/text.ts';
import { oneInput } from './choose.ts';

/** What a word names: a transition, or the CIB as it is now. */
interface Side {
  readonly name: string;
  readonly cib: XmlElement;
}

async function sideOf(session: Session, word: string | undefined): Promise<Side | string> {
  if (word === 'live') return { name: word, cib: await session.cib() };
  const input = await oneInput(session, word);
  return typeof input === 'string' ? input : { name: String(input.number), cib: input.cib() };
}

export async function showInput(session: Session, which: string, isStatus: boolean): Promise<number> {
  const side = await sideOf(session, which);
  if (typeof side === 'string') return session.error(side);
  const text = told(session, side, isStatus);
  session.present({ data: text, text: () => text });
  return SUCCESS;
}

const DIFF_WORDS: readonly string[] = ['status', 'html'];

export async function compareInputs(session: Session, [first, second, ...words]: readonly string[], how: 'lines' | 'words'): Promise<number> {
  const unknown = words.find((word) => !DIFF_WORDS.includes(word) || (word === 'html' && how === 'words'));
  if (unknown !== undefined) return session.error(`history.${how === 'lines' ? 'diff' : 'wdiff'}: unexpected "${unknown}"`);
  const [before, after] = [await sideOf(session, first), await sideOf(session, second)];
  if (typeof before === 'string') return session.error(before);
  if (typeof after === 'string') return session.error(after);
  const texts = [told(session, before, words.includes('status')), told(session, after, words.includes('status'))] as const;
  const text = words.includes('html') ? await htmlDifference(texts, before, after) : how === 'lines' ? await lineDifference(texts, before, after) : await wordDifference(texts);
  session.present({ data: text.split('\n'), text: () => text });
  return SUCCESS;
}

function told(session: Session, { cib }: Side, isStatus: boolean): string {
  if (isStatus) return writeXml(cib.first('status') ?? element('status'), { indent: 2 }).trimEnd();
  return shownText(session, new CibDraft(cib));
}

async function lineDifference([before, after]: readonly [string, string], from: Side, to: Side): Promise<string> {
  if (before === after) return '';
  const { createTwoFilesPatch } = await import('diff');
  const patch = createTwoFilesPatch(from.name, to.name, `${before}\n`, `${after}\n`, undefined, undefined, { context: 3 });
  return patch.split('\n').slice(1).join('\n').trimEnd();
}

/** Only lines that differ, with `[-gone-]{+come+}`. */
async function wordDifference([before, after]: readonly [string, string]): Promise<string> {
  const { diffWordsWithSpace } = await import('diff');
  const marked = diffWordsWithSpace(before, after)
    .map((part) => (part.added ? `{+${part.value}+}` : part.removed ? `[-${part.value}-]` : part.value))
    .join('');
  return marked.split('\n').filter((line) => /\[-|-\]|\{\+|\+\}/.test(line)).join('\n');
}

/** Both texts side by side as a table, to be put into a page. */
async function htmlDifference([before, after]: readonly [string, string], from: Side, to: Side): Promise<string> {
  const { diffLines } = await import('diff');
  const rows: [left: Cell, right: Cell][] = [];
  const [old, now] = [numbered(), numbered()];
  let gone: string[] = [];
  const flush = (): void => void rows.push(...gone.splice(0).map((line): [Cell, Cell] => [old(line, 'del'), undefined]));
  for (const part of diffLines(`${before}\n`, `${after}\n`)) {
    const lines = part.value.replace(/\n$/, '').split('\n');
    if (part.removed) gone = lines;
    else if (part.added) {
      for (const line of lines) rows.push([gone.length > 0 ? old(gone.shift()!, 'del') : undefined, now(line, 'ins')]);
      flush();
    } else {
      flush();
      for (const line of lines) rows.push([old(line, undefined), now(line, undefined)]);
    }
  }
  flush();
  const head = `<tr><th colspan="2">${escaped(from.name)}</th><th colspan="2">${escaped(to.name)}</th></tr>`;
  return ['<table class="diff">', head, ...rows.map(([left, right]) => `<tr>${cells(left)}${cells(right)}</tr>`), '</table>'].join('\n');
}

type Cell = { readonly number: number; readonly line: string; readonly mark: 'del' | 'ins' | undefined } | undefined;

function numbered(): (line: string, mark: 'del' | 'ins' | undefined) => Cell {
  let number = 0;
  return (line, mark) => ({ number: ++number, line, mark });
}

function cells(cell: Cell): string {
  if (cell === undefined) return '<td></td><td></td>';
  const text = escaped(cell.line);
  return `<td>${cell.number}</td><td>${cell.mark === undefined ? text : `<${cell.mark}>${text}</${cell.mark}>`}</td>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
}
