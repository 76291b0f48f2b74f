// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Keeps the time of a commit that waits to be confirmed, and takes it back when nobody does. It stands on disk, so that the end of
 * a shell, or of this daemon, changes nothing: what fell due meanwhile is taken back when a node runs again.
 */
import { sameXml, writeXml, type XmlElement } from '../../cib/index.ts';
import type { Platform, Timer } from '../../platform/index.ts';
import type { PendingConfirmation, TakenBack } from '../control/protocol.ts';
import { decodeElement } from '../store/wire.ts';
import type { Supervisor } from './supervisor.ts';

interface Kept {
  readonly pending?: PendingConfirmation;
  /** Waits for a shell to write it into the journal. */
  readonly takenBack?: TakenBack;
}

/** A cluster that cannot take it back now (no quorum, no node) is asked again. */
const RETRY_MS = 1000;
/** Timers of Node reach 24 days; looking once an hour is no work. */
const LONGEST_SLEEP_MS = 3_600_000;

export class ConfirmationKeeper {
  private readonly platform: Platform;
  private readonly supervisor: Supervisor;
  private readonly directory: string;
  private kept: Kept;
  private timer: Timer | undefined;
  /** The one whose taking back has begun. */
  private attempted: PendingConfirmation | undefined;

  constructor(platform: Platform, supervisor: Supervisor, stateDirectory: string) {
    this.platform = platform;
    this.supervisor = supervisor;
    this.directory = `${stateDirectory}/commits`;
    this.kept = parseKept(platform.disk.read(this.file));
    this.arm();
  }

  pending(): PendingConfirmation | undefined {
    return this.kept.pending;
  }

  /** Durable before it returns. */
  begin(pending: PendingConfirmation): void {
    this.keep({ ...this.kept, pending });
  }

  /** True when there was something to confirm; with a deadline only the one that has it. */
  confirm(deadlineEpochMs?: number): boolean {
    const { pending, ...rest } = this.kept;
    if (pending === undefined || (deadlineEpochMs !== undefined && deadlineEpochMs !== pending.deadlineEpochMs)) return false;
    this.keep(rest);
    return true;
  }

  /** What was taken back since this was asked last. */
  outcome(): TakenBack | undefined {
    const { takenBack, ...rest } = this.kept;
    if (takenBack !== undefined) this.keep(rest);
    return takenBack;
  }

  private get file(): string {
    return `${this.directory}/confirmation.json`;
  }

  private keep(kept: Kept): void {
    const { disk } = this.platform;
    this.kept = kept;
    disk.makeDirectory(this.directory, 0o700);
    disk.write(`${this.file}.new`, `${JSON.stringify(kept)}\n`, 0o600);
    disk.sync(`${this.file}.new`);
    disk.rename(`${this.file}.new`, this.file);
    disk.syncDirectory(this.directory);
    this.arm();
  }

  private arm(atLeastMs = 0): void {
    this.timer?.cancel();
    this.timer = undefined;
    const { pending } = this.kept;
    if (pending === undefined) return;
    const leftMs = pending.deadlineEpochMs - this.platform.clock.epochMs();
    this.timer = this.platform.after('confirmation', Math.min(Math.max(leftMs, atLeastMs), LONGEST_SLEEP_MS), () => this.look(pending));
  }

  private look(pending: PendingConfirmation): void {
    if (this.platform.clock.epochMs() < pending.deadlineEpochMs) return this.arm();
    const running = this.supervisor.running();
    const daemons = (running.find((one) => one.daemons.controller.isDc) ?? running[0])?.daemons;
    if (daemons === undefined) return this.arm(RETRY_MS);
    const data = decodeElement(pending.configuration);
    const now = daemons.store.query();
    // Nothing to do: it was never committed, or an attempt succeeded whose answer was lost with its node.
    if (sameXml(now.first('configuration'), data)) return this.attempted === pending ? this.succeed(pending, now) : void this.confirm();
    this.attempted = pending;
    daemons.store.apply({ change: { op: 'replace', section: 'configuration', data }, client: 'crm' }, (reply) => {
      // Confirmed, or begun anew, while the change was on its way.
      if (this.kept.pending !== pending) return;
      if (reply.ok) return this.succeed(pending, reply.cib);
      this.platform.log('warning', 'supervisor', `a commit that nobody confirmed could not be taken back yet: ${reply.message}`);
    });
    this.arm(RETRY_MS);
  }

  private succeed(pending: PendingConfirmation, cib: XmlElement): void {
    this.platform.log('notice', 'supervisor', 'a commit that nobody confirmed has been taken back');
    const withoutStatus = cib.withChildren(cib.children.filter((child) => child.kind !== 'element' || child.name !== 'status'));
    this.keep({ takenBack: { epochMs: this.platform.clock.epochMs(), user: pending.user, cib: writeXml(withoutStatus) } });
  }
}

/** A file that was not written by this program holds nothing. */
function parseKept(text: string | undefined): Kept {
  if (text === undefined) return {};
  try {
    const { pending, takenBack } = JSON.parse(text) as Kept;
    return { ...(typeof pending?.configuration === 'string' && typeof pending.deadlineEpochMs === 'number' ? { pending } : {}), ...(typeof takenBack?.cib === 'string' ? { takenBack } : {}) };
  } catch {
    // Not JSON.
    return {};
  }
}
