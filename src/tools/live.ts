// SPDX-License-Identifier: GPL-2.0-or-later
/** For commands that need something running: a CIB file has no daemons to ask. */
import { BackendError, type Backend, type ClusterControl } from '../backends/index.ts';
import type { XmlElement } from '../cib/index.ts';
import { EXIT } from './exit/codes.ts';
import { ToolFailure, type ToolRun } from './run.ts';

/** Opens the backend for the time of `body`. */
export async function withBackend<T>(run: ToolRun, body: (backend: Backend) => Promise<T>): Promise<T> {
  const backend = await run.context.openBackend();
  try {
    return await body(backend);
  } finally {
    await backend.close();
  }
}

/** The daemons behind a backend; `message` is told, with exit code 102, where there are none. */
export function daemonsOf(backend: Backend, message: string, isPrefixed = true): ClusterControl {
  if (backend.cluster === undefined) throw new ToolFailure(EXIT.disconnected, message, isPrefixed);
  return backend.cluster;
}

/** The CIB, or the reason why it cannot be had in the words of the tool. */
export async function queryCib(backend: Backend, prefix: string): Promise<XmlElement> {
  try {
    return await backend.query();
  } catch (error) {
    if (error instanceof BackendError) throw new ToolFailure(error.code, `${prefix}${error.message}`);
    throw error;
  }
}
