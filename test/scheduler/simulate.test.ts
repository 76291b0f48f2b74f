// SPDX-License-Identifier: GPL-2.0-or-later
/** Virtual execution of a graph, and supposed changes: what they write, in which order, at what cost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateTime, readXml, writeXml, type XmlElement } from '../../src/cib/index.ts';
import { executeGraph, inject, schedule, simulate, type GraphAction, type Synapse, type TransitionGraph } from '../../src/scheduler/index.ts';
import { ReadyQueue } from '../../src/scheduler/simulate/ready-queue.ts';
import { clusterCib, dummy, DUMMY } from './cluster-cib.ts';

const NOW = dateTime(1717243200);
const NODES = [['1', 'node1'], ['2', 'node2']] as const;

function parsed(text: string): XmlElement {
  const read = readXml(text);
  if (!read.ok) throw new Error(read.problem.message);
  return read.root;
}

const sketch = (resources: string, rest: Partial<Parameters<typeof clusterCib>[0]> = {}): XmlElement => parsed(clusterCib({ nodes: NODES, resources, ...rest }));

function operation(cib: XmlElement, node: string, resource: string, id: string): XmlElement | undefined {
  const state = cib.first('status')!.elements('node_state').find((one) => one.get('uname') === node);
  return state?.at('lrm', 'lrm_resources')?.elements('lrm_resource').find((one) => one.id === resource)?.elements().find((one) => one.id === id);
}

/** A graph of pseudo-actions: `[id, inputs]`. */
function pseudoGraph(rows: readonly (readonly [id: number, inputs: readonly number[]])[]): TransitionGraph {
  const action = (id: number): GraphAction => ({ id, kind: 'pseudo', operation: 'x', operationKey: `x${id}`, attributes: [], parameters: [], downed: [], maintenance: [] });
  const synapses = rows.map(([id, inputs], at): Synapse => ({ id: at, priority: 0, action: action(id), inputs: inputs.map(action) }));
  return { clusterDelay: '60s', fencingTimeout: '60s', failedStopOffset: 'INFINITY', failedStartOffset: 'INFINITY', batchLimit: '0', transitionId: 1, synapses };
}

/** The definition: pass after pass over all synapses, each fired when everything it waits for has been. */
function firingOrder(rows: readonly (readonly [id: number, inputs: readonly number[]])[]): number[] {
  const fired: number[] = [];
  for (let progress = true; progress; ) {
    progress = false;
    for (const [id, inputs] of rows) {
      if (fired.includes(id) || !inputs.every((input) => fired.includes(input))) continue;
      fired.push(id);
      progress = true;
    }
  }
  return fired;
}

describe('a graph', () => {
  it('is executed in the order of passes over its synapses', () => {
    const graph = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1 }).chain((ids) =>
      fc.tuple(...ids.map((id) => fc.tuple(fc.constant(id), fc.uniqueArray(fc.constantFrom(...ids, 99), { maxLength: 3 }).map((inputs) => inputs.filter((input) => input !== id))))),
    );
    fc.assert(
      fc.property(graph, (rows) => {
        const { events, isComplete } = executeGraph(sketch(''), pseudoGraph(rows), { epochSeconds: 0, hasResource: () => false });
        const order = firingOrder(rows);
        expect(events.map((event) => (event.kind === 'pseudo' ? event.key : event.kind))).toEqual(order.map((id) => `x${id}`));
        expect(isComplete).toBe(order.length === rows.length);
      }),
    );
  });

  it('costs the same per action however long it is', () => {
    const chain = Array.from({ length: 20000 }, (_, i) => [20000 - i, i === 19999 ? [] : [19999 - i]] as const);
    const begin = process.cpuUsage();
    expect(executeGraph(sketch(''), pseudoGraph(chain), { epochSeconds: 0, hasResource: () => false }).isComplete).toBe(true);
    // Looking at every synapse in every pass would be 4 * 10^8 looks here.
    expect(process.cpuUsage(begin).user).toBeLessThan(3_000_000);
  });
});

describe('the queue of ready synapses', () => {
  it('gives positions of this pass in order and earlier ones in the next', () => {
    const queue = new ReadyQueue();
    [5, 2].forEach((at) => queue.add(at));
    expect(queue.next()).toBe(2);
    queue.add(1);
    queue.add(4);
    expect([queue.next(), queue.next(), queue.next(), queue.next()]).toEqual([4, 5, 1, undefined]);
  });
});

