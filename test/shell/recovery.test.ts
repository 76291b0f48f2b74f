// SPDX-License-Identifier: GPL-2.0-or-later
/** Pending edits outlive a terminal that dies, and come back as what they were: a change to what was read then. */
import { describe, expect, it } from 'vitest';
import { aShell, type ShellUnderTest } from './a-shell.ts';

/** A number that no process has. */
const DEAD = 999_999_999;

/** Edits, and the terminal goes; the shell of a test has number 1. */
async function aDeadSession(shell: ShellUnderTest, ...lines: readonly string[]): Promise<void> {
  await shell.type(['configure', ...lines], ['c', 'c']);
  const file = [...shell.files.keys()].find((name) => name.endsWith('/pending-1.json'))!;
  shell.files.set(file.replace('-1.', `-${DEAD}.`), shell.files.get(file)!);
  shell.files.delete(file);
}

describe('recovery of pending edits', () => {
  it('gives them back to who says yes, and a commit writes them', async () => {
    const shell = aShell();
    await aDeadSession(shell, 'primitive a ocf:quorate:Dummy');
    const { out } = await shell.type(['configure', 'show changed', 'commit'], ['y']);
    expect(out).toContain('+primitive a ocf:quorate:Dummy');
    expect(shell.files.get('/cib.xml')).toContain('<primitive id="a"');
    expect([...shell.files.keys()].filter((name) => name.includes('pending'))).toEqual([]);
  });

  it('keeps what others committed meanwhile', async () => {
    const shell = aShell();
    await aDeadSession(shell, 'primitive a ocf:quorate:Dummy');
    await shell.run('configure', 'primitive', 'b', 'ocf:quorate:Dummy');
    const { out } = await shell.type(['configure', 'show changed', 'commit'], ['y']);
    expect(out).not.toContain('-primitive b');
    const { out: shown } = await shell.run('configure', 'show');
    expect(shown).toContain('primitive a ');
    expect(shown).toContain('primitive b ');
  });

  it('reports a conflict when others changed the same object meanwhile', async () => {
    const shell = aShell();
    await shell.run('configure', 'primitive', 'a', 'ocf:quorate:Dummy', 'meta', 'priority=1');
    await aDeadSession(shell, 'set a.priority 2');
    await shell.run('configure', 'set', 'a.priority', '3');
    const { err } = await shell.type(['configure', 'commit'], ['y', 'n']);
    expect(err).toContain('  a: changed here, changed by someone else\n    here:\n      - meta priority=1\n      + meta priority=2\n    someone else:\n      - meta priority=1\n      + meta priority=3\n');
  });

  it('offers them only where they were made', async () => {
    const shell = aShell();
    await aDeadSession(shell, 'primitive a ocf:quorate:Dummy');
    const other = aShell({ env: { CIB_file: '/other.xml' }, files: { '/other.xml': shell.files.get('/cib.xml')! } });
    for (const [name, text] of shell.files) if (name.includes('pending')) other.files.set(name, text);
    const { out } = await other.type(['configure', 'show changed'], ['y']);
    expect(out).not.toContain('Go on with them');
    expect([...other.files.keys()].filter((name) => name.includes('pending'))).toHaveLength(1);
  });

  it('forgets them for who says no', async () => {
    const shell = aShell();
    await aDeadSession(shell, 'primitive a ocf:quorate:Dummy');
    await shell.type(['configure'], ['n']);
    expect([...shell.files.keys()].filter((name) => name.includes('pending'))).toEqual([]);
  });
});
