// SPDX-License-Identifier: GPL-2.0-or-later
/** The copy of the configuration that the configure level works on, until it is committed or dropped. */
import type { AgentFacts, CibDraft, CompileResult, CompileSettings, DraftMark, UndoneChange, XmlElement } from '../cib/index.ts';
import { agentId, CibDraft as Draft, compile } from '../cib/index.ts';
import { blocksLoad, describeDiagnostic, diagnosticAsData, Lines, parse, type Diagnostic, type LineStart } from '../language/index.ts';
import { consentCode, withoutConsented } from './consent.ts';
import { Places } from './places.ts';
import type { Session, StateKey } from './session.ts';

const KEY: StateKey<ConfigurationSession | undefined> = { name: 'configuration' };

export class ConfigurationSession {
  /** The CIB as it was read. */
  readonly base: XmlElement;
  readonly draft: CibDraft;
  readonly agents: AgentFacts;
  /** Where the objects of this session's texts were written. */
  readonly places = new Places();
  readonly #marks: DraftMark[] = [];
  readonly #undone: UndoneChange[] = [];
  readonly #reported = new Set<string>();
  readonly #start: DraftMark;
  readonly #isReplaced: boolean;

  /** `now` is what the copy starts with when that is not the CIB as it was read. */
  constructor(base: XmlElement, agents: AgentFacts, now: XmlElement = base) {
    this.base = base;
    this.agents = agents;
    this.draft = new Draft(now);
    this.#start = this.draft.mark();
    this.#isReplaced = now !== base;
  }

  /** Whether anything is to be committed. */
  get isChanged(): boolean {
    return this.#isReplaced || this.draft.hasChangedSince(this.#start) || this.base.get('validate-with') !== this.draft.schema;
  }

  /** Runs one command's change; an exception leaves the draft as it was. One command is one step of undo. */
  change<T>(action: () => T): T {
    const mark = this.draft.mark();
    this.#undone.length = 0;
    try {
      return action();
    } catch (problem) {
      this.draft.rollback(mark);
      throw problem;
    } finally {
      if (this.draft.hasChangedSince(mark)) this.#marks.push(mark);
    }
  }

  /** Whether a problem of an object is news; asked once, it is not news any more. */
  isNews(one: Diagnostic): boolean {
    const key = `${one.code} ${one.object ?? ''}`;
    if (one.code !== 'unknown-agent') return true;
    const isKnown = this.#reported.has(key);
    this.#reported.add(key);
    return !isKnown;
  }

  /** Takes the last change back; false when there is none. */
  undo(): boolean {
    const mark = this.#marks.pop();
    if (mark === undefined) return false;
    this.#undone.push(this.draft.rollback(mark));
    return true;
  }

  /** Does the change again that was taken back last; false when there is none, or something was changed since. */
  redo(): boolean {
    const change = this.#undone.pop();
    if (change === undefined) return false;
    this.#marks.push(this.draft.mark());
    this.draft.replay(change);
    return true;
  }
}

/** The session's copy, read from the cluster or file when it is first needed. */
export async function configurationOf(session: Session): Promise<ConfigurationSession> {
  const present = session.state(KEY, () => undefined);
  if (present !== undefined) return present;
  const made = new ConfigurationSession(await session.cib(), agentFacts(session));
  session.setState(KEY, made);
  return made;
}

/** The copy if there is one. */
export function openConfiguration(session: Session): ConfigurationSession | undefined {
  return session.state(KEY, () => undefined);
}

/** Goes on with another copy. */
export function replaceConfiguration(session: Session, configuration: ConfigurationSession): void {
  session.setState(KEY, configuration);
}

/** Forgets the copy; the next command reads the CIB again. */
export function dropConfiguration(session: Session): void {
  session.setState(KEY, undefined);
}

function agentFacts(session: Session): AgentFacts {
  const { agents } = session;
  return {
    resolve: (text) => agents.resolve(text),
    metadata: (agent) => agents.facts(agent),
    names: (agentClass) => {
      const providers = agentClass === 'ocf' ? agents.providers() : [undefined];
      const installed = providers.flatMap((provider) => agents.types(agentClass, provider).map((type) => agentId({ class: agentClass, provider, type })));
      return [...new Set([...installed, ...agents.catalogue().ids().filter((id) => id.startsWith(`${agentClass}:`))])];
    },
  };
}

/** Compiles a typed text into the draft as one step; prints what there is to say about it. `written`: where its lines stand in a script. */
export function applyText(session: Session, configuration: ConfigurationSession, text: string, written?: readonly LineStart[]): CompileResult {
  const parsed = parse(text, { mode: 'typed' });
  const result = configuration.change(() => compile({ parsed, draft: configuration.draft, agents: configuration.agents, settings: compileSettings(session, 'typed') }));
  const lines = new Lines(text, written);
  configuration.places.remember(result, lines);
  report(session, result.diagnostics.filter((one) => configuration.isNews(one)), lines);
  return result;
}

/** What the user's options say about reading text. */
export function compileSettings(session: Session, mode: 'file' | 'typed'): CompileSettings {
  return {
    mode,
    hasAdvisedOperations: session.options.isOn('core.has_ra_advised_op'),
    hasAdvisedFencingOperations: session.options.isOn('core.has_fa_advised_op'),
  };
}

/** Prints diagnostics with their source lines, or as data with `--json`; `lines` are those of the text that was just read. */
export function report(session: Session, found: readonly Diagnostic[], lines = NO_LINES): void {
  const places = openConfiguration(session)?.places;
  for (const diagnostic of withoutConsented(session, found)) {
    const at = places?.locate(diagnostic) ?? { one: diagnostic, lines };
    if (session.flags.json) session.presentDiagnostics([{ ...diagnosticAsData(at.one, at.lines), rule: consentCode(at.one) ?? null }]);
    else sayDiagnostic(session, at.one, at.lines);
  }
}

const NO_LINES = new Lines('');

function sayDiagnostic(session: Session, found: Diagnostic, lines: Lines): void {
  // What the user forces is said as a warning, as long as it can be forced.
  const one = session.flags.force && found.severity === 'error' && !blocksLoad(found) ? { ...found, severity: 'warning' as const } : found;
  const { headline, isPlaced, details } = describeDiagnostic(one, lines);
  if (one.severity === 'error') session.error(headline, isPlaced);
  else if (one.severity === 'warning') session.warn(headline, isPlaced);
  else session.info(headline, isPlaced);
  const consent = one.severity === 'hint' ? undefined : consentCode(one);
  for (const line of [...details, ...(consent === undefined ? [] : [`  to ${one.severity === 'error' ? 'accept' : 'silence'} it: --allow ${consent}`])]) session.context.err(`${line}\n`);
}
