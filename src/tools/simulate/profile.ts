// SPDX-License-Identifier: GPL-2.0-or-later
/** Measures how long the decision takes for every CIB in a directory. */
import { dateTime, element, readXml, type XmlElement } from '../../cib/index.ts';
import { effectiveTime, schedule } from '../../scheduler/index.ts';
import { absolute } from '../../platform/index.ts';
import { EXIT } from '../exit/codes.ts';
import type { ToolRun } from '../run.ts';
import { upgradeInput } from './input.ts';

const MAX_REPETITIONS = 1000000;

/** Files are named as the directory was; the last in the alphabet comes first, as in the reference. */
export function profile(run: ToolRun, given: string): number {
  const { context, options, output } = run;
  const directory = absolute(context.cwd, given);
  const wanted = Number.parseInt(options.value('repeat') ?? '1', 10);
  const repetitions = Number.isNaN(wanted) || wanted < 1 ? 1 : Math.min(wanted, MAX_REPETITIONS);
  const names = context.disk.list(directory).filter((name) => name.endsWith('.xml') && !name.startsWith('.')).sort().reverse();
  if (context.disk.status(directory)?.kind !== 'directory') return run.fail(EXIT.noInput, `Could not read directory ${directory}`);
  output.text('Timings:');
  const timings: XmlElement[] = [];
  for (const name of names) {
    const seconds = measure(run, `${directory}/${name}`, repetitions);
    if (seconds === undefined) continue;
    const file = `${given}/${name}`;
    output.text(`  * Testing ${file} ... ${seconds.toFixed(2)} secs`);
    timings.push(element('timing', { file, duration: seconds.toFixed(6) }));
  }
  output.element(element('timings', {}, timings));
  return EXIT.ok;
}

/** Undefined for what is no CIB. */
function measure(run: ToolRun, path: string, repetitions: number): number | undefined {
  const read = readXml(run.context.disk.read(path) ?? '');
  if (!read.ok || read.root.name !== 'cib') return undefined;
  const cib = upgradeInput(run, read.root);
  const now = Math.floor(run.context.epochMs() / 1000);
  const clock = effectiveTime(cib, dateTime(now, run.context.zoneOffsetSeconds(now)));
  const begin = run.context.epochMs();
  for (let i = 0; i < repetitions; i++) schedule(cib, { now: clock });
  return (run.context.epochMs() - begin) / 1000;
}
