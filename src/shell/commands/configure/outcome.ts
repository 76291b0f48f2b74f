// SPDX-License-Identifier: GPL-2.0-or-later
/** `show changed outcome`: what the cluster would do if the changes were committed now. */
import { dateTime, mergeConfigurations, upgradeCib, validateCib, versionOf, type XmlElement } from '../../../cib/index.ts';
import { effectiveTime, outlineToText, schedule, transitionOutline, transitionSummary, type SummaryEntry } from '../../../scheduler/index.ts';
import { SUCCESS } from '../../command.ts';
import type { ConfigurationSession } from '../../configuration-session.ts';
import type { Session } from '../../session.ts';
import { conflictText } from './conflict.ts';

interface Outcome {
  /** Version of the CIB on whose status this was decided. */
  readonly version: string;
  readonly actions: readonly SummaryEntry[];
  /** Would be done without the changes as well. */
  readonly dueAnyway: readonly SummaryEntry[];
  /** Without a node that is online nothing can be done. */
  readonly hasNodes: boolean;
}

/** Decided on the status of this moment, with what others committed meanwhile merged in, as a commit would do it. */
export async function showOutcome(configuration: ConfigurationSession, session: Session): Promise<number> {
  const mine = configuration.draft.finish();
  const current = await session.cib();
  const merged = mergeConfigurations(configuration.base, mine, current);
  if (!merged.ok) return session.error(await conflictText(session, merged.conflicts, { base: configuration.base, mine, theirs: current }));
  const wanted = merged.cib.with('validate-with', mine.get('validate-with'));
  if (validateCib(wanted).length > 0) return session.error('a configuration that does not fit its schema has no outcome ("verify" says what is wrong)');
  const outcome = outcomeOf(current, wanted, session);
  session.present({ data: outcome, text: () => outcomeText(outcome) });
  return SUCCESS;
}

function outcomeOf(current: XmlElement, wanted: XmlElement, session: Session): Outcome {
  const after = decide(wanted, session);
  const due = new Set(decide(current, session).entries.map(identity));
  const { adminEpoch, epoch, numUpdates } = versionOf(current);
  return {
    version: `${adminEpoch}.${epoch}.${numUpdates}`,
    actions: after.entries.filter((entry) => !due.has(identity(entry))),
    dueAnyway: after.entries.filter((entry) => due.has(identity(entry))),
    hasNodes: after.hasNodes,
  };
}

/** The same action may have another reason now. */
function identity(entry: SummaryEntry): string {
  return JSON.stringify({ ...entry, reason: '' });
}

function decide(cib: XmlElement, session: Session): { readonly entries: readonly SummaryEntry[]; readonly hasNodes: boolean } {
  const seconds = Math.floor(session.context.epochMs() / 1000);
  const now = effectiveTime(cib, dateTime(seconds, session.context.zoneOffsetSeconds(seconds)));
  const { scheduler } = schedule(upgradeCib(cib).cib, { now });
  return { entries: transitionSummary(scheduler), hasNodes: scheduler.nodes.some((node) => node.isOnline) };
}

function outcomeText({ version, actions, dueAnyway, hasNodes }: Outcome): string {
  if (!hasNodes) return `Nothing would be done: no node is online (CIB ${version})`;
  const parts = [actions.length === 0 ? `Nothing would be done because of the changes (CIB ${version})` : section(`Would be done because of the changes (CIB ${version})`, actions)];
  if (dueAnyway.length > 0) parts.push(section('Is due anyway', dueAnyway));
  return parts.join('\n');
}

function section(title: string, entries: readonly SummaryEntry[]): string {
  return outlineToText({ ...transitionOutline(entries), title }).trimEnd();
}
