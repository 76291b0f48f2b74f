// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_simulate and crm_verify as programs: sources, files they write, exit codes. */
import { describe, expect, it } from 'vitest';
import { tools } from '../../src/tools/index.ts';
import { clusterCib, dummy, DUMMY } from '../scheduler/cluster-cib.ts';
import { runTool, type ToolOutcome, type ToolWorld } from './world.ts';

const NODES = [['1', 'node1'], ['2', 'node2']] as const;
const CIB = clusterCib({ nodes: NODES, resources: dummy('a'), history: { node1: [['a', DUMMY, 'start']] } });

interface Tried extends ToolOutcome {
  readonly files: Map<string, string>;
}

async function attempt(name: string, argv: readonly string[], more: Partial<ToolWorld> = {}): Promise<Tried> {
  const files = more.files ?? new Map([['/cib.xml', CIB]]);
  return { ...(await runTool(tools, name, argv, { env: new Map([['CIB_file', '/cib.xml']]), ...more, files })), files };
}

describe('crm_simulate', () => {
  it('shows status, suppositions, plan, execution and what comes of it', async () => {
    const { stdout, code } = await attempt('crm_simulate', ['-x', '/cib.xml', '-S', '-d', 'node1']);
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line !== '' && !line.startsWith(' '))).toEqual(['Current cluster status:', 'Performing Requested Modifications:', 'Transition Summary:', 'Executing Cluster Transition:', 'Revised Cluster Status:']);
    expect(stdout).toContain('  * Taking node node1 offline\n');
    expect(stdout).toContain('  * Start      a       ( node2 )\n');
    expect(stdout).toContain(`    * a\t(${DUMMY}):\t Started node2\n`);
  });

  it('says the time it looks at before each state, also after suppositions', async () => {
    const { stdout } = await attempt('crm_simulate', ['-x', '/cib.xml', '-S', '-d', 'node1', '-t', '2026-10-10']);
    const outline = stdout.split('\n').filter((line) => line !== '' && !line.startsWith(' '));
    const time = 'Setting effective cluster time: 2026-10-10';
    expect(outline).toEqual([time, 'Current cluster status:', 'Performing Requested Modifications:', time, 'Transition Summary:', 'Executing Cluster Transition:', time, 'Revised Cluster Status:']);
  });

  it('carries the plan out when an operation is to fail', async () => {
    const { stdout } = await attempt('crm_simulate', ['-x', '/cib.xml', '-F', 'a_monitor_0@node2=1']);
    expect(stdout).toMatch(/\nExecuting Cluster Transition:\n(.*\n)*.*Resource action: a +monitor on node2\n/);
  });

  it('leaves the input alone unless it is told to write back', async () => {
    expect((await attempt('crm_simulate', ['-x', '/cib.xml', '-S', '-d', 'node1'])).files.get('/cib.xml')).toBe(CIB);
    expect((await attempt('crm_simulate', ['-x', '/cib.xml', '-X', '-d', 'node1'])).files.get('/cib.xml')).toContain('operation_key="a_start_0"');
  });

  it('writes input, output, graph and drawing where it is told to', async () => {
    const { files } = await attempt('crm_simulate', ['-L', '-S', '-d', 'node1', '-I', '/in.xml', '-O', '/out.xml', '-G', '/graph.xml', '-D', '/graph.dot']);
    expect(files.get('/in.xml')).toMatch(/^<cib /);
    expect(files.get('/out.xml')).toContain('crmd="offline"');
    expect(files.get('/graph.xml')).toMatch(/^<transition_graph /);
    expect(files.get('/graph.dot')).toMatch(/^ digraph "g" \{\n/);
  });

  it('saves as input what it decides on: the CIB with everything that is supposed', async () => {
    const { files } = await attempt('crm_simulate', ['-x', '/cib.xml', '-S', '-d', 'node1', '-I', '/in.xml', '-O', '/out.xml']);
    expect(files.get('/in.xml')).toMatch(/<node_state [^>]*uname="node1"[^>]*crmd="offline"/);
    expect(files.get('/in.xml')).not.toContain('operation_key="a_start_0" operation="start" crm-debug-origin="crm_simulate"');
    expect(files.get('/out.xml')).toContain('operation_key="a_start_0" operation="start" crm-debug-origin="crm_simulate"');
  });

  it('does not touch the file in place when nothing comes of the simulation', async () => {
    const settled = clusterCib({ nodes: NODES, resources: '' });
    expect((await attempt('crm_simulate', ['-x', '/cib.xml', '-X'], { files: new Map([['/cib.xml', settled]]) })).files.get('/cib.xml')).toBe(settled);
  });

  it('announces a watchdog, but no quorum alone', async () => {
    const announced = async (...argv: readonly string[]): Promise<string | undefined> => /Modifications:\n((?:  .*\n)+)/.exec((await attempt('crm_simulate', ['-x', '/cib.xml', ...argv])).stdout)?.[1];
    expect(await announced('-w', 'true')).toBe('  * Setting watchdog: true\n');
    expect(await announced('-q', 'true', '-w', '0')).toBe('  * Setting quorum: true\n  * Setting watchdog: 0\n');
    expect(await announced('-q', 'true')).toBeUndefined();
  });

  it('decides nothing for --all-actions alone, which only says what a drawing holds', async () => {
    expect((await attempt('crm_simulate', ['-x', '/cib.xml', '-a'])).stdout).toBe((await attempt('crm_simulate', ['-x', '/cib.xml'])).stdout);
  });

  it('tells what is wrong with an operation to suppose', async () => {
    const { code, stderr } = await attempt('crm_simulate', ['-x', '/cib.xml', '-i', 'a_monitor_soon@node1=0']);
    expect([code, stderr]).toEqual([0, 'Invalid operation spec: a_monitor_soon@node1=0.  a_monitor_soon is not RESOURCE_TASK_MS\n']);
  });

  it('prints bare scores when it is quiet', async () => {
    const { stdout } = await attempt('crm_simulate', ['-x', '/cib.xml', '-s', '-Q']);
    expect(stdout).toBe('pcmk__primitive_assign: a allocation score on node1: 0\npcmk__primitive_assign: a allocation score on node2: 0\n');
  });

  it('gives everything that follows a supposition to programs as well', async () => {
    const { stdout } = await attempt('crm_simulate', ['-x', '/cib.xml', '-S', '-d', 'node1', '--output-as=xml']);
    for (const part of ['<modifications>', '<modify_node action="Offline" node="node1"/>', '<rsc_action action="start" resource="a" node="node2"/>', '<transition>', '<revised_cluster_status>']) expect(stdout).toContain(part);
  });

  it('measures every CIB of a directory', async () => {
    const files = new Map([['/cibs/one.xml', CIB], ['/cibs/two.xml', CIB], ['/cibs/notes.txt', 'x'], ['/cibs/bad.xml', '<']]);
    const { stdout } = await attempt('crm_simulate', ['-P', '/cibs', '-N', '2'], { files });
    expect(stdout).toBe('Timings:\n  * Testing /cibs/two.xml ... 0.00 secs\n  * Testing /cibs/one.xml ... 0.00 secs\n');
    const xml = (await attempt('crm_simulate', ['-P', '/cibs', '--output-as=xml'], { files })).stdout;
    expect(xml).toContain('  <timings>\n    <timing file="/cibs/two.xml" duration="0.000000"/>\n    <timing file="/cibs/one.xml" duration="0.000000"/>\n  </timings>\n');
  });

  it.each([
    [['-x', '/nosuch.xml'], 66, 'Could not read input XML: No such file or directory'],
    [['-p'], 65, 'Could not read input XML: Bad input value provided'],
    [['-x', '/cib.xml', '-S', '-I', '/nonexistent/in.xml'], 105, "Could not create '/nonexistent/in.xml': No such file or directory"],
    [['-x', '/cib.xml', '-S', '-O', '/nonexistent/out.xml'], 105, "Could not create '/nonexistent/out.xml': No such file or directory"],
    [['-x', '/cib.xml', '-S', '-D', '/nonexistent/graph.dot'], 74, "Could not create '/nonexistent/graph.dot': No such file or directory"],
  ] as const)('%j fails with exit code %i', async (argv, code, words) => {
    const outcome = await attempt('crm_simulate', argv);
    expect([outcome.code, outcome.stderr.includes(words)]).toEqual([code, true]);
  });

  it('tells an invalid transition by its exit code', async () => {
    const orders = [['a', 'b'], ['b', 'a']].map(([first, then]) => `<rsc_order id="${first}-${then}" first="${first}" then="${then}"/>`).join('');
    const files = new Map([['/cib.xml', clusterCib({ nodes: NODES, resources: dummy('a') + dummy('b'), constraints: orders })]]);
    const { code, stderr } = await attempt('crm_simulate', ['-x', '/cib.xml', '-S'], { files });
    expect([code, stderr]).toEqual([1, 'Transition failed: terminated\nAn invalid transition was produced\n']);
  });
});

