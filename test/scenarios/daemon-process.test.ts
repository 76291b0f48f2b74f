// SPDX-License-Identifier: GPL-2.0-or-later
/** The daemon of an embedded cluster as a process: how it begins and ends, what it leaves behind, what others may see. */
import { existsSync, mkdirSync, readdirSync, readFileSync, lstatSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually, isRunning } from '../engine/cluster-for-real.ts';
import { aProgram, type ProgramUnderTest } from './program.ts';

let program: ProgramUnderTest;

afterEach(() => program.stop());

const stateFile = (name: string): string => join(program.directory, 'state', name);
const daemonPid = (): number => Number(readFileSync(stateFile('supervisor.pid'), 'utf8'));

async function crm(...args: string[]): Promise<string> {
  const { code, out, err } = await program.run('crm', args);
  expect(`${code} ${err}`, `crm ${args.join(' ')}`).toBe('0 ');
  return out;
}

async function killDaemon(): Promise<void> {
  const pid = daemonPid();
  process.kill(pid, 'SIGKILL');
  await eventually('the daemon is gone', () => !isRunning(pid));
}

/** Processes of this program's daemon. */
function daemons(): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && isRunning(Number(pid)) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${program.directory}/bin/quorate-supervisor`);
    } catch {
      // Gone meanwhile.
      return false;
    }
  });
}

function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? [path, ...filesBelow(path)] : [path];
  });
}

/** Reads /proc. */
describe.skipIf(process.platform !== 'linux')('the daemon of an embedded cluster', () => {
  it('ends soon after its cluster has been stopped', async () => {
    program = aProgram();
    await crm('cluster', 'start', '1');
    const pid = daemonPid();
    await crm('cluster', 'stop');
    await eventually('the process is gone', () => !isRunning(pid), 20_000);
  });

  it('is looked for at its socket: what a killed one left behind does not stop the next, which has all that was committed', async () => {
    program = aProgram();
    await crm('cluster', 'start', 'alone');
    await crm('configure', 'primitive', 'a', 'ocf:quorate:Dummy');
    await killDaemon();
    // The number of the killed daemon belongs to a stranger by now.
    writeFileSync(stateFile('supervisor.pid'), `${process.pid}\n`);
    expect((await program.run('crm', ['cluster', 'modules'])).err).toContain('no cluster runs');
    expect(await crm('cluster', 'start')).toBe('cluster of 1 node(s) started: alone\n');
    expect(await crm('configure', 'show', 'a')).toContain('primitive a ocf:quorate:Dummy');
  });

  it('is there once when it is started by two at the same time', async () => {
    program = aProgram();
    const answers = await Promise.all([program.run('crm', ['cluster', 'start', '2']), program.run('crm', ['cluster', 'start', '2'])]);
    expect(answers.map(({ out }) => out).sort()).toEqual(['', 'cluster of 2 node(s) started: node1 node2\n']);
    // The other one has waited, and its user has what he asked for.
    expect(answers.map(({ code, err }) => `${code} ${err}`).sort()).toEqual(['0 ', '0 INFO: the cluster runs already: node1 node2\n']);
    expect(daemons()).toHaveLength(1);
  });

  it('that runs is asked for nodes that are off, and refuses to be larger unasked', async () => {
    program = aProgram();
    expect(JSON.parse(await crm('--json', 'cluster', 'start', '2'))).toEqual({ format: 1, command: 'cluster start', data: { message: 'cluster of 2 node(s) started: node1 node2' } });
    await crm('-w', 'cluster', 'stop', 'node2');
    expect(await program.run('crm', ['cluster', 'start', '3'])).toMatchObject({ code: 1, err: 'ERROR: cluster.start: a cluster of node1 node2 runs already; crm cluster add 1 makes it larger\n' });
    expect(await program.run('crm', ['-w', 'cluster', 'start', '--all'])).toMatchObject({ code: 0, err: 'INFO: the cluster runs already: node1 node2\n' });
    await eventually('node2 is back', async () => (await crm('cluster', 'status')).includes('node2  online'));
  });

  it('that runs while all its nodes are off takes in no new one, and a start switches them on', async () => {
    program = aProgram();
    await crm('cluster', 'start', '2');
    await crm('configure', 'primitive', 'a', 'ocf:quorate:Dummy');
    for (const node of ['node1', 'node2']) await crm('cluster', 'kill', node);
    expect(await program.run('crm', ['cluster', 'add'])).toMatchObject({ code: 1, err: 'ERROR: cluster.add: no node is online (crm cluster start)\n' });
    expect(await program.run('crm', ['cluster', 'start'])).toMatchObject({ code: 0, err: 'INFO: all nodes are off: node1 node2 are switched on\n' });
    await eventually('the cluster has its configuration', async () => (await program.run('crm', ['configure', 'show', 'a'])).out.includes('primitive a'));
  });

  it('is started by the next at once when the one that was starting it was killed', async () => {
    program = aProgram();
    const first = program.launch('crm', ['cluster', 'start', '1']);
    await eventually('the start is at work', () => existsSync(`${stateFile('cluster.json')}.lock-owner`));
    first.kill();
    await first.answer;
    const beginMs = Date.now();
    expect((await program.run('crm', ['cluster', 'start', '1'])).code).toBe(0);
    expect(Date.now() - beginMs).toBeLessThan(8000);
    // The first may have begun a daemon before it was killed; of two, one goes when it sees the other.
    await eventually('one daemon is left', () => daemons().length === 1);
  });

  it('is not begun a second time while it begins, whoever started it being gone', async () => {
    program = aProgram();
    const first = program.launch('crm', ['cluster', 'start', '1']);
    await eventually('the daemon is begun', () => existsSync(stateFile('supervisor.log')));
    first.kill();
    await first.answer;
    expect(await program.run('crm', ['cluster', 'start', '1'])).toMatchObject({ code: 0 });
    await eventually('one daemon is left', () => daemons().length === 1);
    expect(await crm('cluster', 'status')).toContain('node1  online (controller)');
  });

  it('takes the commit of the next shell at once when one was killed while it committed', async () => {
    program = aProgram();
    await crm('cluster', 'start', '1');
    const note = join(program.directory, 'state/commits/commit.lock-owner');
    for (let round = 0; round < 5; round++) {
      const shell = program.launch('crm', ['configure', 'primitive', `a${round}`, 'ocf:quorate:Dummy']);
      await eventually('it commits', () => existsSync(note) || existsSync(join(program.directory, `state/commits/${String(round + 1).padStart(6, '0')}.json`)));
      shell.kill();
      await shell.answer;
      const beginMs = Date.now();
      await crm('configure', 'property', `cluster-recheck-interval=${round + 5}min`);
      expect(Date.now() - beginMs).toBeLessThan(5000);
    }
  });

  it('says why it ended when it cannot begin', async () => {
    program = aProgram();
    mkdirSync(stateFile('requests'), { recursive: true });
    const { code, err } = await program.run('crm', ['cluster', 'start', '1']);
    expect(code).toBe(1);
    expect(err).toMatch(/the cluster ended at once; its daemon said:\n.*requests/s);
  });

  it('keeps everything below its state directory to its user', async () => {
    program = aProgram();
    await crm('cluster', 'start', '2');
    await crm('-w', 'configure', 'primitive', 'a', 'ocf:quorate:Dummy');
    const open = filesBelow(join(program.directory, 'state')).filter((path) => (lstatSync(path).mode & 0o077) !== 0);
    // Programs that agents call, and what agents write themselves, are behind private directories.
    expect(open.filter((path) => !/[/](?:sbin|resource-agents)[/]/.test(path))).toEqual([]);
    expect(lstatSync(join(program.directory, 'state')).mode & 0o777).toBe(0o700);
  });

  it('does not see the cluster of another state directory', async () => {
    program = aProgram();
    const other = { QUORATE_DIR: join(program.directory, 'other') };
    await crm('cluster', 'start', '2');
    expect((await program.run('crm', ['cluster', 'start', 'x'], [], other)).out).toBe('cluster of 1 node(s) started: x\n');
    await crm('configure', 'primitive', 'a', 'ocf:quorate:Dummy');
    expect((await program.run('crm', ['configure', 'show'], [], other)).out).not.toContain('primitive');
    expect((await program.run('crm', ['cluster', 'stop'], [], other)).code).toBe(0);
    expect(await crm('cluster', 'status')).toContain('node2  online');
  });
});
