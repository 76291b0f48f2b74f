// SPDX-License-Identifier: GPL-2.0-or-later
/** The daemon of an embedded cluster: supervisor, control socket and request pipe in one state directory. */
import type { Platform } from '../../platform/index.ts';
import { controlSocket, requestPipe } from '../control/protocol.ts';
import { ConfirmationKeeper } from './confirmation.ts';
import { ControlServer } from './control.ts';
import type { NodeDaemons } from '../node.ts';
import { isLightEnough, mayRunInside, type ToolAnswer } from './inside.ts';
import { parseQuickLine, quickQuestion, type QuickRequest } from './quick.ts';
import { Supervisor, type SupervisorSetup } from './supervisor.ts';

/** `stopped` is called once, when the cluster has been stopped on request. Whether another supervisor is at work there has to be asked before. */
export function runSupervisor(platform: Platform, setup: SupervisorSetup, stopped: () => void): Supervisor {
  platform.disk.makeDirectory(setup.stateDirectory);
  const supervisor = new Supervisor(platform, setup);
  const quick = new QuickAnswers(platform, supervisor, setup);
  const listeners = [
    new ControlServer(platform, supervisor, new ConfirmationKeeper(platform, supervisor, setup.stateDirectory), setup.processId, () => {
      for (const listener of listeners) listener.close();
      stopped();
    }).listen(controlSocket(setup.stateDirectory)),
    platform.sockets.listenPipe(requestPipe(setup.stateDirectory), (line) => quick.answer(line)),
  ];
  supervisor.start();
  return supervisor;
}

/** Runs of tools inside this process at one time: the rest start programs. */
const MOST_RUNS = 8;
/** Longer answers do not go through the pipe, which a shell reads letter by letter. */
const LONGEST_INLINE = 1000;
const NO_SUCH = 105;
const NO_SUCH_VALUE = 'Error performing operation: No such device or address';

/** Answers what small programs of the nodes ask. */
class QuickAnswers {
  private readonly platform: Platform;
  private readonly supervisor: Supervisor;
  private readonly setup: SupervisorSetup;
  private runs = 0;

  constructor(platform: Platform, supervisor: Supervisor, setup: SupervisorSetup) {
    this.platform = platform;
    this.supervisor = supervisor;
    this.setup = setup;
  }

  answer(line: string): void {
    const request = parseQuickLine(line);
    // Only pipes of this cluster are written to, whatever a line says.
    if (request === undefined || !request.answerPipe.startsWith(`${this.setup.stateDirectory}/nodes/`) || request.answerPipe.includes('/../')) return;
    const daemons = this.supervisor.daemonsOf(request.node);
    if (daemons === undefined) return this.startProgram(request);
    const question = quickQuestion(request);
    if (question === undefined || !this.supervisor.nodes().some(({ name }) => name === question.node)) return this.runInside(request, daemons);
    if (question.kind === 'set') return daemons.attributes.set({ name: question.name, node: question.node, value: question.value }, () => this.tell(request, { code: 0, stdout: '', stderr: '' }));
    const value = daemons.attributes.get(question.name, question.node) ?? question.otherwise;
    if (value === undefined) this.tell(request, { code: NO_SUCH, stdout: '', stderr: `crm_attribute: ${NO_SUCH_VALUE}\n` });
    else this.tell(request, { code: 0, stdout: `${value}\n`, stderr: '' });
  }

  private runInside(request: QuickRequest, daemons: NodeDaemons): void {
    const { tool, args } = request;
    const { runTool } = this.setup;
    const environment = this.supervisor.surroundingsOf(request.node)?.environment;
    if (runTool === undefined || environment === undefined || this.runs >= MOST_RUNS || !mayRunInside(tool, args) || !isLightEnough(tool, daemons.store.query())) return this.startProgram(request);
    this.runs += 1;
    const mine = [...environment, ...(request.resource === '' ? [] : [['OCF_RESOURCE_INSTANCE', request.resource] as const])];
    runTool({ tool, args, environment: new Map(mine) }, (answer) => {
      this.runs -= 1;
      if (answer === undefined) this.startProgram(request);
      else this.tell(request, answer);
    });
  }

  private startProgram({ answerPipe }: QuickRequest): void {
    this.platform.sockets.answerPipe(answerPipe, 'run 0 0\n');
  }

  /** Exit code and numbers of lines, then the lines; or, for what is long or no lines, the files beside the pipe that hold it. */
  private tell({ answerPipe }: QuickRequest, { code, stdout, stderr }: ToolAnswer): void {
    const isInline = stdout.length + stderr.length <= LONGEST_INLINE && [stdout, stderr].every((text) => text === '' || text.endsWith('\n'));
    if (isInline) return this.platform.sockets.answerPipe(answerPipe, `${code} ${linesOf(stdout)} ${linesOf(stderr)}\n${stdout}${stderr}`);
    this.platform.disk.write(`${answerPipe}.out`, stdout, PRIVATE);
    this.platform.disk.write(`${answerPipe}.err`, stderr, PRIVATE);
    this.platform.sockets.answerPipe(answerPipe, `${code} files 0\n`);
  }
}

const PRIVATE = 0o600;

function linesOf(text: string): number {
  return text.split('\n').length - 1;
}
