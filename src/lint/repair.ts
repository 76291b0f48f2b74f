// SPDX-License-Identifier: GPL-2.0-or-later
/** Edits that repairs are made of: they keep layout and comments and touch nothing else. */
import type { NvItem, NvPair, Span, Statement, Word } from '../language/index.ts';
import type { Edit } from './finding.ts';
import type { LintModel, Resource, Setting } from './model/index.ts';

export function replaceWord(word: Span, text: string): Edit {
  return { start: word.start, end: word.end, text };
}

/** Gives a pair another value, in plain quotes where blanks ask for them. */
export function setValue(pair: NvPair, value: string): Edit {
  const written = /[\s"']/.test(value) ? `"${value}"` : value;
  return pair.value === undefined ? { start: pair.end, end: pair.end, text: `=${written}` } : { start: pair.value.start, end: pair.value.end, text: written };
}

/** Another name for a pair; nothing where the list has a pair of that name already. */
export function renamePair(pair: NvPair, siblings: readonly NvItem[], name: string): { readonly repair?: readonly Edit[] } {
  const isTaken = siblings.some((item) => item.kind === 'pair' && item !== pair && item.name.text === name);
  return isTaken ? {} : { repair: [replaceWord(pair.name, name)] };
}

/** Removes a pair with the blank before it; a section left empty goes with it. */
export function removePair(model: LintModel, pair: Span, section?: Section): Edit {
  if (section !== undefined && section.items.length === 1 && section.isNamed) return removeSpan(model, { start: section.start, end: pair.end });
  return removeSpan(model, pair);
}

/** Removes a property or default; with the last one goes its statement. */
export function removeSetting(model: LintModel, setting: Setting): Edit {
  return setting.statement.items.length === 1 && setting.statement.rules.length === 0 ? removeStatement(model, setting.statement) : removePair(model, setting.pair);
}

interface Section extends Span {
  readonly items: readonly Span[];
  readonly isNamed: boolean;
}

/** Removes a span and the blanks (and the continued line break) before it. */
export function removeSpan(model: LintModel, span: Span): Edit {
  const before = model.text.slice(0, span.start).replace(/(?:[ \t]|\\[ \t]*\n)+$/, '').length;
  return { start: before, end: span.end, text: '' };
}

/** Gives a resource a pair of a section: in place of one of that name, else behind the last one, else in a section made for it. */
export function addPair(resource: Resource, section: 'meta' | 'params', pair: string): Edit {
  const attributes = section === 'meta' ? resource.meta : resource.params;
  const standing = attributes.find(({ name }) => pair.startsWith(`${name}=`));
  if (standing !== undefined) return replaceWord(standing.pair, pair);
  const last = attributes[attributes.length - 1];
  if (last !== undefined) return insertAt(last.pair.end, ` ${pair}`);
  // A new section stands before the operations, where readers look for it.
  const first = resource.operations[0]?.operation;
  return first === undefined ? insertAt(resource.statement.end, ` ${section} ${pair}`) : insertAt(first.start, `${section} ${pair} `);
}

export function insertAt(offset: number, text: string): Edit {
  return { start: offset, end: offset, text };
}

/** Adds ` name=value` behind the last pair of a statement of settings. */
export function addSetting(model: LintModel, kind: 'property' | 'rsc_defaults' | 'op_defaults', pair: string): Edit {
  const statement = model.statements.find((one) => one.kind === kind);
  if (statement !== undefined) return insertAt(statement.end, ` ${pair}`);
  const id = kind === 'property' ? 'cib-bootstrap-options' : kind === 'rsc_defaults' ? 'rsc-options' : 'op-options';
  return addLine(model, `${kind} ${id}: ${pair}`);
}

/** A statement of its own at the end of the text. */
export function addLine(model: LintModel, line: string): Edit {
  const end = model.text.length;
  return insertAt(end, `${model.text === '' || model.text.endsWith('\n') ? '' : '\n'}${line}\n`);
}

/** Whether a new line may name the id as it is: odd ones would need quotes, and brackets end a word of a constraint. */
export function isPlainId(id: string): boolean {
  return /^[\w.-]+$/.test(id);
}

/** The id itself, or with the first number behind it that no statement has taken. */
export function freeId(model: LintModel, id: string): string {
  const taken = new Set(model.statements.flatMap((one) => ('id' in one && one.id !== undefined ? [one.id.text] : [])));
  if (!taken.has(id) && !model.rawIds.has(id)) return id;
  for (let number = 2; ; number++) if (!taken.has(`${id}-${number}`)) return `${id}-${number}`;
}

/** Deletes a whole statement with its line break. */
export function removeStatement(model: LintModel, statement: Statement): Edit {
  const newline = model.text.indexOf('\n', statement.end);
  return { start: statement.start, end: newline < 0 ? model.text.length : newline + 1, text: '' };
}

/** Text of a span as written. */
export function written(model: LintModel, span: Span): string {
  return model.text.slice(span.start, span.end);
}

export function insertAfterWord(word: Word, text: string): Edit {
  return insertAt(word.end, text);
}
