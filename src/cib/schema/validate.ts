// SPDX-License-Identifier: GPL-2.0-or-later
/** Validates a document against a schema version: structure, unique ids, references. */
import type { XmlElement } from '../xml/index.ts';
import type { SchemaFinding } from './finding.ts';
import { grammarOf, type Alternative, type Definition, type Grammar } from './grammar.ts';
import { fits, mismatches, type Mismatch } from './match.ts';
import { schemaNames, schemaOf, type SchemaVersion } from './versions.ts';

/** Findings stop here: a document this wrong is not repaired finding by finding. */
const MAX_FINDINGS = 1000;

/** Everything wrong with a document at the schema it names (or the one given); empty when it is valid. */
export function validateCib(root: XmlElement, version?: SchemaVersion): SchemaFinding[] {
  const schema = version ?? schemaOf(root.get('validate-with'));
  if (schema === 'none') return [];
  if (schema === undefined) return [unknownSchema(root)];
  const validation = new Validation(grammarOf(schema), true);
  validation.document(root);
  return validation.findings;
}

/** Whether a document is valid at a version; quicker than asking for the findings. */
export function isValid(root: XmlElement, version: SchemaVersion): boolean {
  const validation = new Validation(grammarOf(version), false);
  validation.document(root);
  return validation.findings.length === 0;
}

function unknownSchema(root: XmlElement): SchemaFinding {
  const value = root.get('validate-with');
  const message = value === undefined ? 'the document does not name its schema' : `there is no schema "${value}"`;
  const expected = `one of ${schemaNames().join(', ')}`;
  return { kind: 'unknown-schema', path: '/cib', element: root, attribute: 'validate-with', message, expected, repair: 'set validate-with' };
}

/**
 * Configurations found valid, with the version. Elements never change, so what was valid stays valid: a change of the status, of which
 * a busy cluster makes thousands, does not look at the configuration again.
 */
const known = new WeakMap<XmlElement, Grammar>();

class Validation {
  readonly findings: SchemaFinding[] = [];
  readonly #grammar: Grammar;
  /** Without messages the first finding ends the work. */
  readonly #isThorough: boolean;
  /** The configuration needs no look. */
  #isKnown = false;
  readonly #ids = new Map<string, XmlElement>();
  readonly #references: { readonly element: XmlElement; readonly attribute: string; readonly target: string; readonly path: () => string }[] = [];
  /** Elements from the root to the present one, for paths. */
  readonly #trail: XmlElement[] = [];

  constructor(grammar: Grammar, isThorough: boolean) {
    this.#grammar = grammar;
    this.#isThorough = isThorough;
  }

  document(root: XmlElement): void {
    if (root.name !== 'cib') {
      this.#add({ kind: 'unknown-element', message: `the document is a <${root.name}>`, expected: '<cib>' }, root, '/');
      return;
    }
    const configuration = root.first('configuration');
    this.#isKnown = configuration !== undefined && known.get(configuration) === this.#grammar;
    this.#element(root, this.#grammar.get('cib')!);
    this.#checkReferences();
    if (configuration !== undefined && this.findings.length === 0) known.set(configuration, this.#grammar);
  }

  #checkReferences(): void {
    for (const reference of this.#references) {
      if (this.#ids.has(reference.target) || this.#isDone) continue;
      const message = `${reference.attribute} of <${reference.element.name}> names "${reference.target}", and no element has that id`;
      const repair = `create "${reference.target}", or correct or remove the reference`;
      this.#add({ kind: 'dangling-reference', attribute: reference.attribute, message, expected: 'the id of an element of this document', repair }, reference.element, reference.path());
    }
  }

  get #isDone(): boolean {
    return this.findings.length >= (this.#isThorough ? MAX_FINDINGS : 1);
  }

  #element(element: XmlElement, definition: Definition): void {
    if (this.#isDone) return;
    this.#trail.push(element);
    const alternative = this.#choose(element, definition);
    this.#names(element, alternative);
    if (!definition.isOpen) {
      for (const child of element.children) {
        if (child.kind !== 'element' || (this.#isKnown && definition.name === 'cib' && child.name === 'configuration')) continue;
        const id = definition.children.get(child.name);
        if (id !== undefined) this.#element(child, this.#grammar.get(id)!);
      }
    }
    this.#trail.pop();
  }

  /** The alternative an element follows; when none accepts it, the nearest, whose mismatches are reported. */
  #choose(element: XmlElement, definition: Definition): Alternative {
    const { alternatives } = definition;
    if (definition.isOpen) return alternatives[0]!;
    for (const alternative of alternatives) if (fits(element, alternative)) return alternative;
    let nearest = alternatives[0]!;
    let fewest: Mismatch[] | undefined;
    for (const alternative of alternatives) {
      const found = mismatches(element, alternative);
      if (fewest !== undefined && found.length >= fewest.length) continue;
      fewest = found;
      nearest = alternative;
    }
    for (const mismatch of fewest ?? []) this.#add(mismatch, element, this.#path(mismatch.child));
    return nearest;
  }

  /** Collects ids and references of one element. */
  #names(element: XmlElement, alternative: Alternative): void {
    for (const { name, type } of alternative.naming) {
      const value = element.get(name);
      if (value === undefined) continue;
      if (type.kind === 'id') this.#id(element, value.trim());
      else {
        const trail = this.#isThorough ? this.#trail.slice() : [];
        this.#references.push({ element, attribute: name, target: value.trim(), path: () => elementPath(trail) });
      }
    }
  }

  #id(element: XmlElement, id: string): void {
    const first = this.#ids.get(id);
    if (first === undefined) {
      this.#ids.set(id, element);
      return;
    }
    const message = `the id "${id}" of <${element.name}> is taken by <${first.name}>`;
    this.#add({ kind: 'duplicate-id', attribute: 'id', message, expected: 'an id of its own', repair: `choose another id for <${element.name}>` }, element, this.#path());
  }

  #path(child?: XmlElement): string {
    return this.#isThorough ? elementPath(child === undefined ? this.#trail : [...this.#trail, child]) : '';
  }

  #add(mismatch: Mismatch, element: XmlElement, path: string): void {
    if (this.#isDone) return;
    const { child, ...rest } = mismatch;
    this.findings.push({ ...rest, path, element: child ?? element });
  }
}

/** XPath of the last of a chain of elements. */
export function elementPath(chain: readonly XmlElement[]): string {
  let path = '';
  for (const element of chain) {
    const { id } = element;
    path += `/${element.name}${id === undefined ? '' : `[@id='${id}']`}`;
  }
  return path;
}
