// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Rules about the text itself: continuations, comments, quotes, blanks, pasted prompts. Their repairs heal the text
 * before it is parsed, so that one torn line is reported once and not as everything that follows from it.
 */
import { nearest } from '../nearest.ts';
import type { Edit, Report } from '../finding.ts';
import type { TextLine, TextWord } from './lines.ts';

/** Words that begin a statement. */
const STATEMENT_KEYWORDS: ReadonlySet<string> = new Set([
  'node', 'primitive', 'rsc_template', 'group', 'clone', 'ms', 'master', 'bundle', 'location', 'colocation', 'collocation', 'order', 'rsc_ticket', 'tag',
  'property', 'rsc_defaults', 'op_defaults', 'fencing_topology', 'role', 'user', 'acl_target', 'acl_group', 'alert', 'monitor', 'xml',
]);

const SESSION_WORDS = new Set(['configure', 'commit', 'exit', 'quit', 'bye', 'end', 'up', 'show', 'verify']);
const TYPOGRAPHIC_QUOTES = /[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a\u201b]/g;
const SINGLE_QUOTES = /[\u2018\u2019\u201a\u201b]/;
const SPECIAL_BLANKS = /[\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/g;
const ZERO_WIDTH = /[\u200b-\u200d\u2060\ufeff]/;
const TYPOGRAPHIC_DASHES = /[\u2010-\u2015\u2212]/g;
/** Words of a session that may have arguments; none of them begins a statement. */
const SESSION_COMMANDS = new Set(['show', 'commit', 'verify', 'cib', 'delete', 'erase', 'refresh', 'edit', 'help']);
/** A shell's prompt: `[root@host dir]#`, `user@host:dir$`, `host:~ #`, or the sign alone. */
const SHELL_PROMPT = String.raw`(?:\[[^\]]*\][#$]|[\w.-]+@[\w.-]+(?:[:\s]\S*)?\s?[#$]|[\w.-]+:[~/]\S*\s?[#$>]|[$>])\s+`;
/** crm's own prompt, or a call of crm behind a shell's prompt, or that prompt before a statement. */
const PROMPT = new RegExp(String.raw`^\s*(?:crm\([^)]*\)\w*[#>]\s*(?:configure\s+)?|(?:${SHELL_PROMPT})?(?:sudo\s+)?crm\s+(?:-\S+\s+)*configure\s+|configure\s+(?=[a-z_]+\s+\S)|\S+@\S+[:\s]?\S*[#$]\s+)(?=[a-z_]+(?:\s|$))`);

/** One rule over one line; the line after it is given where a rule must look ahead. */
export type LineRule = (line: TextLine, next: TextLine | undefined, lines: readonly TextLine[]) => Report | undefined;

/** SYN001 */
export const gluedContinuation: LineRule = (line, next) => {
  if (!line.continues || line.isComment || next === undefined || next.isBlank) return undefined;
  const backslash = line.start + line.text.search(/\\+\s*$/);
  const before = line.text[backslash - line.start - 1];
  if (before === undefined || /[\s,;]/.test(before) || line.openQuote !== undefined) return undefined;
  const last = line.words[line.words.length - 1];
  return { span: last ?? line, message: `no blank before the backslash: the next line is joined to "${last?.raw ?? before}"`, repair: [{ start: backslash, end: backslash, text: ' ' }] };
};

/** SYN002 */
export const swallowedStatement: LineRule = (line, next) => {
  if (!line.continues || next === undefined || /^\s/.test(next.text)) return undefined;
  const first = next.words[0];
  if (first === undefined || next.words.length < 2 || !STATEMENT_KEYWORDS.has(first.raw)) return undefined;
  // The name of an operation, and no monitor statement.
  if (line.words[line.words.length - 1]?.raw === 'op') return undefined;
  return { span: first, message: `the line before ends with a backslash, so this "${first.raw}" is read as a part of that statement`, repair: [withoutContinuation(line)] };
};

/** SYN003 */
export const danglingContinuation: LineRule = (line, next) => {
  if (!line.continues || line.isComment || (next !== undefined && !next.isBlank)) return undefined;
  const edit = withoutContinuation(line);
  return { span: { start: edit.end - 1, end: edit.end }, message: 'the line continues, but nothing follows: the next line that is inserted here is swallowed', repair: [edit] };
};

/** SYN004 */
export const commentInStatement: LineRule = (line, _next, lines) => {
  if (!line.isContinuation || !line.isComment) return undefined;
  let first = line.index;
  while (lines[first]!.isContinuation) first--;
  const words = line.text.trim().replace(/\s*\\+\s*$/, '');
  const before = lines[line.index - 1]!;
  // A comment that does not continue ends the statement, unless what follows can only belong to it.
  const next = lines[line.index + 1];
  const goesOn = line.continues || (next !== undefined && !next.isBlank && !next.isComment && !STATEMENT_KEYWORDS.has(next.keyword));
  const drop: Edit = goesOn ? { start: line.start, end: endWithBreak(line, next), text: '' } : { start: before.start + before.text.search(/\s*\\+\s*$/), end: line.end, text: '' };
  const repair = [{ start: lines[first]!.start, end: lines[first]!.start, text: `${words}\n` }, drop];
  return { span: line, message: 'a comment inside a continued statement: its words become words of the statement', repair };
};

/** SYN005 */
export const trailingComment: LineRule = (line, _next, lines) => {
  if (line.isComment || !line.text.includes('#')) return undefined;
  const at = line.words.findIndex((word, i) => i > 0 && (word.raw === '#' || /^#[^a-z]/.test(word.raw) || isGluedComment(line.words, i)));
  const word = line.words[at];
  if (word === undefined) return undefined;
  let first = line.index;
  while (lines[first]!.isContinuation) first--;
  const bodyEnd = line.continues ? line.start + line.text.search(/\s*\\+\s*$/) : line.end;
  const comment = lineSlice(line, word.start, bodyEnd).trim();
  const before = line.start + lineSlice(line, line.start, word.start).trimEnd().length;
  const repair = [{ start: lines[first]!.start, end: lines[first]!.start, text: `${comment}\n` }, { start: before, end: bodyEnd, text: '' }];
  return { span: word, message: 'only "#" at the start of a line begins a comment: these words become attributes', repair };
};

/** A word such as `#fence`: no name of a node attribute, as it stands beside no operator and begins no rule. */
function isGluedComment(words: readonly TextWord[], i: number): boolean {
  const word = words[i]!.raw;
  if (!/^#[a-z]+$/i.test(word) || /^#(?:uname|id|kind|role|health)$/.test(word)) return false;
  return !/^(?:not_)?defined$/i.test(words[i - 1]!.raw) && !/^(?:\w+:)?(?:lt|gt|lte|gte|eq|ne)$/i.test(words[i + 1]?.raw ?? '');
}

/** SYN008 */
export const typographicQuotes: LineRule = (line) => replaced(line, TYPOGRAPHIC_QUOTES, (c) => (SINGLE_QUOTES.test(c) ? "'" : '"'), 'a typographic quote becomes a part of the value');

/** SYN009 */
export const specialBlanks: LineRule = (line) => replaced(line, SPECIAL_BLANKS, (c) => (ZERO_WIDTH.test(c) ? '' : ' '), 'an invisible or special blank: not every reader takes it for a separator');

/** SYN010 */
export const typographicDashes: LineRule = (line) => replaced(line, TYPOGRAPHIC_DASHES, () => '-', 'a typographic dash is no hyphen');

/** SYN011 */
export const openQuote: LineRule = (line, next) => {
  if (line.isComment || line.openQuote === undefined) return undefined;
  if (line.continues && next?.text.includes(line.text[line.openQuote - line.start]!) === true) return undefined;
  return { span: { start: line.openQuote, end: line.openQuote + 1 }, message: 'the quote is not closed' };
};

/** SYN012, as far as a nearest keyword mends it */
export const misspeltKeyword: LineRule = (line) => {
  if (line.keyword === '' || STATEMENT_KEYWORDS.has(line.keyword)) return undefined;
  const word = firstWord(line);
  if (word === undefined || SESSION_WORDS.has(word.raw) || line.words.length < 2) return undefined;
  const meant = nearest(word.raw, STATEMENT_KEYWORDS, 1);
  if (meant === undefined) return undefined;
  return { span: word, message: `"${word.raw}" is no statement; did you mean "${meant}"?`, repair: [{ start: word.start, end: word.end, text: meant }] };
};

/** SYN013 */
export const pastedPrompt: LineRule = (line) => {
  if (line.isContinuation || line.isComment) return undefined;
  const match = PROMPT.exec(line.text);
  if (match === null || isOfSession(line.text.slice(match[0].length))) return undefined;
  const span = { start: line.start, end: line.start + match[0].length };
  return { span, message: 'a pasted prompt or "crm configure" before the statement', repair: [{ ...span, text: '' }] };
};

/** SYN014 */
export const sessionWord: LineRule = (line, next) => {
  if (line.isContinuation || line.isComment) return undefined;
  const prompt = PROMPT.exec(line.text)?.[0] ?? '';
  const command = line.text.slice(prompt.length);
  if (!isOfSession(command)) return undefined;
  const start = line.start + prompt.length + command.search(/\S/);
  const span = { start, end: start + command.trim().split(/\s+/)[0]!.length };
  return { span, message: `"${command.trim()}" belongs to a session, not to a configuration text`, repair: [{ start: line.start, end: endWithBreak(line, next), text: '' }] };
};

/** Behind the line break, where there is one. */
function endWithBreak(line: TextLine, next: TextLine | undefined): number {
  return next === undefined ? line.end : line.end + 1;
}

function isOfSession(command: string): boolean {
  const words = command.trim().split(/\s+/);
  return words.length === 1 ? SESSION_WORDS.has(words[0]!) || SESSION_COMMANDS.has(words[0]!) : SESSION_COMMANDS.has(words[0]!) && !command.includes('=');
}

/** SYN015 */
export const missingScore: LineRule = (line) => {
  const third = isColocation(line) ? line.words[2] : undefined;
  if (third === undefined) return undefined;
  if (third.raw.endsWith(':') || isScore(third.raw)) return undefined;
  return { span: third, message: 'colocation needs a score before the resources', repair: [{ start: third.start, end: third.start, text: 'inf: ' }] };
};

/** SYN016 */
export const scoreWithoutColon: LineRule = (line) => {
  const at = line.keyword === 'location' ? 3 : isColocation(line) ? 2 : -1;
  const word = at < 0 ? undefined : line.words[at];
  if (word === undefined || !isScore(word.raw) || line.words[at + 1] === undefined || line.words[at + 1]!.raw.startsWith(':')) return undefined;
  return { span: word, message: `a score ends with a colon: "${word.raw}:"`, repair: [{ start: word.end, end: word.end, text: ':' }] };
};

/** SYN017 */
export const dashesInComment: LineRule = (line) => {
  if (!line.isComment || line.isContinuation) return undefined;
  const match = /--+|-+$/.exec(line.text.trimEnd());
  if (match === null) return undefined;
  const edits: Edit[] = [];
  for (const run of line.text.matchAll(/--+/g)) edits.push({ start: line.start + run.index, end: line.start + run.index + run[0].length, text: '-' });
  const final = /(?<!-)-\s*$/.exec(line.text);
  if (final !== null) edits.push({ start: line.start + final.index, end: line.end, text: '' });
  const start = line.start + match.index;
  return { span: { start, end: start + match[0].length }, message: 'a comment becomes an XML comment, which may not hold "--" or end with "-"', repair: edits };
};

/** SYN027 */
export const blanksAroundEquals: LineRule = (line) => {
  if (line.isComment || !/(?:^|\s)=|=(?:\s|$)/.test(line.text)) return undefined;
  const torn = line.words.flatMap((word, at): [TextWord, TextWord][] => {
    if (!isTornPair(line.words, at)) return [];
    const [before, after] = [line.words[at - 1]!, line.words[at + 1]!];
    return [word.raw === '=' ? [before, after] : word.raw.startsWith('=') ? [before, word] : [word, after]];
  });
  if (torn.length === 0) return undefined;
  const repair = torn.map(([left, right]): Edit => ({ start: left.end, end: right.start, text: lineSlice(line, left.end, right.start).includes('=') ? '=' : '' }));
  return { span: { start: torn[0]![0].start, end: torn[0]![1].end }, message: 'blanks around "=" make several words of one pair', repair };
};

/** SYN030 */
export const mixedCaseInfinity: LineRule = (line) => {
  if (line.isComment || !/inf/i.test(line.text)) return undefined;
  const word = line.words.find(({ raw }) => /^[+-]?inf(?:inity)?:$/i.test(raw) && !/^[+-]?(?:inf|INF|infinity|INFINITY):$/.test(raw));
  if (word === undefined) return undefined;
  return { span: word, message: `"${word.raw}" is read as the name of a node attribute`, repair: [{ start: word.start, end: word.end, text: word.raw.toLowerCase() }] };
};

function isTornPair(words: readonly TextWord[], i: number): boolean {
  const [before, word, after] = [words[i - 1], words[i]!, words[i + 1]];
  if (word.raw === '=') return before !== undefined && after !== undefined;
  if (/^[A-Za-z_][\w-]*=$/.test(word.raw)) return after !== undefined && !after.raw.includes('=') && !/^(?:op|meta|params|utilization)$/.test(after.raw);
  return word.raw.startsWith('=') && word.raw.length > 1 && before !== undefined && !before.raw.includes('=');
}

function replaced(line: TextLine, pattern: RegExp, by: (character: string) => string, message: string): Report | undefined {
  if (line.isComment || line.text.search(pattern) < 0) return undefined;
  const edits = [...line.text.matchAll(pattern)].map((match): Edit => ({ start: line.start + match.index, end: line.start + match.index + match[0].length, text: by(match[0]) }));
  return edits.length === 0 ? undefined : { span: edits[0]!, message, repair: edits };
}

function withoutContinuation(line: TextLine): Edit {
  return { start: line.start + line.text.search(/\s*\\+\s*$/), end: line.end, text: '' };
}

function firstWord(line: TextLine): TextWord | undefined {
  return line.keyword === '' ? undefined : line.words[0];
}

function isColocation(line: TextLine): boolean {
  return /^coll?ocation$/.test(line.keyword);
}

function isScore(word: string): boolean {
  return /^[+-]?(?:\d+|inf|infinity)$/i.test(word);
}

function lineSlice(line: TextLine, start: number, end: number): string {
  return line.text.slice(start - line.start, end - line.start);
}
