// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Sessions of crmsh's own regression suite. Compared is the configuration wherever a transcript shows it: after `show` and
 * `show xml` inside a session, and after every single command followed by the display of an object. Messages are ours.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '../../../src/language/index.ts';
import { configurationForm } from '../configuration-form.ts';
import { fixtureShell, type AgentFixture, type FixtureShell } from '../fixture-shell.ts';
import { firstDifference, type ConformanceCase, type Outcome, type Suite } from '../suite.ts';

export const suite: Suite = {
  name: 'crmsh-regression',
  cases: (dir, find) => {
    const agents = withNewerDelay(JSON.parse(readFileSync(find('agents.json')!, 'utf8')) as AgentFixture);
    const names = readdirSync(dir).filter((name) => existsSync(join(dir, `${name}.exp`))).sort();
    const sessions = names.map((name): ConformanceCase => ({ id: name, run: () => judgeSession(name, dir, agents) }));
    const files = existsSync(join(dir, 'cibtests')) ? readdirSync(join(dir, 'cibtests')).filter((name) => name.endsWith('.input')).sort() : [];
    return [...sessions, ...files.map((name): ConformanceCase => ({ id: `cibtests-${name.slice(0, 3)}`, run: () => judgeFile(name.slice(0, 3), join(dir, 'cibtests'), agents) }))];
  },
};

/** The transcripts come from a machine whose Delay agent advises 40 s for monitor and stop. */
function withNewerDelay(fixture: AgentFixture): AgentFixture {
  const delay = fixture.agents['ocf:heartbeat:Delay']!;
  const actions = delay.actions.map((action) => (action['name'] === 'monitor' || action['name'] === 'stop' ? { ...action, timeout: '40s' } : action));
  return { agents: { ...fixture.agents, 'ocf:heartbeat:Delay': { ...delay, actions } } };
}

/** Options of the suite: advised operations on, checks relaxed. */
const OPTIONS = ['core.has_ra_advised_op=yes', 'core.has_fa_advised_op=yes', 'core.check_frequency=on-verify', 'core.check_mode=relaxed'].flatMap((one) => ['-o', one]);
const EMPTY = '<cib crm_feature_set="3.19.0" validate-with="pacemaker-3.10" epoch="1" num_updates="0" admin_epoch="0"><configuration><crm_config/><nodes/><resources/><constraints/></configuration><status/></cib>';
const START = `configure
node node1
property fencing-enabled=false
primitive p0 ocf:pacemaker:Dummy
primitive p1 ocf:pacemaker:Dummy
primitive p2 ocf:heartbeat:Delay params startdelay=2 mondelay=2 stopdelay=2
primitive p3 ocf:pacemaker:Dummy
clone c1 p1 meta interleave=true
clone m1 p2 meta promotable=true
op_defaults timeout=60s
commit force
`;

interface Step {
  readonly title: string;
  readonly kind: 'single' | 'session' | 'show' | 'showxml' | 'filesession';
  readonly lines: readonly string[];
  readonly shown: string;
}

function stepsOf(text: string): Step[] {
  const steps: Step[] = [];
  let shown = '';
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const block = /^(session|show|showxml|filesession) (.*)$/.exec(line);
    if (line === '' || line.startsWith('#')) continue;
    if (line === '%stop') break;
    if (line.startsWith('%setenv showobj=')) shown = line.slice('%setenv showobj='.length);
    else if (block !== null) {
      const end = lines.indexOf('.', i);
      // The driver of the suite reads its blocks as a shell does, which takes one level of backslashes away.
      steps.push({ title: block[2]!, kind: block[1] as Step['kind'], lines: lines.slice(i + 1, end).map((one) => one.replace(/\\\\\\(.)/g, '\\$1')), shown: '' });
      i = end;
    } else if (!line.startsWith('%')) steps.push({ title: line, kind: 'single', lines: [], shown });
  }
  return steps;
}

