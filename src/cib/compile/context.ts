// SPDX-License-Identifier: GPL-2.0-or-later
/** What every statement is compiled with. */
import { canonical, nearest, ROLES, type DiagnosticSink, type Word } from '../../language/index.ts';
import type { AgentFacts } from './agent-facts.ts';
import type { CibDraft } from './draft.ts';
import type { ObjectKind } from './kinds.ts';

export interface CompileSettings {
  /** How the text came in: some things are added to what is typed and never to a file. */
  readonly mode: 'file' | 'typed';
  /** Add the operations that the agent advises (option core.has_ra_advised_op). */
  readonly hasAdvisedOperations: boolean;
  /** The same for fence devices (core.has_fa_advised_op). */
  readonly hasAdvisedFencingOperations: boolean;
  /** The text says all that is in a set of properties or defaults; otherwise its values go to those that are there. */
  readonly replacesSets?: boolean;
  /** The text was made without comments: that it has none says nothing. */
  readonly keepsComments?: boolean;
  /** Several statements about one set of properties or defaults are one; otherwise the second is an error. */
  readonly joinsSets?: boolean;
}

export interface CompileContext extends CompileSettings {
  readonly draft: CibDraft;
  readonly agents: AgentFacts;
  /** Words of lines that could not be read: what is missing may be defined there. */
  readonly unread: ReadonlySet<string>;
  readonly sink: DiagnosticSink;
  /** Places of the objects that the text defines, in its order: objects are made in another order than they are written. */
  readonly ranks: Map<string, number>;
  /** Whether the schema has Promoted and Unpromoted. */
  readonly hasPromotedRole: boolean;
}

/** Who has made so many mistakes needs no help with the spelling of single names; each costs a look at all objects. */
const MOST_SUGGESTIONS = 100;

/** For a message about a name that nothing has: the object of one of these kinds that was probably meant. */
export function meantObject(name: string, kinds: readonly ObjectKind[], context: Pick<CompileContext, 'draft' | 'sink'>): { suggestion?: string } {
  if (context.sink.found.length > MOST_SUGGESTIONS) return {};
  const candidates: string[] = [];
  for (const object of context.draft.objects()) if (kinds.includes(object.kind)) candidates.push(object.key);
  const suggestion = nearest(name, candidates);
  return suggestion === undefined ? {} : { suggestion };
}

/** Major and minor number of `pacemaker-X.Y`; an unknown schema counts as the newest. */
export function schemaNumber(schema: string): { readonly major: number; readonly minor: number } {
  const match = /^pacemaker-(\d+)\.(\d+)$/.exec(schema);
  return match === null ? { major: 99, minor: 0 } : { major: Number(match[1]), minor: Number(match[2]) };
}

/** Promoted and Unpromoted exist from pacemaker-3.7 on. */
export function hasPromotedRole(schema: string): boolean {
  const { major, minor } = schemaNumber(schema);
  return major > 3 || (major === 3 && minor >= 7);
}

const NEW_NAMES = new Map([['Master', 'Promoted'], ['Slave', 'Unpromoted']]);
const OLD_NAMES = new Map([['Promoted', 'Master'], ['Unpromoted', 'Slave']]);

/** A role in the schema's spelling and under the name that the schema of the CIB knows. */
export function roleOf(word: Word, context: CompileContext): string {
  return translateRole(canonical(word.text, ROLES) ?? word.text, word, context);
}

/** The name of exactly these role words that the schema of the CIB knows; anything else stays. */
export function translateRole(role: string, at: Word, context: CompileContext): string {
  const translated = (context.hasPromotedRole ? NEW_NAMES : OLD_NAMES).get(role);
  if (translated === undefined) return role;
  if (context.hasPromotedRole) context.sink.add('old-role-name', at, `"${role}" is written "${translated}" today`);
  else context.sink.add('old-schema-role', at, `"${role}" is stored as "${translated}", which the schema of this CIB knows`, { repair: 'upgrade the CIB: crm configure upgrade force' });
  return translated;
}
