// SPDX-License-Identifier: GPL-2.0-or-later
/** The options in force: defaults, then the system's file, then the user's, then `-o`, then what the session set. */
import type { ShellDisk } from '../context.ts';
import { readIni, writeIni } from './ini.ts';
import { expectation, isTrue, optionTable, type OptionDescription } from './table.ts';

export interface OptionFiles {
  readonly system: string;
  readonly user: string;
}

export class Options {
  readonly #disk: ShellDisk;
  readonly #files: OptionFiles;
  readonly #stored = new Map<string, string>();
  readonly #values = new Map<string, string>();
  readonly problems: string[] = [];

  constructor(disk: ShellDisk, files: OptionFiles) {
    this.#disk = disk;
    this.#files = files;
    for (const file of [files.system, files.user]) this.#load(file);
  }

  #load(file: string): void {
    const text = this.#disk.read(file);
    if (text === undefined) return;
    const { values, problems } = readIni(text);
    for (const { line, text: found } of problems) this.problems.push(`${file}:${line}: expected NAME = VALUE, found "${found}"`);
    for (const [key, value] of values) {
      const problem = this.check(key, value);
      if (problem !== undefined && optionTable().has(key)) this.problems.push(`${file}: ${problem}`);
      else {
        this.#values.set(key, value);
        if (file === this.#files.user) this.#stored.set(key, value);
      }
    }
  }

  /** Undefined when the option exists and takes the value, else a sentence. */
  check(key: string, value: string): string | undefined {
    const option = optionTable().get(key);
    if (option === undefined) return `unknown option ${key}`;
    const expected = expectation(option, value);
    return expected === undefined ? undefined : `option ${key}: expected ${expected}, found "${value}"`;
  }

  get(key: string): string {
    const option = optionTable().get(key);
    if (option === undefined) throw new Error(`defect: no option ${key}`);
    return this.#values.get(key) ?? option.initial;
  }

  isOn(key: string): boolean {
    return isTrue(this.get(key));
  }

  isChanged(key: string): boolean {
    return this.#values.has(key);
  }

  /** Sets a value already checked with {@link check}. */
  set(key: string, value: string): void {
    this.#values.set(key, value);
  }

  /** Back to the defaults; the file is not touched. */
  reset(): void {
    this.#values.clear();
  }

  /** Writes the values that differ from the defaults to the user's file. */
  save(): string {
    const changed = new Map<string, string>();
    for (const [key, option] of optionTable()) {
      const value = this.#values.get(key);
      if (value !== undefined && value !== option.initial) changed.set(key, value);
    }
    for (const [key, value] of this.#stored) if (!optionTable().has(key)) changed.set(key, value);
    this.#disk.write(this.#files.user, writeIni(changed));
    return this.#files.user;
  }

  all(): readonly OptionDescription[] {
    return [...optionTable().values()];
  }
}

/** Where the files are: `crm/crm.conf` in the first of `$XDG_CONFIG_DIRS`, else in /etc; and `$CRM_CONFIG_FILE`, else in the XDG configuration directory. */
export function optionFiles(env: ReadonlyMap<string, string>): OptionFiles {
  const home = env.get('HOME') ?? '/';
  const config = env.get('XDG_CONFIG_HOME') || `${home}/.config`;
  const shared = (env.get('XDG_CONFIG_DIRS') ?? '').split(':')[0] || '/etc';
  return { system: `${shared}/crm/crm.conf`, user: env.get('CRM_CONFIG_FILE') || `${config}/crm/crm.conf` };
}
