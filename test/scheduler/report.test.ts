// SPDX-License-Identifier: GPL-2.0-or-later
/** Reports: nested lists as text and HTML, states of nodes and resources, filters, plans. */
import { describe, expect, it } from 'vitest';
import { dateTime, readXml } from '../../src/cib/index.ts';
import { clusterStatus, clusterSummary, htmlPage, NameFilter, nodeList, outlinesToText, resourceList, schedule, transitionOutline, transitionSummary, View, type ViewSettings } from '../../src/scheduler/index.ts';
import { item, list, spansItem, styledItem } from '../../src/scheduler/report/outline.ts';
import { clusterCib, dummy, DUMMY, type ClusterSketch } from './cluster-cib.ts';

const NOW = dateTime(1717243200);
const NODES = [['1', 'node1'], ['2', 'node2'], ['3', 'node10']] as const;

function cibOf(sketch: Omit<ClusterSketch, 'nodes'>) {
  const read = readXml(clusterCib({ nodes: NODES, ...sketch }));
  if (!read.ok) throw new Error(read.problem.message);
  return read.root;
}

const view = (sketch: Omit<ClusterSketch, 'nodes'>, settings: ViewSettings = {}): View => new View(clusterStatus(cibOf(sketch), NOW), settings);
const resources = (sketch: Omit<ClusterSketch, 'nodes'>, settings: ViewSettings = {}): string[] => outlinesToText([resourceList(view(sketch, settings), true)]).split('\n').slice(1, -1);
const meta = (id: string, pairs: Readonly<Record<string, string>>): string => `<meta_attributes id="${id}-meta">${Object.entries(pairs).map(([name, value]) => `<nvpair id="${id}-${name}" name="${name}" value="${value}"/>`).join('')}</meta_attributes>`;

describe('an outline', () => {
  const outline = list('Head', [item('one'), styledItem('two & three', 'bold'), list('Inner', [spansItem({ text: 'a', style: 'x' }, { text: '<b>' })])]);
  it('is indented text', () => {
    expect(outlinesToText([outline, undefined, list('Next', [])])).toBe('Head:\n  * one\n  * two & three\n  * Inner:\n    * a<b>\n\nNext:\n');
  });

  it('is an HTML page', () => {
    const page = htmlPage({ title: 'T & T', refreshSeconds: 5, stylesheet: 'a.css', sections: [outline] });
    expect(page).toContain('<title>T &amp; T</title>');
    expect(page).toContain('<meta http-equiv="refresh" content="5">');
    expect(page).toContain('<link rel="stylesheet" href="a.css">');
    expect(page).toContain(['<h2>Head</h2>', '<ul>', '<li>one</li>', '<li><span class="bold">two &amp; three</span></li>', '<li>', '<h3>Inner</h3>', '<ul><li>', '<span class="x">a</span><span>&lt;b&gt;</span>', '</li></ul>', '</li>', '</ul>'].join('\n'));
  });
});

describe('the summary of the cluster', () => {
  it.each([
    [['node1', 'node2', 'node10'], [], false],
    [[], [], false],
    [['node1', 'node2'], [], true],
    [['node1', 'node2'], ['node10'], false],
  ])('of nodes of which %o tell their feature set and %o are down says that versions are mixed: %s', (tell, offline, isMixed) => {
    const attributes = (id: string): string => `<transient_attributes id="${id}"><instance_attributes id="a${id}"><nvpair id="f${id}" name="#feature-set" value="3.20.5"/></instance_attributes></transient_attributes>`;
    const cib = NODES.filter(([, name]) => tell.includes(name)).reduce((text, [id]) => text.replace(new RegExp(`(<node_state id="${id}"[^>]*>)`), `$1${attributes(id)}`), clusterCib({ nodes: NODES, resources: '', offline }));
    const read = readXml(cib);
    if (!read.ok) throw new Error(read.problem.message);
    expect(outlinesToText([clusterSummary(new View(clusterStatus(read.root, NOW), {}), { now: 0 }, { stack: true, dc: true, times: true, counts: true, options: true, maintenance: true })]).includes('MIXED-VERSION')).toBe(isMixed);
  });
});

describe('the list of nodes', () => {
  it('names plain nodes in natural order and others one by one', () => {
    const text = outlinesToText([nodeList(view({ resources: '', offline: ['node2'] }))]);
    expect(text).toBe('Node List:\n  * Online: [ node1 node10 ]\n  * OFFLINE: [ node2 ]\n');
  });

  it('shows ids and feature sets in detail', () => {
    expect(outlinesToText([nodeList(view({ resources: '', offline: ['node2'] }, { isDetailed: true }))])).toBe(
      'Node List:\n  * Node node1 (1): online, feature set <3.15.1\n  * Node node2 (2): OFFLINE\n  * Node node10 (3): online, feature set <3.15.1\n',
    );
  });

  it.each([
    ['-5', { 'node-health-yellow': '20' }, 'YELLOW'],
    ['20', { 'node-health-yellow': '20' }, 'YELLOW'],
    ['21', { 'node-health-yellow': '20' }, undefined],
    ['-5', {}, undefined],
    ['0', { 'node-health-red': '3' }, 'RED'],
    ['green', { 'node-health-yellow': '20' }, 'YELLOW'],
    ['-INFINITY', {}, 'RED'],
    ['Yellow', { 'node-health-yellow': '-20' }, 'YELLOW'],
  ])('shows a health of %s by what the colours are worth (%o): %s', (value, worth, shown) => {
    const attributes = `<transient_attributes id="1"><instance_attributes id="h"><nvpair id="h1" name="#health-disk" value="${value}"/></instance_attributes></transient_attributes>`;
    const cib = clusterCib({ nodes: NODES, resources: '', options: { 'node-health-strategy': 'progressive', ...worth } }).replace(/(<node_state id="1"[^>]*>)/, `$1${attributes}`);
    const read = readXml(cib);
    if (!read.ok) throw new Error(read.problem.message);
    const text = outlinesToText([nodeList(new View(clusterStatus(read.root, NOW), {}))]);
    expect(/node1: online \(health is (\w+)\)/.exec(text)?.[1]).toBe(shown);
  });

  it('is limited by a filter, and absent when nothing is left', () => {
    expect(outlinesToText([nodeList(view({ resources: '' }, { nodes: new NameFilter(new Set(['node2'])) }))])).toBe('Node List:\n  * Online: [ node2 ]\n');
    expect(nodeList(view({ resources: '' }, { nodes: new NameFilter(new Set()) }))).toBeUndefined();
  });
});

