// SPDX-License-Identifier: GPL-2.0-or-later
/** `fmt`: texts in one layout, on request in the words of today, with the proof that the configuration is the same. */
import { parseArgs } from 'node:util';
import { parseAgent } from '../../../agents/index.ts';
import { CibDraft, changesBetween, compile, emptyCib, parseScore, upgradeCib, XmlElement, type AgentFacts } from '../../../cib/index.ts';
import { blocksLoad, parse, printDocument, renderDiagnostics, type Diagnostic } from '../../../language/index.ts';
import { catalogueSource, fix } from '../../../lint/index.ts';
import { absolute } from '../../../platform/index.ts';
import type { Session } from '../../session.ts';
import { readInputs, type InputText } from './files.ts';

const DONE = 0;
const WOULD_CHANGE = 1;
const IMPOSSIBLE = 2;

/** Old words and torn lines: what has a form of today that says the same. */
const MODERN = /^(?:OLD80[1-5]|OLD807|OLD812|SYN00[1-5]|SYN0(?:08|09|10|13|14|17)|SYN029|SYN030)$/;

export async function runFormat(args: readonly string[], session: Session): Promise<number> {
  let given;
  try {
    given = parseArgs({ args: [...args], options: { check: { type: 'boolean' }, modernize: { type: 'boolean' } }, allowPositionals: true });
  } catch (problem) {
    return impossible(session, problem instanceof Error ? problem.message : String(problem));
  }
  if (given.positionals.length === 0) return impossible(session, 'expected a file, a folder, or - for standard input');
  const inputs = await readInputs(session, given.positionals);
  if (!inputs.ok) return impossible(session, inputs.message);
  const codes = inputs.texts.map((input) => formatOne(session, input, given.values.check === true, given.values.modernize === true));
  return Math.max(DONE, ...codes);
}

function impossible(session: Session, message: string): number {
  session.error(`configure.fmt: ${message}`);
  return IMPOSSIBLE;
}

function formatOne(session: Session, input: InputText, checksOnly: boolean, modernizes: boolean): number {
  const source = modernizes ? fix(input.text, { agents: catalogueSource(session.agents.catalogue()) }, (code) => MODERN.test(code)) : input.text;
  const parsed = parse(source, { file: input.name });
  const problems = parsed.diagnostics.filter(blocksLoad);
  if (problems.length > 0) return refuse(session, problems, source);
  const written = printDocument(parsed);
  const difference = differenceOf(input.text, written);
  if (input.name === '-' && !checksOnly) session.context.out(written);
  if (written === input.text) return DONE;
  const verdict = difference.length === 0 ? 'the configuration is the same' : `the configuration differs: ${difference.join(', ')}`;
  session.context.err(`${input.name}: ${checksOnly ? 'would be rewritten' : 'rewritten'}; ${verdict}\n`);
  // A change of meaning is never written unasked: plain formatting has none, modernising says what it is.
  if (difference.length > 0 && !modernizes) return impossible(session, `${input.name} was left alone`);
  if (checksOnly) return WOULD_CHANGE;
  if (input.name !== '-') session.context.disk.write(absolute(session.context.cwd, input.name), written);
  return DONE;
}

function refuse(session: Session, problems: readonly Diagnostic[], text: string): number {
  session.context.err(`${renderDiagnostics(problems, text)}\n`);
  return IMPOSSIBLE;
}

/** What the two texts disagree about once loaded into an empty configuration of the newest schema. */
function differenceOf(before: string, after: string): string[] {
  const [a, b] = [loaded(before), loaded(after)];
  if (a === undefined || b === undefined) return a === b ? [] : ['only one of the two texts can be loaded'];
  return changesBetween(meaningOf(a), meaningOf(b)).map((change) => `${change.kind} ${change.name}`);
}

/** Elements whose ids nothing outside of them names: a renamed set is no change of the configuration. */
const ANONYMOUS = new Set(['instance_attributes', 'meta_attributes', 'utilization', 'nvpair']);
const SETS = new Set(['instance_attributes', 'meta_attributes', 'utilization']);
/** Words that Pacemaker reads as the ones of today. */
const OF_TODAY: ReadonlyMap<string, string> = new Map([['Master', 'Promoted'], ['Slave', 'Unpromoted'], ['master-max', 'promoted-max'], ['master-node-max', 'promoted-node-max']]);

/**
 * What a configuration means: no ids of sets and pairs, old words as those of today, sets behind the other children
 * as the upgrade to schema 4.0 puts them, sets without rules that count alike joined and their pairs sorted.
 */
function meaningOf(element: XmlElement): XmlElement {
  const bare = ANONYMOUS.has(element.name) ? element.with('id', undefined) : element;
  const words = bare.attributes.map((word, i) => (i % 2 === 1 ? (OF_TODAY.get(word) ?? word) : word));
  const children = joinedSets(element.elements()).map(meaningOf);
  const ordered = children.every((child) => child.name === 'nvpair') ? children.sort(byName) : children;
  return new XmlElement(bare.name, words, ordered);
}

function joinedSets(children: readonly XmlElement[]): XmlElement[] {
  const others = children.filter((child) => !SETS.has(child.name));
  const sets = children.filter((child) => SETS.has(child.name)).sort((x, y) => scoreOfSet(y) - scoreOfSet(x));
  const joined = new Map<string, XmlElement>();
  for (const set of sets) {
    if (set.first('rule') !== undefined) continue;
    const known = joined.get(set.name);
    if (known === undefined) joined.set(set.name, set.with('score', undefined));
    // Of two pairs of one name that of the higher score counts.
    else joined.set(set.name, known.append(...set.children.filter((child) => child.kind !== 'element' || !known.elements('nvpair').some((pair) => pair.get('name') === child.get('name')))));
  }
  return [...others, ...[...joined.values()].sort((x, y) => (x.name < y.name ? -1 : 1)), ...sets.filter((set) => set.first('rule') !== undefined)];
}

function scoreOfSet(set: XmlElement): number {
  return parseScore(set.get('score') ?? '0') ?? 0;
}

function byName(a: XmlElement, b: XmlElement): number {
  const [x, y] = [a.get('name') ?? '', b.get('name') ?? ''];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The last schema before the 3.0 step, whose upgrade also moves what was removed then. */
const OLDEST_WITH_ALL = '2.10';

/** Without facts about agents nothing is added to what is written. */
const NO_AGENTS: AgentFacts = {
  resolve: (text) => parseAgent(text, () => []),
  metadata: () => undefined,
};

function loaded(text: string): XmlElement | undefined {
  const draft = new CibDraft(emptyCib({ schema: OLDEST_WITH_ALL }));
  const { isApplied } = compile({ parsed: parse(text), draft, agents: NO_AGENTS, settings: { mode: 'file', hasAdvisedOperations: false, hasAdvisedFencingOperations: false } });
  return isApplied ? upgradeCib(draft.finish()).cib : undefined;
}
