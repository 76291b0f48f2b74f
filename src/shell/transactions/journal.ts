// SPDX-License-Identifier: GPL-2.0-or-later
/** The journal of commits: who changed what and when, with the configuration after each, so that any can be compared with or gone back to. */
import { changesBetween, element, md5, readXml, summaryOf, versionOf, writeXml, type XmlElement } from '../../cib/index.ts';
import { absolute } from '../../platform/index.ts';
import type { ShellContext } from '../context.ts';

/** As many as network equipment keeps; a configuration is small beside a log. */
const KEPT_ENTRIES = 50;
const FORMAT = 1;

export interface JournalEntry {
  readonly format: number;
  readonly number: number;
  readonly epochMs: number;
  readonly user: string;
  readonly summary: string;
  readonly comment: string | undefined;
  /** `admin_epoch.epoch` after the commit. */
  readonly version: string;
}

export class CommitJournal {
  readonly #context: ShellContext;
  readonly #directory: string;

  constructor(context: ShellContext, directory: string) {
    this.#context = context;
    this.#directory = directory;
  }

  /** The right to commit and write about it; call the result to give it back. Where it cannot be had in time, order is lost and nothing else. */
  async lock(): Promise<() => void> {
    try {
      return (await this.#context.disk.lock?.(`${this.#directory}/commit`)) ?? ((): void => {});
    } catch {
      // Another shell holds it for longer than anyone waits.
      return () => {};
    }
  }

  /** Newest first. */
  entries(): readonly JournalEntry[] {
    return [...this.#eachEntry()];
  }

  *#eachEntry(): IterableIterator<JournalEntry> {
    for (const number of this.#numbers()) {
      const entry = readEntry(this.#context.disk.read(this.#path(number, 'json')));
      if (entry !== undefined) yield entry;
    }
  }

  /** Newest first. */
  #numbers(): number[] {
    const names = this.#context.disk.list(this.#directory);
    return names.flatMap((name) => (/^\d+\.json$/.test(name) ? [Number(name.slice(0, -'.json'.length))] : [])).sort((a, b) => b - a);
  }

  /** The configuration after a commit. */
  configuration(number: number): XmlElement | undefined {
    const text = this.#context.disk.read(this.#path(number, 'xml'));
    const result = text === undefined ? undefined : readXml(text);
    return result?.ok === true ? result.root : undefined;
  }

  /** The state `back` commits ago: 0 is the newest entry. */
  back(back: number): { readonly entry: JournalEntry; readonly configuration: XmlElement } | undefined {
    const entry = this.entries()[back];
    const configuration = entry === undefined ? undefined : this.configuration(entry.number);
    return entry === undefined || configuration === undefined ? undefined : { entry, configuration };
  }

  /** Notes a commit. What others changed since the last entry gets one of its own first, so that going back is exact. */
  record(before: XmlElement, after: XmlElement, user: string, comment: string | undefined): void {
    const [newest] = this.#eachEntry();
    const known = newest === undefined ? undefined : this.#stateOf(newest.number, before);
    const outside = known === undefined ? [] : changesBetween(known, before);
    let number = (newest?.number ?? -1) + 1;
    if (known === undefined || outside.length > 0) {
      this.#write(number, before, { user: '', summary: known === undefined ? 'before the first commit' : summaryOf(outside), comment: known === undefined ? undefined : 'changed elsewhere' });
      number++;
    }
    this.#write(number, after, { user, summary: summaryOf(changesBetween(before, after)), comment });
    this.#forgetOld();
  }

  /** A commit that the cluster took back at that time. */
  recordTakenBack(after: XmlElement, user: string, epochMs: number): void {
    const newest = this.entries()[0];
    const known = newest === undefined ? undefined : this.configuration(newest.number);
    this.#write((newest?.number ?? -1) + 1, after, { user, summary: known === undefined ? '' : summaryOf(changesBetween(asCib(known), after)), comment: 'taken back: not confirmed' }, epochMs);
    this.#forgetOld();
  }

  /** What an entry holds, as a document: the one given when the texts are equal, which is quicker than reading. */
  #stateOf(number: number, likely: XmlElement): XmlElement | undefined {
    if (this.#context.disk.read(this.#path(number, 'xml')) === textOf(likely)) return likely;
    const configuration = this.configuration(number);
    return configuration === undefined ? undefined : asCib(configuration);
  }

  #write(number: number, cib: XmlElement, facts: Pick<JournalEntry, 'user' | 'summary' | 'comment'>, epochMs = this.#context.epochMs()): void {
    const { adminEpoch, epoch } = versionOf(cib);
    const entry: JournalEntry = { format: FORMAT, number, epochMs, ...facts, version: `${adminEpoch}.${epoch}` };
    const { disk } = this.#context;
    // The entry comes last: a configuration without one is never looked at.
    disk.write(this.#path(number, 'xml'), textOf(cib), PRIVATE);
    disk.write(this.#path(number, 'json'), `${JSON.stringify(entry)}\n`, PRIVATE);
  }

  #forgetOld(): void {
    for (const number of this.#numbers().slice(KEPT_ENTRIES)) {
      this.#context.disk.remove(this.#path(number, 'json'));
      this.#context.disk.remove(this.#path(number, 'xml'));
    }
  }

  #path(number: number, kind: string): string {
    return `${this.#directory}/${String(number).padStart(6, '0')}.${kind}`;
  }
}

/** The configuration of a document as it is stored. */
function textOf(cib: XmlElement): string {
  return writeXml(cib.first('configuration') ?? element('configuration'), { indent: 2 });
}

/** Configurations hold passwords. */
const PRIVATE = 0o600;

function readEntry(text: string | undefined): JournalEntry | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as JournalEntry;
  } catch {
    // An entry cut short by a crash counts as not written.
    return undefined;
  }
}

/** A stored configuration as the document that comparing works on. */
export function asCib(configuration: XmlElement): XmlElement {
  return element('cib', {}, [configuration]);
}

/** Beside the embedded cluster's state; for a CIB file or a live cluster in the user's state directory. */
export function journalDirectory(context: ShellContext, kind: string, shadow: string | undefined): string {
  const { env, cwd } = context;
  const home = env.get('XDG_STATE_HOME') || `${env.get('HOME') ?? ''}/.local/state`;
  if (kind === 'embedded') return `${env.get('QUORATE_DIR') || `${home}/quorate`}/commits`;
  const file = env.get('CIB_file') ?? '';
  const name = kind === 'file' ? md5(absolute(cwd, file)) : kind === 'shadow' ? `shadow-${shadow ?? env.get('CIB_shadow') ?? ''}` : 'live';
  return `${home}/crm/commits/${name}`;
}
