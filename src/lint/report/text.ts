// SPDX-License-Identifier: GPL-2.0-or-later
/** Findings for people: place, what is wrong, the line with a caret, why it matters, what to do and what --fix does. */
import type { Edit, LintSeverity } from '../finding.ts';
import { countOf, placed, type FileFindings, type PlacedFinding } from './findings.ts';

/** Longer source lines are cut around the caret. */
const SHOWN_COLUMNS = 120;
const BEFORE_CARET = 40;
/** What a repair writes is quoted up to this length. */
const LONGEST_QUOTE = 70;
/** A repair in more places is only counted. */
const QUOTED_EDITS = 2;

const WORDS: Readonly<Record<LintSeverity, string>> = { error: 'error', warning: 'warning', info: 'hint' };

/** How a word of a severity is shown; plain unless a terminal shows colours. */
export type Paint = (text: string, severity: LintSeverity) => string;

export function textReport(files: readonly FileFindings[], paint: Paint = (text) => text): string {
  const explained = new Set<string>();
  const blocks = files.flatMap((file) =>
    placed(file).map((one, i) => {
      const isNew = !explained.has(one.code);
      explained.add(one.code);
      return block(file, one, notesOf(one, isNew, file.findings[i]!.repair, file.text), paint);
    }),
  );
  const repairable = files.reduce((sum, { findings }) => sum + findings.filter((one) => one.repair !== undefined).length, 0);
  const hint = repairable === 0 ? '' : `; --fix repairs ${repairable}`;
  const totals = [counted(countOf(files, 'error'), 'error'), counted(countOf(files, 'warning'), 'warning'), counted(countOf(files, 'info'), 'hint')].join(', ');
  return `${blocks.join('')}${counted(files.length, 'file')}: ${totals}${hint}\n`;
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Why it matters, once for each code; what to do, and what --fix would do. */
function notesOf(one: PlacedFinding, isNew: boolean, repair: readonly Edit[] | undefined, text: string): string[] {
  const advice = repair === undefined ? one.advice : `${one.advice.replace(/\.$/, '')}; --fix ${described(repair, text)}`;
  return [isNew ? one.why : '', advice.replace(/^; /, '')].filter((note) => note !== '');
}

function block({ file }: FileFindings, one: PlacedFinding, notes: readonly string[], paint: Paint): string {
  const { shown, before, width } = excerpt(one);
  const gutter = ' '.repeat(String(one.line).length);
  return [
    `${file}:${one.line}:${one.column}: ${paint(`${WORDS[one.severity]} ${one.code}`, one.severity)}: ${one.message}`,
    `  ${one.line} | ${shown}`,
    `  ${gutter} | ${before}${paint('^'.repeat(width), one.severity)}`,
    ...notes.map((note) => `  ${gutter} = ${note}`),
    '',
    '',
  ].join('\n');
}

/** The line, or the part of a long one that holds the caret, with dots where it was cut. */
function excerpt(one: PlacedFinding): { readonly shown: string; readonly before: string; readonly width: number } {
  const cut = one.column > SHOWN_COLUMNS - 20 ? one.column - BEFORE_CARET : 0;
  const part = one.source.slice(cut, cut + SHOWN_COLUMNS);
  const [left, right] = [cut > 0 ? '… ' : '', cut + SHOWN_COLUMNS < one.source.length ? ' …' : ''];
  const before = `${left.replace('…', ' ')}${part.slice(0, Math.max(0, one.column - 1 - cut)).replace(/[^\t]/g, ' ')}`;
  const room = part.length - Math.max(0, one.column - 1 - cut);
  return { shown: `${left}${part}${right}`, before, width: one.endLine === one.line ? Math.max(1, Math.min(one.endColumn - one.column, room)) : 1 };
}

/** What a repair does to the text, in a few words. */
function described(repair: readonly Edit[], text: string): string {
  if (repair.length > QUOTED_EDITS) return `changes ${repair.length} places`;
  return repair.map((edit) => change(edit, text)).join(' and ');
}

function change(edit: Edit, text: string): string {
  const [old, made] = [inOneLine(text.slice(edit.start, edit.end)), inOneLine(edit.text)];
  if (old === '' && made === '') return edit.text === '' ? 'takes a blank out' : 'puts a blank in';
  if (made === '') return `deletes ${quoted(old)}`;
  if (edit.start === edit.end && /^\s|\s$/.test(edit.text)) return `adds ${quoted(made)}`;
  // Inside a word the whole word is shown as it will be.
  const head = /\S*$/.exec(text.slice(Math.max(0, edit.start - LONGEST_QUOTE), edit.start))![0];
  const tail = /^\S*/.exec(text.slice(edit.end, edit.end + LONGEST_QUOTE))![0];
  return `writes ${quoted(inOneLine(`${head}${edit.text}${tail}`))}`;
}

function inOneLine(part: string): string {
  return part.replace(/\s*\\\n\s*/g, ' ').trim().replace(/\n/g, ' / ');
}

function quoted(part: string): string {
  return `"${part.length > LONGEST_QUOTE ? `${part.slice(0, LONGEST_QUOTE)} …` : part}"`;
}
