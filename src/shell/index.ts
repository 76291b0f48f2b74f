// SPDX-License-Identifier: GPL-2.0-or-later
export { runShell } from './run.ts';
export { FAILURE, SUCCESS } from './command.ts';
export type { Candidate, Command, CommandTable, Completer, CompletionRequest, ExitCode, Invocation, LeaveReason, Level, LevelBody } from './command.ts';
export type { ClusterLauncher, FileStatus, LineEditor, LineEditorSetup, ShellContext, ShellDisk, SpawnRequest, SpawnResult } from './context.ts';
export type { Presentation, Session, SessionFlags, SessionMode, StateKey } from './session.ts';
