// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The trail of reasons behind a decision, as text: for every resource what its scores are made of, and why each action is taken.
 * `npx tsx test/scheduler/reasons.ts CIB.xml [RESOURCE...]` prints it.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { dateTime, readXml, type XmlElement } from '../../src/cib/index.ts';
import { effectiveTime, schedule, type Reason, type Schedule } from '../../src/scheduler/index.ts';

export interface Explained {
  readonly schedule: Schedule;
  readonly reasons: readonly Reason[];
}

export function explain(cib: XmlElement, epochSeconds: number): Explained {
  const reasons: Reason[] = [];
  const recorder = { note: (reason: Reason): void => void reasons.push(reason) };
  return { schedule: schedule(cib, { now: effectiveTime(cib, dateTime(epochSeconds)), recorder }), reasons };
}

export function trail({ schedule: { graph }, reasons }: Explained, wanted: readonly string[]): string[] {
  const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);
  const lines: string[] = [];
  const resources = [...new Set(reasons.flatMap((reason) => ('resource' in reason ? [reason.resource] : [])))].filter(isWanted);
  for (const resource of resources) {
    lines.push(resource);
    for (const reason of reasons) if ('resource' in reason && reason.resource === resource) lines.push(`  ${placement(reason)}`);
  }
  const inGraph = new Set(graph.synapses.map(({ action }) => action.id));
  for (const reason of reasons) {
    const ofWanted = wanted.length === 0 || (reason.kind === 'action' && wanted.some((name) => reason.action.startsWith(`${name}_`)));
    if (reason.kind === 'action' && inGraph.has(reason.id) && ofWanted) lines.push(`action ${reason.action} (${reason.id}): ${reason.cause}`);
    if (reason.kind === 'order' && wanted.some((name) => reason.first.startsWith(`${name}_`) || reason.then.startsWith(`${name}_`))) lines.push(`order ${reason.first} before ${reason.then}: ${reason.cause}`);
  }
  return lines;
}

function placement(reason: Reason): string {
  switch (reason.kind) {
    case 'score':
      return `${reason.node}: ${reason.isReplaced ? 'now' : reason.score < 0 ? '' : '+'}${reason.isReplaced ? ' ' : ''}${reason.score} from ${reason.cause}, makes ${reason.total}`;
    case 'promotion':
      return `promotion on ${reason.node}: ${reason.score} from ${reason.cause}`;
    case 'assign':
      return `assigned to ${reason.node ?? 'no node'} with ${reason.score}: ${reason.cause}`;
    case 'role':
      return `role ${reason.role}: ${reason.cause}`;
    default:
      return '';
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file = '', ...wanted] = process.argv.slice(2);
  const read = readXml(readFileSync(file, 'utf8'));
  if (!read.ok) throw new Error(read.problem.message);
  console.log(trail(explain(read.root, 1_790_000_000), wanted).join('\n'));
}
