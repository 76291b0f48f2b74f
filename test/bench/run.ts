// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * `npm run bench [-- NAME...]`: whole commands against `node -e 0` and, where they are installed, the peers (crmsh,
 * Pacemaker's tools). Prints CPU medians and pairwise ratios; it judges nothing. Build first. A name is that of a
 * section (`scheduler`); QUORATE_BENCH_ROUNDS is the number of counted rounds. In `scheduler-large` the peer takes minutes.
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchAgentTools } from './agents.ts';
import { benchEdit, benchMemory } from './large.ts';
import { benchLint } from './lint.ts';
import { compare, growthExponent, isInstalled, runOnce, type BenchCommand } from './measure.ts';
import { compareParsers, type ParserTimes } from './parser.ts';
import { benchLargeScheduler, benchScheduler } from './scheduler.ts';
import { cibOfShape, crmText, type ShapeSize } from './shapes.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const ROUNDS = Number(process.env['QUORATE_BENCH_ROUNDS'] ?? 5);
const scratch = mkdtempSync(join(tmpdir(), 'quorate-bench-'));

interface Row {
  readonly name: string;
  readonly ours: BenchCommand;
  /** A peer's command and the program that must be installed for it. */
  readonly peer: BenchCommand;
  readonly needs: string;
  /** The ratio ours / peer that is aimed at. */
  readonly goal: number;
}

const sections: Readonly<Record<string, () => void>> = {
  startup: () => table('start-up', startupRows()),
  configure: () => table('configure', configureRows()),
  load: benchLoad,
  parser: benchParser,
  large: () => benchEdit({ ours, directory: scratch }),
  memory: () => benchMemory({ ours, directory: scratch }),
  agents: () => benchAgentTools(ours, scratch, ROUNDS),
  lint: () => benchLint(scratch, ours, ROUNDS),
  tools: () => table('tools', toolRows()),
  scheduler: () => benchScheduler({ ours, directory: scratch, rounds: ROUNDS }),
  'scheduler-large': () => benchLargeScheduler({ ours, directory: scratch, rounds: ROUNDS }),
};

/** Where the journal of commits goes; removed with the CIB it belongs to. */
const state = join(scratch, 'state');

/** The file itself is started, as a user's shell does. */
function ours(command: string, ...words: string[]): BenchCommand {
  return { argv: [join(ROOT, 'bin', command), ...words], env: { XDG_CONFIG_HOME: scratch, XDG_STATE_HOME: state } };
}

/** A CIB file as it was in the beginning, without a past. */
function renew(from: string, to: string): void {
  copyFileSync(from, to);
  rmSync(state, { recursive: true, force: true });
}

function startupRows(): Row[] {
  // Certificates that the environment adds would count for Node alone: our launchers hide them.
  const bare: BenchCommand = { argv: [process.execPath, '-e', '0'], env: { NODE_EXTRA_CA_CERTS: '' } };
  return [
    { name: 'crm --version against node -e 0', ours: ours('crm', '--version'), peer: bare, needs: 'sh', goal: 1.25 },
    { name: 'crm --version', ours: ours('crm', '--version'), peer: { argv: ['/usr/sbin/crm', '--version'] }, needs: '/usr/sbin/crm', goal: 1 / 2.7 },
    { name: 'crm help configure', ours: ours('crm', 'help', 'configure'), peer: { argv: ['/usr/sbin/crm', 'help', 'configure'] }, needs: '/usr/sbin/crm', goal: 1 / 40 },
  ];
}

function configureRows(): Row[] {
  return [100, 1000, 5000].flatMap((count): Row[] => {
    const file = written(`show${count}.xml`, cibOfShape({ shape: 'mix', nodes: 3, primitives: count, history: 'none' }));
    const copy = join(scratch, `edit${count}.xml`);
    const reset = (): void => renew(file, copy);
    const add = ['-F', 'configure', 'primitive', 'added', 'ocf:pacemaker:Dummy'];
    const rows: Row[] = [row(`configure show, ${count} primitives`, ['configure', 'show'], { CIB_file: file }, count === 100 ? 1 / 4 : count === 1000 ? 1 / 8 : 1 / 15)];
    if (count === 1000) rows.push(row('configure primitive, 1000 primitives', add, { CIB_file: copy }, 1 / 12, reset));
    return rows;
  });
}

