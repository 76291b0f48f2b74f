// SPDX-License-Identifier: GPL-2.0-or-later
/** The command line of crm_mon: sections, forms, refusals; and its life as a program that stays. */
import { describe, expect, it } from 'vitest';
import type { Backend, FencingEvent } from '../../src/backends/index.ts';
import { readXml, type XmlElement } from '../../src/cib/index.ts';
import { tools } from '../../src/tools/index.ts';
import { Sections } from '../../src/tools/mon/sections.ts';
import { clusterCib, dummy, DUMMY, type Ran } from '../scheduler/cluster-cib.ts';
import { runTool, toolContext, type ToolWorld } from './world.ts';

const NODES = [['1', 'node1'], ['2', 'node2']] as const;
const text = (history: Readonly<Record<string, readonly Ran[]>> = {}): string => clusterCib({ nodes: NODES, resources: dummy('a'), history });
const world = (more: Partial<ToolWorld> = {}): ToolWorld => ({ files: new Map([['/cib.xml', text({ node1: [['a', DUMMY, 'start']] })]]), env: new Map([['CIB_file', '/cib.xml']]), ...more });
const mon = (...argv: readonly string[]): ReturnType<typeof runTool> => runTool(tools, 'crm_mon', argv, world());

describe('a list of sections', () => {
  it('is applied from the left to the right', () => {
    const sections = new Sections('text');
    expect(sections.include('none,nodes,bans:cli-')).toBe(true);
    expect([sections.has('nodes'), sections.has('bans'), sections.has('resources'), sections.bansPrefix]).toEqual([true, true, false, 'cli-']);
    expect(sections.exclude('nodes')).toBe(true);
    expect(sections.has('nodes')).toBe(false);
    expect(sections.include('nodes,nosuch')).toBe(false);
  });

  it('of everything leaves the options of the cluster out of text only', () => {
    for (const form of ['text', 'html', 'program'] as const) {
      const sections = new Sections(form);
      sections.include('all');
      expect(sections.has('options')).toBe(form !== 'text');
    }
  });
});

describe('crm_mon refuses', () => {
  it.each([
    [['-1', '--include=nosuch'], '--include options: all, attributes, bans[:PREFIX], counts'],
    [['-1', '-m4'], 'crm_mon: Fence history must be 0-3'],
    [['-1', '-i', 'soon'], 'Invalid value for -i: soon'],
    [['-1', '--output-format=modern'], '--output-format: today, legacy'],
    [['-d'], '--daemonize requires at least one of --output-to and --external-agent'],
  ])('%j in words, with exit code 64', async (argv, words) => {
    const { code, stderr } = await mon(...argv);
    expect([code, stderr.includes(words)]).toEqual([64, true]);
  });
});

describe('crm_mon', () => {
  it('prints a page with its header for a web server', async () => {
    expect((await mon('--html-cgi', '--html-title=Mine')).stdout).toMatch(/^Content-Type: text\/html\n\n<!DOCTYPE html>[^]*<title>Mine<\/title>/);
  });

  it('takes an empty list as no change, and a level of fencing that is no number as none', async () => {
    expect((await mon('-1', '--include=', '--exclude', '')).stdout).toBe((await mon('-1')).stdout);
    expect((await mon('-1', '-mnone', '--include=none,nodes')).code).toBe(0);
  });

  it('shows a CIB that is named', async () => {
    const { stdout } = await runTool(tools, 'crm_mon', ['-1', '-x', '/cib.xml', '--include=none,nodes'], { files: world().files });
    expect(stdout).toBe('Node List:\n  * Online: [ node1 node2 ]\n');
  });

  it('puts resources under their nodes', async () => {
    expect((await mon('-1', '-n', '--include=none,nodes')).stdout).toBe(`Node List:\n  * Node node1: online:\n    * Resources:\n      * a\t(${DUMMY}):\t Started\n  * Node node2: online:\n    * Resources:\n`);
  });
});

/** Ends a loop that has no end of its own. */
class Enough extends Error {}

describe('crm_mon that stays', () => {
  it('redraws after each interval', async () => {
    let drawn = '';
    const sleeps: number[] = [];
    const context = { ...toolContext(world(), (more) => void (drawn += more), () => undefined), sleep: async (ms: number) => {
      if (sleeps.push(ms) === 3) throw new Enough();
    } };
    const run = await tools.get('crm_mon')!();
    await expect(run(['-i', '7', '--include=none,nodes'], context)).rejects.toThrow(Enough);
    expect(drawn).toBe('Node List:\n  * Online: [ node1 node2 ]\n\n'.repeat(3));
    expect(sleeps).toEqual([7000, 7000, 7000]);
  });

  it('goes into the background without its own terminal, leaving its number', async () => {
    const files = new Map(world().files);
    const begun: unknown[] = [];
    const context = { ...toolContext({ ...world(), files }, () => undefined, () => undefined), inBackground: (command: string, argv: readonly string[]) => {
      begun.push([command, ...argv]);
      return 103;
    } };
    const run = await tools.get('crm_mon')!();
    expect(await run(['-d', '-p', '/run/mon.pid', '-E', '/bin/agent', '-e', 'a b', '-W'], context)).toBe(0);
    expect(begun).toEqual([['crm_mon', '--external-agent=/bin/agent', '--external-recipient=a b', '--watch-fencing', '--interval=5s', '--pid-file=/run/mon.pid']]);
    expect(files.get('/run/mon.pid')).toBe('       103\n');
  });

  it('tells its agent what the cluster tells, and fencing, without waiting for it', async () => {
    const states = [text(), text({ node1: [['a', DUMMY, 'start', 0, 5]] })].map((one) => parsed(one));
    const fencing: FencingEvent[] = [];
    const told: Map<string, string>[] = [];
    const backend: Backend = {
      kind: 'embedded',
      query: () => Promise.resolve(states[0]!),
      apply: () => Promise.reject(new Error('not asked here')),
      watch: async (listener) => {
        for (const state of states) listener(state);
        await Promise.resolve();
        fencing.push({ target: 'node2', action: 'off', device: undefined, origin: 'node1', client: 'admin', state: 'success', epochMs: 5 });
        await new Promise((resolve) => setImmediate(resolve));
      },
      cluster: { fencingHistory: () => Promise.resolve(fencing.filter((event) => event.epochMs > 0)) } as unknown as NonNullable<Backend['cluster']>,
      close: () => Promise.resolve(),
    };
    let looks = 0;
    const base = toolContext({ files: new Map(), cluster: () => Promise.resolve(backend) }, () => undefined, () => undefined);
    const context = {
      ...base,
      // An agent that never ends delays nothing.
      spawn: (request: Parameters<typeof base.spawn>[0]) => {
        told.push(new Map(request.env));
        return new Promise<never>(() => undefined);
      },
      sleep: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        if (++looks > 4) throw new Enough();
      },
    };
    const run = await tools.get('crm_mon')!();
    await expect(run(['-E', '/bin/agent', '-e', 'admin', '-W', '-i', '1'], context)).rejects.toThrow(Enough);
    const [first] = told;
    expect([first!.get('CRM_notify_node'), first!.get('CRM_notify_rsc'), first!.get('CRM_notify_desc'), first!.get('CRM_notify_recipient')]).toEqual(['node1', 'a', 'not installed', 'admin']);
    expect(told.some((one) => one.get('CRM_notify_task') === 'st_notify_fence' && one.get('CRM_notify_node') === 'node2')).toBe(true);
  });
});

function parsed(one: string): XmlElement {
  const read = readXml(one);
  if (!read.ok) throw new Error(read.problem.message);
  return read.root;
}