describe('a simulation', () => {
  it('starts a resource, writes its history and counts the versions', () => {
    const result = simulate({ cib: sketch(dummy('a', '<operations><op id="m" name="monitor" interval="10s"/></operations>')), clock: NOW, epochSeconds: 1717243200, extent: 'execute' });
    expect(result.after!.resources[0]!.runningOn.map((node) => node.name)).toEqual(['node1']);
    const start = operation(result.cib, 'node1', 'a', 'a_last_0')!;
    expect(Object.fromEntries(start.entries())).toMatchObject({ operation: 'start', 'rc-code': '0', 'call-id': '2', 'last-rc-change': '1717243200', on_node: 'node1' });
    expect(operation(result.cib, 'node1', 'a', 'a_monitor_10000')?.get('interval')).toBe('10000');
    // Two probes, a start and a monitor.
    expect(result.cib.get('num_updates')).toBe('7');
    expect(result.cib.get('epoch')).toBe('7');
  });

  it('comes to rest: what was started needs nothing more', () => {
    const cib = sketch(`<clone id="c"><meta_attributes id="cm"><nvpair id="cm-p" name="promotable" value="true"/></meta_attributes>${dummy('x')}</clone><group id="g">${dummy('a')}${dummy('b')}</group>`);
    let here = cib;
    for (let round = 0; round < 3; round++) here = simulate({ cib: here, clock: NOW, epochSeconds: 1, extent: 'execute' }).cib;
    expect(schedule(here, { now: NOW }).graph.synapses).toEqual([]);
  });

  it('ends with the first operation that is to fail', () => {
    const result = simulate({ cib: sketch(dummy('a')), clock: NOW, epochSeconds: 1717243200, extent: 'execute', failures: ['a_start_0@node1=1'] });
    expect(result.execution!.isComplete).toBe(true);
    expect(result.execution!.events.at(-3)).toEqual({ kind: 'failure', actionId: expect.any(Number), rc: 1 });
    expect(operation(result.cib, 'node1', 'a', 'a_last_failure_0')?.get('exit-reason')).toBe('User-injected result');
    const values = [...result.cib.descendants()].filter((one) => one.get('name') === 'fail-count-a#start_0').map((one) => one.get('value'));
    expect(values).toEqual(['INFINITY']);
  });

  it('runs pseudo actions whatever their priority when something has failed, as they do nothing', () => {
    const clone = (id: string, inner: string): string => `<clone id="${id}">${dummy(inner)}</clone>`;
    const constraints = '<rsc_order id="o" first="c1" then="c2" kind="Mandatory"/>';
    const { execution } = simulate({ cib: sketch(clone('c1', 'a') + clone('c2', 'b'), { nodes: [['1', 'node1']], constraints }), clock: NOW, epochSeconds: 1, extent: 'execute', failures: ['a_start_0@node1=1'] });
    const keys = execution!.events.map((event) => (event.kind === 'pseudo' ? event.key : event.kind === 'resource' ? `${event.resource}_${event.operation}` : event.kind));
    expect(keys.slice(keys.indexOf('failure'))).toContain('c2_start_0');
    expect(keys.filter((key) => /^b\b.*_start$/.test(key))).toEqual([]);
  });

  it('writes results beside what is no result, even with the same id', () => {
    const cib = sketch(dummy('a'), { history: { node1: [['a', DUMMY, 'start']] } });
    const text = writeXml(cib).replace(/<lrm_rsc_op id="a_last_0"/, '<note id="a_last_0"');
    const { execution } = simulate({ cib: parsed(text), clock: NOW, epochSeconds: 1, extent: 'execute' });
    const entries = execution!.cib.first('status')!.elements('node_state')[0]!.at('lrm', 'lrm_resources')!.first('lrm_resource')!.elements();
    expect(entries.map((entry) => `${entry.name} ${entry.id}`)).toEqual(['note a_last_0', 'lrm_rsc_op a_last_0']);
  });

  it('says which results to suppose cannot be read', () => {
    const result = simulate({ cib: sketch(dummy('a')), clock: NOW, epochSeconds: 1, extent: 'execute', failures: ['a_start_0@node1=much'] });
    expect(result.execution!.events).toContainEqual({ kind: 'error', text: "Invalid failed operation 'a_start_0@node1=much'. Result code must be integer." });
  });
});

