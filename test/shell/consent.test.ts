// SPDX-License-Identifier: GPL-2.0-or-later
/** Findings of load, verify and commit are graded; the user agrees to them by the code of a rule. */
import { describe, expect, it } from 'vitest';
import { aShell, type Result } from './a-shell.ts';

const PRIVATE = 'primitive own ocf:acme:thing op monitor interval=10s timeout=20s\n';
const MISNAMED = 'primitive vip IPaddr2 params ip=192.0.2.10 nicc=eth0 op monitor interval=10s timeout=20s\n';
const HASTY = 'primitive vip IPaddr2 params ip=192.0.2.10 op monitor interval=10s timeout=5s\n';

function load(text: string, ...options: string[]): Promise<Result> {
  return aShell({ files: { '/work/a.crm': text } }).run(...options, 'configure', 'load', 'update', 'a.crm');
}

describe('findings of a load', () => {
  it.each([
    ['an agent that nobody knows', PRIVATE, [], 1, 'to accept it: --allow AGT101'],
    ['the same, agreed to', PRIVATE, ['--allow', 'AGT101'], 0, undefined],
    ['the same, agreed to in small letters among others', PRIVATE, ['--allow', 'agt103, agt101'], 0, undefined],
    ['the same, agreed to in the options', PRIVATE, ['-o', 'lint.allow=AGT101'], 0, undefined],
    ['the same with an agreement to something else', PRIVATE, ['--allow', 'AGT103'], 1, 'to accept it: --allow AGT101'],
    ['a parameter that the agent does not have', MISNAMED, [], 1, 'to accept it: --allow AGT103'],
    ['the same, agreed to by its code', MISNAMED, ['--allow=AGT103'], 0, undefined],
    ['a short timeout', HASTY, [], 0, 'to silence it: --allow OPS203'],
    ['a short timeout where warnings are errors', HASTY, ['--strict'], 1, 'warnings are errors here (--strict)'],
    ['a short timeout that was agreed to where warnings are errors', HASTY, ['--strict', '--allow', 'OPS203'], 0, undefined],
    ['what cannot be read, agreed to in vain', 'primitive\n', ['--allow', 'SYN012'], 1, 'primitive: '],
  ] as const)('%s', async (_what, text, options, code, said) => {
    const result = await load(text, ...options);
    expect(result.code, result.err).toBe(code);
    if (said === undefined) expect(result.err).toBe('');
    else expect(result.err).toContain(said);
  });

  it('carry the code of their rule for programs', async () => {
    const result = await load(MISNAMED, '--json');
    expect(result.out).toContain('"rule": "AGT103"');
  });

  it('are said once, though a load commits at its end', async () => {
    const result = await load(PRIVATE);
    expect(result.err.match(/^ERROR: /gm)).toHaveLength(1);
  });
});

describe('verify', () => {
  it('warns of an absent fencing device, which can be agreed to', async () => {
    const shell = aShell();
    const text = 'configure\nprimitive d ocf:pacemaker:Dummy op monitor interval=10s timeout=20s\nverify\n';
    expect((await shell.feed(text)).err).toContain('no fencing device');
    expect((await aShell().feed(text, '--allow', 'FEN301')).err).not.toContain('no fencing device');
    expect((await aShell().feed(`${text}property stonith-enabled=false\nverify\n`)).err.match(/no fencing device/g)).toHaveLength(1);
  });
});
