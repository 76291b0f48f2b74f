// SPDX-License-Identifier: GPL-2.0-or-later
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaves, writeGraph, type Schedule, type Synapse } from '../../src/scheduler/index.ts';
import { meta, primitive, RUNNING, scheduled, STOPPED, type Cluster, type Report } from './running-cluster.ts';

const RUNS = { numRuns: 60 };

type Kind = 'primitive' | 'group' | 'clone';

interface Sketch {
  readonly nodeCount: number;
  readonly offline: readonly boolean[];
  readonly leaving: readonly boolean[];
  readonly kinds: readonly Kind[];
  readonly cloneMax: number;
  readonly settings: Readonly<Record<string, string>>;
  /** Pairs of resource numbers; the lower one comes first, so that no two orders contradict each other. */
  readonly orders: readonly (readonly [number, number])[];
  readonly colocations: readonly (readonly [number, number])[];
  /** Whether the resource runs on the node, taken in turn for every pair. */
  readonly running: readonly boolean[];
}

const pair = fc.tuple(fc.nat(5), fc.nat(5));

const sketches: fc.Arbitrary<Sketch> = fc.record({
  nodeCount: fc.integer({ min: 1, max: 4 }),
  offline: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  leaving: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  kinds: fc.array(fc.constantFrom<Kind>('primitive', 'group', 'clone'), { minLength: 1, maxLength: 6 }),
  cloneMax: fc.integer({ min: 1, max: 3 }),
  settings: fc.constantFrom<Readonly<Record<string, string>>>({}, { 'target-role': 'Stopped' }, { 'allow-migrate': 'true' }, { notify: 'true' }),
  orders: fc.array(pair, { maxLength: 4 }),
  colocations: fc.array(pair, { maxLength: 2 }),
  running: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
});

/** Primitives of the resource with that number. */
function membersOf(kind: Kind, number: number): readonly string[] {
  return kind === 'group' ? [`m${number}a`, `m${number}b`] : [`m${number}`];
}

function resourceXml(sketch: Sketch, kind: Kind, number: number): string {
  const settings = meta(`r${number}`, number % 2 === 0 ? sketch.settings : {});
  const inner = membersOf(kind, number).map((id) => primitive(id)).join('');
  switch (kind) {
    case 'primitive':
      return primitive(`m${number}`, settings);
    case 'group':
      return `<group id="r${number}">${settings}${inner}</group>`;
    case 'clone':
      return `<clone id="r${number}">${meta(`r${number}`, { ...sketch.settings, 'clone-max': String(sketch.cloneMax) })}${inner}</clone>`;
  }
}

function clusterOf(sketch: Sketch): Cluster {
  const nodes = Array.from({ length: sketch.nodeCount }, (_, i) => `n${i + 1}`);
  const nameOf = (number: number): string => (sketch.kinds[number] === 'primitive' ? `m${number}` : `r${number}`);
  const related = (pairs: readonly (readonly [number, number])[]): (readonly [string, string])[] =>
    pairs
      .map(([a, b]) => [a % sketch.kinds.length, b % sketch.kinds.length] as const)
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => [nameOf(Math.min(a, b)), nameOf(Math.max(a, b))] as const);
  const orders = related(sketch.orders).map(([first, then], i) => `<rsc_order id="o${i}" first="${first}" then="${then}"/>`);
  const colocations = related(sketch.colocations).map(([primary, dependent], i) => `<rsc_colocation id="c${i}" rsc="${dependent}" with-rsc="${primary}" score="INFINITY"/>`);
  return {
    nodes,
    offline: nodes.filter((_, i) => sketch.offline[i]! && i > 0),
    leaving: nodes.filter((_, i) => sketch.leaving[i]!),
    resources: sketch.kinds.map((kind, number) => resourceXml(sketch, kind, number)).join(''),
    constraints: [...orders, ...colocations].join(''),
    history: historyOf(sketch, nodes),
  };
}

/** What is no clone runs on one node at most. */
function historyOf(sketch: Sketch, nodes: readonly string[]): Cluster['history'] {
  const history: Record<string, Record<string, readonly Report[]>> = {};
  nodes.forEach((node, i) => {
    history[node] = {};
    sketch.kinds.forEach((kind, number) => {
      const isHere = sketch.running[(i + number) % sketch.running.length]! && (kind === 'clone' || number % nodes.length === i);
      for (const id of membersOf(kind, number)) history[node]![id] = isHere ? RUNNING : STOPPED;
    });
  });
  return history;
}

function hasCircle(synapses: readonly Synapse[]): boolean {
  const inputs = new Map(synapses.map(({ action, inputs: list }) => [action.id, list.map(({ id }) => id)]));
  const done = new Set<number>();
  const open = new Set<number>();
  const visit = (id: number): boolean => {
    if (done.has(id)) return false;
    if (open.has(id)) return true;
    open.add(id);
    const isCircle = (inputs.get(id) ?? []).some(visit);
    open.delete(id);
    done.add(id);
    return isCircle;
  };
  return [...inputs.keys()].some(visit);
}

function instancesActiveAfterwards({ scheduler }: Schedule, cloneId: string): number {
  const clone = scheduler.resources.find((resource) => resource.id === cloneId);
  return [...leaves(clone!)].filter((resource) => resource.assignedNode !== undefined).length;
}

describe('for every cluster', () => {
  it('the same input gives the same bytes', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const cluster = clusterOf(sketch);
        expect(writeGraph(scheduled(cluster).graph)).toBe(writeGraph(scheduled(cluster).graph));
      }),
      RUNS,
    );
  });

  it('no agent is called on a node that is not there', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const cluster = clusterOf(sketch);
        const called = scheduled(cluster).graph.synapses.filter(({ action }) => action.kind === 'rsc').map(({ action }) => action.onNode);
        for (const node of cluster.offline ?? []) expect(called).not.toContain(node);
      }),
      RUNS,
    );
  });

  it('orders that do not contradict each other give a graph without a circle', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        expect(hasCircle(scheduled(clusterOf(sketch)).graph.synapses)).toBe(false);
      }),
      RUNS,
    );
  });

  it('a clone never gets more instances than it may have, nor more than there are nodes', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const decided = scheduled(clusterOf(sketch));
        sketch.kinds.forEach((kind, number) => {
          if (kind !== 'clone') return;
          expect(instancesActiveAfterwards(decided, `r${number}`)).toBeLessThanOrEqual(Math.min(sketch.cloneMax, sketch.nodeCount));
        });
      }),
      RUNS,
    );
  });

  it('every action stands in the graph once and waits only for others, each named once and in order', () => {
    fc.assert(
      fc.property(sketches, (sketch) => {
        const { synapses } = scheduled(clusterOf(sketch)).graph;
        const ids = synapses.map(({ action }) => action.id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { action, inputs } of synapses) {
          const numbers = inputs.map(({ id }) => id);
          expect(numbers).not.toContain(action.id);
          expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
        }
      }),
      RUNS,
    );
  });
});
