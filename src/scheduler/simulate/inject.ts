// SPDX-License-Identifier: GPL-2.0-or-later
/** Changes a CIB as if nodes, tickets, quorum or operations had changed: "what would happen if". */
import type { XmlElement } from '../../cib/index.ts';
import { element } from '../../cib/index.ts';
import type { AttributeEvent, ModificationEvent, NodeChange, TicketChange } from './event.ts';
import { recordResult } from './history.ts';
import { StatusDraft, type NodeStateDraft, type ResourceDraft } from './status-draft.ts';

export interface Injections {
  readonly quorum?: string;
  readonly watchdog?: string;
  readonly nodesUp?: readonly string[];
  readonly nodesDown?: readonly string[];
  readonly nodesFailing?: readonly string[];
  readonly tickets?: readonly { readonly ticket: string; readonly change: TicketChange }[];
  /** `RESOURCE_TASK_MS@NODE=RC`. */
  readonly operations?: readonly string[];
}

/** The agent of a resource, as its history names it. */
export interface AgentOfResource {
  readonly class: string;
  readonly provider: string | undefined;
  readonly type: string;
}

/** What has to be known of the cluster; resources and nodes by any of their names. */
export interface KnownCluster {
  agentOf(resource: string): AgentOfResource | undefined;
  hasNode(name: string): boolean;
}

export interface InjectionResult {
  readonly cib: XmlElement;
  readonly events: readonly ModificationEvent[];
}

export function inject(cib: XmlElement, injections: Injections, cluster: KnownCluster, epochSeconds: number): InjectionResult {
  const draft = new StatusDraft(cib);
  const events: ModificationEvent[] = [];
  const isConfiguring = (injections.nodesUp ?? []).length > 0;
  // As soon as one node is brought up, all that are named become part of the configuration. Otherwise only what is a node has a state.
  const stateOf = (node: string): NodeStateDraft | undefined => {
    if (isConfiguring) draft.configureNode(node);
    if (isConfiguring || draft.hasNode(node) || cluster.hasNode(node)) return draft.node(node);
    events.push({ kind: 'error', text: `Invalid node name: ${node}` });
    return undefined;
  };
  if (injections.quorum !== undefined) {
    events.push({ kind: 'quorum', value: injections.quorum });
    draft.setRootAttribute('have-quorum', injections.quorum);
  }
  if (injections.watchdog !== undefined) {
    events.push({ kind: 'watchdog', value: injections.watchdog });
    draft.setClusterOption('have-watchdog', injections.watchdog);
  }
  const change = (nodes: readonly string[] | undefined, name: NodeChange, apply: (state: NodeStateDraft) => void): void => {
    for (const node of nodes ?? []) {
      events.push({ kind: 'node', change: name, node });
      const state = stateOf(node);
      if (state !== undefined) apply(state);
    }
  };
  change(injections.nodesUp, 'online', (state) => setMembership(draft, state, UP));
  change(injections.nodesDown, 'offline', (state) => takeDown(draft, state, ORIGIN['crm-debug-origin']));
  change(injections.nodesFailing, 'failing', (state) => setMembership(draft, state, { ...UP, in_ccm: 'false' }));
  for (const { ticket, change: wanted } of injections.tickets ?? []) {
    events.push({ kind: 'ticket', change: wanted, ticket });
    const isSwitch = wanted === 'grant' || wanted === 'revoke';
    draft.setTicket(ticket, isSwitch ? 'granted' : 'standby', String(wanted === 'grant' || wanted === 'standby'));
  }
  for (const spec of injections.operations ?? []) {
    events.push({ kind: 'operation', spec });
    events.push(...injectOperation(draft, spec, { agentOf: (name) => cluster.agentOf(name), stateOf }, epochSeconds));
  }
  return { cib: draft.close(), events };
}

