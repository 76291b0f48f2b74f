// SPDX-License-Identifier: GPL-2.0-or-later
/** Properties of decisions about random clusters of every kind of resource, with every kind of history. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addScores, dateTime, element, readXml, type XmlElement } from '../../src/cib/index.ts';
import { leaves, Role, withDescendants, schedule, simulate, writeGraph, type Clone, type Reason, type Schedule } from '../../src/scheduler/index.ts';
import { randomCluster, type Wish } from './random/index.ts';
import { explain } from './reasons.ts';
import type { Feature } from './random/shape.ts';
import { NOW } from './random/status.ts';

const CLOCK = dateTime(NOW);
/** The seed is fixed: in some thousand cases one is a graph that the reference cannot complete either. */
const RUNS = { numRuns: 80, seed: 20260901 };
/** Steps in which a cluster settles: one for what is decided, others for what the outcome makes possible. */
const MAX_STEPS = 4;

function cibOf(number: number, wish?: Wish): XmlElement {
  const read = readXml(randomCluster(number, wish).xml);
  if (!read.ok) throw new Error(read.problem.message);
  return read.root;
}

const decide = (cib: XmlElement): Schedule => schedule(cib, { now: CLOCK, scores: true });
const forAll = (check: (number: number) => void): void => fc.assert(fc.property(fc.nat(1_000_000), check), RUNS);

function clonesOf({ scheduler }: Schedule): Clone[] {
  return scheduler.resources.flatMap((resource) => (resource.kind === 'clone' ? [resource] : resource.kind === 'bundle' && resource.clone !== undefined ? [resource.clone] : []));
}

/**
 * What may keep a cluster busy for good in a simulation: failures whose record nothing clears, resources and nodes that the cluster must not touch,
 * wishes for and against the same place, and monitors that are cancelled again and again because the record of a cancellation stays.
 */
const UNSETTLING: readonly Feature[] = [
  'failures', 'on-fail', 'thresholds', 'pending', 'lost-nodes', 'fencing', 'unfencing', 'locks', 'digests', 'migration', 'multiple-active', 'removed', 'disabled', 'quorum', 'unmanaged', 'maintenance',
  'options', 'colocations', 'sets', 'guests', 'remotes', 'bundles',
];

/** Keys of the actions that change something: marks do not, and a simulation does not carry out the deletion of a history. */
function realActions({ graph }: Schedule): string[] {
  return graph.synapses.filter(({ action }) => action.kind !== 'pseudo' && action.operation !== 'delete').map(({ action }) => `${action.operationKey}@${action.onNode ?? ''}`);
}

/** The CIB with the children of a section of its configuration in another order. */
function reordered(cib: XmlElement, section: string, turn: (children: XmlElement[]) => XmlElement[]): XmlElement {
  const configuration = cib.first('configuration')!;
  const old = configuration.first(section)!;
  return cib.replaceChild(configuration, configuration.replaceChild(old, old.withChildren(turn(old.elements()))));
}

/** Every top-level resource gets a priority that no other has. */
function prioritized(cib: XmlElement): XmlElement {
  let priority = 1000;
  const own = (id: string): XmlElement =>
    element('meta_attributes', { id: `${id}-own`, score: 'INFINITY' }, [element('nvpair', { id: `${id}-own-priority`, name: 'priority', value: String(priority++) })]);
  return reordered(cib, 'resources', (resources) => resources.map((resource) => (resource.name === 'template' ? resource : resource.withChildren([own(resource.id!), ...resource.children]))));
}

