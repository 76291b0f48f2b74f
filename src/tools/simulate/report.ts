// SPDX-License-Identifier: GPL-2.0-or-later
/** Puts out what a simulation found, section by section, for people or for programs. */
import {
  executionItems,
  executionXml,
  modificationItems,
  modificationsXml,
  outlineToText,
  preamble,
  scoreList,
  scoresXml,
  statusText,
  statusXml,
  transitionOutline,
  transitionSummary,
  transitionXml,
  View,
  type ScoreReport,
  type SimulationResult,
  type StatusParts,
} from '../../scheduler/index.ts';
import type { ToolRun } from '../run.ts';

export interface ReportRequest {
  readonly parts: StatusParts;
  readonly hasScores: boolean;
  readonly hasUtilization: boolean;
  /** Line that says at which time the cluster is looked at. */
  readonly timeLine: string | undefined;
}

/** The cluster as it is, and what is supposed. */
export function reportState(run: ToolRun, result: SimulationResult, request: ReportRequest): void {
  if (run.output.isStructured) reportStateElements(run, result, request);
  else if (!run.options.has('quiet')) reportStateText(run, result, request);
}

/** What would be done, how that went, and what would come of it. */
export function reportPlan(run: ToolRun, result: SimulationResult, request: ReportRequest): void {
  if (run.output.isStructured) reportPlanElements(run, result, request);
  else if (run.options.has('quiet')) reportQuietly(run, result);
  else reportPlanText(run, result, request);
  tellErrors(run, result);
}

/** Only the scores, bare. */
function reportQuietly({ output }: ToolRun, { schedule }: SimulationResult): void {
  for (const line of schedule?.scores ?? []) output.text(line);
}

function reportStateText(run: ToolRun, result: SimulationResult, request: ReportRequest): void {
  const { output } = run;
  const before = viewOf(run, result.before, true);
  if (request.timeLine !== undefined) output.text(request.timeLine);
  output.raw(`${preamble(before)}${statusText('Current cluster status', before, request.parts)}`);
  // A change of quorum alone is not announced.
  if (result.modifications.some((event) => event.kind !== 'quorum')) {
    section(run, titled('Performing Requested Modifications', modificationItems(result.modifications)));
    if (request.timeLine !== undefined) output.text(request.timeLine);
  }
}

function section({ output }: ToolRun, text: string): void {
  output.raw(`\n${text}`);
}

function reportPlanText(run: ToolRun, result: SimulationResult, request: ReportRequest): void {
  const { output } = run;
  if (result.schedule === undefined) return;
  if (request.hasScores || request.hasUtilization) section(run, outlineToText(scoreList(scoreReport(result, request))));
  section(run, outlineToText(transitionOutline(transitionSummary(result.schedule.scheduler))));
  if (result.execution === undefined || result.after === undefined) return;
  const { events, isComplete } = result.execution;
  // Where nothing could be done at all, that is told before the (empty) list of what was done.
  if (!isComplete && events.length === 0) output.error(...INVALID_TRANSITION);
  section(run, titled('Executing Cluster Transition', executionItems(events)));
  if (!isComplete && events.length > 0) output.error(...INVALID_TRANSITION);
  if (request.timeLine !== undefined) output.text(request.timeLine);
  section(run, statusText('Revised Cluster Status', viewOf(run, result.after, false), request.parts));
}

const INVALID_TRANSITION = ['Transition failed: terminated', 'An invalid transition was produced'] as const;

function titled(title: string, nodes: ReturnType<typeof modificationItems>): string {
  return outlineToText({ kind: 'list', title, nodes });
}

function viewOf({ context }: ToolRun, cluster: SimulationResult['before'], showsPending: boolean): View {
  return new View(cluster, { showsInactive: true, showsPending }, (epochSeconds) => context.zoneOffsetSeconds(epochSeconds));
}

function scoreReport(result: SimulationResult, { hasScores, hasUtilization }: ReportRequest): ScoreReport {
  return { remarks: result.schedule?.scheduler.remarks ?? [], lines: result.schedule?.scores ?? [], hasScores, hasUtilization };
}

function reportStateElements(run: ToolRun, result: SimulationResult, request: ReportRequest): void {
  const { output } = run;
  output.element(statusXml('cluster_status', viewOf(run, result.before, true), request.parts));
  if (result.modifications.length > 0) output.element(modificationsXml(result.modifications));
}

function reportPlanElements(run: ToolRun, result: SimulationResult, request: ReportRequest): void {
  const { output } = run;
  if (result.schedule !== undefined) {
    if (request.hasScores || request.hasUtilization) output.element(scoresXml(scoreReport(result, request)));
    output.element(transitionXml(transitionSummary(result.schedule.scheduler)));
  }
  if (result.execution !== undefined && result.after !== undefined) {
    output.element(executionXml(result.execution.events));
    output.element(statusXml('revised_cluster_status', viewOf(run, result.after, false), request.parts));
  }
}

/** Suppositions that made no sense. */
function tellErrors({ output }: ToolRun, result: SimulationResult): void {
  if (output.isStructured && result.execution?.isComplete === false) output.error(...INVALID_TRANSITION);
  for (const event of result.modifications) if (event.kind === 'error') output.error(event.text);
}
