// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * A disk in memory that remembers what has been synced. A power cut goes back to that, except that unsynced writes
 * and names may, each by chance, have reached the disk after all.
 */
import type { Disk, RandomStream } from '../platform.ts';

interface Inode {
  text: string;
  syncedText: string | undefined;
  isExecutable: boolean;
}

export class SimulatedDisk implements Disk {
  private names = new Map<string, Inode>();
  private syncedNames = new Map<string, Inode>();
  private readonly random: RandomStream;

  constructor(random: RandomStream) {
    this.random = random;
  }

  read(path: string): string | undefined {
    return this.names.get(path)?.text;
  }

  write(path: string, text: string, mode = 0o600): void {
    const isExecutable = (mode & 0o100) !== 0;
    const inode = this.names.get(path);
    if (inode === undefined) this.names.set(path, { text, syncedText: undefined, isExecutable });
    else Object.assign(inode, { text, isExecutable });
  }

  append(path: string, text: string): void {
    this.write(path, (this.read(path) ?? '') + text);
  }

  sync(path: string): void {
    const inode = this.required(path);
    inode.syncedText = inode.text;
  }

  syncDirectory(path: string): void {
    for (const name of [...this.syncedNames.keys()]) {
      if (directoryOf(name) === path && !this.names.has(name)) this.syncedNames.delete(name);
    }
    for (const [name, inode] of this.names) if (directoryOf(name) === path) this.syncedNames.set(name, inode);
  }

  rename(from: string, to: string): void {
    this.names.set(to, this.required(from));
    this.names.delete(from);
  }

  link(from: string, to: string): void {
    this.names.set(to, this.required(from));
  }

  remove(path: string): void {
    for (const name of [...this.names.keys()]) if (isUnder(name, path)) this.names.delete(name);
  }

  list(path: string): readonly string[] {
    const found = new Set<string>();
    for (const name of this.names.keys()) {
      if (name.startsWith(`${path}/`)) found.add(name.slice(path.length + 1).split('/')[0]!);
    }
    return [...found].sort();
  }

  makeDirectory(): void {}

  isExecutable(path: string): boolean {
    return this.names.get(path)?.isExecutable ?? false;
  }

  /** What a host finds on its disk when it boots after losing power. */
  powerCut(directory: string): void {
    const all = new Set([...this.names.keys(), ...this.syncedNames.keys()].filter((name) => isUnder(name, directory)));
    for (const name of [...all].sort()) {
      const inode = this.random.below(2) === 0 ? this.names.get(name) : this.syncedNames.get(name);
      if (inode === undefined) {
        this.names.delete(name);
        this.syncedNames.delete(name);
        continue;
      }
      if (inode.syncedText !== inode.text) inode.text = this.random.below(2) === 0 ? inode.text : (inode.syncedText ?? '');
      inode.syncedText = inode.text;
      this.names.set(name, inode);
      this.syncedNames.set(name, inode);
    }
  }

  private required(path: string): Inode {
    const inode = this.names.get(path);
    if (inode === undefined) throw new Error(`no such file: ${path}`);
    return inode;
  }
}

function isUnder(name: string, directory: string): boolean {
  return name === directory || name.startsWith(`${directory}/`);
}

function directoryOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/'));
}
