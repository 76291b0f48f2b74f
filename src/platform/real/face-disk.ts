// SPDX-License-Identifier: GPL-2.0-or-later
/** Files for a face: reading gives undefined instead of an error, writing never leaves half a file. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FaceDisk, FileStatus } from '../face.ts';
import { lockFile } from './file-lock.ts';

const ANY_EXECUTE_BIT = 0o111;
const PERMISSION_BITS = 0o777;
const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;

export const realFaceDisk: FaceDisk = {
  read(path) {
    return orUndefined(() => readFileSync(path, 'utf8'));
  },
  write(path, text, mode) {
    const present = orUndefined(() => statSync(path));
    // A device or a pipe is written to; renaming a file over /dev/null would replace it.
    if (present !== undefined && !present.isFile()) return writeFileSync(path, text);
    mkdirSync(dirname(path), { recursive: true, mode: DIRECTORY_MODE });
    // Through a symbolic link the file behind it is replaced, not the link.
    const target = present === undefined ? path : realpathSync(path);
    const temporary = `${target}.${process.pid}`;
    try {
      writeFileSync(temporary, text, { mode: mode ?? (present === undefined ? FILE_MODE : present.mode & PERMISSION_BITS) });
      renameSync(temporary, target);
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
  lock: lockFile,
};

/** A file that is not there, or may not be read, is an answer and not an accident. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
