// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Lets crmsh and Quorate edit the same configuration with the same random lines and compares the CIB after every line:
 * `npx tsx test/scenarios/edits/run.ts [SESSIONS] [SEED]`. Needs crmsh 4.4 under /usr/sbin/crm. Prints each difference that nobody has
 * judged, with the line and the configuration before it; exit code 1 if there is one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Chance } from '../../chance.ts';
import { aShell } from '../../shell/a-shell.ts';
import { configurationForm } from '../../conformance/configuration-form.ts';
import { CONFIGURATION } from './configuration.ts';
import { verdictOn } from './verdict.ts';
import { FILE, randomStep, type Step } from './steps.ts';

export const PEER = '/usr/sbin/crm';
const LINES_PER_SESSION = 6;
const PEER_TIMEOUT_MS = 60_000;
const MARK = 'end-of-step';
// oxlint-disable-next-line no-control-regex
const COLOUR = /\u001b\[\d*m/g;

export interface Difference {
  readonly step: Step;
  readonly lines: readonly string[];
  /** Why the difference is right, from the list of judged ones. */
  readonly verdict: string | undefined;
  readonly said: { readonly peer: string; readonly ours: string };
}

export interface Comparison {
  readonly steps: number;
  readonly equal: number;
  readonly differences: readonly Difference[];
}

export function isPeerInstalled(): boolean {
  return existsSync(PEER);
}

/** Both go on from what the peer made, so that one difference does not hide the next. */
export async function compareEdits(sessions: number, seed: number): Promise<Comparison> {
  const differences: Difference[] = [];
  let [steps, equal] = [0, 0];
  for (let i = 0; i < sessions; i++) {
    const chance = new Chance(seed * 1_000_003 + i);
    const script = Array.from({ length: LINES_PER_SESSION }, () => randomStep(chance));
    const { states, said } = peerStates(script);
    for (const [at, step] of script.entries()) {
      const after = states[at + 1];
      if (after === undefined) break;
      const before = states[at]!;
      const ours = await ourState(before, step);
      steps++;
      const lines = difference(configurationForm(after, true, true), configurationForm(ours.xml, true, true));
      if (lines.length === 0) equal++;
      else differences.push({ step, lines, verdict: verdictOn({ step, before, peer: after, ours: ours.xml, said: { peer: said[at] ?? '', ours: ours.said } }), said: { peer: said[at] ?? '', ours: ours.said } });
    }
  }
  return { steps, equal, differences };
}

/** The configuration before the first line and after each line, as crmsh saves it. */
function peerStates(script: readonly Step[]): { states: string[]; said: string[] } {
  const place = mkdtempSync(join(tmpdir(), 'edits-'));
  try {
    const cib = join(place, 'cib.xml');
    writeFileSync(cib, CONFIGURATION);
    const lines = [`save xml ${join(place, '0.xml')}`];
    script.forEach((step, i) => {
      const file = join(place, `${i}.crm`);
      if (step.file !== undefined) writeFileSync(file, step.file);
      lines.push(step.line.replace(FILE, file), `save xml ${join(place, `${i + 1}.xml`)}`, `show ${MARK}`);
    });
    const env = { ...process.env, HOME: place, XDG_CONFIG_HOME: place, XDG_CACHE_HOME: place, CIB_file: cib };
    const { stderr } = spawnSync(PEER, ['-D', 'plain', 'configure'], { input: `${lines.join('\n')}\n`, env, encoding: 'utf8', timeout: PEER_TIMEOUT_MS });
    const states: string[] = [];
    for (let i = 0; i <= script.length && existsSync(join(place, `${i}.xml`)); i++) states.push(readFileSync(join(place, `${i}.xml`), 'utf8'));
    return { states, said: messages(stderr.replaceAll(place, '')) };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** What was said to each line; an object that nobody has marks the end. */
function messages(text: string): string[] {
  const parts: string[] = [''];
  for (const line of text.split('\n')) {
    if (line.includes(MARK)) parts.push('');
    else if (line.trim() !== '') parts[parts.length - 1] += `${line.replace(COLOUR, '')}\n`;
  }
  return parts;
}

async function ourState(before: string, step: Step): Promise<{ xml: string; said: string }> {
  const shell = aShell({ cib: before, files: step.file === undefined ? {} : { '/step.crm': step.file } });
  const { out, err } = await shell.feed(`${step.line.replace(FILE, '/step.crm')}\nsave xml /after.xml\n`, 'configure');
  return { xml: shell.files.get('/after.xml') ?? '', said: `${out}${err}` };
}

/** Lines of one only; `-` the peer's, `+` ours. */
function difference(peer: readonly string[], ours: readonly string[]): string[] {
  const [inPeer, inOurs] = [new Set(peer), new Set(ours)];
  return [...peer.filter((line) => !inOurs.has(line)).map((line) => `- ${line}`), ...ours.filter((line) => !inPeer.has(line)).map((line) => `+ ${line}`)];
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [sessions = 100, seed = 1] = process.argv.slice(2).map(Number);
  if (!isPeerInstalled()) {
    console.log(`there is no ${PEER}: nothing to compare with`);
  } else {
    const { steps, equal, differences } = await compareEdits(sessions, seed);
    const open = differences.filter((one) => one.verdict === undefined);
    for (const { step, lines, said } of open) console.log([`> ${step.line}`, ...(step.file === undefined ? [] : [step.file]), ...lines, `peer: ${said.peer}`, `ours: ${said.ours}`, ''].join('\n'));
    const verdicts = new Map<string, number>();
    for (const { verdict } of differences) if (verdict !== undefined) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    for (const [verdict, count] of verdicts) console.log(`${count}  ${verdict}`);
    console.log(`edits: ${steps} lines in ${sessions} sessions (seed ${seed}): ${equal} equal, ${differences.length - open.length} judged, ${open.length} open`);
    process.exitCode = open.length === 0 ? 0 : 1;
  }
}
