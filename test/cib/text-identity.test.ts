// SPDX-License-Identifier: GPL-2.0-or-later
/** CIBs of every schema version, made from the schema table, go to text and back. */
import { describe, expect, it } from 'vitest';
import { CibDraft, decompile, validateCib, writeXml, type XmlElement } from '../../src/cib/index.ts';
import { parse, printDocument, type CommentedStatement, type Layout } from '../../src/language/index.ts';
import { anyConfiguration, MADE_VERSIONS } from './any-configuration.ts';
import { load, sorted } from './builders.ts';

const DOCUMENTS = 110;

function made(): XmlElement[] {
  return Array.from({ length: DOCUMENTS }, (_unused, seed) => anyConfiguration(seed, MADE_VERSIONS[seed % MADE_VERSIONS.length]!));
}

function textOf(statements: CommentedStatement[], layout: Layout = 'lines'): string {
  return printDocument({ statements, trailing: [] }, layout);
}

/** The configuration without what has no name, and so no statement. */
function named(cib: XmlElement): string {
  const sections = cib.first('configuration')!.elements().map((section) => (section.name === 'fencing-topology' ? section : section.withChildren(section.elements().filter((one) => one.id !== undefined))));
  return writeXml(sorted(cib.first('configuration')!.withChildren(sections.filter((section) => section.children.length > 0))), { indent: 1 });
}

/** The tree without places, and without what only spelling decides. */
function bare(node: unknown): unknown {
  return JSON.parse(JSON.stringify(node, (key, inner: unknown) => (['start', 'end', 'hasBraces'].includes(key) ? undefined : inner)));
}

/** Roles have the name the schema prefers after reading. */
function withPresentRoles(text: string): string {
  return text.replaceAll('Master', 'Promoted').replaceAll('Slave', 'Unpromoted');
}

describe('a CIB made from the schema table', () => {
  it('is valid', () => {
    expect(made().filter((cib) => validateCib(cib).length > 0)).toEqual([]);
  });

  it('comes back from its whole text: ids, order, everything', () => {
    for (const cib of made()) {
      const draft = new CibDraft(cib);
      const other = new CibDraft(cib.replaceChild(cib.first('configuration')!, undefined));
      expect(load(other, textOf(decompile(draft, { detail: 'whole' }))).isApplied).toBe(true);
      expect(named(other.finish())).toBe(named(cib));
    }
  });

  it('does not change when its own text is loaded, with sections on lines or without', () => {
    for (const cib of made()) {
      for (const layout of ['lines', 'line'] as const) {
        const draft = new CibDraft(cib);
        expect(load(draft, textOf(decompile(draft), layout)).isApplied).toBe(true);
        expect(withPresentRoles(writeXml(sorted(draft.finish())))).toBe(withPresentRoles(writeXml(sorted(cib))));
      }
    }
  });

  it('gives statements that read back as the same tree and print the same', () => {
    for (const cib of made()) {
      for (const detail of ['shown', 'whole'] as const) {
        const statements = decompile(new CibDraft(cib), { detail }).filter(({ statement }) => statement.kind !== 'xml');
        const text = textOf(statements);
        const read = parse(text);
        expect(read.diagnostics.filter((one) => one.severity === 'error')).toEqual([]);
        expect(printDocument(read)).toBe(text);
        expect(bare(read.statements.map((one) => one.statement.keyword.text))).toEqual(bare(statements.map((one) => one.statement.keyword.text)));
      }
    }
  });
});
