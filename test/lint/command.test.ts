// SPDX-License-Identifier: GPL-2.0-or-later
/** `crm configure lint` and `fmt` as a person or a CI job calls them: exit codes, options, inputs. */
import { describe, expect, it } from 'vitest';
import { aShell, type Result } from '../shell/a-shell.ts';
import { hasSchema, sarifProblems } from './sarif.ts';

const AROUND = [
  'node 1: paris',
  'node 2: london',
  'node 3: rome',
  'primitive fence-disk stonith:fence_sbd params devices=/dev/disk/by-id/scsi-sbd op monitor interval=600s timeout=60s',
  'property cib-bootstrap-options: stonith-enabled=true stonith-timeout=150s',
  'rsc_defaults rsc-options: resource-stickiness=100',
  '',
].join('\n');
const CLEAN = `${AROUND}primitive app Dummy op monitor interval=10s timeout=20s\n`;
const WARNED = `${AROUND}primitive app Dummy\n`;
const WRONG = `${AROUND}primitive vip IPaddr2 params ip=192.0.2.300 op monitor interval=10s timeout=20s\n`;
const TORN = `${AROUND}primitive vip IPaddr2\\\n\tparams ip=192.0.2.3 op monitor interval=10s timeout=20s\n`;

const FILES = { '/work/clean.crm': CLEAN, '/work/warned.crm': WARNED, '/work/wrong.crm': WRONG, '/work/torn.crm': TORN };

function lint(args: string, files: Record<string, string> = FILES): Promise<Result> {
  return aShell({ files }).run('configure', 'lint', '--offline', ...args.split(' '));
}

describe('crm configure lint', () => {
  it.each([
    ['clean.crm', 0],
    ['warned.crm', 0],
    ['wrong.crm', 1],
    ['clean.crm wrong.crm', 1],
    ['--strict clean.crm', 0],
    ['--strict warned.crm', 1],
    ['--strict --allow OPS201 warned.crm', 0],
    ['--allow ops201,AGT111 --strict warned.crm wrong.crm', 0],
    ['--format yaml clean.crm', 2],
    ['--target 1.1 clean.crm', 2],
    ['--colour clean.crm', 2],
    ['--allow AGT999 clean.crm', 2],
    ['missing.crm', 2],
    ['clean.crm missing.crm', 2],
    ['--rules missing.yaml clean.crm', 2],
    ['--explain AGT999', 2],
    ['--explain agt111', 0],
  ])('ends "%s" with %i', async (args, code) => {
    const result = await lint(args);
    expect(result.code, result.out + result.err).toBe(code);
    expect(result.err === '').toBe(code !== 2);
  });

  it('asks for a text when none is named', async () => {
    const result = await aShell().run('configure', 'lint');
    expect([result.code, result.err]).toEqual([2, expect.stringContaining('expected a file, a folder, or -')]);
  });

  it('reads standard input', async () => {
    const result = await aShell().feed(WRONG, 'configure', 'lint', '--offline', '-');
    expect([result.code, result.out]).toEqual([1, expect.stringMatching(/^-:7:\d+: error AGT111: /)]);
  });

  it('reads folders to any depth, but only texts and nothing of git', async () => {
    const result = await lint('--format json conf', { '/work/conf/a.crm': CLEAN, '/work/conf/sites/b.crm': WRONG, '/work/conf/notes.md': WRONG, '/work/conf/.git/c.crm': WRONG });
    expect(JSON.parse(result.out)).toMatchObject({ files: [{ file: 'conf/a.crm' }, { file: 'conf/sites/b.crm' }], totals: { errors: 1 } });
    expect(result.code).toBe(1);
  });

  it.each(['text', 'json', 'sarif', 'github', 'junit'])('names the finding in the form %s', async (form) => {
    const result = await lint(`--format ${form} wrong.crm`);
    expect(result.code).toBe(1);
    expect(result.out).toContain('AGT111');
    expect(result.out).toContain('wrong.crm');
  });

  it.skipIf(!hasSchema)('writes SARIF that keeps the standard for a text with many findings', async () => {
    const result = await lint('--format sarif all.crm', { '/work/all.crm': 'property stonith-enabled=false\nprimitive a Dummi\nms m b\ngroup g a a\ncolocation c inf: a\n' });
    const log: unknown = JSON.parse(result.out);
    expect(sarifProblems(log)).toEqual([]);
    expect(log).toMatchObject({ runs: [{ results: expect.arrayContaining([expect.objectContaining({ level: 'error' })]) }] });
  });

  it('repairs standard input to standard output and says the rest on standard error', async () => {
    const result = await aShell().feed(TORN, 'configure', 'lint', '--offline', '--fix', '-');
    expect([result.code, result.out]).toEqual([0, TORN.replace('IPaddr2\\', 'IPaddr2 \\')]);
    expect(result.err).toContain('1 file: 0 errors');
    const wrong = await aShell().feed(WRONG, 'configure', 'lint', '--offline', '--fix', '-');
    expect([wrong.code, wrong.out]).toEqual([1, WRONG]);
    expect(wrong.err).toContain('AGT111');
  });

  it('makes repairs whole, so that what is added stands in the operation it is meant for', async () => {
    const shell = aShell({ files: { '/work/db.crm': `${AROUND}primitive db mysqll op monitor interval=20s\n` } });
    await shell.run('configure', 'lint', '--offline', '--fix', 'db.crm');
    expect(shell.files.get('/work/db.crm')).toBe(`${AROUND}primitive db mysql op monitor interval=20s timeout=30s op start timeout=120s interval=0 op stop timeout=120s interval=0\n`);
  });

  it('repairs in place and then finds nothing of it', async () => {
    const shell = aShell({ files: FILES });
    expect((await shell.run('configure', 'lint', '--offline', 'torn.crm')).code).toBe(1);
    expect((await shell.run('configure', 'lint', '--offline', '--fix', 'torn.crm')).code).toBe(0);
    expect(shell.files.get('/work/torn.crm')).toContain('IPaddr2 \\\n');
    expect((await shell.run('configure', 'lint', '--offline', 'torn.crm')).out).not.toContain('SYN001');
  });

  it('leaves a text without automatic repair byte for byte', async () => {
    const shell = aShell({ files: FILES });
    await shell.run('configure', 'lint', '--offline', '--fix', 'wrong.crm', 'clean.crm');
    expect([shell.files.get('/work/wrong.crm'), shell.files.get('/work/clean.crm')]).toEqual([WRONG, CLEAN]);
  });

  it('explains a rule with its reason and its repair', async () => {
    const { out } = await lint('--explain AGT111');
    expect(out).toMatch(/^AGT111 \(error\)\n\n.+\n\nWhy: +.+\nRepair: .+\n$/);
  });

  it('applies rules of an organisation', async () => {
    const files = { ...FILES, '/work/rules.yaml': 'rules:\n  - {code: ACME1, severity: error, op: monitor, attribute: interval, agent: Dummy, min: 30s}\n' };
    const result = await lint('--rules rules.yaml clean.crm', files);
    expect([result.code, result.out]).toEqual([1, expect.stringContaining('error ACME1: interval of monitor of app must be at least 30s, not "10s"')]);
  });

  it('refuses rules that it cannot read', async () => {
    const result = await lint('--rules rules.yaml clean.crm', { ...FILES, '/work/rules.yaml': '- {code: x}\n' });
    expect([result.code, result.err]).toEqual([2, expect.stringContaining('rules.yaml: rule 1: expected "code" in capitals')]);
  });
});

