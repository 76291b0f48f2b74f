// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Where in the texts of this session an object was written. What is found only at verify or commit, about the object, is so reported at the
 * word that causes it.
 */
import type { CompileResult } from '../cib/index.ts';
import type { Diagnostic, Lines, Statement } from '../language/index.ts';

interface Source {
  readonly statement: Statement;
  readonly lines: Lines;
  readonly file: string | undefined;
}

export class Places {
  readonly #sources = new Map<string, Source>();

  /** Remembers what a text defined; a later text about the same object takes its place. */
  remember(result: CompileResult, lines: Lines, file?: string): void {
    for (const [key, statement] of result.statements) this.#sources.set(key, { statement, lines, file });
  }

  /** The diagnostic at its place, in the text of that; undefined when it has a place, when none is known, or when it only tells of a change. */
  locate(one: Diagnostic): { readonly one: Diagnostic; readonly lines: Lines } | undefined {
    const source = one.span.start >= 0 || one.object === undefined || one.severity === 'hint' ? undefined : this.#sources.get(one.object);
    if (source === undefined) return undefined;
    const at = (one.word === undefined ? undefined : findWord(source.statement, one.word)) ?? nameOf(source.statement);
    return { one: { ...one, span: { file: source.file, start: at.start, end: at.end } }, lines: source.lines };
  }
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function nameOf(statement: Statement): Place {
  return 'id' in statement && statement.id !== undefined ? statement.id : statement.keyword;
}

/** The first word of a statement with this text; the role or action behind a colon and the sign of a template do not count, and an agent may be written without its class. */
function findWord(statement: Statement, word: string): Place | undefined {
  let best: Place | undefined;
  const visit = (node: unknown, key: string): void => {
    if (best !== undefined || typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      for (const child of node) visit(child, key);
      return;
    }
    const { text, start, end } = node as { text?: unknown; start?: unknown; end?: unknown };
    if (typeof text === 'string' && typeof start === 'number' && typeof end === 'number') {
      if (key !== 'keyword' && (text === word || text === `@${word}` || text.replace(/:[^:]*$/, '') === word || (key === 'agent' && word.endsWith(`:${text}`))) && start >= 0) best = { start, end };
      return;
    }
    for (const [name, child] of Object.entries(node)) visit(child, name);
  };
  visit(statement, '');
  return best;
}
