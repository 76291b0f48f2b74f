// SPDX-License-Identifier: GPL-2.0-or-later
/** The daemon of an embedded cluster: supervisor, control socket and request pipe in one state directory. */
import type { Platform } from '../../platform/index.ts';
import { controlSocket, requestPipe } from '../control/protocol.ts';
import { ConfirmationKeeper } from './confirmation.ts';
import { ControlServer } from './control.ts';
import { parseQuickLine, quickQuestion } from './quick.ts';
import { Supervisor, type SupervisorSetup } from './supervisor.ts';

/** `stopped` is called once, when the cluster has been stopped on request. Whether another supervisor is at work there has to be asked before. */
export function runSupervisor(platform: Platform, setup: SupervisorSetup, stopped: () => void): Supervisor {
  platform.disk.makeDirectory(setup.stateDirectory);
  const supervisor = new Supervisor(platform, setup);
  const listeners = [
    new ControlServer(platform, supervisor, new ConfirmationKeeper(platform, supervisor, setup.stateDirectory), setup.processId, () => {
      for (const listener of listeners) listener.close();
      stopped();
    }).listen(controlSocket(setup.stateDirectory)),
    platform.sockets.listenPipe(requestPipe(setup.stateDirectory), (line) => answerQuick(platform, supervisor, setup.stateDirectory, line)),
  ];
  supervisor.start();
  return supervisor;
}

function answerQuick(platform: Platform, supervisor: Supervisor, stateDirectory: string, line: string): void {
  const request = parseQuickLine(line);
  // Only pipes of this cluster are written to, whatever a line says.
  if (request === undefined || !request.answerPipe.startsWith(`${stateDirectory}/nodes/`) || request.answerPipe.includes('/../')) return;
  const answer = (code: number | 'run', lines: readonly string[] = []): void => platform.sockets.answerPipe(request.answerPipe, [`${code} ${lines.length}`, ...lines].join('\n') + '\n');
  const question = quickQuestion(request);
  const daemons = supervisor.daemonsOf(request.node);
  if (question === undefined || daemons === undefined) return answer('run');
  if (question.kind === 'set') return daemons.attributes.set({ name: question.name, node: question.node, value: question.value }, () => answer(0));
  const value = daemons.attributes.get(question.name, question.node);
  return value === undefined || value.includes('\n') ? answer('run') : answer(0, [value]);
}
