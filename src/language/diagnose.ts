// SPDX-License-Identifier: GPL-2.0-or-later
/** The catalogue of diagnostics: what may be wrong with a configuration text, how bad it is, and what to do about it. */

export type Severity = 'error' | 'warning' | 'hint';

/** What a problem prevents: reading the text at all, committing the result, or nothing. */
export type Blocks = 'load' | 'commit' | 'nothing';

export interface DiagnosticSpan {
  readonly file: string | undefined;
  readonly start: number;
  readonly end: number;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly span: DiagnosticSpan;
  /** What could have stood there. */
  readonly expected?: readonly string[];
  /** A word that was probably meant. */
  readonly suggestion?: string;
  /** What to write or do instead. */
  readonly repair?: string;
  /** Id of the object concerned, when there is one. */
  readonly object?: string;
  /** The word of the object's text that is at fault, when that is found without the text. */
  readonly word?: string;
}

interface Entry {
  readonly severity: Severity;
  readonly blocks: Blocks;
  readonly meaning: string;
}

const entry = (severity: Severity, blocks: Blocks, meaning: string): Entry => ({ severity, blocks, meaning });
const error = (meaning: string): Entry => entry('error', 'load', meaning);
const later = (meaning: string): Entry => entry('error', 'commit', meaning);
const warning = (meaning: string): Entry => entry('warning', 'nothing', meaning);
const hint = (meaning: string): Entry => entry('hint', 'nothing', meaning);

const CATALOGUE = {
  'unknown-statement': error('The first word of a line begins no statement.'),
  'unexpected-word': error('A word stands where the grammar has no place for it.'),
  'unexpected-end': error('A statement ends before it is complete.'),
  'unterminated-quote': error('A quote is not closed on its line.'),
  'invalid-character': error('A control character, or another that XML cannot hold.'),
  'comment-dashes': error('A comment holds "--" or ends in "-", which XML comments cannot hold.'),
  'invalid-id': error('An id does not begin with a letter or underscore, or holds other characters than letters, digits, "_", "." and "-".'),
  'invalid-role': error('A role is none of Started, Stopped, Promoted, Unpromoted.'),
  'invalid-action': error('An action is none of start, stop, promote, demote.'),
  'invalid-kind': error('The kind of an order is none of Mandatory, Optional, Serialize, and no number.'),
  'invalid-boolean': error('A value is neither true nor false.'),
  'invalid-option': error('A constraint has no option of this name, or the value is not one it can take.'),
  'invalid-agent': error('An agent is not written as [class:[provider:]]type.'),
  'invalid-node-type': error('A node type is neither member nor remote.'),
  'invalid-acl-target': error('What a right applies to is not xpath:, ref:, type:, attr: or a shortcut.'),
  'invalid-value': error('A value cannot be used here.'),
  'removed-date-part': error('A date names a phase of the moon, which Pacemaker no longer knows.'),
  'too-deep': error('Rules are nested deeper than anybody can mean.'),
  'mixed-operators': error('"and" and "or" are mixed in one rule without brackets.'),
  'op-attribute-order': error('An attribute of an operation stands after a parameter of the operation.'),
  'duplicate-member': error('A member is listed more than once.'),
  'duplicate-object': error('The same object is defined twice in one text.'),
  'id-clash': error('The id belongs to an object of another kind.'),
  'unknown-resource': error('A constraint names a resource that does not exist.'),
  'not-a-container-member': error('A resource of this kind cannot be put into this container.'),
  'child-in-use': error('A resource is already in another container.'),
  'missing-object': error('A container names a member that does not exist.'),
  'missing-reference': later('An id reference leads nowhere.'),
  'incomplete-bundle': later('A bundle has no container image.'),
  'unsupported-by-schema': error('The schema of the CIB has no such object.'),
  'invalid-xml': error('The XML is not well-formed.'),
  'unknown-agent': later('No meta-data of the agent can be found.'),
  'missing-parameter': later('A parameter that the agent requires is not set.'),
  'unknown-parameter': later('The agent has no such parameter.'),
  'unknown-operation': later('The agent has no such operation.'),
  'remote-connection': later('A remote connection is in a group, a colocation or an order.'),
  'scheduler': later('The scheduler finds fault with the configuration.'),
  'scheduler-advice': warning('The scheduler can work with the configuration, but has doubts.'),
  'schema': later('The resulting CIB does not fit its schema.'),
  'duplicate-monitor': error('The resource has a monitor operation of this interval.'),
  'no-such-object': error('There is no object of this name.'),
  'bare-property': error('A property or default has no value.'),
  'rule-dropped': error('A rule cannot be added to a set of properties that exists without changing what the others mean.'),
  'glued-continuation': warning('A continued line was joined to the word before it without a blank.'),
  'continued-comment': warning('A comment line inside a continued statement became part of it.'),
  'valueless-parameter': warning('A bare word became a parameter without value.'),
  'unknown-attribute': warning('There is no meta attribute or cluster property of this name.'),
  'repeated-value': warning('Two statements of one text give an option different values.'),
  'property-value': warning('A cluster property does not take the value; its default is used.'),
  'meta-value': warning('A meta attribute does not take the value.'),
  'short-timeout': warning('A timeout is smaller than the agent advises.'),
  'operation-interval': warning('An operation has an interval that it cannot have, or that another of its kind has.'),
  'provider-ignored': warning('Agents of this class have no provider.'),
  'uniqueness': warning('Two resources share a value that must be unique.'),
  'inner-constraint': warning('A constraint names a member of a container instead of the container.'),
  'unknown-node': warning('There is no node of this name.'),
  'invalid-pattern': warning('A resource pattern is not a regular expression.'),
  'no-fencing': warning('Fencing is on, and nothing can fence.'),
  'no-role': warning('A user or group of access control has no role, and so no rights.'),
  'fencing-device': warning('A fencing level names something that is no fence device.'),
  'several-sets': warning('A reference by resource id fits several sets; the first is used.'),
  'old-role-name': hint('Master and Slave are called Promoted and Unpromoted.'),
  'old-schema-role': warning('The schema of the CIB knows Master and Slave only.'),
  'id-parameter': hint('A parameter called id was taken as the id of its set.'),
  'set-option': hint('An option makes a set of the resources of a constraint, where the constraint itself may be meant.'),
  'curly-quotes': hint('Typographic quotes were taken as plain ones.'),
  'reference-moved': hint('A constraint now names the container of its resource.'),
  'comment-dropped': hint('A comment stands above a set of properties or defaults that exists; only the values are added to it.'),
  'object-changed': hint('Another object was changed along with this one.'),
} satisfies Record<string, Entry>;

