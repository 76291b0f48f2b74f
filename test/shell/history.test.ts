// SPDX-License-Identifier: GPL-2.0-or-later
/** Which transition an event belongs to does not depend on the clock: all inputs here are of one second. */
import { describe, expect, it } from 'vitest';
import { aShell } from './a-shell.ts';

const SECOND = 1_700_000_000;

interface Record {
  readonly id: string;
  readonly operation: string;
  readonly transition: number;
  readonly call: number;
  readonly code?: number;
  readonly interval?: number;
}

interface Moment {
  readonly epoch: number;
  readonly nodes: readonly string[];
  readonly resources: readonly string[];
  /** Of resource `a` on node1. */
  readonly records: readonly Record[];
}

function cibOf({ epoch, nodes, resources, records }: Moment): string {
  const history = records.map(({ id, operation, transition, call, code = 0, interval = 0 }) => `<lrm_rsc_op id="${id}" operation="${operation}" operation_key="a_${operation}_${interval}" interval="${interval}" call-id="${call}" rc-code="${code}" op-status="0" last-rc-change="${SECOND}" transition-key="${call}:${transition}:${operation === 'monitor' && interval === 0 ? 7 : 0}:x"/>`);
  const states = ['node1', 'node2'].map((name, index) => `<node_state id="${index + 1}" uname="${name}" in_ccm="${nodes.includes(name)}" crmd="${nodes.includes(name) ? 'online' : 'offline'}">${name === 'node1' ? `<lrm id="1"><lrm_resources><lrm_resource id="a" class="ocf" provider="pacemaker" type="Dummy">${history.join('')}</lrm_resource></lrm_resources></lrm>` : ''}</node_state>`);
  const primitives = resources.map((id) => `<primitive id="${id}" class="ocf" provider="pacemaker" type="Dummy"/>`);
  return `<cib validate-with="pacemaker-3.9" admin_epoch="0" epoch="${epoch}" num_updates="${records.length}" execution-date="${SECOND}" update-client="crm"><configuration><crm_config/><nodes><node id="1" uname="node1"/><node id="2" uname="node2"/></nodes><resources>${primitives.join('')}</resources><constraints/></configuration><status>${states.join('')}</status></cib>`;
}

const PROBE: Record = { id: 'a_last_0', operation: 'monitor', transition: 1, call: 1, code: 7 };
const START: Record = { id: 'a_last_0', operation: 'start', transition: 1, call: 2 };
const MONITOR: Record = { id: 'a_monitor_10000', operation: 'monitor', transition: 1, call: 3, interval: 10_000 };
const MONITOR_FAILED: Record = { ...MONITOR, id: 'a_last_failure_0', code: 7 };
const STOP: Record = { id: 'a_last_0', operation: 'stop', transition: 2, call: 4 };
const RESTART_FAILED: Record = { id: 'a_last_0', operation: 'start', transition: 2, call: 5, code: 1 };
const BOTH = ['node1', 'node2'];

/** Boot; `a` is configured; its monitor fails; the start after it fails too and node2 is lost meanwhile. */
const MOMENTS: readonly Moment[] = [
  { epoch: 1, nodes: BOTH, resources: [], records: [] },
  { epoch: 2, nodes: BOTH, resources: ['a'], records: [] },
  { epoch: 2, nodes: BOTH, resources: ['a'], records: [START, MONITOR, MONITOR_FAILED] },
  { epoch: 2, nodes: ['node1'], resources: ['a'], records: [RESTART_FAILED, STOP, MONITOR, MONITOR_FAILED] },
];

function aHistory(moments: readonly Moment[] = MOMENTS) {
  const files = Object.fromEntries(moments.map((moment, number) => [`/pe/pe-input-${number}.xml`, cibOf(moment)]));
  const shell = aShell({ files });
  return async (...words: readonly string[]): Promise<string> => {
    const { code, out, err } = await shell.run('-H', '/pe', 'history', ...words);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return out.replace(/^\S+ \S+ {2}/gm, '');
  };
}

