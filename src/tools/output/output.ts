// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Where a tool puts its results: lines for people, elements for programs. A tool says everything once through
 * {@link Output}; which form is kept depends on `--output-as`.
 */
import { element, type XmlElement, XmlText } from '../../cib/index.ts';
import { describeExit } from '../exit/codes.ts';
import { htmlDocument } from './html.ts';
import { jsonDocument } from './json.ts';
import { Cdata, xmlDocument, type ResultNode } from './xml.ts';

export type OutputFormat = 'text' | 'xml' | 'html' | 'json';

/** Version of the result schema that the elements follow. */
export const API_VERSION = '2.42';

export interface OutputTarget {
  out(text: string): void;
  err(text: string): void;
}

export class Output {
  readonly format: OutputFormat;
  readonly #target: OutputTarget;
  readonly #request: string;
  readonly #results: ResultNode[] = [];
  readonly #errors: string[] = [];
  readonly #lines: string[] = [];
  #page: string | undefined;

  constructor(format: OutputFormat, request: string, target: OutputTarget) {
    this.format = format;
    this.#request = request;
    this.#target = target;
  }

  /** True when the output is for a program: results are elements, and everything optional is included. */
  get isStructured(): boolean {
    return this.format === 'xml' || this.format === 'json';
  }

  /** Lines for people. */
  text(...lines: readonly string[]): void {
    if (this.isStructured) return;
    if (this.format === 'html') this.#lines.push(...lines.flatMap((line) => line.split('\n')));
    else for (const line of lines) this.#target.out(`${line}\n`);
  }

  /** Text for people exactly as it is, without a line end of our own. */
  raw(text: string): void {
    if (this.isStructured) return;
    if (this.format === 'html') this.#lines.push(...text.replace(/\n$/, '').split('\n'));
    else this.#target.out(text);
  }

  /** The whole HTML page, for a tool that makes its own instead of showing its lines. */
  page(text: string): void {
    this.#page = text;
  }

  /** Elements for programs. */
  element(...nodes: readonly ResultNode[]): void {
    if (this.isStructured) this.#results.push(...nodes);
  }

  /** What went wrong: standard error for people, `<error>` of the status for programs. */
  error(...lines: readonly string[]): void {
    if (this.isStructured) this.#errors.push(...lines);
    else for (const line of lines) this.#target.err(`${line}\n`);
  }

  /** Ends the document; every path through a tool ends here once. Gives the code back. */
  finish(code: number): number {
    if (this.format === 'html') this.#target.out(this.#page ?? htmlDocument(this.#request, this.#lines));
    if (!this.isStructured) return code;
    const errors = this.#errors.map((line) => element('error', {}, [new XmlText(line)]));
    const status = element('status', { code: String(code), message: describeExit(code).text }, errors.length === 0 ? [] : [element('errors', {}, errors)]);
    const wrapper = { 'api-version': API_VERSION, request: this.#request };
    const nodes = [...this.#results, status];
    this.#target.out(this.format === 'xml' ? xmlDocument(wrapper, nodes) : jsonDocument(wrapper, nodes));
    return code;
  }
}

/** An element holding a text that is itself XML. */
export function quotedXml(name: string, text: string, attributes: Readonly<Record<string, string | undefined>> = {}): ResultNode {
  return { name, attributes, children: [new Cdata(text)] };
}

export function isOutputFormat(word: string): word is OutputFormat {
  return word === 'text' || word === 'xml' || word === 'html' || word === 'json';
}

export type { ResultNode, XmlElement };