const ORIGIN = { 'crm-debug-origin': 'crm_simulate' } as const;
const UP = { in_ccm: 'true', crmd: 'online', join: 'member', expected: 'member', ...ORIGIN } as const;
const DOWN = { in_ccm: 'false', crmd: 'offline', join: 'down', expected: 'down', ...ORIGIN } as const;

/** Marks a node as down and forgets its history and transient attributes; `origin` says who did it. */
export function takeDown(draft: StatusDraft, state: NodeStateDraft, origin: string): void {
  state.set({ ...DOWN, 'crm-debug-origin': origin });
  draft.countUpdate(1 + state.forget());
}

const SPEC = /^([^@]+)(?:@([^=]+)(?:=(-?\d+))?)?/;
const KEY = /^(.+)_([^_]+(?:_(?:to|from))?)_(\d+)$/;

function setMembership(draft: StatusDraft, state: NodeStateDraft, membership: Readonly<Record<string, string>>): void {
  state.set(membership);
  draft.countUpdate();
}

interface Finders {
  agentOf(resource: string): AgentOfResource | undefined;
  stateOf(node: string): NodeStateDraft | undefined;
}

function injectOperation(draft: StatusDraft, spec: string, { agentOf, stateOf }: Finders, epochSeconds: number): ModificationEvent[] {
  const [, key, node, rcText] = SPEC.exec(spec) ?? [];
  const found = [key, node, rcText].filter((part) => part !== undefined).length;
  if (key === undefined || node === undefined || rcText === undefined) return [{ kind: 'error', text: `Invalid operation spec: ${spec}.  Only found ${found} fields` }];
  const [, resource, task, interval] = KEY.exec(key) ?? [];
  if (resource === undefined || task === undefined || interval === undefined) return [{ kind: 'error', text: `Invalid operation spec: ${spec}.  ${key} is not RESOURCE_TASK_MS` }];
  const agent = agentOf(resource);
  if (agent === undefined) return [{ kind: 'error', text: `Invalid resource name: ${resource}` }];
  const intervalMs = Number.parseInt(interval, 10);
  const rc = Number.parseInt(rcText, 10);
  const state = stateOf(node);
  if (state === undefined) return [];
  const events: ModificationEvent[] = countFailure(state, { resource, task, intervalMs, rc, isFatal: false, epochSeconds });
  const history = historyOf(state, resource, resource, agent);
  recordResult(history, { task, intervalMs, node, rc, targetRc: 0, epochSeconds, exitReason: 'Simulated action result' });
  draft.countUpdate();
  return events;
}

/** The history of a resource on a node, begun when there is none yet. */
export function historyOf(state: NodeStateDraft, name: string, otherName: string, agent: AgentOfResource): ResourceDraft {
  return state.resource(name, otherName) ?? state.addResource(element('lrm_resource', { id: otherName, class: agent.class, provider: agent.provider, type: agent.type }));
}

export interface Failure {
  readonly resource: string;
  readonly task: string;
  readonly intervalMs: number;
  readonly rc: number;
  /** One is enough to never try again there. */
  readonly isFatal: boolean;
  readonly epochSeconds: number;
}

const NOT_RUNNING = 7;

/** Adds to the fail count of an operation and notes the time; a probe that finds nothing is no failure. */
export function countFailure(state: NodeStateDraft, failure: Failure): AttributeEvent[] {
  const { resource, task, intervalMs, rc, isFatal, epochSeconds } = failure;
  if (rc === 0 || (rc === NOT_RUNNING && intervalMs === 0)) return [];
  const operation = `${resource}#${task}_${intervalMs}`;
  const before = Number.parseInt(state.attribute(`fail-count-${operation}`) ?? '0', 10) || 0;
  const values = [
    [`fail-count-${operation}`, isFatal ? 'INFINITY' : String(before + 1)],
    [`last-failure-${operation}`, String(epochSeconds)],
  ] as const;
  return values.map(([name, value]) => {
    state.setAttribute(name, value);
    return { kind: 'attribute', name, value, nodeState: state.id };
  });
}