describe('crm_verify', () => {
  const withOptions = (options: Readonly<Record<string, string>>): Partial<ToolWorld> => ({ files: new Map([['/cib.xml', clusterCib({ nodes: NODES, resources: dummy('a'), options })]]) });
  it.each([
    ['a sound one', withOptions({}), [], 0, ''],
    ['one without fencing', withOptions({ 'fencing-enabled': 'true' }), [], 78, 'Configuration invalid (-V may provide more detail)\n'],
    ['one with an old name', withOptions({ 'stop-orphan-resources': 'true' }), [], 78, 'Configuration may need attention (-V may provide more detail)\n'],
    ['one with an old name, quietly', withOptions({ 'stop-orphan-resources': 'true' }), ['-q'], 78, ''],
  ] as const)('judges %s', async (_what, more, argv, code, stderr) => {
    expect(await attempt('crm_verify', ['-x', '/cib.xml', ...argv], more)).toMatchObject({ code, stderr });
  });

  it('tells more the more often it is asked', async () => {
    const more = withOptions({ 'fencing-enabled': 'true', 'startup-fencing': 'false' });
    const lines = async (...argv: readonly string[]): Promise<number> => (await attempt('crm_verify', ['-L', ...argv], more)).stderr.split('\n').length - 1;
    expect([await lines(), await lines('-V'), await lines('-VV')]).toEqual([1, 3, 4]);
  });

  it.each([
    [[], 1, 'crm_verify: No input specified\n'],
    [['-x', '/nosuch.xml'], 78, 'crm_verify: Verification failed: Unable to parse CIB XML\n'],
    [['-X', '<resources/>'], 78, 'Input is not a CIB (outermost element is resources not cib)\nConfiguration invalid (-V may provide more detail)\n'],
  ])('%j is refused', async (argv, code, stderr) => {
    expect(await attempt('crm_verify', argv)).toMatchObject({ code, stderr });
  });

  it('writes down what it has checked', async () => {
    expect((await attempt('crm_verify', ['-L', '-S', '/saved.xml'])).files.get('/saved.xml')).toMatch(/^<cib /);
  });
});
