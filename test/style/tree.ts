// SPDX-License-Identifier: GPL-2.0-or-later
/** Reads the source tree for the style tests: files, their imports and their exports, as text. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface SourceFile {
  /** Path from the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export interface Import {
  /** Path from the root for a relative import, else the package or `node:` name. */
  readonly target: string;
  readonly isRelative: boolean;
  readonly isTypeOnly: boolean;
}

/** All files with one of the endings below some top-level folders. */
export function sourceFiles(folders: readonly string[], endings: readonly string[] = ['.ts', '.tsx']): SourceFile[] {
  return folders
    .flatMap((folder) => walk(join(ROOT, folder)))
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => {
      const text = readFileSync(path, 'utf8');
      return { path: slashed(relative(ROOT, path)), text, imports: importsOf(path, text) };
    });
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'generated' ? [] : walk(path);
    return [path];
  });
}

const IMPORT = /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(path: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (name: string, isTypeOnly: boolean): void => {
    const isRelative = name.startsWith('.');
    const target = isRelative ? slashed(relative(ROOT, resolve(dirname(path), name))) : name;
    found.push({ target, isRelative, isTypeOnly });
  };
  for (const match of text.matchAll(IMPORT)) add(match[2]!, match[1] !== undefined);
  for (const match of text.matchAll(DYNAMIC)) add(match[1]!, false);
  return found;
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}