describe('history', () => {
  it('gives nodes that boot to the transition whose input shows them first', async () => {
    expect(await aHistory()('transition', 'log', '0')).toBe('  node node1: member\n  node node2: member\n');
  });

  it('gives a change of the configuration to the transition it caused, results to the transition that asked for them', async () => {
    expect(await aHistory()('transition', 'log', '1')).toBe('  configuration: +a (crm)\n  a on node1: start: ok\n  a on node1: monitor every 10 s: ok\n');
  });

  it('gives a failed monitor to the transition it caused, a failed start to the transition that started', async () => {
    expect(await aHistory()('transition', 'log', '2')).toBe('! a on node1: monitor every 10 s: not running\n  a on node1: stop: ok\n! a on node1: start: error\n');
  });

  it('tells what happened on a node within a second in the order of its calls, not of the records', async () => {
    const history = aHistory([MOMENTS[1]!, { ...MOMENTS[1]!, records: [{ ...MONITOR, call: 12 }, { ...START, call: 9 }] }]);
    expect(await history('transition', 'log', '0')).toContain('  a on node1: start: ok\n  a on node1: monitor every 10 s: ok\n');
  });

  it('gives a lost node to the transition it caused', async () => {
    expect(await aHistory()('transition', 'log', '3')).toBe('! node node2: lost\n');
  });

  it('counts results and names causes in the list of transitions', async () => {
    expect((await aHistory()('transitions')).split('\n')).toEqual([
      'transition 0: 0 results - after node node1: member and 1 more',
      'transition 1: 2 results - after configuration: +a (crm)',
      'transition 2: 2 results, 1 failed - after a on node1: monitor every 10 s: not running',
      'transition 3: 0 results - after node node2: lost',
      '',
    ]);
  });

  it('sums up what a transition touched', async () => {
    expect(await aHistory()('transition', 'tags', '2')).toBe('a a:failed node1\n');
  });

  it('shows the last transition with its causes', async () => {
    expect(await aHistory()('latest')).toBe('! node node2: lost\n');
  });

  it('shows every event once, causes before results', async () => {
    const lines = (await aHistory()('events')).trimEnd().split('\n');
    expect(lines).toHaveLength(9);
    expect(new Set(lines).size).toBe(9);
    expect(lines.indexOf('  configuration: +a (crm)')).toBeLessThan(lines.indexOf('  a on node1: start: ok'));
  });

  it('keeps results older than the first input out of its transition', async () => {
    const history = aHistory([{ epoch: 2, nodes: BOTH, resources: ['a'], records: [PROBE, MONITOR_FAILED] }]);
    expect(await history('transition', 'log', '0')).toBe('! a on node1: monitor every 10 s: not running\n  node node1: member\n  node node2: member\n');
    expect(await aHistory([{ epoch: 2, nodes: BOTH, resources: ['a'], records: [START] }])('transitions')).toBe('transition 0: 0 results - after node node1: member and 1 more\n');
  });

  it('takes the results of the last transition of a report from its configuration and status', async () => {
    const [boot, configured] = MOMENTS as readonly [Moment, Moment];
    const report = { format: 'quorate-report/1', program: 'crm', madeEpochMs: 0, host: 'h', cib: cibOf({ ...configured, records: [START, MONITOR] }), inputs: [boot, configured].map((moment, number) => ({ number, xml: cibOf(moment) })), logs: {} };
    const { out } = await aShell({ files: { '/r.json': JSON.stringify(report) } }).run('-H', '/r.json', 'history', 'transition', 'log', '1');
    expect(out.replace(/^\S+ \S+ {2}/gm, '')).toBe('  configuration: +a (crm)\n  a on node1: start: ok\n  a on node1: monitor every 10 s: ok\n');
  });

  const FENCING = { target: 'node2', action: 'reboot', device: 'watchdog', origin: 'node1', client: 'pacemaker-controld', state: 'success', epochMs: SECOND * 1000, transition: 3 };
  const fenced = (records: readonly object[]) => {
    const files = Object.fromEntries(MOMENTS.map((moment, number) => [`/pe/pe-input-${number}.xml`, cibOf(moment)]));
    return aShell({ files: { ...files, '/pe/fencing.json': JSON.stringify(records) } });
  };
  const lines = (out: string): string => out.replace(/^\S+ \S+ {2}/gm, '');

  it('tells the fencing of a node after its loss, as a result of the transition that asked for it', async () => {
    const shell = fenced([FENCING]);
    expect(lines((await shell.run('-H', '/pe', 'history', 'node', 'node2')).out)).toBe('  node node2: member\n! node node2: lost\n  node node2: fencing (reboot by watchdog, for pacemaker-controld on node1): ok\n');
    expect((await shell.run('-H', '/pe', 'history', 'transitions')).out).toContain('transition 3: 1 results - after node node2: lost');
  });

  it('tells a fencing that failed, and why', async () => {
    const { out } = await fenced([{ ...FENCING, state: 'failed', exitReason: 'no device could do it' }]).run('-H', '/pe', 'history', 'transition', 'log', '3');
    expect(lines(out)).toContain('! node node2: fencing (reboot by watchdog, for pacemaker-controld on node1): failed (no device could do it)');
  });

  it('takes a container for its members', async () => {
    const group = (moment: Moment): string => cibOf(moment).replace(/(<primitive id="a"[^>]*\/>)/, '<group id="g">$1</group>');
    const shell = aShell({ files: Object.fromEntries(MOMENTS.map((moment, number) => [`/pe/pe-input-${number}.xml`, group(moment)])) });
    expect((await shell.run('-H', '/pe', 'history', 'resource', 'g')).out).toBe((await shell.run('-H', '/pe', 'history', 'resource', 'a')).out);
  });

  it.each([['resource', 'there is no resource nosuch in this history'], ['node', 'there is no node nosuch in this history']])('does not know %s nosuch', async (command, message) => {
    expect(await fenced([]).run('-H', '/pe', 'history', command, 'nosuch')).toMatchObject({ code: 1, err: `ERROR: history.${command}: ${message}\n` });
  });

  it('compares as a table for a page, with what was there before and is there now in one row', async () => {
    const shell = fenced([]);
    const { out } = await shell.run('-H', '/pe', 'history', 'diff', '0', '1', 'html');
    expect(out).toContain('<tr><td></td><td></td><td>3</td><td><ins>primitive a ocf:pacemaker:Dummy</ins></td></tr>');
    expect(out).toMatch(/^<table class="diff">\n<tr><th colspan="2">0<\/th><th colspan="2">1<\/th><\/tr>/);
    const status = (await shell.run('-H', '/pe', 'history', 'diff', '2', '3', 'status', 'html')).out;
    expect(status).toContain('<del>  &#60;node_state id=&#34;2&#34;');
    expect(status).not.toContain('<node_state');
  });

  it('prints nothing where nothing differs', async () => {
    expect(await fenced([]).run('-H', '/pe', 'history', 'diff', '1', '1')).toMatchObject({ code: 0, out: '' });
  });

  it('compares a transition with what is there now', async () => {
    expect((await fenced([]).run('-H', '/pe', 'history', 'diff', '1', 'live')).out).toContain('-primitive a ocf:pacemaker:Dummy');
  });
});
