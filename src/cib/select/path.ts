// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The XPath expressions that programs and permissions mostly use, read into steps: `/a/b`, `//a[@id='x']`, `*`, `@name`, unions,
 * and predicates of attribute tests joined by `and`, `or`, `not()`. Anything else is left to the XPath library.
 */

export interface PathStep {
  /** Whether any number of levels may lie before the step (`//`). */
  readonly isDeep: boolean;
  /** Element name or `*`. */
  readonly name: string;
  readonly predicates: readonly PathTest[];
}

export interface SimplePath {
  readonly steps: readonly PathStep[];
  /** The attribute selected in the end. */
  readonly attribute?: string;
}

export type PathTest =
  | { readonly kind: 'equals' | 'differs'; readonly attribute: string; readonly value: string }
  | { readonly kind: 'has'; readonly attribute: string }
  | { readonly kind: 'and' | 'or'; readonly tests: readonly PathTest[] }
  | { readonly kind: 'not'; readonly test: PathTest }
  | { readonly kind: 'position'; readonly at: number }
  | { readonly kind: 'never' };

const TOKEN = /\s*(?:("[^"]*"|'[^']*')|(\/\/|!=|[/@[\]()=|*])|(\d+)|([A-Za-z_][-\w.]*))/y;

/** The unions of simple paths of an expression; undefined when it needs the library. */
export function parseSimplePaths(expression: string): readonly SimplePath[] | undefined {
  const tokens = tokenize(expression);
  if (tokens === undefined) return undefined;
  const reader = new PathReader(tokens);
  const paths: SimplePath[] = [];
  do {
    const path = reader.path();
    if (path === undefined) return undefined;
    paths.push(path);
  } while (reader.take('|'));
  return reader.isAtEnd ? paths : undefined;
}

function tokenize(expression: string): string[] | undefined {
  const tokens: string[] = [];
  const text = expression.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    tokens.push(match[0].trim());
  }
  return tokens;
}

class PathReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }

  path(): SimplePath | undefined {
    const steps: PathStep[] = [];
    for (;;) {
      const isDeep = this.take('//');
      if (!isDeep && !this.take('/')) return steps.length === 0 ? undefined : { steps };
      // A lone "/" means the document, and with it the root element.
      if (!isDeep && steps.length === 0 && (this.isAtEnd || this.#peek('|'))) return { steps: [{ isDeep: false, name: '*', predicates: [] }] };
      if (this.take('@')) {
        const attribute = this.#name();
        return attribute === undefined || isDeep || steps.length === 0 ? undefined : { steps, attribute };
      }
      const name = this.take('*') ? '*' : this.#name();
      if (name === undefined || this.#peek('(')) return undefined;
      const predicates = this.#predicates();
      if (predicates === undefined) return undefined;
      steps.push({ isDeep, name, predicates });
    }
  }

  #peek(token: string): boolean {
    return this.#tokens[this.#at] === token;
  }

  #name(): string | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined || !/^[A-Za-z_]/.test(token)) return undefined;
    this.#at++;
    return token;
  }

  #predicates(): PathTest[] | undefined {
    const tests: PathTest[] = [];
    while (this.take('[')) {
      const number = this.#tokens[this.#at];
      const test = number !== undefined && /^\d+$/.test(number) ? this.#position(Number(number)) : this.#joined('or');
      if (test === undefined || !this.take(']')) return undefined;
      tests.push(test);
    }
    return tests;
  }

  #position(at: number): PathTest {
    this.#at++;
    return { kind: 'position', at };
  }

  #joined(kind: 'or' | 'and'): PathTest | undefined {
    const tests: PathTest[] = [];
    do {
      const test = kind === 'or' ? this.#joined('and') : this.#test();
      if (test === undefined) return undefined;
      tests.push(test);
    } while (this.take(kind));
    return tests.length === 1 ? tests[0] : { kind, tests };
  }

  #test(): PathTest | undefined {
    if (this.take('(')) {
      const test = this.#joined('or');
      return test !== undefined && this.take(')') ? test : undefined;
    }
    if (this.take('@')) return this.#comparison();
    const word = this.#name();
    if (word === undefined || !this.take('(')) return undefined;
    if (word === 'false') return this.take(')') ? { kind: 'never' } : undefined;
    const test = word === 'not' ? this.#joined('or') : undefined;
    return test !== undefined && this.take(')') ? { kind: 'not', test } : undefined;
  }

  #comparison(): PathTest | undefined {
    const attribute = this.#name();
    if (attribute === undefined) return undefined;
    const kind = this.take('=') ? 'equals' : this.take('!=') ? 'differs' : undefined;
    if (kind === undefined) return { kind: 'has', attribute };
    const literal = this.#tokens[this.#at];
    if (literal === undefined || !/^["']/.test(literal)) return undefined;
    this.#at++;
    return { kind, attribute, value: literal.slice(1, -1) };
  }
}