export type DiagnosticCode = keyof typeof CATALOGUE;

function severityOf(code: DiagnosticCode): Severity {
  return CATALOGUE[code].severity;
}

/** Whether a text with this problem must not be taken over. */
export function blocksLoad(one: Diagnostic): boolean {
  return CATALOGUE[one.code].blocks === 'load';
}

/** A problem that was lowered to a warning does not block. */
export function blocksCommit(one: Diagnostic): boolean {
  return one.severity === 'error' && CATALOGUE[one.code].blocks !== 'nothing';
}

/** The catalogue as rows, for documentation and `--json`. */
export function diagnosticCatalogue(): { code: DiagnosticCode; severity: Severity; blocks: Blocks; meaning: string }[] {
  return Object.entries(CATALOGUE).map(([code, one]) => ({ code: code as DiagnosticCode, ...one }));
}

type Extra = Pick<Diagnostic, 'expected' | 'suggestion' | 'repair' | 'object' | 'word'>;

/** Collects the diagnostics of one text. */
export class DiagnosticSink {
  readonly file: string | undefined;
  readonly found: Diagnostic[] = [];

  constructor(file?: string) {
    this.file = file;
  }

  add(code: DiagnosticCode, at: { readonly start: number; readonly end: number }, message: string, extra: Extra = {}): void {
    this.found.push({ code, severity: severityOf(code), message, span: { file: this.file, start: at.start, end: at.end }, ...extra });
  }

  /** In the order of the text, the worst first at one place. */
  sorted(): Diagnostic[] {
    const rank: Record<Severity, number> = { error: 0, warning: 1, hint: 2 };
    return [...this.found].sort((a, b) => a.span.start - b.span.start || rank[a.severity] - rank[b.severity]);
  }
}
