// SPDX-License-Identifier: GPL-2.0-or-later
/** Which texts a lint or fmt call means: files, folders with `*.crm`, standard input. */
import { absolute } from '../../../platform/index.ts';
import type { Session } from '../../session.ts';

export interface InputText {
  /** As named on the command line or found below a named folder; `-` for standard input. */
  readonly name: string;
  readonly text: string;
}

export type Inputs = { readonly ok: true; readonly texts: readonly InputText[] } | { readonly ok: false; readonly message: string };

/** Folders nested deeper are not looked into: a loop of links would not end. */
const DEEPEST_FOLDER = 16;

export async function readInputs(session: Session, names: readonly string[]): Promise<Inputs> {
  const texts: InputText[] = [];
  for (const name of names) {
    if (name === '-') {
      texts.push({ name, text: await session.context.readInput() });
      continue;
    }
    const kind = session.context.disk.status(absolute(session.context.cwd, name))?.kind;
    if (kind === undefined) return { ok: false, message: `${name}: no such file or folder` };
    const files = kind === 'directory' ? crmFiles(session, name, 0) : [name];
    for (const file of files) {
      const text = session.context.disk.read(absolute(session.context.cwd, file));
      if (text === undefined) return { ok: false, message: `${file}: cannot be read` };
      texts.push({ name: file, text });
    }
  }
  return { ok: true, texts };
}

function crmFiles(session: Session, folder: string, depth: number): string[] {
  if (depth > DEEPEST_FOLDER) return [];
  const { disk } = session.context;
  return [...disk.list(absolute(session.context.cwd, folder))].sort().flatMap((entry) => {
    const path = `${folder.replace(/\/$/, '')}/${entry}`;
    if (entry === '.git' || entry === 'node_modules') return [];
    if (disk.status(absolute(session.context.cwd, path))?.kind === 'directory') return crmFiles(session, path, depth + 1);
    return entry.endsWith('.crm') ? [path] : [];
  });
}
