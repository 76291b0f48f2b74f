// SPDX-License-Identifier: GPL-2.0-or-later

/** How an absolute path begins on Windows. */
const DRIVE = /^[A-Za-z]:[\\/]/;

/** A path as a command that works in `cwd` understands it. */
export function absolute(cwd: string, path: string): string {
  return path.startsWith('/') || DRIVE.test(path) ? path : `${cwd === '/' ? '' : cwd}/${path}`;
}
