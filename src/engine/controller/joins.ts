// SPDX-License-Identifier: GPL-2.0-or-later
/** The DC's account of who has been offered a place, asked for it, got it and confirmed (engine.md, section 6). */

export type JoinPhase = 'welcomed' | 'integrated' | 'finalized' | 'confirmed';

export class Joins {
  joinId = 0;
  private readonly phases = new Map<number, JoinPhase>();
  private readonly refused = new Set<number>();

  /** A new round for these nodes; the others keep their phase. */
  welcome(nodes: readonly number[]): void {
    this.joinId++;
    for (const node of nodes) this.phases.set(node, 'welcomed');
    for (const [node, phase] of this.phases) if (phase === 'integrated' || phase === 'finalized') this.phases.set(node, 'welcomed');
  }

  reset(): void {
    this.phases.clear();
    this.refused.clear();
  }

  remove(node: number): void {
    this.phases.delete(node);
    this.refused.delete(node);
  }

  refuse(node: number): void {
    this.phases.delete(node);
    this.refused.add(node);
  }

  set(node: number, phase: JoinPhase): void {
    this.phases.set(node, phase);
  }

  phase(node: number): JoinPhase | undefined {
    return this.phases.get(node);
  }

  in(phase: JoinPhase): number[] {
    return [...this.phases].filter(([, is]) => is === phase).map(([node]) => node).sort((a, b) => a - b);
  }

  refusedNodes(): number[] {
    return [...this.refused].sort((a, b) => a - b);
  }
}
