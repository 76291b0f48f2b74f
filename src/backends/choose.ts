// SPDX-License-Identifier: GPL-2.0-or-later
/** Which cluster a command works on: a shadow, a CIB file, or whatever runs - in this order, as the environment says. */
import type { FaceDisk } from '../platform/index.ts';
import { absolute } from '../platform/index.ts';
import { BackendError, type Backend } from './backend.ts';
import { shadowPath } from './file/shadow.ts';

export interface BackendChoice {
  readonly env: ReadonlyMap<string, string>;
  readonly disk: FaceDisk;
  readonly cwd: string;
  readonly userName: string;
  /** Takes what lies behind the shadow: how crm_shadow reaches the cluster. */
  readonly ignoresShadow?: boolean;
  readInput(): Promise<string>;
  /** Connects to the running cluster; rejects with a BackendError that says how to start one. */
  connect?(): Promise<Backend>;
}

const NOT_CONNECTED = 102;

/** Whether commands work on a file or shadow, where nothing happens by itself. */
export function isFileNamed(env: ReadonlyMap<string, string>): boolean {
  return env.has('CIB_file') || env.has('CIB_shadow');
}

export async function chooseBackend(choice: BackendChoice): Promise<Backend> {
  const { env, cwd } = choice;
  const shadow = choice.ignoresShadow === true ? undefined : env.get('CIB_shadow');
  const file = env.get('CIB_file');
  if (shadow === undefined && file === undefined) {
    if (choice.connect === undefined) throw new BackendError(NOT_CONNECTED, 'Could not connect to CIB: Connection refused');
    return choice.connect();
  }
  const { FileBackend } = await import('./file/backend.ts');
  const user = env.get('CIB_user');
  if (shadow !== undefined) {
    const path = shadowPath(shadow, env, choice.userName);
    return new FileBackend({ kind: 'shadow', path, disk: choice.disk, ...(user === undefined ? {} : { user }) });
  }
  if (file === '-') {
    const text = await choice.readInput();
    return new FileBackend({ kind: 'file', path: '-', disk: choice.disk, text });
  }
  const path = absolute(cwd, file!);
  return new FileBackend({ kind: 'file', path, disk: choice.disk, ...(user === undefined ? {} : { user }) });
}
