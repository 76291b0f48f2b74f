// SPDX-License-Identifier: GPL-2.0-or-later
/** Configurations of real clusters, applied: a second time changes nothing, and what was exported gives the same configuration again. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changesBetween, readXml } from '../../src/cib/index.ts';
import { aShell, type ShellUnderTest } from './a-shell.ts';

const FOLDER = resolve(process.env['QUORATE_FIXTURES'] ?? '../shared/fixtures', 'real-world');
const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.crm')) : [];
const EMPTY = '<cib validate-with="pacemaker-3.10" epoch="1" num_updates="0" admin_epoch="0"><configuration><crm_config/><nodes/><resources/><constraints/></configuration><status/></cib>';

function configurationOf(shell: ShellUnderTest) {
  const result = readXml(shell.files.get('/cib.xml')!);
  if (!result.ok) throw new Error(result.problem.message);
  return result.root;
}

describe.skipIf(files.length === 0)('real-world configurations', () => {
  it.each(files)('%s is applied once', async (name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    const shell = aShell({ cib: EMPTY, files: { '/work/c.crm': text } });
    const first = await shell.run('-F', 'configure', 'apply', 'c.crm');
    if (first.code !== 0) {
      // What cannot be read at all must leave nothing behind.
      expect(changesBetween(configurationOf(aShell({ cib: EMPTY })), configurationOf(shell))).toEqual([]);
      return;
    }
    const second = await shell.run('-F', 'configure', 'apply', 'c.crm', '--check');
    expect({ code: second.code, out: second.out }).toEqual({ code: 0, out: '' });

    await shell.run('configure', 'save', 'ids', '/work/exported.crm');
    const again = aShell({ cib: EMPTY, files: { '/work/c.crm': shell.files.get('/work/exported.crm')! } });
    const third = await again.run('-F', 'configure', 'apply', 'c.crm');
    expect(third.code, third.err).toBe(0);
    expect(changesBetween(configurationOf(shell), configurationOf(again)).map(({ name: object, kind }) => `${kind} ${object}`)).toEqual([]);
  });

  it('are read, all but a few', async () => {
    let read = 0;
    for (const name of files) {
      const shell = aShell({ cib: EMPTY, files: { '/work/c.crm': readFileSync(join(FOLDER, name), 'utf8') } });
      if ((await shell.run('-F', 'configure', 'apply', 'c.crm')).code === 0) read++;
    }
    expect(read).toBeGreaterThan(files.length * 0.8);
  });
});
