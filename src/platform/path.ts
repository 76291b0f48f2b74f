// SPDX-License-Identifier: GPL-2.0-or-later

/** A path as a command that works in `cwd` understands it. */
export function absolute(cwd: string, path: string): string {
  return path.startsWith('/') ? path : `${cwd === '/' ? '' : cwd}/${path}`;
}
