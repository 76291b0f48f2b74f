// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The configuration as an SVG drawing, for machines without Graphviz: resources in columns, what is started later further to the right,
 * containers as boxes around their members, cluster nodes behind all of them.
 */
import { element, memberIds, writeXml, XmlText, type CibDraft, type CibObject, type XmlElement } from '../../../cib/index.ts';

export interface Link {
  readonly kind: 'order' | 'colocation' | 'location';
  readonly from: string;
  /** A resource, of a location a cluster node. */
  readonly to: string;
  readonly label: string;
}

/** Pixels. */
const LETTER = 7.5;
const BOX_HEIGHT = 32;
const LEAST_WIDTH = 70;
const MARGIN = 12;
const TITLE = 20;
const COLUMN_GAP = 110;
const ROW_GAP = 24;

interface Box {
  readonly name: string;
  readonly title: string;
  readonly isNode: boolean;
  readonly width: number;
  readonly height: number;
  readonly inner: readonly Box[];
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly box: Box;
}

export function svgText(draft: CibDraft, links: readonly Link[]): string {
  const resources = [...draft.objects()].filter((object) => ['primitive', 'group', 'clone', 'ms', 'bundle'].includes(object.kind) && object.parent === undefined);
  const tops = resources.map((object) => boxOf(draft, object));
  const nodes = [...new Set(links.filter((link) => link.kind === 'location').map((link) => link.to))].map((name) => leaf(name, name, true));
  const places = new Map<string, Place>();
  const size = arrange([...columnsOf(draft, tops, links), nodes].filter((column) => column.length > 0), places);
  const drawn = [...places.values()].map(drawBox);
  const lines = links.flatMap((link) => drawLink(link, places.get(link.from), places.get(link.kind === 'location' ? nodeName(link.to) : link.to)));
  const arrow = element('marker', { id: 'arrow', viewBox: '0 0 10 10', refX: '9', refY: '5', markerWidth: '7', markerHeight: '7', orient: 'auto' }, [element('path', { d: 'M 0 0 L 10 5 L 0 10 z' })]);
  const root = element('svg', { xmlns: 'http://www.w3.org/2000/svg', width: String(size.width), height: String(size.height), 'font-family': 'sans-serif', 'font-size': '12' }, [element('defs', {}, [arrow]), ...drawn.flat(), ...lines]);
  return `${writeXml(root, { indent: 1 }).trimEnd()}\n`;
}

/** Names of cluster nodes live in a space of their own. */
function nodeName(name: string): string {
  return `node ${name}`;
}

function leaf(name: string, title: string, isNode: boolean): Box {
  return { name: isNode ? nodeName(name) : name, title, isNode, width: Math.max(LEAST_WIDTH, title.length * LETTER + 2 * MARGIN), height: BOX_HEIGHT, inner: [] };
}

/** A resource with its members below each other inside it. */
function boxOf(draft: CibDraft, object: CibObject): Box {
  const members = memberIds(object.element).map((id) => draft.get(id)).filter((one) => one !== undefined);
  if (members.length === 0) return leaf(object.key, object.key, false);
  const inner = members.map((member) => boxOf(draft, member));
  const title = `${object.kind} ${object.key}`;
  const width = Math.max(title.length * LETTER, ...inner.map((box) => box.width)) + 2 * MARGIN;
  const height = inner.reduce((sum, box) => sum + box.height + MARGIN, TITLE + MARGIN);
  return { name: object.key, title, isNode: false, width, height, inner };
}

/** A resource stands one column behind the last of those that come before it; what waits for itself ends the count. */
function columnsOf(draft: CibDraft, tops: readonly Box[], links: readonly Link[]): Box[][] {
  const before = new Map<string, Set<string>>();
  for (const link of links) {
    if (link.kind !== 'order') continue;
    const [from, to] = [outermost(draft, link.from), outermost(draft, link.to)];
    if (from !== to) before.set(to, new Set([...(before.get(to) ?? []), from]));
  }
  const rank = new Map<string, number>(tops.map((box) => [box.name, 0]));
  for (let round = 0; round < tops.length; round++) {
    let isDone = true;
    for (const [name, earlier] of before) {
      const due = Math.max(...[...earlier].map((one) => (rank.get(one) ?? 0) + 1));
      if (due <= (rank.get(name) ?? 0) || due >= tops.length) continue;
      rank.set(name, due);
      isDone = false;
    }
    if (isDone) break;
  }
  const columns: Box[][] = [];
  for (const box of tops) (columns[rank.get(box.name) ?? 0] ??= []).push(box);
  return [...columns].map((column) => column ?? []);
}

