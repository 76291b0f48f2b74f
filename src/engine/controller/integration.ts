// SPDX-License-Identifier: GPL-2.0-or-later
/** Joining: how a DC takes nodes in, step by step, and how a node answers it (engine.md, section 6). */
import { compareVersions } from '../../cib/index.ts';
import { FEATURE_SET } from '../../cib/index.ts';
import { Joins } from './joins.ts';
import type { ControllerMessage } from './messages.ts';
import type { ControllerInput, ControllerState } from './states.ts';

export interface IntegrationSetup {
  readonly me: number;
  state(): ControllerState;
  isDc(): boolean;
  input(input: ControllerInput): void;
  send(message: ControllerMessage): void;
  /** Starts (again) the wait for silent nodes, with what to do when it ends. */
  startWait(expired: () => void): void;
  stopWait(): void;
  /** A DC offers this node a place. */
  invited(dc: number): void;
  /** This node belongs to the cluster. */
  admitted(): void;
  refused(): void;
  writeHistory(written: () => void): void;
  /** On the DC: the node has a place and its history is in the CIB. */
  confirmed(node: number): void;
  /** On the DC: all that were offered a place have it. */
  finalized(): void;
}

type Message<Kind extends ControllerMessage['kind']> = Extract<ControllerMessage, { kind: Kind }>;

export class Integration {
  private readonly joins = new Joins();
  private invitation: { readonly joinId: number; readonly dc: number } | undefined;
  private readonly setup: IntegrationSetup;

  constructor(setup: IntegrationSetup) {
    this.setup = setup;
  }

  /** A new DC knows nobody. */
  reset(): void {
    this.joins.reset();
  }

  forget(node: number): void {
    this.joins.remove(node);
    this.advance();
  }

  strangers(members: readonly number[]): readonly number[] {
    return members.filter((node) => this.joins.phase(node) === undefined && !this.joins.refusedNodes().includes(node));
  }

  offer(nodes: readonly number[]): void {
    this.joins.welcome(nodes);
    this.setup.send({ kind: 'offer', joinId: this.joins.joinId, to: this.joins.in('welcomed') });
    this.setup.startWait(() => {
      for (const node of this.joins.in('welcomed')) this.joins.remove(node);
      this.advance();
    });
  }

  /** A node that has a place asks for one: it has lost it. */
  announced(node: number): void {
    if (this.joins.phase(node) === 'confirmed') this.joins.remove(node);
  }

  offered(dc: number, offer: Message<'offer'>): void {
    if (!offer.to.includes(this.setup.me)) return;
    this.setup.invited(dc);
    this.invitation = { joinId: offer.joinId, dc };
    this.setup.send({ kind: 'request', joinId: offer.joinId, featureSet: FEATURE_SET });
  }

  requested(node: number, request: Message<'request'>): void {
    if (!this.setup.isDc() || request.joinId !== this.joins.joinId || this.joins.phase(node) !== 'welcomed') return;
    if (compareVersions(request.featureSet, FEATURE_SET) < 0) this.joins.refuse(node);
    else this.joins.set(node, 'integrated');
    this.advance();
  }

  acknowledged(dc: number, ack: Message<'ack'>): void {
    if (this.invitation?.dc !== dc || this.invitation.joinId !== ack.joinId) return;
    if (ack.refused.includes(this.setup.me)) return this.setup.refused();
    if (ack.to.includes(this.setup.me)) this.setup.writeHistory(() => this.setup.send({ kind: 'confirm', joinId: ack.joinId }));
  }

  confirmed(node: number, { joinId }: Message<'confirm'>): void {
    if (node === this.setup.me) this.setup.admitted();
    if (!this.setup.isDc() || joinId !== this.joins.joinId || this.joins.phase(node) !== 'finalized') return;
    this.joins.set(node, 'confirmed');
    this.setup.confirmed(node);
    this.advance();
  }

  private advance(): void {
    if (!this.setup.isDc()) return;
    if (this.setup.state() === 'INTEGRATION' && this.joins.in('welcomed').length === 0) {
      this.setup.input('integrated');
      const to = this.joins.in('integrated');
      for (const node of to) this.joins.set(node, 'finalized');
      this.setup.send({ kind: 'ack', joinId: this.joins.joinId, to, refused: this.joins.refusedNodes() });
    }
    if (this.setup.state() === 'FINALIZE_JOIN' && this.joins.in('finalized').length === 0) {
      this.setup.stopWait();
      this.setup.input('finalized');
      this.setup.finalized();
    }
  }
}
