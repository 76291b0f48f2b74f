// SPDX-License-Identifier: GPL-2.0-or-later
/** What a controller writes into the CIB, and how much of it is still on its way. */
import { element, type CibChange, type CibReply } from '../../cib/index.ts';
import { FEATURE_SET } from '../../cib/index.ts';
import type { Platform } from '../../platform/index.ts';
import type { ClusterNode } from '../membership/membership.ts';
import type { CibStore } from '../store/store.ts';
import { bootstrapChanges, type ClusterFacts } from './bootstrap.ts';
import { eraseNodeStatus, nodeState } from './node-state.ts';

export interface RecordsSetup {
  readonly store: CibStore;
  readonly nodes: readonly ClusterNode[];
  readonly facts: ClusterFacts;
  isQuorate(): boolean;
  /** Nothing is on its way any more. */
  arrived(): void;
}

export class Records {
  private open = 0;
  /** The configuration refused what a DC adds; it is left alone until it changes. */
  private refusedEpoch: string | undefined;
  private readonly platform: Platform;
  private readonly setup: RecordsSetup;

  constructor(platform: Platform, setup: RecordsSetup) {
    this.platform = platform;
    this.setup = setup;
  }

  get areAllWritten(): boolean {
    return this.open === 0;
  }

  write(changes: readonly CibChange[], reply?: (reply: CibReply) => void, client = 'crmd'): void {
    this.open++;
    const change: CibChange = changes.length === 1 ? changes[0]! : { op: 'transaction', changes };
    this.setup.store.apply({ change, client }, (answer) => {
      this.open--;
      if (!answer.ok) this.platform.log('error', 'pacemaker-controld', `CIB update failed: ${answer.message} ${(answer.detail ?? []).join('; ')}`);
      reply?.(answer);
      if (this.open === 0) this.setup.arrived();
    });
  }

  /** This node is DC. */
  claim(dc: number): void {
    this.write([rootChange({ crm_feature_set: FEATURE_SET, 'have-quorum': this.quorumText(), 'dc-uuid': String(dc) })]);
    this.bootstrap();
  }

  quorum(): void {
    this.write([rootChange({ 'have-quorum': this.quorumText() })]);
  }

  /** Adds what the configuration lacks; false when it lacks nothing. */
  bootstrap(): boolean {
    const cib = this.setup.store.query();
    if (this.refusedEpoch === cib.get('epoch')) return false;
    const changes = bootstrapChanges(cib, this.setup.nodes, this.setup.facts);
    if (changes.length === 0) return false;
    this.write(changes, (reply) => {
      if (!reply.ok) this.refusedEpoch = this.setup.store.query().get('epoch');
    });
    return true;
  }

  /** The node has joined. */
  member(node: ClusterNode, epochSeconds: number): void {
    this.write([nodeState({ id: String(node.id), name: node.name, inCcm: epochSeconds, crmd: epochSeconds, join: 'member', expected: 'member', origin: 'do_dc_join_finalize' })]);
  }

  /** Nodes that are not there: one that was sent away is down, any other stays expected and so unclean. */
  lost(nodes: readonly number[]): void {
    const states = this.setup.store.query().first('status')?.elements('node_state') ?? [];
    for (const { id, name } of this.setup.nodes.filter((node) => nodes.includes(node.id))) {
      const known = states.find((one) => one.id === String(id));
      if (known === undefined) continue;
      // Only its attributes are known, no DC has ever seen it: it stays one that may have to be fenced at the start.
      if (known.get('in_ccm') === undefined) {
        this.write([{ op: 'delete', xpath: `/cib/status/node_state[@id='${id}']` }]);
        continue;
      }
      const isExpectedDown = known.get('expected') === 'down';
      const state = nodeState({ id: String(id), name, inCcm: 0, crmd: 0, join: isExpectedDown ? 'down' : undefined, origin: 'peer_update_callback' });
      // What an unclean node ran has to stay known until it is fenced.
      const [history, attributes] = eraseNodeStatus(String(id));
      this.write([state, ...(isExpectedDown ? [history!] : []), attributes!]);
    }
  }

  /** Clean-up of nodes that are not there. */
  forget(nodes: readonly ClusterNode[], resource: string | undefined): void {
    const changes = nodes.map(({ id }): CibChange => {
      const which = resource === undefined ? 'lrm_resource' : `lrm_resource[@id='${resource.replace(/['"<>&]/g, '')}']`;
      return { op: 'delete-all', xpath: `/cib/status/node_state[@id='${id}']/lrm/lrm_resources/${which}` };
    });
    this.write(changes, undefined, 'crm_resource');
  }

  private quorumText(): string {
    return this.setup.isQuorate() ? '1' : '0';
  }
}

/** Attributes of the root alone: the version must not be sent along. */
function rootChange(attributes: Readonly<Record<string, string>>): CibChange {
  return { op: 'modify', xpath: '/cib', data: element('cib', attributes) };
}
