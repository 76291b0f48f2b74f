// SPDX-License-Identifier: GPL-2.0-or-later
/** Brings a document to a newer schema version. */
import { isChanged, isValid, NEWEST_SCHEMA, schemaName, schemaOf, schemaPosition, SCHEMA_VERSIONS, type SchemaVersion } from '../schema/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { UpgradeImpossible, type Notes, type UpgradeNote } from './note.ts';
import { TRANSFORMATIONS } from './transform.ts';

export interface UpgradeResult {
  readonly cib: XmlElement;
  /** Schema of `cib`; `none` when validation is off, undefined when the document names no known schema. */
  readonly schema: SchemaVersion | 'none' | undefined;
  /** Whether a transformation changed more than `validate-with`. */
  readonly isTransformed: boolean;
  readonly notes: readonly UpgradeNote[];
  /**
   * Why the newest (or wanted) version was not reached: the name is unknown, the document fits no version from there on, or a step
   * from `schema` did not work out.
   */
  readonly problem?: { readonly kind: 'unknown-schema' | 'invalid' | 'step-failed'; readonly message: string };
}

export interface UpgradeOptions {
  /** Stop at this version. */
  readonly to?: SchemaVersion;
}

/**
 * Goes up version by version from the one the document names, remembering the best version the document was valid for. A step with
 * a transformation leaves the document alone when it is valid for the next version already.
 */
export function upgradeCib(root: XmlElement, options: UpgradeOptions = {}): UpgradeResult {
  const claimed = schemaOf(root.get('validate-with'));
  if (claimed === undefined) {
    const name = root.get('validate-with');
    const message = name === undefined ? 'the document does not name its schema' : `there is no schema "${name}"`;
    return { cib: root, schema: undefined, isTransformed: false, notes: [], problem: { kind: 'unknown-schema', message } };
  }
  const last = options.to ?? NEWEST_SCHEMA;
  if (claimed === 'none' || schemaPosition(claimed)! >= schemaPosition(last)!) return { cib: root, schema: claimed, isTransformed: false, notes: [] };
  return climb(root, claimed, last);
}

function climb(root: XmlElement, claimed: SchemaVersion, last: SchemaVersion): UpgradeResult {
  let here = root;
  let best: SchemaVersion | undefined;
  let notes: Notes = [];
  let failure: string | undefined;
  const names = elementNames(root);
  let wasValid = isValid(root, claimed);
  for (let at = schemaPosition(claimed)!; ; at++) {
    const version = SCHEMA_VERSIONS[at]!;
    if (!wasValid && best !== undefined) break;
    if (wasValid) best = version;
    const next = SCHEMA_VERSIONS[at + 1];
    if (version === last || next === undefined) break;
    // A step that changes no definition of an element the document has cannot change the verdict.
    const isNextValid = touches(next, names) ? isValid(here, next) : wasValid;
    const transformation = TRANSFORMATIONS.get(version);
    if (!wasValid || isNextValid || transformation === undefined) {
      wasValid = isNextValid;
      continue;
    }
    const step = attempt(here, transformation, next);
    if ('failure' in step) {
      failure = step.failure;
      notes = [...notes, ...step.notes];
      wasValid = false;
      continue;
    }
    here = step.cib;
    notes = [...notes, ...step.notes];
    for (const name of elementNames(here)) names.add(name);
    wasValid = true;
  }
  return conclude(root, here, claimed, best, last, notes, failure);
}

function attempt(here: XmlElement, transformation: (root: XmlElement, notes: Notes) => XmlElement, next: SchemaVersion): { readonly cib: XmlElement; readonly notes: Notes } | { readonly failure: string; readonly notes: Notes } {
  const notes: Notes = [];
  try {
    const cib = transformation(here, notes);
    return isValid(cib, next) ? { cib, notes } : { failure: `the result is not valid for ${schemaName(next)}`, notes };
  } catch (error) {
    if (error instanceof UpgradeImpossible) return { failure: error.message, notes };
    throw error;
  }
}

function conclude(root: XmlElement, here: XmlElement, claimed: SchemaVersion, best: SchemaVersion | undefined, last: SchemaVersion, notes: Notes, failure: string | undefined): UpgradeResult {
  if (best === undefined) {
    const message = `the document claims ${schemaName(claimed)} but is not valid for any schema from there to ${schemaName(last)}`;
    return { cib: root, schema: claimed, isTransformed: false, notes, problem: { kind: 'invalid', message } };
  }
  const cib = here.with('validate-with', schemaName(best));
  const result: UpgradeResult = { cib, schema: best, isTransformed: here !== root, notes };
  if (best === last) return result;
  const message = `the document cannot be upgraded past ${schemaName(best)}${failure === undefined ? '' : `: ${failure}`}`;
  return { ...result, problem: { kind: 'step-failed', message } };
}

/** Names of the elements that have definitions: anything may stand in the status, in any version. */
function elementNames(root: XmlElement): Set<string> {
  const names = new Set<string>([root.name]);
  for (const part of root.elements()) {
    if (part.name === 'status') names.add(part.name);
    else for (const here of part.descendants()) names.add(here.name);
  }
  return names;
}

function touches(version: SchemaVersion, names: ReadonlySet<string>): boolean {
  for (const name of names) if (isChanged(name, version)) return true;
  return false;
}
