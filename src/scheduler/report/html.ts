// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Writes outlines as an HTML page. Line breaks follow the rule of the common HTML serialiser: an element with more than one
 * child, or beside a sibling, stands on its own lines unless it is inline.
 */
import { escapeText } from '../../cib/index.ts';
import type { OutlineNode } from './outline.ts';

export interface HtmlPage {
  readonly title: string;
  readonly stylesheet?: string;
  /** Seconds after which a browser should load the page again. */
  readonly refreshSeconds?: number;
  readonly sections: readonly OutlineNode[];
}

/** The page, from the document type to the closing tag. */
export function htmlPage(page: HtmlPage): string {
  const head: HtmlElement[] = [tag('title', [page.title]), tag('meta', [], { charset: 'utf-8' })];
  if (page.refreshSeconds !== undefined) {
    head.push(tag('meta', [], { 'http-equiv': 'refresh', content: String(page.refreshSeconds) }));
  }
  head.push(tag('style', [STYLE]));
  if (page.stylesheet !== undefined) head.push(tag('link', [], { rel: 'stylesheet', href: page.stylesheet }));
  const body = page.sections.flatMap((section) => topLevel(section));
  const root = tag('html', [tag('head', head), tag('body', body)], { lang: 'en' });
  const out: string[] = ['<!DOCTYPE html>\n'];
  write(root, undefined, out);
  return `${out.join('')}\n`;
}

interface HtmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (HtmlElement | string)[];
}

function tag(name: string, children: readonly (HtmlElement | string)[], attributes: Readonly<Record<string, string>> = {}): HtmlElement {
  return { name, attributes, children };
}

function topLevel(node: OutlineNode): HtmlElement[] {
  switch (node.kind) {
    case 'list':
      return [...heading('h2', node.title), tag('ul', node.nodes.flatMap((inner) => nested(inner)))];
    case 'item':
      return [tag('p', contents(node))];
    case 'lines':
      return [];
  }
}

function nested(node: OutlineNode): HtmlElement[] {
  switch (node.kind) {
    case 'list':
      return [tag('li', [...heading('h3', node.title), tag('ul', node.nodes.flatMap((inner) => nested(inner)))])];
    case 'item':
      return [tag('li', contents(node))];
    case 'lines':
      return [];
  }
}

function heading(name: string, title: string | undefined): HtmlElement[] {
  return title === undefined ? [] : [tag(name, [title])];
}

function contents(node: Extract<OutlineNode, { kind: 'item' }>): readonly (HtmlElement | string)[] {
  if (node.spans === undefined) return [node.text];
  return node.spans.map((span) => tag('span', [span.text], span.style === undefined ? {} : { class: span.style }));
}

const EMPTY_ELEMENTS: ReadonlySet<string> = new Set(['meta', 'link']);
/** Written without escaping, as HTML asks for style sheets. */
const RAW_ELEMENTS: ReadonlySet<string> = new Set(['style']);

function write(element: HtmlElement, next: HtmlElement | string | undefined, out: string[]): void {
  const isBlock = element.name !== 'span';
  out.push('<', element.name);
  for (const [name, value] of Object.entries(element.attributes)) out.push(` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`);
  out.push('>');
  if (!EMPTY_ELEMENTS.has(element.name)) {
    const { children } = element;
    const several = isBlock && children.length > 1;
    if (several && typeof children[0] !== 'string') out.push('\n');
    children.forEach((child, i) => {
      if (typeof child === 'string') out.push(RAW_ELEMENTS.has(element.name) ? child : escapeText(child));
      else write(child, children[i + 1], out);
    });
    if (several && typeof children[children.length - 1] !== 'string') out.push('\n');
    out.push('</', element.name, '>');
  }
  if (isBlock && next !== undefined && typeof next !== 'string') out.push('\n');
}

const STYLE = [
  '.bold { font-weight: bold }',
  '.online { color: green }',
  '.offline { color: red }',
  '.maint { color: blue }',
  '.standby { color: blue }',
  '.health_red { color: red }',
  '.health_yellow { color: GoldenRod }',
  '.rsc-failed { color: red }',
  '.rsc-failure-ignored { color: DarkGreen }',
  '.rsc-managed { color: blue }',
  '.rsc-multiple { color: orange }',
  '.rsc-ok { color: green }',
  '.warning { color: red; font-weight: bold }',
].join('\n');