function outermost(draft: CibDraft, name: string): string {
  let here = name;
  for (let object = draft.get(here); object?.parent !== undefined; object = draft.get(here)) here = object.parent;
  return here;
}

function arrange(columns: readonly (readonly Box[])[], places: Map<string, Place>): { readonly width: number; readonly height: number } {
  let x = MARGIN;
  let height = 0;
  for (const column of columns) {
    let y = MARGIN;
    for (const box of column) {
      put(box, x, y, places);
      y += box.height + ROW_GAP;
    }
    height = Math.max(height, y);
    x += Math.max(...column.map((box) => box.width)) + COLUMN_GAP;
  }
  return { width: Math.max(x - COLUMN_GAP, 0) + MARGIN, height };
}

function put(box: Box, x: number, y: number, places: Map<string, Place>): void {
  places.set(box.name, { x, y, box });
  let below = y + TITLE + MARGIN / 2;
  for (const member of box.inner) {
    put(member, x + MARGIN, below, places);
    below += member.height + MARGIN;
  }
}

function drawBox({ x, y, box }: Place): XmlElement[] {
  const middle = x + box.width / 2;
  const isContainer = box.inner.length > 0;
  const outline = box.isNode
    ? element('ellipse', { cx: text(middle), cy: text(y + box.height / 2), rx: text(box.width / 2), ry: text(box.height / 2), fill: '#eef', stroke: '#446' })
    : element('rect', { x: text(x), y: text(y), width: text(box.width), height: text(box.height), rx: '6', fill: isContainer ? '#f6f6f6' : '#fff', stroke: '#444' });
  return [outline, caption(middle, isContainer ? y + TITLE - 6 : y + box.height / 2 + 4, box.title)];
}

const LINE: Readonly<Record<Link['kind'], Readonly<Record<string, string>>>> = {
  order: { stroke: '#222', 'marker-end': 'url(#arrow)' },
  colocation: { stroke: '#27a', 'stroke-dasharray': '6 4' },
  location: { stroke: '#777', 'stroke-dasharray': '2 3', 'marker-end': 'url(#arrow)' },
};

/** Several kinds of lines may join the same boxes. */
const SHIFT: Readonly<Record<Link['kind'], number>> = { order: -7, colocation: 9, location: 0 };

/** From the side of one box to the facing side of the other. */
function drawLink(link: Link, from: Place | undefined, to: Place | undefined): XmlElement[] {
  if (from === undefined || to === undefined) return [];
  const isForward = from.x + from.box.width <= to.x;
  const isBackward = to.x + to.box.width <= from.x;
  const [x1, x2] = isForward ? [from.x + from.box.width, to.x] : isBackward ? [from.x, to.x + to.box.width] : [from.x + from.box.width, to.x + to.box.width];
  const [y1, y2] = [from, to].map((one) => one.y + one.box.height / 2 + SHIFT[link.kind]) as [number, number];
  const bow = isForward || isBackward ? 0 : COLUMN_GAP / 2;
  const [mx, my] = [(x1 + x2) / 2 + bow, (y1 + y2) / 2];
  const line = element('path', { d: `M ${text(x1)} ${text(y1)} Q ${text(mx)} ${text(my)} ${text(x2)} ${text(y2)}`, fill: 'none', ...LINE[link.kind] });
  return link.label === '' ? [line] : [line, caption(mx - bow / 2, my + (link.kind === 'colocation' ? 13 : -4), link.label)];
}

function caption(x: number, y: number, words: string): XmlElement {
  return element('text', { x: text(x), y: text(y), 'text-anchor': 'middle' }, [new XmlText(words)]);
}

function text(pixels: number): string {
  return String(Math.round(pixels * 10) / 10);
}
