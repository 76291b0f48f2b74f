// SPDX-License-Identifier: GPL-2.0-or-later
/** Where templates come from and where configurations made of them are kept. */
import { absolute } from '../../../platform/index.ts';
import type { Session } from '../../session.ts';
import { SCRIPT_DIRECTORIES } from '../../session/given.ts';
import { readTemplates, type Template } from './format.ts';

const SUFFIX = '.template';

/** Those that come with the program, then the user's own, which win. */
export function templateNames(session: Session): readonly string[] {
  const { disk } = session.context;
  return [...new Set(directories(session).flatMap((directory) => disk.list(directory).filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length))))].sort();
}

export function findTemplate(session: Session, name: string): Template | undefined {
  if (!/^[\w-]+$/.test(name)) return undefined;
  for (const directory of directories(session)) {
    const text = session.context.disk.read(`${directory}/${name}${SUFFIX}`);
    if (text !== undefined) return readTemplates(text)[0];
  }
  return undefined;
}

/** A template with all it builds on, those first; undefined names the one that is missing. */
export function withDependencies(session: Session, names: readonly string[]): { readonly ok: true; readonly templates: readonly Template[] } | { readonly ok: false; readonly missing: string } {
  const found = new Map<string, Template>();
  const visit = (name: string): string | undefined => {
    if (found.has(name)) return undefined;
    const template = findTemplate(session, name);
    if (template === undefined) return name;
    for (const needed of template.dependsOn) {
      const missing = visit(needed);
      if (missing !== undefined) return missing;
    }
    found.set(name, template);
    return undefined;
  };
  for (const name of names) {
    const missing = visit(name);
    if (missing !== undefined) return { ok: false, missing };
  }
  return { ok: true, templates: [...found.values()] };
}

function directories(session: Session): readonly string[] {
  const given = session.state(SCRIPT_DIRECTORIES, () => []).map((path) => absolute(session.context.cwd, path));
  return [...given, `${configDirectory(session)}/templates`, `${session.context.programDirectory}/templates`];
}

function configDirectory(session: Session): string {
  const { env } = session.context;
  return `${env.get('XDG_CONFIG_HOME') || `${env.get('HOME') ?? ''}/.config`}/crm`;
}

/** Configurations that are being filled in. */
export function configPath(session: Session, name: string): string {
  return `${configDirectory(session)}/configurations/${name}`;
}

export function configNames(session: Session): readonly string[] {
  return [...session.context.disk.list(`${configDirectory(session)}/configurations`)].sort();
}

export function readConfig(session: Session, name: string): readonly Template[] | undefined {
  const text = session.context.disk.read(configPath(session, name));
  return text === undefined ? undefined : readTemplates(text);
}
