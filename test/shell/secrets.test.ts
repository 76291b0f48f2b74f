// SPDX-License-Identifier: GPL-2.0-or-later
/** Values of names that look like passwords are shown to nobody, and lost by nothing. */
import { describe, expect, it } from 'vitest';
import { aShell, type ShellUnderTest } from './a-shell.ts';

const SECRET = 'Tr0ub4dor';
const OTHER = 'c0rrect-horse';
const DEFINITION = `primitive db ocf:heartbeat:oracle params sid=x monpassword=${SECRET}`;

async function aSecret(): Promise<ShellUnderTest> {
  const shell = aShell();
  await shell.feed(`configure\nprimitive before ocf:quorate:Dummy\ncommit\n${DEFINITION}\ncommit\n`);
  expect(shell.files.get('/cib.xml')).toContain(SECRET);
  return shell;
}

describe('secrets', () => {
  it.each([
    'configure show',
    'configure show db',
    'configure show xml',
    'configure show xml db',
    '--json configure show',
    '--json configure show xml',
    'configure compare 1',
    'configure log',
  ])('are not shown by %s', async (command) => {
    const { out, err, code } = await (await aSecret()).run(...command.split(' '));
    expect(code).toBe(0);
    expect(out + err).not.toContain(SECRET);
    if (!command.endsWith('log')) expect(out).toContain('******');
  });

  it('that changed are seen to have changed', async () => {
    const { out } = await (await aSecret()).feed(`configure\nset db.monpassword ${OTHER}\nshow changed\n`);
    expect(out).toContain('-\tparams sid=x monpassword="******"');
    expect(out).toContain('+\tparams sid=x monpassword="****** (changed)"');
    expect(out).not.toContain(OTHER);
  });

  it('are not in a report', async () => {
    const shell = await aSecret();
    await shell.run('report', 'r.json');
    expect(shell.files.get('/work/r.json')).toContain('monpassword');
    expect(shell.files.get('/work/r.json')).not.toContain(SECRET);
  });

  it('are in what is saved, so that it can be loaded again', async () => {
    const shell = await aSecret();
    await shell.run('configure', 'save', 'saved.crm');
    expect(shell.files.get('/work/saved.crm')).toContain(SECRET);
  });

  it('of other names are hidden when the option or the command says so', async () => {
    const shell = await aSecret();
    expect((await shell.run('-o', 'core.obscure_pattern=sid', 'configure', 'show', 'db')).out).toContain('sid="******"');
    expect((await shell.run('configure', 'show', 'obscure:s*', 'db')).out).toContain('sid="******" monpassword="******"');
  });
});
