// SPDX-License-Identifier: GPL-2.0-or-later
/** The parts of a picture and the lists by which they are added and left out. */

export type Section =
  | 'stack'
  | 'dc'
  | 'times'
  | 'counts'
  | 'options'
  | 'maint-mode'
  | 'nodes'
  | 'resources'
  | 'attributes'
  | 'failcounts'
  | 'operations'
  | 'failures'
  | 'fencing-failed'
  | 'fencing-pending'
  | 'fencing-succeeded'
  | 'tickets'
  | 'bans';

const SUMMARY: readonly Section[] = ['stack', 'dc', 'times', 'counts', 'maint-mode'];
const FENCING: readonly Section[] = ['fencing-failed', 'fencing-pending', 'fencing-succeeded'];
const PLAIN: readonly Section[] = ['options', 'nodes', 'resources', 'attributes', 'failcounts', 'operations', 'failures', 'tickets', 'bans'];
const EVERYTHING: readonly Section[] = [...SUMMARY, ...PLAIN, ...FENCING];
const DEFAULT: readonly Section[] = [...SUMMARY, 'nodes', 'resources', 'failures', 'fencing-failed', 'fencing-pending'];

/** Words of the lists, single sections and groups of them, in the order of messages. */
const WORDS: ReadonlyMap<string, readonly Section[]> = new Map<string, readonly Section[]>([
  ['all', EVERYTHING],
  ['attributes', ['attributes']],
  ['bans', ['bans']],
  ['counts', ['counts']],
  ['dc', ['dc']],
  ['default', DEFAULT],
  ['failcounts', ['failcounts']],
  ['failures', ['failures']],
  ['fencing', FENCING],
  ['fencing-failed', ['fencing-failed']],
  ['fencing-pending', ['fencing-pending']],
  ['fencing-succeeded', ['fencing-succeeded']],
  ['maint-mode', ['maint-mode']],
  ['nodes', ['nodes']],
  ['none', []],
  ['operations', ['operations']],
  ['options', ['options']],
  ['resources', ['resources']],
  ['stack', ['stack']],
  ['summary', SUMMARY],
  ['tickets', ['tickets']],
  ['times', ['times']],
]);

/** What an unknown word is answered with. */
export function sectionWords(): string {
  return [...WORDS.keys()].map((word) => (word === 'bans' ? 'bans[:PREFIX]' : word)).join(', ');
}

export class Sections {
  #shown: Set<Section>;
  /** Ids of the bans that are shown begin so. */
  bansPrefix = '';

  #all: readonly Section[];

  /** For programs everything is shown unless it is left out. Plain text shows the options only when they are named. */
  constructor(form: 'program' | 'text' | 'html') {
    this.#shown = new Set(form === 'program' ? EVERYTHING : DEFAULT);
    this.#all = form === 'text' ? EVERYTHING.filter((section) => section !== 'options') : EVERYTHING;
  }

  has(section: Section): boolean {
    return this.#shown.has(section);
  }

  copy(): Sections {
    const copy = new Sections('text');
    copy.#shown = new Set(this.#shown);
    copy.#all = this.#all;
    copy.bansPrefix = this.bansPrefix;
    return copy;
  }

  /** Whether any part of the summary is shown. */
  hasSummary(): boolean {
    return [...SUMMARY, 'options' as const].some((section) => this.has(section));
  }

  hasFencing(): boolean {
    return FENCING.some((section) => this.has(section));
  }

  add(...sections: readonly Section[]): void {
    for (const section of sections) this.#shown.add(section);
  }

  remove(...sections: readonly Section[]): void {
    for (const section of sections) this.#shown.delete(section);
  }

  addSummary(): void {
    this.add(...SUMMARY);
  }

  removeSummary(): void {
    this.remove(...SUMMARY, 'options');
  }

  removeFencing(): void {
    this.remove(...FENCING);
  }

  /** Adds a list from the left to the right; false when a word of it is unknown. */
  include(list: string): boolean {
    return this.#apply(list, (word, sections) => {
      if (word === 'none') this.#shown.clear();
      this.add(...(word === 'all' ? this.#all : sections));
    });
  }

  exclude(list: string): boolean {
    return this.#apply(list, (word, sections) => {
      if (word === 'none') this.add(...this.#all);
      else this.remove(...sections);
    });
  }

  #apply(list: string, change: (word: string, sections: readonly Section[]) => void): boolean {
    if (list === '') return true;
    for (const part of list.split(',')) {
      const [word = '', prefix] = part.startsWith('bans:') ? ['bans', part.slice('bans:'.length)] : [part];
      const sections = WORDS.get(word);
      if (sections === undefined) return false;
      if (prefix !== undefined) this.bansPrefix = prefix;
      change(word, sections);
    }
    return true;
  }
}
