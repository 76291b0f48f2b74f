// SPDX-License-Identifier: GPL-2.0-or-later
/** Rooms have one door each and the doors open one way (ARCHITECTURE.md, "Rooms"). */
import { describe, expect, it } from 'vitest';
import { sourceFiles, type Import, type SourceFile } from './tree.ts';

/** From the bottom of the house to the top: a room may use the rooms before it. */
const ORDER = ['grammar', 'language', 'cib', 'agents', 'lint', 'scheduler', 'engine', 'backends', 'shell', 'tools', 'bin'];
/** Who may know the platform's interfaces at all. */
const KNOWS_PLATFORM = new Set(['engine', 'backends', 'shell', 'tools', 'bin', 'platform']);

const files = sourceFiles(['src', 'grammar', 'bin']);

describe('rooms', () => {
  it('import only rooms below them', () => {
    const wrong = eachImport((file, to) => {
      const [from, target] = [roomOf(file.path), roomOf(to.target)];
      if (from === target || target === undefined || from === undefined) return false;
      if (target === 'platform') return !KNOWS_PLATFORM.has(from);
      if (from === 'platform') return true;
      if (from === 'tools' && target === 'shell') return true;
      return ORDER.indexOf(target) > ORDER.indexOf(from);
    });
    expect(wrong).toEqual([]);
  });

  it('are entered through their index.ts', () => {
    const wrong = eachImport((file, to) => {
      const [from, target] = [roomOf(file.path), roomOf(to.target)];
      if (from === target || target === undefined || target === 'bin' || target === 'grammar') return false;
      const isPlatformTwin = from === 'bin' && /^src\/platform\/real\/index\.ts$/.test(to.target);
      return !isPlatformTwin && to.target !== `src/${target}/index.ts`;
    });
    expect(wrong).toEqual([]);
  });

  it('leave the real world to platform/real', () => {
    const impure = /^(?:node:)?(?:fs|fs\/promises|net|dgram|child_process|os|tty|readline|worker_threads|http|https|cluster)$|^execa$/;
    const wrong = eachImport((file, to) => file.path.startsWith('src/') && !file.path.startsWith('src/platform/real/') && !to.isTypeOnly && impure.test(to.target));
    expect(wrong).toEqual([]);
  });

  it('take time, chance and environment as parameters', () => {
    const ambient = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bsetTimeout\(|\bsetInterval\(|\bprocess\.(?:env|argv|cwd|exit|stdin|stdout|stderr)\b/;
    const wrong = files
      .filter((file) => file.path.startsWith('src/') && !file.path.startsWith('src/platform/real/'))
      .flatMap((file) => codeLines(file).filter(({ line }) => ambient.test(line)).map(({ number, line }) => `${file.path}:${number}: ${line.trim()}`));
    expect(wrong).toEqual([]);
  });
});

function eachImport(isWrong: (file: SourceFile, to: Import) => boolean): string[] {
  return files.flatMap((file) => file.imports.filter((to) => isWrong(file, to)).map((to) => `${file.path} -> ${to.target}`));
}

function roomOf(path: string): string | undefined {
  const parts = path.split('/');
  if (parts[0] === 'src') return parts[1];
  return parts[0] === 'grammar' || parts[0] === 'bin' ? parts[0] : undefined;
}

/** Lines without comments and string contents, numbered from 1. */
function codeLines(file: SourceFile): { number: number; line: string }[] {
  const blanked = file.text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''")
    .replace(/(^|\s)\/\/[^\n]*/g, '$1');
  return blanked.split('\n').map((line, i) => ({ number: i + 1, line }));
}