describe('for every random cluster', () => {
  it('the same input gives the same scores and the same graph', () => {
    forAll((number) => {
      const [first, second] = [decide(cibOf(number)), decide(cibOf(number))];
      expect(second.scores).toEqual(first.scores);
      expect(writeGraph(second.graph)).toBe(writeGraph(first.graph));
    });
  });

  it('printing scores changes no decision', () => {
    forAll((number) => {
      const cib = cibOf(number);
      expect(writeGraph(schedule(cib, { now: CLOCK }).graph)).toBe(writeGraph(decide(cib).graph));
    });
  });

  it('every action of the graph has a recorded reason, and recording changes nothing', () => {
    forAll((number) => {
      const cib = cibOf(number);
      const reasons: Reason[] = [];
      const { graph } = schedule(cib, { now: CLOCK, recorder: { note: (reason) => void reasons.push(reason) } });
      const explained = new Set(reasons.flatMap((reason) => (reason.kind === 'action' ? [reason.id] : [])));
      expect(graph.synapses.filter(({ action }) => !explained.has(action.id)).map(({ action }) => action.operationKey)).toEqual([]);
      expect(reasons.filter(({ cause }) => cause === '')).toEqual([]);
      expect(writeGraph(graph)).toBe(writeGraph(decide(cib).graph));
    });
  });

  it('what is recorded of a score adds up to it', () => {
    forAll((number) => {
      // Of two resources with one id the notes could not be told apart.
      const { schedule: decided, reasons } = explain(cibOf(number), NOW);
      const sums = new Map<string, number>();
      for (const reason of reasons) {
        if (reason.kind !== 'score') continue;
        const place = `${reason.resource} on ${reason.node}`;
        const sum = reason.isReplaced ? reason.score : addScores(sums.get(place) ?? 0, reason.score);
        expect(sum, `${place}: ${reason.cause}`).toBe(reason.total);
        sums.set(place, sum);
      }
      const ids = decided.scheduler.allResources.map(({ id }) => id);
      for (const resource of decided.scheduler.resources.flatMap((top) => [...withDescendants(top)])) {
        if (ids.filter((id) => id === resource.id).length > 1) continue;
        for (const node of resource.allowedNodes.nodes()) expect(sums.get(`${resource.id} on ${node.name}`) ?? 0, `${resource.id} on ${node.name}`).toBe(resource.allowedNodes.score(node));
      }
    });
  });

  it('the order of nodes in the document makes no difference', () => {
    forAll((number) => {
      const cib = cibOf(number);
      const nodes = cib.at('configuration', 'nodes')!;
      const configuration = cib.first('configuration')!;
      const reversed = cib.replaceChild(configuration, configuration.replaceChild(nodes, nodes.withChildren(nodes.children.toReversed())));
      const [given, other] = [decide(cib), decide(reversed)];
      expect(other.scores).toEqual(given.scores);
      expect(writeGraph(other.graph)).toBe(writeGraph(given.graph));
    });
  });

  it('the order of locations, orders and tickets in the document makes no difference to scores', () => {
    forAll((number) => {
      const cib = cibOf(number, { always: ['locations', 'orders', 'tickets'] });
      const isFree = (name: string): boolean => ['rsc_location', 'rsc_order', 'rsc_ticket'].includes(name);
      const other = reordered(cib, 'constraints', (constraints) => [...constraints.filter(({ name }) => !isFree(name)), ...constraints.filter(({ name }) => isFree(name)).reverse()]);
      expect(decide(other).scores.toSorted()).toEqual(decide(cib).scores.toSorted());
    });
  });

  it('the order of resources in the document makes no difference when each has a priority of its own', () => {
    forAll((number) => {
      // What creates nodes is seen by the resources after it only.
      const cib = prioritized(cibOf(number, { never: ['bundles', 'guests', 'remotes'] }));
      const other = reordered(cib, 'resources', (resources) => resources.toReversed());
      const [given, turned] = [decide(cib), decide(other)];
      expect(turned.scores).toEqual(given.scores);
      expect(writeGraph(turned.graph)).toBe(writeGraph(given.graph));
    });
  });

  it('a graph can be completed when nothing is configured or recorded that could contradict itself', () => {
    forAll((number) => {
      const { execution } = simulate({ cib: cibOf(number, { never: ['orders', 'sets', 'colocations', 'lost-nodes', 'guests', 'remotes', 'bundles', 'maintenance', 'unfencing', 'failures', 'on-fail', 'pending', 'migration', 'groups'] }), clock: CLOCK, epochSeconds: NOW, extent: 'execute' });
      expect(execution!.isComplete).toBe(true);
    });
  });

  it('no agent is called on a cluster node that is not online', () => {
    forAll((number) => {
      const { graph, scheduler } = decide(cibOf(number));
      for (const { action } of graph.synapses) {
        if (action.kind !== 'rsc' || action.onNode === undefined) continue;
        const node = scheduler.findNode(action.onNode);
        expect(node?.isRemoteNode === true || node?.isOnline === true, `${action.operationKey} on ${action.onNode}`).toBe(true);
      }
    });
  });

  it('clones keep to clone-max, clone-node-max and promoted-max where the cluster may act', () => {
    forAll((number) => {
      const decided = decide(cibOf(number, { never: ['unmanaged', 'maintenance', 'options', 'failures', 'on-fail', 'multiple-active'], always: ['clones', 'promotable', 'unique'] }));
      for (const clone of clonesOf(decided)) {
        const placed = clone.children.filter((instance) => instance.isManaged && [...leaves(instance)].some((leaf) => leaf.assignedNode !== undefined));
        const places = placed.map((instance) => [...leaves(instance)].find((leaf) => leaf.assignedNode !== undefined)!.assignedNode!.name);
        expect(placed.length).toBeLessThanOrEqual(clone.cloneMax);
        for (const place of places) expect(places.filter((other) => other === place).length).toBeLessThanOrEqual(clone.cloneNodeMax);
        const promoted = placed.filter((instance) => [...leaves(instance)].some((leaf) => leaf.nextRole === Role.promoted));
        expect(promoted.length).toBeLessThanOrEqual(clone.promotedMax);
      }
    });
  });

  it('doing what was decided settles the cluster within a few steps, unless orders contradict each other', () => {
    forAll((number) => {
      let cib = cibOf(number, { never: UNSETTLING });
      for (let step = 0; step < MAX_STEPS; step++) {
        const { schedule: decided, execution, cib: after } = simulate({ cib, clock: CLOCK, epochSeconds: NOW, extent: 'execute' });
        if (execution!.isComplete === false || realActions(decided!).length === 0) return;
        cib = after;
      }
      expect(realActions(decide(cib))).toEqual([]);
    });
  });
});