async function judgeSession(name: string, dir: string, agents: AgentFixture): Promise<Outcome[]> {
  const shell = fixtureShell(EMPTY, agents);
  for (const file of readdirSync(dir).filter((one) => one.endsWith('-test.txt'))) shell.files.set(`/${file}`, readFileSync(join(dir, file), 'utf8'));
  await shell.feed(START, ...OPTIONS, '-F');
  const transcript = readFileSync(join(dir, `${name}.exp`), 'utf8');
  const expected = transcript.split(/^\.TRY /m).slice(1);
  const outcomes: Outcome[] = [];
  const steps = stepsOf(readFileSync(join(dir, name), 'utf8'));
  for (const [i, step] of steps.entries()) {
    const wanted = displays(expected.find((one, at) => at >= i && one.startsWith(step.title)) ?? '');
    const got = displays(await runStep(shell, step));
    if (wanted.length === 0) continue;
    const id = `${name}-${String(i + 1).padStart(2, '0')}`;
    outcomes.push({ id, ...firstDifference(wanted.flat(), got.flat()) });
  }
  return outcomes;
}

async function runStep(shell: FixtureShell, step: Step): Promise<string> {
  if (step.kind === 'single') {
    const words = step.title.match(/"[^"]*"|\S+/g)?.map((word) => word.replace(/^"|"$/g, '')) ?? [];
    const { out } = await shell.feed('', '-R', ...OPTIONS, ...words);
    if (step.shown === '') return words.join(' ') === 'configure show' ? `.INP: show\n${out}` : out;
    return (await shell.feed(`configure\nshow xml ${step.shown}\n`, '-R', ...OPTIONS)).out;
  }
  const before = step.kind === 'session' || step.kind === 'filesession' ? [] : ['configure', '_regtest on', 'erase', 'erase nodes', 'property fencing-enabled=false'];
  const after = step.kind === 'show' ? ['show', 'commit'] : step.kind === 'showxml' ? ['show xml', 'commit'] : [];
  return (await shell.feed(`${[...before, ...step.lines, ...after].join('\n')}\n`, '-R', ...OPTIONS)).out;
}

/** What was shown, one list of comparable lines for each display. */
function displays(transcript: string): string[][] {
  const found: string[][] = [];
  const parts = `\n${transcript}`.split(/\n\.(?=INP|EXT|SETENV|TRY)/);
  for (const part of parts) {
    const [head = '', ...rest] = part.split('\n');
    const lines = rest.filter((line) => !/^(?:INFO|WARNING|ERROR|DEBUG): /.test(line) && line.trim() !== '');
    const xml = lines.findIndex((line) => line.startsWith('<?xml') || line.startsWith('<cib'));
    if (xml >= 0) found.push(configurationForm(lines.slice(xml, lines.lastIndexOf('</cib>') + 1).join('\n'), true, true));
    else if (/^INP: (?:configure )?show\b/.test(head) && isConfiguration(lines)) found.push(statementLines(lines));
  }
  return found;
}

/** Other levels have a command "show" too. */
function isConfiguration(lines: readonly string[]): boolean {
  return lines.length > 0 && !parse(lines.join('\n')).diagnostics.some((one) => one.code === 'unknown-statement');
}

/** Continued lines joined, blanks made single. */
function statementLines(lines: readonly string[]): string[] {
  return lines.join('\n').replace(/\s*\\\n\s*/g, ' ').split('\n').map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line !== '');
}

async function judgeFile(number: string, dir: string, agents: AgentFixture): Promise<Outcome[]> {
  const shell = fixtureShell(readFileSync(join(dir, 'shadow.base'), 'utf8'), agents);
  await shell.feed(readFileSync(join(dir, `${number}.input`), 'utf8'), '-F', '-o', 'core.check_frequency=never');
  const expected = configurationForm(readFileSync(join(dir, `${number}.exp.xml`), 'utf8'));
  return [{ id: `cibtests-${number}`, ...firstDifference(expected, configurationForm(shell.files.get('/cib.xml') ?? '')) }];
}
