// SPDX-License-Identifier: GPL-2.0-or-later
/** What the keys of an interactive crm_mon do to what it shows. The letters are those of the reference (crm_mon.md, section 9). */
import type { ViewSettings } from '../../scheduler/index.ts';
import { fencingSections, type MonRequest } from './request.ts';
import type { Section, Sections } from './sections.ts';

/** What stands on the screen. */
export interface Display {
  readonly request: MonRequest;
  /** 0 none, 1 failed and pending, 2 succeeded as well, 3 everything unreduced. */
  readonly fencingLevel: number;
  /** The list of what can be shown stands there instead of the cluster. */
  readonly isChoosing: boolean;
  /** First line that is seen of a picture which is higher than the screen. */
  readonly firstLine: number;
}

/** Lines of the screen, and how far down a picture can be moved on it. */
export interface Extent {
  readonly page: number;
  readonly lastFirstLine: number;
}

interface Choice {
  readonly key: string;
  /** The option that does the same: its summary describes the key. */
  readonly option: string;
  isShown(request: MonRequest): boolean;
  toggled(request: MonRequest): MonRequest;
}

const choice = (key: string, option: string, isShown: Choice['isShown'], toggled: Choice['toggled']): Choice => ({ key, option, isShown, toggled });
const ofSection = (key: string, option: string, section: Section): Choice =>
  choice(key, option, ({ sections }) => sections.has(section), (request) => withSections(request, (sections) => (sections.has(section) ? sections.remove(section) : sections.add(section))));
const ofView = (key: string, option: string, setting: keyof ViewSettings): Choice =>
  choice(key, option, ({ view }) => view[setting] === true, (request) => withView(request, { [setting]: request.view[setting] !== true }));

/** In the order of the list on the screen. */
export const CHOICES: readonly Choice[] = [
  ofSection('c', 'tickets', 'tickets'),
  ofSection('f', 'failcounts', 'failcounts'),
  ofView('n', 'group-by-node', 'isByNode'),
  choice('o', 'operations', ({ sections }) => sections.has('operations'), toggleOperations),
  ofView('r', 'inactive', 'showsInactive'),
  choice('t', 'timing-details', ({ view }) => view.showsTiming === true, toggleTiming),
  ofSection('A', 'show-node-attributes', 'attributes'),
  ofSection('L', 'neg-locations', 'bans'),
  choice('D', 'hide-headers', ({ sections }) => !sections.hasSummary(), toggleHeader),
  ofView('R', 'show-detail', 'isDetailed'),
  ofView('b', 'brief', 'isBrief'),
  ofView('j', 'pending', 'showsPending'),
];

/** The picture that an interactive crm_mon begins with. */
export function firstDisplay(request: MonRequest): Display {
  const { sections, keepsAllFencing } = request;
  const level = sections.has('fencing-succeeded') ? 2 : 1;
  return { request, fencingLevel: keepsAllFencing ? 3 : sections.hasFencing() ? level : 0, isChoosing: false, firstLine: 0 };
}

const FENCING_LEVELS = 4;
const QUIT = new Set(['q', '\u0003', '\u001C']);
/** Lines that stay in sight when a page is turned. */
const OVERLAP = 2;

/** A key that means nothing leaves the list of choices, and otherwise only draws again. */
export function pressKey(display: Display, key: string, extent: Extent): Display | 'quit' {
  const { request, isChoosing, firstLine } = display;
  // In the list `q` is one of the keys that return.
  if (QUIT.has(key) && !(isChoosing && key === 'q')) return 'quit';
  if (key === '?') return { ...display, isChoosing: !isChoosing, firstLine: 0 };
  if (key === 'm') {
    const fencingLevel = (display.fencingLevel + 1) % FENCING_LEVELS;
    return { ...display, fencingLevel, request: withFencing(request, fencingLevel) };
  }
  const chosen = CHOICES.find((one) => one.key === key);
  if (chosen !== undefined) return { ...display, request: chosen.toggled(request) };
  const moved = movedLine(key, firstLine, extent);
  if (moved !== undefined) return { ...display, firstLine: Math.max(0, Math.min(moved, extent.lastFirstLine)) };
  return { ...display, isChoosing: false };
}

/** Arrows, pages, begin and end; undefined for other keys. */
function movedLine(key: string, firstLine: number, { page, lastFirstLine }: Extent): number | undefined {
  switch (key) {
    case '\u001B[A':
    case '\u001BOA':
      return firstLine - 1;
    case '\u001B[B':
    case '\u001BOB':
      return firstLine + 1;
    case '\u001B[5~':
      return firstLine - Math.max(1, page - OVERLAP);
    case '\u001B[6~':
    case ' ':
      return firstLine + Math.max(1, page - OVERLAP);
    case '\u001B[H':
    case '\u001BOH':
    case '\u001B[1~':
      return 0;
    case '\u001B[F':
    case '\u001BOF':
    case '\u001B[4~':
      return lastFirstLine;
    default:
      return undefined;
  }
}

function withSections(request: MonRequest, change: (sections: Sections) => void): MonRequest {
  const sections = request.sections.copy();
  change(sections);
  return { ...request, sections };
}

function withView(request: MonRequest, change: Partial<ViewSettings>): MonRequest {
  return { ...request, view: { ...request.view, ...change } };
}

/** Times are times of operations: they go with them ... */
function toggleOperations(request: MonRequest): MonRequest {
  if (!request.sections.has('operations')) return withSections(request, (sections) => sections.add('operations'));
  return withView(withSections(request, (sections) => sections.remove('operations')), { showsTiming: false });
}

/** ... and bring them. */
function toggleTiming(request: MonRequest): MonRequest {
  const showsTiming = request.view.showsTiming !== true;
  return withView(showsTiming ? withSections(request, (sections) => sections.add('operations')) : request, { showsTiming });
}

/** A part of the header counts as a header. */
function toggleHeader(request: MonRequest): MonRequest {
  return withSections(request, (sections) => (sections.hasSummary() ? sections.removeSummary() : sections.addSummary()));
}

function withFencing(request: MonRequest, level: number): MonRequest {
  const changed = withSections(request, (sections) => {
    sections.removeFencing();
    sections.add(...fencingSections(level));
  });
  return { ...changed, keepsAllFencing: level === FENCING_LEVELS - 1 };
}
