// SPDX-License-Identifier: GPL-2.0-or-later
/** The attribute manager of one node, given messages in an order of the test's choice. */
import { expect, it } from 'vitest';
import type { CibRequest, XmlElement } from '../../src/cib/index.ts';
import { Attributes } from '../../src/engine/attributes/attributes.ts';
import { ProcessGroups } from '../../src/engine/membership/groups.ts';
import type { Membership, MembershipListener } from '../../src/engine/membership/membership.ts';
import { Simulation } from '../../src/platform/sim/index.ts';
import { xml } from './cluster-in-simulation.ts';

/** Keeps what is sent until the test delivers it. */
class ByHand implements Membership {
  readonly me = 1;
  readonly sent: string[] = [];
  start(_listener: MembershipListener): void {}
  leave(): void {}
  broadcast(payload: string): void {
    this.sent.push(payload);
  }
}

interface Node {
  readonly attributes: Attributes;
  /** What all members hold; undefined while they have not agreed. */
  cib: XmlElement | undefined;
  readonly written: CibRequest[];
  configure(sequence: number, members: readonly number[], joined: readonly number[]): void;
  say(sender: number, message: unknown): void;
}

function node1(): Node {
  const groups = new ProcessGroups(new ByHand());
  const written: CibRequest[] = [];
  const setup = { me: 1, name: 'node1', idOf: (name: string) => name.slice(4), nameOf: (id: number) => `node${id}`, written: () => {}, applyCib: (request: CibRequest) => void written.push(request), agreedCib: () => node.cib };
  const attributes = new Attributes(new Simulation(1).platform, setup, groups);
  const node: Node = {
    attributes,
    cib: undefined,
    written,
    configure: (sequence, members, joined) => groups.configuration({ ring: `1.${sequence}`, sequence, members, joined, left: [] }),
    say: (sender, message) => groups.deliver(sender, JSON.stringify(typeof message === 'object' && message !== null && 'groups' in message ? message : { group: 'attrd', message })),
  };
  return node;
}

const own = (node: string, values: Record<string, string> = {}): unknown => ({ kind: 'own', node, values: Object.entries(values).map(([name, value]) => ({ name, node, value })) });
const update = (node: string, name: string, value: string): unknown => ({ kind: 'update', id: `x/${node}${name}${value}`, change: { name, node, value } });

function formed(): Node {
  const node = node1();
  node.configure(4, [1, 2], [1, 2]);
  for (const id of [1, 2]) {
    node.say(id, { groups: ['attrd'] });
    node.say(id, own(`node${id}`));
  }
  return node;
}

it('a node that speaks for itself in a new configuration does not undo what was set for it since that began', () => {
  const { attributes, configure, say } = formed();
  say(1, update('node2', 'fail-count-a#monitor_10000', 'value++'));
  configure(8, [1, 2], []);
  for (const id of [1, 2]) say(id, { groups: ['attrd'] });
  say(1, own('node1'));
  say(1, update('node2', 'fail-count-a#monitor_10000', 'value++'));
  say(1, update('node2', 'colour', 'red'));
  say(1, { kind: 'clear', pattern: '^colour$', node: null });
  say(2, own('node2', { 'fail-count-a#monitor_10000': '1' }));
  expect(attributes.get('fail-count-a#monitor_10000', 'node2')).toBe('2');
  expect(attributes.get('colour', 'node2')).toBeUndefined();
});

it('a node that has come knows better what it is, and what was set for it meanwhile is added', () => {
  const { attributes, configure, say } = formed();
  configure(8, [1], []);
  say(1, { groups: ['attrd'] });
  say(1, own('node1'));
  expect(attributes.get('colour', 'node2')).toBeUndefined();
  configure(12, [1, 2], [2]);
  for (const id of [1, 2]) say(id, { groups: ['attrd'] });
  say(1, own('node1'));
  say(1, update('node2', 'count', 'value++'));
  say(2, own('node2', { count: '5', colour: 'red' }));
  expect(attributes.get('count', 'node2')).toBe('6');
  expect(attributes.get('colour', 'node2')).toBe('red');
});

it('the writer writes a value again only when what a node says of itself has changed it', () => {
  const { written, configure, say } = formed();
  say(2, update('node2', 'colour', 'red'));
  configure(8, [1, 2], []);
  for (const id of [1, 2]) say(id, { groups: ['attrd'] });
  say(1, own('node1'));
  const before = written.length;
  say(2, own('node2', { colour: 'red' }));
  expect(written).toHaveLength(before);
  say(2, own('node2', { colour: 'blue' }));
  expect(written).toHaveLength(before + 1);
});

it.each([['after all have spoken', false], ['before all have spoken', true]])('a writer that has begun anew removes from the CIB what nobody knows, when the members have agreed %s', (_when, isAgreedFirst) => {
  const node = node1();
  const stateOf = (id: number, more = ''): string => {
    const pairs = `<nvpair id="status-${id}-old" name="old" value="1"/><nvpair id="status-${id}-colour" name="colour" value="red"/>${more}`;
    return `<node_state id="${id}"><transient_attributes id="${id}"><instance_attributes id="status-${id}">${pairs}</instance_attributes></transient_attributes></node_state>`;
  };
  // The usual set by its name, and a node that is not there.
  const cib = xml(`<cib><status>${stateOf(1, '<nvpair id="status-1-named" name="named" value="1"/>')}${stateOf(2)}${stateOf(3)}</status></cib>`);
  node.configure(8, [1, 2], [1, 2]);
  for (const id of [1, 2]) node.say(id, { groups: ['attrd'] });
  if (isAgreedFirst) node.cib = cib;
  node.say(1, { kind: 'own', node: 'node1', values: [{ name: 'named', node: 'node1', value: '1', set: 'status-1' }] });
  node.say(2, own('node2', { colour: 'red' }));
  node.cib = cib;
  if (!isAgreedFirst) node.attributes.removeUnknown();
  const removals = node.written.flatMap(({ change }) => (change.op === 'transaction' && change.changes.every(({ op }) => op === 'delete') ? change.changes : []));
  const ids = removals.map((change) => ('xpath' in change ? (change.xpath ?? '') : '').replace(/.*\[@id='(.*)'\]/, '$1'));
  expect(ids).toEqual(['status-1-old', 'status-2-old']);
});