function row(name: string, words: string[], env: Record<string, string>, goal: number, prepare?: () => void): Row {
  const mine = ours('crm', ...words);
  return { name, ours: { ...mine, env: { ...mine.env, ...env }, prepare }, peer: { argv: ['/usr/sbin/crm', ...words], env, prepare }, needs: '/usr/sbin/crm', goal };
}

function benchLoad(): void {
  const empty = written('empty.xml', cibOfShape({ shape: 'prims', nodes: 3, primitives: 0, history: 'none' }));
  const copy = join(scratch, 'load.xml');
  const goals = new Map([[100, 1 / 4], [1000, 1 / 15], [2000, 1 / 30]]);
  const rows = [...goals].map(([count, goal]) => {
    const text = written(`load${count}.crm`, crmText(count));
    return row(`configure load update, ${count} primitives`, ['-F', 'configure', 'load', 'update', text], { CIB_file: copy }, goal, () => renew(empty, copy));
  });
  table('load', rows);
  const points = rows.slice(1).map((one, i) => [[1000, 2000][i]!, runOnce(one.ours).cpuMs] as const);
  console.log(`growth exponent of load 1000 -> 2000: ${growthExponent(points).toFixed(2)}`);
}

function benchParser(): void {
  const { lines, ours: mine, peer } = compareParsers(ROOT, scratch, ROUNDS);
  const speed = ({ coldMs, warmMs }: ParserTimes): string => `${((lines / coldMs) * 1000).toFixed(0)} cold, ${((lines / warmMs) * 1000).toFixed(0)} warm`;
  console.log(`\nparser alone, lines per second: ours ${speed(mine)}; crmsh ${peer === undefined ? 'absent' : speed(peer)}`);
  if (peer !== undefined) console.log(`ratio: cold ${(peer.coldMs / mine.coldMs).toFixed(1)} (goal 2.5), warm ${(peer.warmMs / mine.warmMs).toFixed(1)} (goal 5)`);
}

function toolRows(): Row[] {
  const sizes: [string, ShapeSize][] = [
    ['small', { shape: 'mix', nodes: 3, primitives: 20, history: 'full' }],
    ['1000 primitives', { shape: 'mix', nodes: 3, primitives: 1000, history: 'full' }],
    ['10 MB', { shape: 'mix', nodes: 16, primitives: 960, history: 'full' }],
  ];
  const commands: [string, string[]][] = [['crm_mon', ['-1']], ['crm_resource', ['--list']], ['cibadmin', ['-Q']], ['crm_verify', ['-x']]];
  return sizes.flatMap(([label, size]) => {
    const file = written(`tools-${size.nodes}-${size.primitives}.xml`, cibOfShape(size));
    return commands.map(([command, words]): Row => {
      const argv = command === 'crm_verify' ? [...words, file] : words;
      const mine = ours(command, ...argv);
      const env = { CIB_file: file };
      const goal = label === 'small' ? 3.5 : label === '10 MB' ? 0.6 : command === 'crm_verify' ? 2 : 1.5;
      return { name: `${command} ${words.join(' ')}, ${label}`, ours: { ...mine, env: { ...mine.env, ...env } }, peer: { argv: [`/usr/sbin/${command}`, ...argv], env }, needs: `/usr/sbin/${command}`, goal };
    });
  });
}

function written(name: string, text: string): string {
  const file = join(scratch, name);
  writeFileSync(file, text);
  return file;
}

function table(title: string, rows: readonly Row[]): void {
  console.log(`\n${title.padEnd(58)} ${'ours ms'.padStart(9)} ${'peer ms'.padStart(9)} ${'ratio'.padStart(7)} ${'goal'.padStart(7)}`);
  for (const one of rows) {
    if (isInstalled(one.needs)) {
      const { oursMs, peerMs, ratio } = compare(one.ours, one.peer, ROUNDS);
      console.log(`${one.name.padEnd(58)} ${oursMs.toFixed(0).padStart(9)} ${peerMs.toFixed(0).padStart(9)} ${ratio.toFixed(3).padStart(7)} ${one.goal.toFixed(3).padStart(7)}`);
    } else {
      console.log(`${one.name.padEnd(58)} ${runOnce(one.ours).cpuMs.toFixed(0).padStart(9)} ${'absent'.padStart(9)}`);
    }
  }
}

const chosen = process.argv.slice(2);
try {
  for (const [name, bench] of Object.entries(sections)) if (chosen.length === 0 || chosen.includes(name)) bench();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
