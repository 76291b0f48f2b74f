// SPDX-License-Identifier: GPL-2.0-or-later
/** Reads, compares and rewrites conversations (README.md). */
import { splitWords } from '../../src/shell/line/words.ts';

export interface Exchange {
  readonly command: string;
  readonly input: readonly string[];
  readonly expected: readonly string[];
  readonly expectedErrors: readonly string[];
  readonly expectedCode: number;
  /** Asked again until the answer fits. */
  readonly isAwaited: boolean;
  /** Lines before the command: remarks and free text. */
  readonly before: readonly string[];
}

export interface Conversation {
  readonly directives: ReadonlyMap<string, string>;
  readonly exchanges: readonly Exchange[];
}

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export function readConversation(text: string): Conversation {
  const directives = new Map<string, string>();
  const exchanges: (Exchange & { input: string[]; expected: string[]; expectedErrors: string[]; expectedCode: number })[] = [];
  let before: string[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const current = exchanges.at(-1);
    const asked = /^\$(~?) (.*)$/.exec(line);
    if (asked !== null) {
      exchanges.push({ command: asked[2]!, input: [], expected: [], expectedErrors: [], expectedCode: 0, isAwaited: asked[1] === '~', before });
      before = [];
    } else if (current === undefined || line.startsWith('# ')) {
      const directive = /^@(\w+) (.*)$/.exec(line);
      if (directive !== null) directives.set(directive[1]!, directive[2]!);
      before.push(line);
    } else if (line.startsWith('< ')) current.input.push(line.slice(2));
    else if (line.startsWith('! ')) current.expectedErrors.push(line.slice(2));
    else if (/^= \d+$/.test(line)) Object.assign(current, { expectedCode: Number(line.slice(2)) });
    else current.expected.push(line);
  }
  return { directives, exchanges };
}

/** What differs between what was expected and answered, as a text; empty when nothing does. */
export function difference(exchange: Exchange, answer: Answer): string {
  const parts: string[] = [];
  if (!matches(exchange.expected, lines(answer.out))) parts.push(`expected\n${exchange.expected.join('\n')}\nanswered\n${lines(answer.out).join('\n')}`);
  if (!matches(exchange.expectedErrors, lines(answer.err))) parts.push(`expected errors\n${exchange.expectedErrors.join('\n')}\nanswered\n${lines(answer.err).join('\n')}`);
  if (exchange.expectedCode !== answer.code) parts.push(`expected exit code ${exchange.expectedCode}, answered ${answer.code}`);
  return parts.length === 0 ? '' : `$ ${exchange.command}\n${parts.join('\n')}`;
}

export function rewritten(conversation: Conversation, answers: readonly Answer[]): string {
  const blocks = conversation.exchanges.map((exchange, index) => {
    const answer = answers[index]!;
    const keepsDots = exchange.expected.some((line) => line.includes('...')) && difference(exchange, answer) === '';
    return [
      ...exchange.before,
      `$${exchange.isAwaited ? '~' : ''} ${exchange.command}`,
      ...exchange.input.map((line) => `< ${line}`),
      ...(keepsDots ? exchange.expected : lines(answer.out)),
      ...lines(answer.err).map((line) => `! ${line}`),
      ...(answer.code === 0 ? [] : [`= ${answer.code}`]),
    ].join('\n');
  });
  return `${blocks.join('\n')}\n`;
}

/** `...` stands for any number of lines, at the begin or end of a line for the rest of it. */
function matches(expected: readonly string[], actual: readonly string[]): boolean {
  if (expected.length === 0) return actual.length === 0;
  const [first, ...rest] = expected as readonly [string, ...string[]];
  if (first !== '...') return actual[0] !== undefined && sameLine(first, actual[0]) && matches(rest, actual.slice(1));
  for (let skipped = 0; skipped <= actual.length; skipped++) if (matches(rest, actual.slice(skipped))) return true;
  return false;
}

function sameLine(expected: string, actual: string): boolean {
  const at = expected.indexOf('...');
  if (at < 0) return expected === actual;
  return actual.startsWith(expected.slice(0, at)) && actual.endsWith(expected.slice(at + 3));
}

const MASKS: ReadonlyArray<readonly [RegExp, string]> = [
  [/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d (?:\d{4}|[+-]\d\d:\d\d)\b/g, '<time>'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| ?[+-]\d\d:?\d\d)?/g, '<time>'],
];

function lines(text: string): readonly string[] {
  if (text === '') return [];
  let masked = text.replace(/\n$/, '');
  for (const [pattern, mask] of MASKS) masked = masked.replace(pattern, mask);
  return masked.split('\n').map((line) => line.trimEnd());
}

/** The words of a command; a defect in the scenario throws. */
export function commandWords(command: string): readonly [string, ...string[]] {
  const split = splitWords(command);
  const words = split.ok ? split.words.map((word) => word.text) : [];
  if (words.length === 0) throw new Error(`cannot read the command: ${command}`);
  return words as [string, ...string[]];
}