describe('the list of resources', () => {
  const running = { node1: [['a', DUMMY, 'start']] } as const;
  it.each([
    ['a stopped one', dummy('a'), {}, {}, '  * No active resources'],
    ['an active one', dummy('a'), running, {}, `  * a\t(${DUMMY}):\t Started node1`],
    ['one that is switched off', dummy('a', meta('a', { 'target-role': 'Stopped' })), {}, { showsInactive: true }, `  * a\t(${DUMMY}):\t Stopped (disabled)`],
    ['one that is not managed', dummy('a', meta('a', { 'is-managed': 'false' })), running, {}, `  * a\t(${DUMMY}):\t Started node1 (unmanaged)`],
    ['one that failed', dummy('a'), { node1: [['a', DUMMY, 'start'], ['a', DUMMY, 'monitor', 10000, 7, 0]] as const }, {}, `  * a\t(${DUMMY}):\t FAILED node1`],
    ['a count', dummy('a') + dummy('b'), running, { isBrief: true, showsInactive: true }, `  * 1/2\t(${DUMMY}):\tActive node1`],
  ] as const)('shows %s', (_what, xml, history, settings, line) => {
    expect(resources({ resources: xml, history }, settings)).toEqual([line]);
  });

  const clone = (inner: string, pairs: Readonly<Record<string, string>> = {}): string => `<clone id="c">${meta('c', pairs)}${inner}</clone>`;
  const both = { node1: [['x', DUMMY, 'start']], node10: [['x', DUMMY, 'start']] } as const;
  it('names the nodes of interchangeable instances', () => {
    expect(resources({ resources: clone(dummy('x')), history: both }, { showsInactive: true })).toEqual(['  * Clone Set: c [x]:', '    * Started: [ node1 node10 ]', '    * Stopped: [ node2 ]']);
  });

  it('shows a failed instance by itself', () => {
    const history = { ...both, node2: [['x', DUMMY, 'start'], ['x', DUMMY, 'monitor', 10000, 1, 0]] as const };
    expect(resources({ resources: clone(dummy('x')), history })).toEqual(['  * Clone Set: c [x]:', `    * x\t(${DUMMY}):\t FAILED node2`, '    * Started: [ node1 node10 ]']);
  });

  it('tells promoted and unpromoted instances apart', () => {
    const history = { ...both, node1: [['x', DUMMY, 'promote']] as const };
    expect(resources({ resources: clone(dummy('x'), { promotable: 'true' }), history })).toEqual(['  * Clone Set: c [x] (promotable):', '    * Promoted: [ node1 ]', '    * Unpromoted: [ node10 ]']);
  });

  it('counts the members of a group that are missing', () => {
    const group = `<group id="g">${dummy('a')}${dummy('b')}</group>`;
    expect(resources({ resources: group, history: running })).toEqual(['  * Resource Group: g (1 member inactive):', `    * a\t(${DUMMY}):\t Started node1`]);
    expect(resources({ resources: group, history: running }, { resources: new NameFilter(new Set(['b'])) })).toEqual(['  * Resource Group: g (1 member inactive):', `    * b\t(${DUMMY}):\t Stopped`]);
  });
});

describe('the plan', () => {
  const plan = (sketch: Omit<ClusterSketch, 'nodes'>): string[] => {
    const { scheduler } = schedule(cibOf(sketch), { now: NOW });
    return outlinesToText([transitionOutline(transitionSummary(scheduler))]).split('\n').slice(1, -1);
  };

  it.each([
    ['starts', { resources: dummy('a') }, '  * Start      a       ( node1 )'],
    ['stops', { resources: dummy('a', meta('a', { 'target-role': 'Stopped' })), history: { node1: [['a', DUMMY, 'start']] } }, '  * Stop       a       ( node1 )  due to node availability'],
    ['moves', { resources: dummy('a'), constraints: '<rsc_location id="l" rsc="a" node="node2" score="INFINITY"/>', history: { node1: [['a', DUMMY, 'start']] } }, '  * Move       a       ( node1 -> node2 )'],
    ['recovers', { resources: dummy('a'), history: { node1: [['a', DUMMY, 'start'], ['a', DUMMY, 'monitor', 10000, 7, 0]] } }, '  * Recover    a       ( node1 )'],
  ] as const)('%s in one line', (_what, sketch, line) => {
    expect(plan(sketch)).toEqual([line]);
  });

  it('has columns as wide as the longest entries', () => {
    expect(plan({ resources: dummy('a') + dummy('a-long-name'), history: { node1: [['a', DUMMY, 'start']] }, constraints: '<rsc_location id="l" rsc="a" node="node2" score="INFINITY"/><rsc_location id="k" rsc="a-long-name" node="node2" score="INFINITY"/>' })).toEqual([
      '  * Move       a               ( node1 -> node2 )',
      '  * Start      a-long-name     (          node2 )',
    ]);
  });
});
