// SPDX-License-Identifier: GPL-2.0-or-later
/** What the grammar yields: one node type per statement of the configure language, leaves are words with their place. */

/** Offsets into the text, in UTF-16 units; both -1 for a node that a program made. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One word, quotes resolved. */
export interface Word extends Span {
  readonly text: string;
}

/** `name=value`, `$id:name=value`, or a bare name. */
export interface NvPair extends Span {
  readonly kind: 'pair';
  readonly id: Word | undefined;
  readonly name: Word;
  readonly value: Word | undefined;
}

/** `@id` or `@id:name`: an nvpair that stands elsewhere. */
export interface NvReference extends Span {
  readonly kind: 'reference';
  readonly target: Word;
  readonly name: Word | undefined;
}

export type NvItem = NvPair | NvReference;

/** `$id=X` or `$id-ref=X`. */
export interface IdSpec {
  readonly id: Word | undefined;
  readonly reference: Word | undefined;
}

export type SetKeyword = 'params' | 'meta' | 'utilization' | 'attributes' | 'op_params' | 'op_meta';

/** A set of name-value pairs with its rules. */
export interface AttributeSet extends Span, IdSpec {
  readonly kind: 'set';
  readonly section: SetKeyword;
  /** False when the keyword was left out. */
  readonly isNamed: boolean;
  readonly score: Word | undefined;
  readonly rules: readonly Rule[];
  readonly items: readonly NvItem[];
  /** How many of the items stand before the rules. */
  readonly itemsBeforeRules: number;
}

/** `operations $id=X`; a reference may have an id of its own. */
export interface OperationsHead extends Span, IdSpec {
  readonly kind: 'operations';
}

export interface Operation extends Span {
  readonly kind: 'op';
  readonly name: Word;
  readonly items: readonly NvItem[];
  readonly sets: readonly AttributeSet[];
}

export type Section = AttributeSet | OperationsHead | Operation;

export interface Rule extends Span, IdSpec {
  readonly kind: 'rule';
  readonly role: Word | undefined;
  readonly score: Word | undefined;
  /** Undefined for `rule $id-ref=X`. */
  readonly expression: Expression | undefined;
}

/** Terms joined by `and` or `or`; `operators` has one word less than `terms`. */
export interface Expression extends Span {
  readonly terms: readonly Term[];
  readonly operators: readonly Word[];
}

export type Term = ComparisonTerm | DefinedTerm | DateTerm | AgentTerm | OperationTerm | NestedTerm | ReferenceTerm;

interface TermBase extends Span {
  readonly id: Word | undefined;
}

export interface ComparisonTerm extends TermBase {
  readonly kind: 'comparison';
  readonly attribute: Word;
  /** `[type:]operator`. */
  readonly operator: Word;
  readonly value: Word;
}

export interface DefinedTerm extends TermBase {
  readonly kind: 'defined';
  readonly operator: Word;
  readonly attribute: Word;
}

export interface DateTerm extends TermBase {
  readonly kind: 'date';
  /** `lt`, `gt`, `in`, `in_range`, `spec`, `date_spec`. */
  readonly operator: Word;
  /** The time of `lt` and `gt`. */
  readonly time: Word | undefined;
  /** Id of the `duration` or `date_spec` element. */
  readonly partsId: Word | undefined;
  readonly parts: readonly NvPair[];
}

/** `rsc_expression CLASS:PROVIDER:TYPE`, `*` for any. */
export interface AgentTerm extends TermBase {
  readonly kind: 'agent';
  readonly agent: Word;
}

/** `op_expression NAME[:INTERVAL]`. */
export interface OperationTerm extends TermBase {
  readonly kind: 'operation';
  readonly operation: Word;
}

export interface NestedTerm extends TermBase {
  readonly kind: 'nested';
  readonly role: Word | undefined;
  readonly score: Word | undefined;
  readonly expression: Expression;
}

/** `( $id-ref=RULE )`: a rule that stands elsewhere. */
export interface ReferenceTerm extends TermBase {
  readonly kind: 'reference';
  readonly target: Word;
}

/** Part of a list of resource sets: members between the same brackets. */
export interface ResourceGroup extends Span {
  readonly bracket: '' | '(' | '[';
  readonly members: readonly SetMember[];
}

export type SetMember =
  | { readonly kind: 'resource'; readonly word: Word }
  | { readonly kind: 'option'; readonly pair: NvPair }
  | { readonly kind: 'id'; readonly word: Word }
  /** `$id-ref=X`: a set of another constraint. */
  | { readonly kind: 'reference'; readonly word: Word };

interface StatementBase extends Span {
  readonly keyword: Word;
}

export interface NodeStatement extends StatementBase {
  readonly kind: 'node';
  readonly id: Word | undefined;
  /** `uname[:type]`. */
  readonly name: Word;
  /** `score=X`, as it stands before its colon. */
  readonly score: Word | undefined;
  readonly description: Word | undefined;
  readonly sections: readonly Section[];
}

export interface PrimitiveStatement extends StatementBase {
  readonly kind: 'primitive' | 'rsc_template';
  readonly id: Word;
  /** `[class:[provider:]]type` or `@template`. */
  readonly agent: Word;
  readonly description: Word | undefined;
  readonly sections: readonly Section[];
}

