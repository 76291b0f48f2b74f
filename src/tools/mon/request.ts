// SPDX-License-Identifier: GPL-2.0-or-later
/** What the command line of crm_mon asks for. */
import { parseInterval } from '../../cib/index.ts';
import type { ViewSettings } from '../../scheduler/index.ts';
import { EXIT } from '../exit/codes.ts';
import type { ParsedOptions } from '../options/index.ts';
import { Sections, sectionWords } from './sections.ts';

export interface MonRequest {
  readonly form: 'text' | 'legacy' | 'xml' | 'old-xml' | 'html' | 'json';
  readonly isOneShot: boolean;
  readonly intervalMs: number;
  readonly sections: Sections;
  readonly view: ViewSettings;
  /** All of the fencing history, not only the newest of each kind. */
  readonly keepsAllFencing: boolean;
  readonly node: string | undefined;
  readonly resource: string | undefined;
  readonly page: { readonly isCgi: boolean; readonly title: string; readonly stylesheet: string | undefined };
}

export type MonRequestResult =
  | { readonly ok: true; readonly request: MonRequest }
  | { readonly ok: false; readonly code: number; readonly message: string; readonly showsUsage: boolean };

const DEFAULT_INTERVAL_MS = 5000;

export function readRequest(options: ParsedOptions, format: string): MonRequestResult {
  const interval = options.given.findLast((one) => one.name === 'interval');
  const intervalMs = interval === undefined ? DEFAULT_INTERVAL_MS : parseInterval(interval.value ?? '');
  if (intervalMs === undefined) {
    const spelling = interval!.spelling.length === 1 ? `-${interval!.spelling}` : `--${interval!.spelling}`;
    return { ok: false, code: EXIT.usage, message: `Invalid value for ${spelling}: ${interval!.value}`, showsUsage: false };
  }
  if (fencingLevels(options).some((level) => level > MOST_FENCING)) return { ok: false, code: EXIT.usage, message: 'Fence history must be 0-3', showsUsage: false };
  const form = formOf(options, format);
  if (form === undefined) return { ok: false, code: EXIT.usage, message: '--output-format: today, legacy', showsUsage: true };
  const isForProgram = form === 'xml' || form === 'old-xml' || form === 'json';
  const sections = new Sections(isForProgram ? 'program' : form === 'html' ? 'html' : 'text');
  const problem = readSections(options, sections);
  if (problem !== undefined) return problem;
  const isContinuous = form === 'text' || form === 'legacy' || interval !== undefined;
  return {
    ok: true,
    request: {
      form,
      isOneShot: options.has('one-shot') || !isContinuous,
      intervalMs,
      sections,
      view: {
        isByNode: options.has('group-by-node'),
        showsInactive: options.has('inactive') || isForProgram,
        isBrief: options.has('brief'),
        isDetailed: options.has('show-detail'),
        showsDescriptions: options.has('show-description'),
        showsTiming: options.has('timing-details') || isForProgram,
        showsPending: true,
      },
      keepsAllFencing: fencingLevels(options).at(-1) === MOST_FENCING,
      node: options.value('node'),
      resource: options.value('resource'),
      page: { isCgi: options.has('html-cgi'), title: options.value('html-title') ?? 'Cluster Status', stylesheet: options.value('html-stylesheet') },
    },
  };
}

function formOf(options: ParsedOptions, format: string): MonRequest['form'] | undefined {
  if (options.has('as-xml')) return 'old-xml';
  const layout = options.value('output-format') ?? 'today';
  if (layout !== 'today' && layout !== 'legacy') return undefined;
  if (format === 'xml' || format === 'html' || format === 'json') return format;
  return layout === 'legacy' ? 'legacy' : 'text';
}

/** Options are applied in the order they were given. */
function readSections(options: ParsedOptions, sections: Sections): Extract<MonRequestResult, { ok: false }> | undefined {
  for (const { name, value } of options.given) {
    switch (name) {
      case 'include':
      case 'exclude':
        if (sections[name](value ?? '')) break;
        return { ok: false, code: EXIT.usage, message: `--${name} options: ${sectionWords()}`, showsUsage: true };
      case 'failcounts':
      case 'operations':
      case 'tickets':
        sections.add(name);
        break;
      case 'timing-details':
        sections.add('operations');
        break;
      case 'neg-locations':
        sections.add('bans');
        sections.bansPrefix = value ?? '';
        break;
      case 'show-node-attributes':
        sections.add('attributes');
        break;
      case 'hide-headers':
        sections.removeSummary();
        break;
      case 'quiet':
        sections.remove('times');
        break;
      case 'fence-history':
        sections.removeFencing();
        sections.add(...fencingSections(fencingLevel(value)));
    }
  }
  return undefined;
}

/** Everything, unreduced. */
const MOST_FENCING = 3;
const USUAL_FENCING = 2;

/** What is no number counts as none. */
function fencingLevel(value: string | undefined): number {
  if (value === undefined) return USUAL_FENCING;
  return Math.max(0, Number.parseInt(value, 10) || 0);
}

function fencingLevels({ given }: ParsedOptions): number[] {
  return given.filter(({ name }) => name === 'fence-history').map(({ value }) => fencingLevel(value));
}

/** What of the fencing history a level shows. */
export function fencingSections(level: number): readonly ('fencing-failed' | 'fencing-pending' | 'fencing-succeeded')[] {
  if (level === 0) return [];
  return level === 1 ? ['fencing-failed', 'fencing-pending'] : ['fencing-failed', 'fencing-pending', 'fencing-succeeded'];
}
