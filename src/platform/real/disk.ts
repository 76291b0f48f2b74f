// SPDX-License-Identifier: GPL-2.0-or-later
/** The platform's disk on `node:fs`, synchronous, private to the user. */
import * as fs from 'node:fs';
import { dirname } from 'node:path';
import type { Disk } from '../platform.ts';

export const realDisk: Disk = {
  read(path) {
    try {
      return fs.readFileSync(path, 'utf8');
    } catch (problem) {
      if (codeOf(problem) === 'ENOENT' || codeOf(problem) === 'ENOTDIR') return undefined;
      throw problem;
    }
  },
  write(path, text, mode = 0o600) {
    fs.writeFileSync(path, text, { mode });
    // The mode of writeFileSync is masked and only counts for a new file.
    fs.chmodSync(path, mode);
  },
  append: (path, text) => fs.appendFileSync(path, text, { mode: 0o600 }),
  sync: (path) => syncPath(path, 'r+'),
  syncDirectory: (path) => syncPath(path, 'r'),
  rename: (from, to) => fs.renameSync(from, to),
  link(from, to) {
    fs.rmSync(to, { force: true });
    fs.linkSync(from, to);
  },
  remove: (path) => fs.rmSync(path, { recursive: true, force: true }),
  list(path) {
    try {
      return fs.readdirSync(path).sort();
    } catch (problem) {
      if (codeOf(problem) === 'ENOENT' || codeOf(problem) === 'ENOTDIR') return [];
      throw problem;
    }
  },
  makeDirectory(path, mode = 0o700) {
    if (fs.existsSync(path)) return;
    fs.mkdirSync(dirname(path), { recursive: true, mode });
    fs.mkdirSync(path, { recursive: true, mode });
  },
  isExecutable(path) {
    try {
      fs.accessSync(path, fs.constants.X_OK);
      return fs.statSync(path).isFile();
    } catch {
      // Missing and forbidden are the same answer here: it cannot be run.
      return false;
    }
  },
};

function syncPath(path: string, flags: string): void {
  const descriptor = fs.openSync(path, flags);
  try {
    fs.fsyncSync(descriptor);
  } catch (problem) {
    // Some file systems refuse to sync a directory; they order metadata themselves.
    if (flags !== 'r' || codeOf(problem) !== 'EINVAL') throw problem;
  } finally {
    fs.closeSync(descriptor);
  }
}

export function codeOf(problem: unknown): string | undefined {
  return problem instanceof Error ? (problem as NodeJS.ErrnoException).code : undefined;
}