describe('a supposed change', () => {
  const agent = { class: 'ocf', provider: 'pacemaker', type: 'Dummy' };
  const suppose = (injections: Parameters<typeof inject>[1], cib = sketch(dummy('a'), { history: { node2: [['a', DUMMY, 'start']] } })): ReturnType<typeof inject> =>
    inject(cib, injections, { agentOf: (name) => (name === 'a' ? agent : undefined), hasNode: (name) => name === 'guest' }, 1717243200);

  it('takes a node down with all it knew', () => {
    const { cib, events } = suppose({ nodesDown: ['node2'] });
    const state = cib.first('status')!.elements('node_state')[1]!;
    expect(state.children).toEqual([]);
    expect(state.get('crmd')).toBe('offline');
    expect(events).toEqual([{ kind: 'node', change: 'offline', node: 'node2' }]);
    expect(cib.get('num_updates')).toBe('5');
  });

  it('configures only what is brought up, or named beside it', () => {
    const nodes = (cib: XmlElement): (string | undefined)[] => cib.at('configuration', 'nodes')!.elements('node').map((node) => node.get('uname'));
    const states = (cib: XmlElement): (string | undefined)[] => cib.first('status')!.elements('node_state').map((state) => state.get('uname'));
    const down = suppose({ nodesDown: ['guest'] });
    expect([nodes(down.cib), states(down.cib)]).toEqual([['node1', 'node2'], ['node1', 'node2', 'guest']]);
    expect(nodes(suppose({ nodesUp: ['node1'], nodesDown: ['guest'] }).cib)).toEqual(['node1', 'node2', 'guest']);
  });

  it('of a node that nobody knows is refused, unless a node is brought up', () => {
    const problem = { kind: 'error', text: 'Invalid node name: other' };
    for (const wish of [{ nodesDown: ['other'] }, { nodesFailing: ['other'] }, { operations: ['a_start_0@other=1'] }]) {
      expect(suppose(wish).events).toContainEqual(problem);
      expect(suppose({ nodesUp: ['node1'], ...wish }).events).not.toContainEqual(problem);
    }
  });

  it('configures a node that comes up and is not known', () => {
    const { cib } = suppose({ nodesUp: ['node9'] });
    expect(cib.at('configuration', 'nodes')!.elements('node').map((node) => node.id)).toEqual(['1', '2', 'node9']);
    expect(cib.get('epoch')).toBe('8');
  });

  it('adds to a fail count with each failure', () => {
    const once = suppose({ operations: ['a_monitor_10000@node2=1'] });
    expect(once.events.map((event) => event.kind)).toEqual(['operation', 'attribute', 'attribute']);
    const twice = suppose({ operations: ['a_monitor_10000@node2=1'] }, once.cib);
    expect(twice.events[1]).toMatchObject({ name: 'fail-count-a#monitor_10000', value: '2', nodeState: '2' });
  });

  it.each([
    ['bogus', 'Invalid operation spec: bogus.  Only found 1 fields'],
    ['a_monitor_0@node1', 'Invalid operation spec: a_monitor_0@node1.  Only found 2 fields'],
    ['nosuch_monitor_0@node1=1', 'Invalid resource name: nosuch'],
  ])('%s is refused in words', (spec, text) => {
    expect(suppose({ operations: [spec] }).events).toContainEqual({ kind: 'error', text });
  });

  it.each([
    ['grant', 'granted', 'true'],
    ['revoke', 'granted', 'false'],
    ['standby', 'standby', 'true'],
    ['activate', 'standby', 'false'],
  ] as const)('to %s a ticket sets %s to %s', (change, attribute, value) => {
    const { cib } = suppose({ tickets: [{ ticket: 't', change }] });
    expect(cib.at('status', 'tickets', 'ticket_state')?.get(attribute)).toBe(value);
  });

  it('of quorum or watchdog stands in the document', () => {
    const { cib } = suppose({ quorum: 'false', watchdog: 'true' });
    expect(cib.get('have-quorum')).toBe('false');
    expect([...cib.descendants()].find((one) => one.get('name') === 'have-watchdog')?.get('value')).toBe('true');
  });
});
