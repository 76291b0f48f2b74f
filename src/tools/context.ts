// SPDX-License-Identifier: GPL-2.0-or-later
/** Everything outside the program that a tool touches, handed in by `bin` (real) or by a test. */
import type { Backend } from '../backends/index.ts';
import type { FaceContext } from '../platform/index.ts';

export type { FaceDisk as ToolDisk, FileStatus as ToolFileStatus, ProgramRequest as ToolSpawnRequest, ProgramResult as ToolSpawnResult } from '../platform/index.ts';

export interface ToolContext extends FaceContext {
  /** The CIB file, shadow or cluster that the environment names; rejects with a BackendError that says what is missing. */
  openBackend(choice?: { readonly ignoresShadow?: boolean }): Promise<Backend>;
}

/** One program: resolves with its exit code, never rejects for bad input. */
export type Tool = (argv: readonly string[], context: ToolContext) => Promise<number>;
