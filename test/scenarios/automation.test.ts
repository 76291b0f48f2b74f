// SPDX-License-Identifier: GPL-2.0-or-later
/** The examples for automation, run as the plain commands they hold. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildProgram } from './program.ts';

const EXAMPLES = resolve('examples/automation');

interface Task {
  readonly name: string;
  readonly 'ansible.builtin.command': { readonly cmd: string };
  readonly when?: string;
  readonly failed_when?: string;
}

let directory: string;
let bin: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'quorate automation '));
  bin = buildProgram(directory);
  cpSync(EXAMPLES, directory, { recursive: true });
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function run(command: string, cib: string): { readonly rc: number; readonly output: string } {
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: directory, XDG_CONFIG_DIRS: directory, CIB_file: cib };
  const done = spawnSync('sh', ['-c', command], { cwd: directory, env, encoding: 'utf8' });
  return { rc: done.status ?? 255, output: done.stdout + done.stderr };
}

/** The conditions of the playbook speak of one registered result. */
function holds(condition: string, rc: number): boolean {
  const match = /^difference\.rc == (\d)$/.exec(condition);
  if (match === null) throw new Error(`cannot judge: ${condition}`);
  return rc === Number(match[1]);
}

describe('examples for automation', () => {
  it('the workflow runs to its end and leaves the configuration', () => {
    const workflow = parse(readFileSync(join(EXAMPLES, 'workflow.yml'), 'utf8')) as { jobs: { check: { env: { CIB_file: string }; steps: { name?: string; run?: string }[] } } };
    for (const step of workflow.jobs.check.steps) {
      if (step.run === undefined) continue;
      const { rc, output } = run(step.run, workflow.jobs.check.env.CIB_file);
      expect(rc, `${step.name}: ${output}`).toBe(0);
    }
    expect(existsSync(join(directory, 'configuration.xml'))).toBe(true);
    expect(readFileSync(join(directory, 'configuration.xml'), 'utf8')).toContain('<group id="web">');
  });

  it('the playbook changes what differs, and the second time nothing', () => {
    expect(run('cibadmin --empty > playbook.xml', 'playbook.xml').rc).toBe(0);
    const [play] = parse(readFileSync(join(EXAMPLES, 'playbook.yml'), 'utf8')) as [{ tasks: Task[] }];
    const rounds = [1, 2].map(() => {
      let difference = 0;
      const done: string[] = [];
      for (const task of play.tasks) {
        if (task.when !== undefined && !holds(task.when, difference)) continue;
        const { rc, output } = run(task['ansible.builtin.command'].cmd, 'playbook.xml');
        if (task.failed_when === undefined) expect(rc, `${task.name}: ${output}`).toBe(0);
        else {
          expect(holds(task.failed_when, rc), `${task.name}: ${output}`).toBe(false);
          difference = rc;
        }
        done.push(task.name);
      }
      return done;
    });
    expect(rounds[0]).toContain('Apply what differs');
    expect(rounds[1]).not.toContain('Apply what differs');
  });
});
