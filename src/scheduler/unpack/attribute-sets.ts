// SPDX-License-Identifier: GPL-2.0-or-later
/** Sets of name-value pairs (`meta_attributes` and the like): which of several sets counts, and which value wins. */
import { parseScore, rulePasses, type RuleContext, type XmlElement } from '../../cib/index.ts';
import type { Scheduler } from '../model/index.ts';

/** What rules inside attribute sets may look at besides the time. */
export type RuleInputs = Omit<RuleContext, 'now' | 'byId' | 'nextChange'>;

export interface SetOptions {
  /** Id of the set that goes before all others. */
  readonly firstId?: string;
  /** Whether later values replace those already in the table. */
  readonly overwrite?: boolean;
}

/** Adds the values of all sets of a kind below an element to a table; the first value for a name wins. */
export function mergeAttributeSets(
  scheduler: Scheduler,
  into: Map<string, string>,
  parent: XmlElement | undefined,
  setName: string,
  inputs: RuleInputs,
  options: SetOptions = {},
): void {
  if (parent === undefined) return;
  for (const set of sortedSets(scheduler, parent, setName, options.firstId)) {
    const rule = set.first('rule');
    if (rule !== undefined && !rulePasses(rule, ruleContext(scheduler, inputs))) continue;
    mergeSet(scheduler, into, set, options.overwrite === true);
  }
}

export function ruleContext(scheduler: Scheduler, inputs: RuleInputs): RuleContext {
  return { ...inputs, now: scheduler.clock, nextChange: scheduler.nextChange, complain: scheduler.complainOfDate, byId: (id) => scheduler.elementById(id) };
}

/** The sets by descending score; of sets with equal score the one later in the document comes first. */
function sortedSets(scheduler: Scheduler, parent: XmlElement, setName: string, firstId: string | undefined): XmlElement[] {
  const sets: XmlElement[] = [];
  for (const child of parent.children) {
    if (child.kind !== 'element' || child.name !== setName) continue;
    const set = resolve(scheduler, child);
    if (set !== undefined) sets.push(set);
  }
  if (sets.length < 2) return sets;
  sets.reverse();
  return sets.sort((a, b) => {
    if (firstId !== undefined && (a.id === firstId || b.id === firstId)) return a.id === firstId ? -1 : 1;
    return scoreOf(b) - scoreOf(a);
  });
}

function scoreOf(set: XmlElement): number {
  const text = set.get('score');
  return text === undefined ? 0 : (parseScore(text) ?? 0);
}

function resolve(scheduler: Scheduler, element: XmlElement): XmlElement | undefined {
  const reference = element.get('id-ref');
  return reference === undefined ? element : scheduler.elementById(reference);
}

function mergeSet(scheduler: Scheduler, into: Map<string, string>, set: XmlElement, overwrite: boolean): void {
  const here = new Set<string>();
  for (const child of pairs(set)) {
    const pair = resolve(scheduler, child);
    const name = child.get('name') ?? pair?.get('name');
    const value = pair?.get('value');
    if (name === undefined || value === undefined) continue;
    if (value.toLowerCase() === '#default') {
      into.delete(name);
      continue;
    }
    if (into.has(name) && !(overwrite && !here.has(name))) continue;
    into.set(name, value);
    if (overwrite) here.add(name);
  }
}

/** Pairs of a set; very old documents wrap them in `attributes`. */
function pairs(set: XmlElement): readonly XmlElement[] {
  return (set.first('attributes') ?? set).elements('nvpair');
}
