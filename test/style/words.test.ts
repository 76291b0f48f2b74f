// SPDX-License-Identifier: GPL-2.0-or-later
/** What every file says of itself, and words that no file may hold. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, sourceFiles, type SourceFile } from './tree.ts';

const files = sourceFiles(['src', 'grammar', 'bin', 'scripts', 'test'], ['.ts', '.tsx', '.mjs', '.cjs']);

describe('every source file', () => {
  it('begins with its licence', () => {
    const wrong = files.filter((file) => !/^(?:#!.*\n)?\/\/ SPDX-License-Identifier: GPL-2\.0-or-later\n/.test(file.text));
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  it('holds no word of unfinished work', () => {
    const unfinished = /\b(?:todo|fixme|xxx|hack)\b|not (?:yet )?implemented(?!')|for now\b/i;
    const wrong = files
      .filter((file) => !file.path.startsWith('test/style/'))
      .flatMap((file) => file.text.split('\n').flatMap((line, i) => (unfinished.test(line) ? [`${file.path}:${i + 1}: ${line.trim()}`] : [])));
    expect(wrong).toEqual([]);
  });

  it('has a name that says what it is', () => {
    const empty = /(?:^|\/)(?:utils?|helpers?|common|misc|stuff)\d*(?:\.tsx?$|\/)/;
    expect(files.map((file) => file.path).filter((path) => empty.test(path))).toEqual([]);
  });

  it('carries no path of one machine', () => {
    const wrong = files.filter((file) => /['"`\s](?:\/work\/(?:main|shared)|\/root\/|\/Users\/)/.test(file.text) && !file.path.startsWith('test/style/'));
    expect(wrong.map((file) => file.path)).toEqual([]);
  });
});

describe('exports', () => {
  it('are used outside the file that makes them', () => {
    const sources = files.filter((file) => file.path.startsWith('src/') || file.path.startsWith('grammar/'));
    const words = wordOwners();
    const dead = sources.flatMap((file) => deadNames(file, words).map((name) => `${file.path}: ${name}`));
    expect(dead).toEqual([]);
  });
});

/** A type that another exported type or function of its file mentions is part of that one's signature. */
function deadNames(file: SourceFile, words: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return exportedNames(file.text)
    .filter(({ name }) => !usedElsewhere(words.get(name), file.path))
    .filter(({ name, isType }) => !isType || file.text.split(new RegExp(`\\b${name}\\b`)).length < 3)
    .map(({ name }) => name);
}

/** Doors only pass names on, so a name that stands nowhere but in its file and in re-exports is not used. */
function usedElsewhere(owners: ReadonlySet<string> | undefined, path: string): boolean {
  if (owners === undefined) return false;
  for (const owner of owners) if (owner !== path) return true;
  return false;
}

function withoutDoors(text: string): string {
  return text.replace(/^export (?:type )?\{[^}]*\} from .*$/gm, '');
}

function wordOwners(): Map<string, Set<string>> {
  const owners = new Map<string, Set<string>>();
  for (const file of files) {
    for (const word of new Set(withoutDoors(file.text).match(/[A-Za-z_$][\w$]*/g))) {
      const set = owners.get(word) ?? new Set();
      set.add(file.path);
      owners.set(word, set);
    }
  }
  return owners;
}

function exportedNames(text: string): { name: string; isType: boolean }[] {
  const declared = text.matchAll(/^export (?:abstract )?(?:async )?(function\*?|const|let|class|interface|type) ([A-Za-z_$][\w$]*)/gm);
  return [...declared].map((match) => ({ name: match[2]!, isType: match[1] === 'interface' || match[1] === 'type' }));
}

describe('the repository', () => {
  it('declares a launcher for every command name', () => {
    const { bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { bin: Record<string, string> };
    for (const [name, path] of Object.entries(bin)) expect(readFileSync(join(ROOT, path), 'utf8')).toContain(`'${name}'`);
  });
});
