// SPDX-License-Identifier: GPL-2.0-or-later
/** The screens of crm_mon and the lists of crm_resource as golden files, in today's layout and in that of Pacemaker 1.1. `UPDATE_GOLDEN=1` writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tools } from '../../src/tools/index.ts';
import { clusterCib, type Ran } from '../scheduler/cluster-cib.ts';
import { runTool } from './world.ts';

const GOLDEN = join(dirname(fileURLToPath(import.meta.url)), 'golden');
const NODES = [['1084777482', 'pacemaker01'], ['1084777492', 'pacemaker02'], ['1084777502', 'pacemaker03']] as const;
const IP = 'ocf:heartbeat:IPaddr2';
const WEB = 'ocf:heartbeat:apache';
const CLUSTER_IP = '<primitive id="ClusterIP" class="ocf" provider="heartbeat" type="IPaddr2"/>';
const WEBSITE = '<primitive id="WebSite" class="ocf" provider="heartbeat" type="apache"/>';
const UNIQUE = [['globally-unique', 'true'], ['clone-max', '2'], ['clone-node-max', '2']].map(([name, value]) => `<nvpair id="vip-${name}" name="${name}" value="${value}"/>`).join('');
const CLONE_VIP = `<clone id="clone-vip"><meta_attributes id="vip-meta">${UNIQUE}</meta_attributes>${CLUSTER_IP}</clone>`;

const started = (resource: string, agent: string): Ran => [resource, agent, 'start'];
const everywhere = { pacemaker01: [started('WebSite', WEB)], pacemaker02: [started('WebSite', WEB)], pacemaker03: [started('WebSite', WEB)] };

const SCREENS: readonly (readonly [name: string, resources: string, history: Readonly<Record<string, readonly Ran[]>>, count: number])[] = [
  ['address-and-site', `${CLUSTER_IP}${WEBSITE}`, { pacemaker01: [started('ClusterIP', IP)], pacemaker03: [started('WebSite', WEB)] }, 2],
  ['address-and-cloned-site', `${CLUSTER_IP}<clone id="apache-clone">${WEBSITE}</clone>`, { ...everywhere, pacemaker01: [started('ClusterIP', IP), started('WebSite', WEB)] }, 4],
  ['site-and-cloned-address', `${WEBSITE}${CLONE_VIP}`, { pacemaker01: [started('ClusterIP:0', IP)], pacemaker02: [started('WebSite', WEB)], pacemaker03: [started('ClusterIP:1', IP)] }, 3],
  [
    'both-cloned',
    `${CLONE_VIP}<clone id="clone-apache">${WEBSITE}</clone>`,
    { pacemaker01: [started('ClusterIP:0', IP), started('WebSite', WEB)], pacemaker02: [started('WebSite', WEB)], pacemaker03: [started('ClusterIP:1', IP), started('WebSite', WEB)] },
    5,
  ],
];

const WRITER = 'cib-last-written="Sat Aug  2 13:24:38 2014" update-client="cibadmin" update-origin="pacemaker01"';

async function resourceTool(resources: string, history: Readonly<Record<string, readonly Ran[]>>, argv: readonly string[]): Promise<string> {
  const files = new Map([['/cib.xml', clusterCib({ nodes: NODES, resources, history })]]);
  const { stdout, stderr } = await runTool(tools, 'crm_resource', argv, { files, env: new Map([['CIB_file', '/cib.xml']]) });
  return stdout + stderr;
}

async function screen(resources: string, history: Readonly<Record<string, readonly Ran[]>>, argv: readonly string[]): Promise<string> {
  const files = new Map([['/cib.xml', clusterCib({ nodes: NODES, resources, history, attributes: WRITER })]]);
  const env = new Map([['CIB_file', '/cib.xml']]);
  const { stdout, code } = await runTool(tools, 'crm_mon', ['-1', ...argv], { files, env, nowEpochMs: Date.parse('2014-08-02T13:24:46Z') });
  expect(code).toBe(0);
  return stdout;
}

function expectGolden(name: string, text: string): void {
  const path = join(GOLDEN, `${name}.txt`);
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
}

const LAYOUTS = [['', []], ['-legacy', ['--output-format=legacy']]] as const;

describe.each(LAYOUTS)('crm_resource in the layout "%s"', (suffix, argv) => {
  it.each(SCREENS)('lists %s', async (name, resources, history) => {
    expectGolden(`list-${name}${suffix}`, await resourceTool(resources, history, ['--list', ...argv]));
  });

  it.each(SCREENS)('locates each resource of %s', async (name, resources, history) => {
    const ids = [...resources.matchAll(/<(?:primitive|clone) id="([^"]*)"/g)].map((match) => match[1]!);
    const texts = await Promise.all(ids.map((id) => resourceTool(resources, history, ['--resource', id, '--locate', ...argv])));
    expectGolden(`locate-${name}${suffix}`, texts.join(''));
  });

  it('tells the role of a promoted instance, and what does not run', async () => {
    const resources = `<clone id="ms"><meta_attributes id="ms-m"><nvpair id="ms-p" name="promotable" value="true"/></meta_attributes><primitive id="db" class="ocf" provider="pacemaker" type="Stateful"/></clone>${CLUSTER_IP}`;
    const history = { pacemaker01: [['db', 'ocf:pacemaker:Stateful', 'promote'] as const], pacemaker02: [['db', 'ocf:pacemaker:Stateful', 'start'] as const] };
    const texts = [await resourceTool(resources, history, ['--list', ...argv]), await resourceTool(resources, history, ['-r', 'ms', '--locate', ...argv]), await resourceTool(resources, history, ['-r', 'ClusterIP', '--locate', ...argv])];
    expectGolden(`list-promotable${suffix}`, texts.join(''));
  });
});

describe('crm_mon -1', () => {
  it.each(SCREENS)('shows %s as today', async (name, resources, history, count) => {
    const text = await screen(resources, history, []);
    expect(text).toContain(`${count} resource instances configured`);
    expectGolden(`mon-${name}`, text);
  });

  it.each(SCREENS)('shows %s as Pacemaker 1.1 did', async (name, resources, history, count) => {
    const text = await screen(resources, history, ['--output-format=legacy']);
    expect(text).toContain(`${count} Resources configured`);
    expectGolden(`mon-${name}-legacy`, text);
  });

  it('shows more of everything in the old layout as well', async () => {
    const [, resources, history] = SCREENS[1]!;
    expectGolden('mon-legacy-details', await screen(resources, history, ['--output-format=legacy', '-r', '-o', '-t', '-f', '-A', '-c', '-L']));
  });

  it('gives the same data as JSON', async () => {
    const [, resources, history] = SCREENS[0]!;
    const data = JSON.parse(await screen(resources, history, ['--output-as=json', '--include=none,nodes'])) as { results: { element: string; children: unknown[] }[] };
    expect(data.results.map((result) => result.element)).toEqual(['nodes', 'status']);
    expect(data.results[0]!.children).toHaveLength(3);
  });
});
