// SPDX-License-Identifier: GPL-2.0-or-later
/** Very large documents: what a session on a CIB of 10 MB costs, that 100 MB works, and how much memory is needed. */
import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOnce, runWithMemory, type BenchCommand } from './measure.ts';
import { cibOfShape, type ShapeSize } from './shapes.ts';

/** 10 MB and 100 MB: nodes, and primitives with their history on every node. */
const TEN: ShapeSize = { shape: 'mix', nodes: 19, primitives: 960, history: 'full' };
const HUNDRED: ShapeSize = { shape: 'mix', nodes: 60, primitives: 3100, history: 'full' };
const MEGABYTE = 1_000_000;

interface Bench {
  ours(command: string, ...words: string[]): BenchCommand;
  readonly directory: string;
}

/** Reads, shows one object, edits it and writes, in one session of the shell. */
export function benchEdit({ ours, directory }: Bench): void {
  const original = join(directory, 'large-original.xml');
  const file = join(directory, 'large.xml');
  const change = join(directory, 'large-change.crm');
  const script = join(directory, 'large-script.crm');
  writeFileSync(change, 'primitive r5 ocf:pacemaker:Dummy op monitor interval=30s timeout=40s meta target-role=Stopped\n');
  writeFileSync(script, `configure\nshow r5\nload update ${change}\ncommit\n`);
  const session = ours('crm', '-F', '-f', script);
  for (const [size, goal] of [[TEN, 'below 1000 ms'], [HUNDRED, 'below 2048 MiB']] as const) {
    const text = cibOfShape(size);
    writeFileSync(original, text);
    const command: BenchCommand = { ...session, env: { ...session.env, CIB_file: file }, prepare: () => copyFileSync(original, file) };
    for (let warmUp = 0; warmUp < 3; warmUp++) runOnce(command);
    const { cpuMs, exitCode } = runOnce(command);
    const label = `read, show, edit, write a CIB of ${(text.length / MEGABYTE).toFixed(0)} MB`;
    console.log(`${label.padEnd(58)} ${cpuMs.toFixed(0).padStart(6)} ms ${memoryOf(command)?.toFixed(0).padStart(6) ?? 'unknown'} MiB  goal ${goal}${exitCode === 0 ? '' : `  FAILED with ${exitCode}`}`);
  }
}

/** Largest resident memory of our tools and the installed ones on a CIB of 10 MB. */
export function benchMemory({ ours, directory }: Bench): void {
  const file = join(directory, 'memory.xml');
  writeFileSync(file, cibOfShape(TEN));
  for (const [tool, ...words] of [['crm_mon', '-1'], ['crm_resource', '--list'], ['cibadmin', '-Q'], ['crm_verify', '-x', file]] as const) {
    const [mine, theirs] = [ours(tool, ...words), { argv: [`/usr/sbin/${tool}`, ...words] }].map((command: BenchCommand) => memoryOf({ ...command, env: { ...command.env, CIB_file: file } }));
    const ratio = mine === undefined || theirs === undefined ? 'absent' : (mine / theirs).toFixed(2);
    console.log(`${`memory of ${tool}, 10 MB`.padEnd(58)} ${mine?.toFixed(0).padStart(6)} MiB ${theirs?.toFixed(0).padStart(6) ?? ''} MiB ${ratio.padStart(7)} goal   1.000`);
  }
}

/** MiB; undefined without GNU time or when the command does not exist. */
function memoryOf(command: BenchCommand): number | undefined {
  return existsSync(command.argv[0]!) ? runWithMemory(command).peakMiB : undefined;
}