describe('crm configure fmt', () => {
  const NEAT = 'node 1: paris\nprimitive app Dummy \\\n\top monitor interval=10s timeout=20s\n';
  const LOOSE = '# shop\nnode   1:  paris\nprimitive app   Dummy op monitor   interval=10s timeout=20s\n';

  async function format(args: string, text: string): Promise<Result & { text: string | undefined }> {
    const shell = aShell({ files: { '/work/a.crm': text } });
    const result = await shell.run('configure', 'fmt', ...args.split(' '));
    return { ...result, text: shell.files.get('/work/a.crm') };
  }

  it('keeps comments and proves that nothing changed', async () => {
    const { code, err, text } = await format('a.crm', LOOSE);
    expect([code, err]).toEqual([0, 'a.crm: rewritten; the configuration is the same\n']);
    expect(text).toMatch(/^# shop\nnode 1: paris\n/);
    expect((await format('--check a.crm', text!)).code).toBe(0);
  });

  it('changes nothing when it only checks', async () => {
    const { code, text } = await format('--check a.crm', LOOSE);
    expect([code, text]).toEqual([1, LOOSE]);
  });

  it('writes standard input to standard output', async () => {
    const result = await aShell().feed(LOOSE, 'configure', 'fmt', '-');
    expect([result.code, result.out]).toEqual([0, expect.stringContaining('node 1: paris\n')]);
  });

  it.each([
    ['a text that cannot be read', 'a.crm', 'primitive\n'],
    ['an unknown option', '--pretty a.crm', NEAT],
    ['a missing file', 'b.crm', NEAT],
  ])('ends with 2 at %s', async (_what, args, text) => {
    const result = await format(args, text);
    expect([result.code, result.text]).toEqual([2, text]);
  });

  it('replaces old words when it modernises', async () => {
    const old = 'node 1: paris\nprimitive db ocf:pacemaker:Stateful op monitor interval=10s role=Master timeout=20s op monitor interval=11s role=Slave timeout=20s\nms m db meta master-max=1\n';
    const { code, err, text } = await format('--modernize a.crm', old);
    expect([code, err]).toEqual([0, 'a.crm: rewritten; the configuration is the same\n']);
    expect(text).toMatch(/clone m db/);
    expect(text).not.toMatch(/\bms\b|Master|Slave|master-max/);
  });
});