export interface ContainerStatement extends StatementBase {
  readonly kind: 'group' | 'clone' | 'ms';
  readonly id: Word;
  readonly members: readonly Word[];
  readonly description: Word | undefined;
  readonly sections: readonly Section[];
}

export type BundlePart =
  | { readonly kind: 'docker' | 'podman' | 'rkt' | 'network' | 'storage'; readonly keyword: Word; readonly pairs: readonly NvPair[]; readonly mappings: readonly BundleMapping[] }
  | { readonly kind: 'primitive'; readonly keyword: Word; readonly words: readonly Word[] }
  | AttributeSet;

export interface BundleMapping {
  readonly kind: 'port-mapping' | 'storage-mapping';
  readonly keyword: Word;
  readonly pairs: readonly NvPair[];
}

export interface BundleStatement extends StatementBase {
  readonly kind: 'bundle';
  readonly id: Word;
  readonly description: Word | undefined;
  readonly parts: readonly BundlePart[];
}

export interface LocationStatement extends StatementBase {
  readonly kind: 'location';
  readonly id: Word;
  /** A resource or `/pattern/`. */
  readonly target: Word | undefined;
  readonly sets: readonly ResourceGroup[] | undefined;
  readonly options: readonly NvPair[];
  readonly score: Word | undefined;
  readonly node: Word | undefined;
  readonly rules: readonly Rule[];
  readonly lifetime: readonly Rule[];
}

export interface SetConstraintStatement extends StatementBase {
  readonly kind: 'colocation' | 'order' | 'rsc_ticket';
  readonly id: Word;
  /** Score, kind or ticket, without its colon. */
  readonly label: Word | undefined;
  /** `_rsc_set_` was written: sets even where a simple constraint would do. */
  readonly isMarked: boolean;
  readonly sets: readonly ResourceGroup[];
  readonly options: readonly NvPair[];
  /** Rules that say how long the constraint holds. */
  readonly lifetime: readonly Rule[];
}

export interface TagStatement extends StatementBase {
  readonly kind: 'tag';
  readonly id: Word;
  readonly members: readonly Word[];
}

export interface PropertyStatement extends StatementBase, IdSpec {
  readonly kind: 'property' | 'rsc_defaults' | 'op_defaults';
  readonly score: Word | undefined;
  readonly rules: readonly Rule[];
  readonly items: readonly NvItem[];
  /** How many of the items stand before the rules. */
  readonly itemsBeforeRules: number;
}

export type TopologyItem =
  | { readonly kind: 'node'; readonly word: Word }
  | { readonly kind: 'attribute'; readonly name: Word; readonly value: Word }
  | { readonly kind: 'pattern'; readonly word: Word }
  | { readonly kind: 'level'; readonly id: Word | undefined; readonly index: Word | undefined; readonly devices: Word };

export interface TopologyStatement extends StatementBase {
  readonly kind: 'fencing_topology';
  readonly items: readonly TopologyItem[];
}

/** One `read`, `write` or `deny` with everything up to the next. */
export interface AclRight extends Span {
  readonly right: Word;
  readonly id: Word | undefined;
  readonly description: Word | undefined;
  readonly targets: readonly Word[];
}

export interface AclStatement extends StatementBase {
  readonly kind: 'role' | 'user';
  readonly id: Word;
  readonly description: Word | undefined;
  /** `role:ID` of a user. */
  readonly roles: readonly Word[];
  readonly rights: readonly AclRight[];
}

export interface AclTargetStatement extends StatementBase {
  readonly kind: 'acl_target' | 'acl_group';
  readonly id: Word;
  /** `name=X`: what the system calls the user or group, where the id cannot be that. */
  readonly options: readonly NvPair[];
  readonly roles: readonly Word[];
}

export interface Recipient extends Span {
  readonly kind: 'to';
  readonly id: Word | undefined;
  readonly value: Word;
  readonly hasBraces: boolean;
  readonly description: Word | undefined;
  readonly sets: readonly AttributeSet[];
}

export interface AlertSelect extends Span {
  readonly kind: 'select';
  readonly parts: readonly AlertSelectPart[];
}

export interface AlertSelectPart {
  readonly kind: 'nodes' | 'fencing' | 'resources' | 'attributes';
  readonly names: readonly { readonly id: Word | undefined; readonly name: Word }[];
}

export interface AlertStatement extends StatementBase {
  readonly kind: 'alert';
  readonly id: Word;
  readonly path: Word;
  readonly description: Word | undefined;
  readonly parts: readonly (AttributeSet | AlertSelect | Recipient)[];
}

export interface MonitorStatement extends StatementBase {
  readonly kind: 'monitor';
  /** `RSC[:ROLE]`. */
  readonly target: Word;
  /** `INTERVAL[:TIMEOUT]`. */
  readonly times: Word;
}

export interface XmlStatement extends StatementBase {
  readonly kind: 'xml';
  readonly xml: Word;
}

export type Statement =
  | NodeStatement
  | PrimitiveStatement
  | ContainerStatement
  | BundleStatement
  | LocationStatement
  | SetConstraintStatement
  | TagStatement
  | PropertyStatement
  | TopologyStatement
  | AclStatement
  | AclTargetStatement
  | AlertStatement
  | MonitorStatement
  | XmlStatement;
