// SPDX-License-Identifier: GPL-2.0-or-later
/** Where the RELAX NG files of a Pacemaker are installed, they and the schema table agree about mutated documents. */
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { element, isValid, SCHEMA_VERSIONS, validateCib, writeXml, type SchemaVersion, type XmlElement, type XmlNode } from '../../src/cib/index.ts';
import { aCib, aDummy } from './builders.ts';

const FOLDER = process.env['QUORATE_RNG'] ?? '/usr/share/pacemaker';
const VERSIONS = SCHEMA_VERSIONS.filter((version) => existsSync(`${FOLDER}/pacemaker-${version}.rng`));

const BASE = aCib(
  '<crm_config><cluster_property_set id="o"><nvpair id="o-a" name="no-quorum-policy" value="stop"/></cluster_property_set></crm_config><nodes><node id="1" uname="n1" type="member"><instance_attributes id="n-i"><nvpair id="n-p" name="x" value="1"/></instance_attributes></node></nodes>' +
    `<resources>${aDummy('a')}<primitive id="s" class="stonith" type="f"><operations><op id="s-m" name="monitor" interval="10s" on-fail="restart" role="Started"/></operations><meta_attributes id="s-t" score="1"><rule id="s-r" score="0"><date_expression id="s-d" operation="in_range" start="2024-01-01" end="2025-01-01"/></rule><nvpair id="s-n" name="priority" value="1"/></meta_attributes></primitive><group id="g">${aDummy('b')}</group><clone id="c">${aDummy('d')}</clone></resources>` +
    '<constraints><rsc_location id="l" rsc="a" node="n1" score="INFINITY"/><rsc_location id="l2" rsc="a"><rule id="l2-r" score="5" boolean-op="or"><expression id="l2-e" attribute="x" operation="eq" value="1" type="string"/></rule></rsc_location><rsc_colocation id="k" rsc="a" with-rsc="g" score="10"/><rsc_order id="q" kind="Mandatory"><resource_set id="q-s" sequential="true"><resource_ref id="a"/><resource_ref id="g"/></resource_set></rsc_order></constraints>',
);
const NAMES = ['id', 'id-ref', 'name', 'value', 'score', 'role', 'rsc', 'node', 'class', 'type', 'kind', 'symmetrical', 'operation', 'start', 'end', 'interval', 'template', 'description', 'boolean-op', 'require-all', 'resource-discovery', 'score-attribute', 'influence', 'ordering', 'value-source'];
const VALUES = ['a', 'x', 'l', '1', '-5', '+5', 'true', '0', '', ' a ', 'INFINITY', 'Started', 'Promoted', 'Master', 'group', 'Optional', 'integer', 'gt', 'demote', 'unfencing', 'ocf', 'systemd', 'literal', '1a', 'ä'];
const ELEMENTS = ['primitive', 'group', 'clone', 'master', 'bundle', 'template', 'operations', 'op', 'meta_attributes', 'instance_attributes', 'utilization', 'nvpair', 'rule', 'expression', 'date_expression', 'duration', 'date_spec', 'rsc_expression', 'op_expression', 'lifetime', 'resource_set', 'resource_ref', 'rsc_ticket', 'tags', 'tag', 'obj_ref', 'acls', 'alerts', 'fencing-topology', 'rsc_defaults', 'status'];

type Mutation = readonly [at: number, kind: number, name: number, value: number];
const mutations = fc.array(fc.tuple(fc.nat(), fc.nat(6), fc.nat(), fc.nat()), { minLength: 1, maxLength: 3 });

function mutate(root: XmlElement, [at, kind, name, value]: Mutation): XmlElement {
  const all = [...root.descendants()].slice(1);
  if (all.length === 0) return root;
  const target = all[at % all.length]!;
  const by = mutated(target, kind, name, value);
  const inside = (here: XmlElement): XmlElement =>
    here.withChildren(here.children.flatMap((child): readonly XmlNode[] => (child === target ? by : child.kind === 'element' ? [inside(child)] : [child])));
  return inside(root);
}

function mutated(target: XmlElement, kind: number, name: number, value: number): XmlElement[] {
  const attribute = NAMES[name % NAMES.length]!;
  const present = target.attributes[(name % Math.max(1, target.attributes.length / 2)) * 2];
  switch (kind) {
    case 0:
      return [target.with(attribute, VALUES[value % VALUES.length]!)];
    case 1:
      return [present === undefined ? target : target.with(present, undefined)];
    case 2:
      return [present === undefined ? target : target.with(present, VALUES[value % VALUES.length]!)];
    case 3:
      return [target.withName(ELEMENTS[value % ELEMENTS.length]!)];
    case 4:
      return [];
    case 5:
      return [target, target];
    default:
      return [target.append(element(ELEMENTS[value % ELEMENTS.length]!, name % 2 === 0 ? { id: `new${value % 5}` } : {}))];
  }
}

describe.skipIf(VERSIONS.length === 0)('the installed RELAX NG grammars', () => {
  const judges = new Map<SchemaVersion, (text: string) => boolean>();

  beforeAll(async () => {
    // libxml2 tells every unknown reference on the console.
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const { RelaxNGValidator, XmlDocument } = await import('libxml2-wasm');
    const { xmlRegisterFsInputProviders } = await import('libxml2-wasm/lib/nodejs.mjs');
    const { readFileSync } = await import('node:fs');
    xmlRegisterFsInputProviders();
    for (const version of VERSIONS) {
      const file = `${FOLDER}/pacemaker-${version}.rng`;
      const validator = RelaxNGValidator.fromDoc(XmlDocument.fromString(readFileSync(file, 'utf8'), { url: file }));
      judges.set(version, (text) => {
        const document = XmlDocument.fromString(text);
        try {
          validator.validate(document);
          return true;
        } catch {
          return false;
        } finally {
          document.dispose();
        }
      });
    }
  });

  it('agree with the schema table about mutated documents in every version', () => {
    fc.assert(
      fc.property(mutations, fc.constantFrom(...VERSIONS), (list, version) => {
        const document = list.reduce(mutate, BASE.with('validate-with', `pacemaker-${version}`));
        const verdict = judges.get(version)!(writeXml(document));
        const told = validateCib(document, version).map((finding) => `${finding.path}: ${finding.message}`);
        expect({ version, document: writeXml(document), isValid: isValid(document, version), told }).toMatchObject({ isValid: verdict });
      }),
      { numRuns: 1500 },
    );
  });
});
