// SPDX-License-Identifier: GPL-2.0-or-later
/** Files for a face: reading gives undefined instead of an error, writing never leaves half a file. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FaceDisk, FileStatus } from '../face.ts';

const ANY_EXECUTE_BIT = 0o111;
const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;

export const realFaceDisk: FaceDisk = {
  read(path) {
    return orUndefined(() => readFileSync(path, 'utf8'));
  },
  write(path, text, mode) {
    mkdirSync(dirname(path), { recursive: true, mode: DIRECTORY_MODE });
    const kept = orUndefined(() => statSync(path).mode & 0o777);
    const temporary = `${path}.${process.pid}`;
    try {
      writeFileSync(temporary, text, { mode: mode ?? kept ?? FILE_MODE });
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  },
  append(path, text) {
    mkdirSync(dirname(path), { recursive: true, mode: DIRECTORY_MODE });
    appendFileSync(path, text, { mode: FILE_MODE });
  },
  list(path) {
    return orUndefined(() => readdirSync(path)) ?? [];
  },
  status(path): FileStatus | undefined {
    const found = orUndefined(() => statSync(path));
    if (found === undefined) return undefined;
    const kind = found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other';
    return { kind, isExecutable: (found.mode & ANY_EXECUTE_BIT) !== 0, size: found.size, modifiedEpochMs: found.mtimeMs };
  },
  remove(path) {
    rmSync(path, { force: true, recursive: true });
  },
};

/** A file that is not there, or may not be read, is an answer and not an accident. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
