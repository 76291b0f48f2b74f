// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * A directory for the program that the tests of a run build, once for all of them: who needs it first builds it
 * (`scenarios/program.ts`). Worker processes may be ended without a word, so the run itself removes it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const BUILD_PLACE = 'QUORATE_TEST_BUILD';

export function setup(): () => void {
  const directory = mkdtempSync(join(tmpdir(), 'quorate-build-'));
  process.env[BUILD_PLACE] = directory;
  return () => rmSync(directory, { recursive: true, force: true });
}
