// SPDX-License-Identifier: GPL-2.0-or-later
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isMigratable, isPromotable, missingParameters, parseMetadata, readCatalogue, type AgentMetadata } from '../../src/agents/index.ts';
import { recorded } from './fixtures.ts';

const SMALL = `chatter before
<?xml version="1.0"?>
<!DOCTYPE resource-agent SYSTEM "ra-api-1.dtd">
<resource-agent name="Small" version="1.2">
<longdesc lang="de">Kurz</longdesc><longdesc lang="en">
Two &amp; a half
lines.
</longdesc>
<shortdesc lang="en">Small one</shortdesc>
<parameters>
<parameter name="ip" unique="1" required="1"><shortdesc>Address</shortdesc><content type="string" default="&lt;none&gt;"/></parameter>
<parameter name="mode" reloadable="1" unique-group="g"><content type="select"><option value="a"/><option value="b"/></content></parameter>
</parameters>
<actions><action name="start" timeout="20s"/><action name="monitor" timeout="20" interval="10" depth="0" role="Promoted" start-delay="1s"/></actions>
</resource-agent>`;

describe('meta-data', () => {
  it('is read with entities, languages and option lists', () => {
    const metadata = parseMetadata(SMALL)!;
    expect(metadata.name).toBe('Small');
    expect(metadata.version).toBe('1.2');
    expect(metadata.longDescription).toBe('Two & a half\nlines.');
    expect(metadata.parameters[0]).toMatchObject({ name: 'ip', isRequired: true, uniqueGroup: 'ip', initial: '<none>', shortDescription: 'Address' });
    expect(metadata.parameters[1]).toMatchObject({ name: 'mode', isReloadable: true, uniqueGroup: 'g', options: ['a', 'b'] });
    expect(metadata.actions[1]).toMatchObject({ name: 'monitor', interval: '10', role: 'Promoted', depth: '0', startDelay: '1s' });
  });

  it.each(['', 'no xml', '<resource-agent', '<html/>', '<resource-agent><a></b></resource-agent>'])('%j is no meta-data', (text) => {
    expect(parseMetadata(text)).toBeUndefined();
  });

  it('does not expand entities that a document defines', () => {
    const bomb = `<!DOCTYPE resource-agent [<!ENTITY a "aaaa">]><resource-agent name="x"><longdesc>&a;&a;</longdesc></resource-agent>`;
    expect(parseMetadata(bomb)?.longDescription ?? '').not.toContain('aaaa');
  });

  it('a fence agent\'s plug and the old spelling of a given parameter are not missing', () => {
    const metadata = parseMetadata(`<resource-agent name="fence_x"><parameters>
      <parameter name="plug" required="1" obsoletes="port"/><parameter name="port" required="1" deprecated="1"/>
      <parameter name="ip" required="1" obsoletes="ipaddr"/><parameter name="ipaddr" required="1" deprecated="1"/>
      <parameter name="action" required="1"/></parameters></resource-agent>`)!;
    const missing = (given: string[]): string[] => missingParameters('stonith', metadata, new Set(given)).map((one) => one.name);
    expect(missing([])).toEqual(['ip']);
    expect(missing(['ipaddr'])).toEqual([]);
    expect(missing(['ip'])).toEqual([]);
  });
});

interface IndexEntry {
  readonly id: string;
  readonly file: string | null;
  readonly promotable: boolean;
  readonly migratable: boolean;
  readonly parameters: ReadonlyArray<{ name: string; required: boolean; type: string; default?: string; reloadable: boolean }>;
  readonly actions: ReadonlyArray<{ name: string; timeout?: string; interval?: string; role?: string }>;
}

const indexFile = recorded('agents-meta/index.json');

describe.skipIf(indexFile === undefined)('recorded meta-data of public agents', () => {
  const agents = indexFile === undefined ? [] : (JSON.parse(readFileSync(indexFile, 'utf8')) as { agents: IndexEntry[] }).agents;
  const catalogue = readCatalogue(readFileSync('agents/catalogue.json', 'utf8'));

  /** The index leaves some empty defaults out. */
  const blank = (value: string | undefined): string | undefined => (value === '' ? undefined : value);
  const facts = (metadata: AgentMetadata): unknown => ({
    parameters: metadata.parameters.map((p) => [p.name, p.isRequired, p.type, blank(p.initial), p.isReloadable]),
    actions: metadata.actions.map((a) => [a.name, a.timeout, a.interval, a.role]),
    abilities: [isPromotable(metadata), isMigratable(metadata)],
  });

  it('gives the facts of the index, from the XML and from the catalogue', () => {
    expect(agents.length).toBeGreaterThan(200);
    for (const entry of agents) {
      const expected = {
        parameters: entry.parameters.map((p) => [p.name, p.required, p.type, blank(p.default), p.reloadable]),
        actions: entry.actions.map((a) => [a.name, a.timeout, a.interval, a.role]),
        abilities: [entry.promotable, entry.migratable],
      };
      const metadata = parseMetadata(readFileSync(recorded(`agents-meta/${entry.file}`)!, 'utf8'));
      expect(metadata, entry.id).toBeDefined();
      expect(facts(metadata!), entry.id).toEqual(expected);
      const [agentClass, ...rest] = entry.id.split(':');
      const name = { class: agentClass!, provider: rest.length > 1 ? rest[0] : undefined, type: rest.at(-1)! };
      const entryInCatalogue = catalogue.get(name)!;
      expect(entryInCatalogue.parameters.map((p) => [p.name, p.isRequired, blank(p.initial)]), entry.id).toEqual(entry.parameters.map((p) => [p.name, p.required, blank(p.default)]));
      expect(entryInCatalogue.actions.map((a) => [a.name, a.timeout, a.interval, a.role]), entry.id).toEqual(expected.actions);
    }
  });
});
