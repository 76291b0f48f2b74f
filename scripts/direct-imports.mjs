// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * A bundler plug-in that looks through the doors of rooms: an import from a room's `index.ts` becomes an import from the file
 * that makes the name. The sources keep their doors; the chunks of the program hold only what a command uses.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const DOOR = /^import\s+(type\s+)?\{([^}]*)\}\s+from\s+'(\.{1,2}\/[^']*index\.ts)';$/gm;

export function directImports() {
  const makers = new Map();
  return {
    name: 'direct-imports',
    setup(build) {
      build.onLoad({ filter: /[\\/](?:src|bin)[\\/].*\.ts$/ }, ({ path }) => ({ contents: rewritten(path, makers), loader: 'ts' }));
    },
  };
}

function rewritten(path, makers) {
  const folder = dirname(path);
  return readFileSync(path, 'utf8').replace(DOOR, (statement, isType, names, door) => {
    if (isType !== undefined) return '';
    const lines = [];
    for (const part of names.split(',').map((one) => one.trim()).filter((one) => one !== '' && !one.startsWith('type '))) {
      const [name] = part.split(/\s+as\s+/);
      const file = makerOf(join(folder, door), name, makers);
      if (file === undefined) return statement;
      lines.push(`import { ${part} } from './${relative(folder, file).replaceAll('\\', '/')}';`);
    }
    return lines.join(' ');
  });
}

/** The file that declares an exported name; undefined when that cannot be told from the text. */
function makerOf(file, name, makers) {
  const key = `${file} ${name}`;
  if (!makers.has(key)) makers.set(key, lookUp(file, name, makers));
  return makers.get(key);
}

function lookUp(file, name, makers) {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  if (new RegExp(`^export\\s+(?:abstract\\s+)?(?:async\\s+)?(?:function\\*?|class|const|let)\\s+${name}\\b`, 'm').test(text)) return file;
  for (const [, names, from] of text.matchAll(/^export\s+\{([^}]*)\}\s+from\s+'([^']+)';/gm)) {
    const words = names.split(',').map((one) => one.trim());
    if (words.includes(name)) return makerOf(join(dirname(file), from), name, makers);
  }
  for (const [, from] of text.matchAll(/^export\s+\*\s+from\s+'([^']+)';/gm)) {
    const found = makerOf(join(dirname(file), from), name, makers);
    if (found !== undefined) return found;
  }
  return undefined;
}
