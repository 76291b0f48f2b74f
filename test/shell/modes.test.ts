// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { aShell } from './a-shell.ts';

describe('ways into the shell', () => {
  it('a single command prints its result and ends with its code', async () => {
    expect(await aShell().run('ra', 'classes')).toEqual({ code: 0, out: 'lsb\nocf / quorate\nservice\nstonith\n', err: '' });
    expect((await aShell().run('ra', 'list', 'nosuch')).code).toBe(1);
  });

  it('a command of another level is named as it is written from the root', async () => {
    const shell = aShell();
    expect((await shell.run('standby', 'n1')).err).toBe('ERROR: standby: No such command here; there is: crm node standby\n');
    expect((await shell.run('resource', 'primitive', 'x')).err).toBe('ERROR: resource.primitive: No such command here; there is: crm configure primitive\n');
  });

  it('a file is read to its end, failed lines are named with file, line and column', async () => {
    const shell = aShell({ files: { '/work/x.crm': 'ra\n# comment\nnosuch\n  clasess\nup\noptions show core.wait\n' } });
    const { code, out, err } = await shell.run('-f', 'x.crm');
    expect(code).toBe(1);
    expect(err).toContain('ERROR: x.crm:3:1: ra.nosuch: No such command');
    expect(err).toContain('WARNING: x.crm:4:3: "clasess" is no command here, taken as "classes"');
    expect(out).toContain('ocf / quorate');
    expect(out).toContain('core.wait = no');
  });

  it('standard input is read when no command, or only levels, are given', async () => {
    expect((await aShell().feed('ra\nclasses\n')).out).toContain('stonith');
    expect((await aShell().feed('classes\n', 'ra')).out).toContain('stonith');
    expect((await aShell().feed('classes\n', 'ra', 'classes')).out.match(/stonith/g)).toHaveLength(1);
  });

  it('a missing file ends with 2 and the usage', async () => {
    const { code, err } = await aShell().run('-f', 'nosuch');
    expect(code).toBe(2);
    expect(err).toContain('nosuch: no such file');
    expect(err).toContain('usage: crm');
  });

  it.each([[['--nosuch']], [['-f']]])('bad options %j end with 2', async (argv) => {
    expect((await aShell().run(...argv)).code).toBe(2);
  });

  it.each([['-X', 'out.cpuprofile'], ['--profile=/work/out.cpuprofile']])('%s writes where the time of the run went, and leaves its output and exit code alone', async (...option) => {
    const shell = aShell();
    expect(await shell.run(...option, 'ra', 'classes')).toMatchObject({ code: 0, out: 'lsb\nocf / quorate\nservice\nstonith\n', err: expect.stringContaining('INFO: the profile is in') });
    expect(shell.files.get('/work/out.cpuprofile')).toBe('profile of 34 characters');
    expect(await shell.run('-R', ...option, 'ra', 'list', 'nosuch')).toMatchObject({ code: 1, err: expect.not.stringContaining('profile') });
  });

  it('a typed session moves between levels and ends with quit', async () => {
    const { code, out } = await aShell().type(['ra', 'cd ../options', 'show core.wait', 'up', 'ls', 'quit', 'ra classes']);
    expect(code).toBe(0);
    expect(out).toContain('core.wait = no');
    expect(out).toContain('configure');
    expect(out).not.toContain('stonith');
  });

  it('a level named on the command line is where a typed session begins, and it asks before changes are lost', async () => {
    const shell = aShell();
    const { out } = await shell.type(['primitive a ocf:quorate:Dummy', 'up', 'up', 'ls'], ['c', 'n'], 'configure');
    expect(out).toContain('There are changes pending. Do you want to commit them (y/n/c)? c');
    expect(out).toContain('maintenance');
    expect(shell.files.get('/cib.xml')).not.toContain('primitive');
  });

  it('who ends the input and then chooses to stay goes on; a terminal that has gone keeps the changes for later', async () => {
    const shell = aShell();
    // The lines of a test end for good: after the second end there is nobody.
    const { code, out } = await shell.type(['primitive a ocf:quorate:Dummy'], ['c', 'c', 'c'], 'configure');
    expect(code).toBe(1);
    expect(out.match(/Do you want to commit them/g)).toHaveLength(2);
    expect([...shell.files.keys()].filter((name) => name.includes('pending'))).toHaveLength(1);
  });

  it('the rc file runs first in every mode, and lasts for the session', async () => {
    const shell = aShell({ files: { '/home/u/.config/crm/rc': '# mine\noptions wait yes\nnosuch\n' } });
    expect(await shell.run('options', 'show', 'core.wait')).toEqual({ code: 0, out: 'core.wait = yes\n', err: 'ERROR: /home/u/.config/crm/rc:3:1: nosuch: No such command\n' });
    expect((await shell.type(['options show core.wait'])).out).toContain('core.wait = yes');
    expect(shell.files.has('/home/u/.config/crm/crm.conf')).toBe(false);
    shell.files.set('/home/u/.config/crm/crm.conf', '');
    expect((await shell.run('options', 'show', 'core.wait')).out).toBe('core.wait = no\n');
  });

  it('a pasted dialogue runs with --strip-prompts and is comments without', async () => {
    const dialogue = 'root@pacemaker01:/tmp# crm ra classes\nlsb\nocf\n# ls /etc\n';
    const stripped = await aShell({ files: { '/work/d': dialogue } }).run('--strip-prompts', '-f', 'd');
    expect(stripped).toMatchObject({ code: 0, out: expect.stringContaining('ocf / quorate') });
    expect(stripped.err).toContain('not a command of this shell: ls /etc');
    expect(await aShell({ files: { '/work/d': '# crm ra classes\n' } }).run('-f', 'd')).toEqual({ code: 0, out: '', err: '' });
  });

  it('a mistyped word is corrected with a notice, unless the option is off', async () => {
    expect(await aShell().run('ra', 'clasess')).toMatchObject({ code: 0, err: 'WARNING: "clasess" is no command here, taken as "classes"\n' });
    const off = await aShell().run('-o', 'core.correct_typos=no', 'ra', 'clasess');
    expect(off).toMatchObject({ code: 1, err: 'ERROR: ra.clasess: No such command, did you mean classes?\n' });
  });

  it('a wrong number of arguments is refused with what is expected', async () => {
    expect((await aShell().run('ra', 'classes', 'x')).err).toBe('ERROR: ra.classes: Expected (), takes exactly 0 arguments (1 given)\n');
  });

  it('--json prints data in an envelope with its format', async () => {
    const { out } = await aShell().run('ra', 'list', 'ocf', 'quorate', '--json');
    expect(JSON.parse(out)).toEqual({ format: 1, command: 'ra list', data: ['Dummy', 'Stateful', 'vip', 'web'] });
  });

  it('help explains levels and commands', async () => {
    expect((await aShell().run('help')).out).toContain('Shadow CIBs');
    expect((await aShell().run('help', 'ra', 'info')).out).toContain('Usage: info');
    expect((await aShell().run('ra', 'info', '--help')).out).toContain('Usage: info');
    expect((await aShell().run('help', 'nosuch')).code).toBe(1);
  });

  it('options last in a session until they are saved, and are saved by a single command', async () => {
    const shell = aShell();
    await shell.feed('options wait yes\noptions show core.wait\n');
    expect((await shell.run('options', 'show', 'core.wait')).out).toBe('core.wait = no\n');
    await shell.run('options', 'wait', 'yes');
    expect((await shell.run('options', 'show', 'core.wait')).out).toBe('core.wait = yes\n');
    expect(shell.files.get('/home/u/.config/crm/crm.conf')).toBe('[core]\nwait = yes\n');
    expect((await shell.run('options', 'wait', 'happy')).err).toBe('ERROR: happy not valid (yes or no are valid)\n');
  });
});

