// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_mon as a program that stays: redraws its picture, tells an external agent what happens, or both in the background. */
import { BackendError, type Backend } from '../../backends/index.ts';
import type { XmlElement } from '../../cib/index.ts';
import { absolute } from '../../platform/index.ts';
import { EXIT } from '../exit/codes.ts';
import type { ToolRun } from '../run.ts';
import { ExternalAgent, fencingKey, fencingNotices } from './agent.ts';
import { compareEvents } from './notify-compare.ts';
import type { MonRequest } from './request.ts';
import { pictureOrReason } from './take.ts';

/** A page is for a web server, a pid file for whoever wants to know. */
const READABLE = 0o644;
const DEFAULT_INTERVAL = '5s';
const DEFAULT_PID_FILE = '/tmp/ClusterMon.pid';
/** How often a cluster that does not tell its changes itself is looked at for an agent. */
const WATCH_INTERVAL_MS = 500;

/** How long the watching goes on beside the screen. */
interface Life {
  isOver: boolean;
}

export async function monitor(run: ToolRun, request: MonRequest): Promise<number> {
  const { options, context } = run;
  if (options.has('daemonize')) return daemonize(run);
  const agent = agentOf(run);
  context.onTermination?.(() => {
    const pidFile = options.value('pid-file');
    if (pidFile !== undefined && isOwnPidFile(run, pidFile)) context.disk.remove(absolute(context.cwd, pidFile));
  });
  const draws = agent === undefined || options.has('output-to') || context.terminal.isOutput;
  const life = { isOver: false };
  await Promise.all([agent === undefined ? undefined : watch(run, agent, life), draws ? display(run, request).then(() => (life.isOver = true)) : undefined]);
  return EXIT.ok;
}

/** A person with a keyboard says what to show and when it is enough; everything else is drawn until the process is ended. */
async function display(run: ToolRun, request: MonRequest): Promise<void> {
  const { terminal, openKeyboard } = run.context;
  const isOnScreen = !run.options.has('output-to') && terminal.isInput && terminal.isOutput;
  if (!isOnScreen || openKeyboard === undefined || (request.form !== 'text' && request.form !== 'legacy')) return redraw(run, request);
  const { watchOnTerminal } = await import('./console.ts');
  return watchOnTerminal(run, request, await openKeyboard());
}

function agentOf({ options, context }: ToolRun): ExternalAgent | undefined {
  const program = options.value('external-agent');
  if (program === undefined) return undefined;
  return new ExternalAgent({ program, recipient: options.value('external-recipient') ?? '', tellsAll: options.has('notify-all') }, context);
}

/** Starts the same command in the background, without its terminal, and writes down its number. */
function daemonize(run: ToolRun): number {
  const { options, context } = run;
  if (!options.has('external-agent') && !options.has('output-to')) {
    return run.fail(EXIT.usage, '--daemonize requires at least one of --output-to and --external-agent');
  }
  if (context.inBackground === undefined) return run.fail(EXIT.unavailable, 'Running in the background is not possible here');
  const pidFile = options.value('pid-file') ?? DEFAULT_PID_FILE;
  const processId = context.inBackground('crm_mon', backgroundArguments(run, pidFile));
  context.disk.write(absolute(context.cwd, pidFile), `${String(processId).padStart(10)}\n`, READABLE);
  return EXIT.ok;
}

/** The command line of the background process: everything but the wish to go there, and the pid file it has to remove. */
function backgroundArguments({ options }: ToolRun, pidFile: string): string[] {
  const words = options.given
    .filter(({ name }) => name !== 'daemonize' && name !== 'pid-file')
    .map(({ name, value }) => (value === undefined ? `--${name}` : `--${name}=${value}`));
  // A page or an XML file would be written once and no more without an interval.
  const interval = options.has('interval') ? [] : [`--interval=${DEFAULT_INTERVAL}`];
  return [...words, ...interval, `--pid-file=${pidFile}`];
}

function isOwnPidFile({ context }: ToolRun, pidFile: string): boolean {
  return context.disk.read(absolute(context.cwd, pidFile))?.trim() === String(context.processId);
}

const CLEAR_SCREEN = '\u001B[H\u001B[2J\u001B[3J';

/** Draws until the process is ended; a cluster that is away is waited for. */
async function redraw(run: ToolRun, request: MonRequest): Promise<never> {
  const { context, options } = run;
  const path = options.value('output-to');
  for (;;) {
    const text = await pictureOrReason(run, request);
    if (path !== undefined && path !== '-') context.disk.write(absolute(context.cwd, path), text, READABLE);
    else context.out(context.terminal.isOutput ? `${CLEAR_SCREEN}${text}` : `${text}\n`);
    await context.sleep(request.intervalMs);
  }
}

/** Tells the agent what happens from now on; when the cluster goes away, waits for it to come back. */
async function watch(run: ToolRun, agent: ExternalAgent, life: Life): Promise<void> {
  const { context } = run;
  let last: XmlElement | undefined;
  while (!life.isOver) {
    try {
      const backend = await context.openBackend();
      try {
        last = await watchBackend(run, agent, backend, last, life);
      } finally {
        await backend.close();
      }
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
    }
    await context.sleep(WATCH_INTERVAL_MS);
  }
}

/** Ends with the last CIB seen when a cluster that tells its changes is gone, or after one look at any other. */
async function watchBackend(run: ToolRun, agent: ExternalAgent, backend: Backend, before: XmlElement | undefined, life: Life): Promise<XmlElement> {
  let last = before;
  const take = (cib: XmlElement): void => {
    if (last !== undefined && last !== cib) agent.tell(compareEvents(last, cib));
    last = cib;
  };
  const ended = backend.watch?.(take);
  if (ended === undefined) {
    take(await backend.query());
    return last!;
  }
  const seen = new Set(((await backend.cluster?.fencingHistory()) ?? []).map(fencingKey));
  for (let isOver = false; !isOver && !life.isOver; ) {
    isOver = await Promise.race([ended.then(() => true), run.context.sleep(WATCH_INTERVAL_MS).then(() => false)]);
    if (run.options.has('watch-fencing')) await tellFencing(agent, backend, seen);
  }
  return last ?? backend.query();
}

async function tellFencing(agent: ExternalAgent, backend: Backend, seen: Set<string>): Promise<void> {
  for (const { key, notice } of fencingNotices((await backend.cluster?.fencingHistory()) ?? [], seen)) {
    seen.add(key);
    agent.tell([notice]);
  }
}
