// SPDX-License-Identifier: GPL-2.0-or-later
/** The shipped facts about public agents, and what an installed agent changes about them. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AgentLibrary, agentPlaces, missingParameters, parseAgent, readCatalogue, type AgentName, type AskAgent } from '../../src/agents/index.ts';
import { librarySource, lint } from '../../src/lint/index.ts';
import { aDisk, PLACES } from './fixtures.ts';

const TEXT = readFileSync('agents/catalogue.json', 'utf8');
const catalogue = readCatalogue(TEXT);
const agents = catalogue.ids().map((id) => [id, nameOf(id)] as const);

function nameOf(id: string): AgentName {
  return parseAgent(id, () => [])!;
}

function missing(id: string, ...given: string[]): string[] {
  const agent = nameOf(id);
  return missingParameters(agent.class, catalogue.get(agent)!, new Set(given)).map((one) => one.name);
}

describe('the catalogue', () => {
  it('knows the agents of the common packages', () => {
    expect(agents.length).toBeGreaterThanOrEqual(264);
    for (const id of ['ocf:heartbeat:IPaddr2', 'ocf:pacemaker:ping', 'ocf:linbit:drbd', 'ocf:suse:SAPHanaController', 'stonith:fence_ipmilan', 'stonith:external/sbd']) expect(catalogue.ids()).toContain(id);
  });

  it.each(agents)('holds usable facts about %s', (_id, agent) => {
    const facts = catalogue.get(agent)!;
    const names = facts.parameters.map((one) => one.name);
    expect(new Set(names).size).toBe(names.length);
    for (const one of facts.parameters) expect(['string', 'boolean', 'integer', 'second', 'time', 'select', 'enum']).toContain(one.type);
    for (const action of facts.actions) for (const time of [action.timeout, action.interval]) if (time !== undefined) expect(time).toMatch(/^\d+(?:ms|s|m|min|h)?$/);
  });

  it('holds no prose', () => {
    expect(TEXT.match(/"[^"]*\s[^"]*\s[^"]*\s[^"]*\s[^"]*"/g)?.filter((words) => words.length > 160) ?? []).toEqual([]);
  });

  it.each([
    ['stonith:fence_apc', ['ip', 'username'], []],
    ['stonith:fence_apc', ['ipaddr', 'login'], []],
    ['stonith:fence_apc', ['ip', 'login'], []],
    ['stonith:fence_apc', ['ip'], ['username']],
    ['stonith:fence_scsi', ['devices'], []],
    ['ocf:heartbeat:IPaddr2', [], ['ip']],
    ['ocf:heartbeat:Filesystem', ['device', 'directory'], ['fstype']],
  ] as const)('counts a required parameter of %s as given in any spelling: %j', (id, given, absent) => {
    expect(missing(id, ...given)).toEqual(absent);
  });
});

const OWN = '<resource-agent name="IPaddr2"><parameters><parameter name="ip" required="1"><content type="string"/></parameter><parameter name="colour"><content type="string"/></parameter></parameters><actions><action name="start" timeout="20s"/><action name="stop" timeout="20s"/><action name="monitor" timeout="20s" interval="10s"/></actions></resource-agent>';

function libraryWith(files: readonly string[], ask: AskAgent): AgentLibrary {
  const disk = aDisk(files);
  return new AgentLibrary({ places: PLACES, disk: { ...disk, read: (path) => (path === '/catalogue.json' ? TEXT : disk.read(path)) }, ask, inherited: [], catalogueFile: '/catalogue.json' });
}

function codes(library: AgentLibrary, text: string): string[] {
  return lint(text, { agents: librarySource(library) }).map((one) => one.code);
}

describe('an installed agent', () => {
  const installed = libraryWith(['/ocf/resource.d/heartbeat/IPaddr2'], () => ({ code: 0, stdout: OWN, stderr: '' }));
  const text = (pair: string): string => `primitive vip IPaddr2 params ip=192.0.2.1 ${pair} op monitor interval=10s timeout=20s\n`;

  it('has the last word about its parameters', () => {
    expect(codes(installed, text('colour=red'))).toEqual([]);
    expect(codes(installed, text('nic=eth0'))).toEqual(['AGT103']);
  });

  it('that says nothing usable leaves the word to the catalogue', () => {
    const silent = libraryWith(['/ocf/resource.d/heartbeat/IPaddr2'], () => ({ code: 1, stdout: '', stderr: 'broken' }));
    expect(codes(silent, text('nic=eth0'))).toEqual([]);
    expect(codes(silent, text('colour=red'))).toEqual(['AGT103']);
  });

  it('says nothing about agents that are not installed', () => {
    expect(codes(installed, 'primitive d Dummy params fake=x op monitor interval=10s timeout=20s\n')).toEqual([]);
  });

  it('keeps what only the catalogue knows of its clones', () => {
    const own = OWN.replaceAll('IPaddr2', 'pgsqlms').replace('<action name="start"', '<action name="promote" timeout="30s"/><action name="demote" timeout="120s"/><action name="start"');
    const library = libraryWith(['/ocf/resource.d/heartbeat/pgsqlms'], () => ({ code: 0, stdout: own, stderr: '' }));
    const pgsqlms = nameOf('ocf:heartbeat:pgsqlms');
    expect(librarySource(library).facts(pgsqlms)?.cloneFacts).toEqual(catalogue.get(pgsqlms)?.cloneFacts);
  });
});

const FOLDER = '/usr/lib/ocf/resource.d/heartbeat';

describe.skipIf(!existsSync(`${FOLDER}/Dummy`))('the agents of this machine (resource-agents)', () => {
  const entries: ReturnType<typeof aDisk>['entries'] = (directory) => (existsSync(directory) ? readdirSync(directory, { withFileTypes: true }).map((one) => ({ name: one.name, kind: one.isDirectory() ? ('directory' as const) : ('file' as const), isExecutable: true })) : []);
  const ask: AskAgent = (path, args, env, input) => {
    const done = spawnSync(path, [...args], { encoding: 'utf8', env: Object.fromEntries(env), timeout: 20_000, ...(input === undefined ? {} : { input }) });
    return { code: done.status ?? 1, stdout: done.stdout ?? '', stderr: done.stderr ?? '' };
  };
  const places = agentPlaces(new Map(), '/nowhere');
  const inherited = [['PATH', '/usr/sbin:/usr/bin:/sbin:/bin']] as const;
  const library = new AgentLibrary({ places, disk: { entries, read: (path) => (path === 'agents/catalogue.json' ? TEXT : undefined) }, ask, inherited, catalogueFile: 'agents/catalogue.json' });

  it.each(['Dummy', 'IPaddr2', 'Filesystem'])('are asked themselves: %s', (type) => {
    const said = spawnSync(`${FOLDER}/${type}`, ['meta-data'], { encoding: 'utf8', env: { PATH: inherited[0][1], OCF_ROOT: '/usr/lib/ocf' } }).stdout;
    const names = [...said.matchAll(/<parameter name="([^"]+)"/g)].map((match) => match[1]!);
    expect(names.length).toBeGreaterThan(0);
    expect(librarySource(library).facts(nameOf(`ocf:heartbeat:${type}`))?.parameters.map((one) => one.name)).toEqual(names);
  });
});
