// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_simulate: what the cluster would do, and what would come of it. */
import { dateTime, parseDateTime, formatDate, formatTimeOfDay, writeXml, type DateTime, type XmlElement } from '../../cib/index.ts';
import { effectiveTime, graphToDot, simulate, writeGraph, type Injections } from '../../scheduler/index.ts';
import { shadowPath } from '../../backends/index.ts';
import { absolute } from '../../platform/index.ts';
import { EXIT } from '../exit/codes.ts';
import type { ParsedOptions } from '../options/index.ts';
import { tool, ToolFailure, type ToolRun } from '../run.ts';
import { readInput, upgradeInput } from './input.ts';
import { table } from './options.ts';
import { reportPlan, reportState } from './report.ts';

export { table };

export const run = tool(table, async (run) => {
  const { options } = run;
  const directory = options.value('profile');
  if (directory !== undefined) {
    const { profile } = await import('./profile.ts');
    return profile(run, directory);
  }
  const read = await readInput(run);
  const cib = upgradeInput(run, read);
  refuseMissingFolder(run, 'save-output', EXIT.noSuch);
  const { clock, line } = timeOf(run, cib);
  // An operation can fail only where operations are carried out.
  const executes = ['simulate', 'in-place', 'op-fail'].some((name) => options.has(name));
  const hasScores = options.has('show-scores');
  const hasUtilization = options.has('show-utilization');
  const schedules = executes || hasScores || hasUtilization || ['run', 'save-graph', 'save-dotfile'].some((name) => options.has(name));
  const result = simulate({
    cib,
    clock,
    epochSeconds: Math.floor(run.context.epochMs() / 1000),
    failures: options.values('op-fail'),
    extent: executes ? 'execute' : schedules ? 'schedule' : 'status',
    isSanitized: !options.has('live-check'),
    scores: hasScores,
    utilization: hasUtilization,
    ...injectionsOf(options),
  });
  const request = { parts: { attributes: options.has('show-attrs'), failCounts: options.has('show-failcounts') }, hasScores, hasUtilization, timeLine: line };
  reportState(run, result, request);
  save(run, 'save-input', EXIT.noSuch, () => writeXml(result.supposed, { indent: 2 }));
  if (result.schedule !== undefined) {
    const { graph, scheduler } = result.schedule;
    save(run, 'save-graph', EXIT.ioError, () => writeGraph(graph));
    save(run, 'save-dotfile', EXIT.ioError, () => graphToDot(scheduler, options.has('all-actions')));
  }
  reportPlan(run, result, request);
  save(run, 'save-output', EXIT.noSuch, () => writeXml(result.cib, { indent: 2 }));
  // Where nothing was changed the file stays as it is, to the byte.
  if (options.has('in-place') && result.cib !== cib) writeBack(run, result.cib);
  return result.execution?.isComplete === false ? EXIT.error : EXIT.ok;
});

/** The time that is asked for, else the one recorded in the CIB, else the present; the first two are told. */
function timeOf({ options, context }: ToolRun, cib: XmlElement): { readonly clock: DateTime; readonly line: string | undefined } {
  const now = Math.floor(context.epochMs() / 1000);
  const present = dateTime(now, context.zoneOffsetSeconds(now));
  const wanted = options.value('set-datetime');
  if (wanted !== undefined) return { clock: parseDateTime(wanted, present) ?? present, line: `Setting effective cluster time: ${wanted}` };
  const clock = effectiveTime(cib, present);
  if (clock === present) return { clock, line: undefined };
  const utc = dateTime(clock.epochSeconds);
  return { clock, line: `Using the original execution date of: ${formatDate(utc)} ${formatTimeOfDay(utc)}Z` };
}

function injectionsOf(options: ParsedOptions): { readonly injections?: Injections } {
  const tickets = (['grant', 'revoke', 'standby', 'activate'] as const).flatMap((change) => options.values(`ticket-${change}`).map((ticket) => ({ ticket, change })));
  const quorum = options.value('quorum');
  const watchdog = options.value('watchdog');
  const injections: Injections = {
    ...(quorum === undefined ? {} : { quorum }),
    ...(watchdog === undefined ? {} : { watchdog }),
    nodesUp: options.values('node-up'),
    nodesDown: options.values('node-down'),
    nodesFailing: options.values('node-fail'),
    tickets,
    operations: options.values('op-inject'),
  };
  const lists = [injections.nodesUp, injections.nodesDown, injections.nodesFailing, tickets, injections.operations];
  return quorum === undefined && watchdog === undefined && lists.every((list) => list?.length === 0) ? {} : { injections };
}

/** Writes a file when the option asks for it; only then is its content made. `code` tells that it could not be written. */
function save(run: ToolRun, option: string, code: number, content: () => string): void {
  const path = run.options.value(option);
  if (path === undefined) return;
  refuseMissingFolder(run, option, code);
  const text = content();
  try {
    run.context.disk.write(absolute(run.context.cwd, path), text);
  } catch (error) {
    throw new ToolFailure(code, `Could not write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function refuseMissingFolder({ options, context }: ToolRun, option: string, code: number): void {
  const path = options.value(option);
  if (path === undefined) return;
  const full = absolute(context.cwd, path);
  const folder = full.slice(0, full.lastIndexOf('/'));
  if (folder !== '' && context.disk.status(folder)?.kind !== 'directory') throw new ToolFailure(code, `Could not create '${path}': No such file or directory`);
}

/** To where the CIB came from: the file, or the shadow that stands for the cluster. */
function writeBack(run: ToolRun, cib: XmlElement): void {
  const { options, context } = run;
  const file = options.value('xml-file');
  if (file !== undefined) {
    context.disk.write(absolute(context.cwd, file), writeXml(cib, { indent: 2 }));
    return;
  }
  const shadow = context.env.get('CIB_shadow');
  if (shadow !== undefined) context.disk.write(shadowPath(shadow, context.env, context.userName), writeXml(cib, { indent: 2 }));
}