describe('completion for a system shell', () => {
  it.each([
    ['crm r', ['ra ', 'report ', 'resource ']],
    ['crm -F ra l', ['list ', 'ls ']],
    ['crm ra list ', ['lsb ', 'ocf ', 'service ', 'stonith ']],
    ['crm ra info ocf:quorate:S', ['Stateful ']],
    ['crm options set core.wa', ['core.wait ', 'core.wait_timeout ']],
    ['crm options wait ', ['yes ', 'no ']],
    ['crm nosuch ', []],
    ['crm resource move ', []],
    ['crm node standby n', ['node1 ', 'node2 ']],
    ['configure property stop-all-resources=', ['stop-all-resources=true ', 'stop-all-resources=false ']],
    ['configure primitive x ocf:quorate:Dummy meta target-role=St', ['target-role=Stopped ', 'target-role=Started ']],
    ['configure primitive x ocf:quorate:Dummy op monitor on-fail=re', ['on-fail=restart ', 'on-fail=restart-container ']],
    ['configure rsc_defaults is-managed=', ['is-managed=true ', 'is-managed=false ']],
    ['configure show changed o', ['outcome ', 'obscure:']],
  ])('%j is completed with %j', async (line, candidates) => {
    const { out } = await aShell().run('--complete', String(line.length), line);
    expect(out.split('\n').filter((one) => one !== '')).toEqual(candidates);
  });
});
