// SPDX-License-Identifier: GPL-2.0-or-later
/** Lint over one long text, many short ones, and texts of growing length: CPU against fixed goals, as no peer does the same. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { growthExponent, median, runOnce, type BenchCommand } from './measure.ts';

const LONG = 2000;
const LONG_GOAL_MS = 500;
const FILES = 1000;
const FILES_GOAL_MS = 10_000;
const EXPONENT_GOAL = 1.1;

/** Writes the texts below `scratch`, which the caller removes. */
export function benchLint(scratch: string, ours: (command: string, ...words: string[]) => BenchCommand, rounds: number): void {
  const lint = (path: string): number => {
    const command = ours('crm', 'configure', 'lint', '--offline', path);
    runOnce(command);
    return median(Array.from({ length: rounds }, () => runOnce(command).cpuMs));
  };
  const long = (statements: number): string => written(join(scratch, `lint${statements}.crm`), lintText(statements));
  console.log(`\n${'lint'.padEnd(58)} ${'ours'.padStart(9)} ${'goal'.padStart(9)}`);
  row(`one text of ${LONG} statements, cold, ms`, lint(long(LONG)), LONG_GOAL_MS);
  const folder = join(scratch, 'many');
  mkdirSync(folder);
  for (let i = 0; i < FILES; i++) written(join(folder, `${i}.crm`), lintText(100));
  row(`${FILES} texts of 100 statements, ms`, lint(folder), FILES_GOAL_MS);
  const points = [1000, 2000, 4000, 8000].map((statements) => [statements, lint(long(statements))] as const);
  row('growth exponent, 1000 to 8000 statements', growthExponent(points), EXPONENT_GOAL);
}

function row(name: string, figure: number, goal: number): void {
  const digits = goal < 10 ? 2 : 0;
  console.log(`${name.padEnd(58)} ${figure.toFixed(digits).padStart(9)} ${goal.toFixed(digits).padStart(9)}`);
}

function written(file: string, text: string): string {
  writeFileSync(file, text);
  return file;
}

/** A text without findings: addresses and web servers in groups that follow each other, with places and orders. */
function lintText(statements: number): string {
  const lines = ['node 1: alpha', 'node 2: bravo', 'node 3: charlie', 'primitive fencing stonith:fence_sbd params devices=/dev/disk/by-id/sbd1 op monitor interval=600s timeout=60s'];
  for (let i = 0; lines.length < statements - 2; i++) {
    lines.push(
      `primitive ip${i} IPaddr2 params ip=192.0.${(i >> 8) % 256}.${i % 256} cidr_netmask=24 op monitor interval=10s timeout=20s`,
      `primitive web${i} apache params configfile=/etc/apache2/site${i}.conf op monitor interval=10s timeout=20s op start timeout=40s op stop timeout=60s`,
      `group g${i} ip${i} web${i}`,
      `location l${i} g${i} 50: alpha`,
    );
    if (i > 0) lines.push(`colocation c${i} inf: g${i} g${i - 1}`, `order o${i} Mandatory: g${i - 1} g${i}`);
  }
  lines.splice(statements - 2, Infinity, 'property cib-bootstrap-options: stonith-enabled=true stonith-timeout=150s', 'rsc_defaults rsc-options: resource-stickiness=100');
  return `${lines.join('\n')}\n`;
}
