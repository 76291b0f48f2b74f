// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The parser of the configure language alone against that of crmsh, in processes of their own: cold is the first text, warm
 * the fastest of some more. Ours runs as the launcher runs the shell, under its setting of V8 and from compiled code, as Python
 * keeps that of crmsh; cold holds the building of lexer and parser, which crmsh has done when it is imported. crmsh parses one
 * statement at a time and does nothing else here (no CIB, no checks); without a CIB it refuses some, which takes no less time.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { median } from './measure.ts';
import { crmText } from './shapes.ts';

const PRIMITIVES = 2000;
const WARM_RUNS = 5;

export interface ParserTimes {
  readonly coldMs: number;
  readonly warmMs: number;
}

export interface ParserComparison {
  readonly lines: number;
  readonly ours: ParserTimes;
  readonly peer: ParserTimes | undefined;
}

const { patience } = createRequire(import.meta.url)('../../bin/launch.cjs') as { patience(command: string): string[] };

const OURS = `
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');
const [bundle, input] = process.argv.slice(2);
const compiled = bundle + '.code';
const cachedData = existsSync(compiled) ? readFileSync(compiled) : undefined;
const script = new Script('(function (module, exports, require) {' + readFileSync(bundle, 'latin1') + '})', { filename: bundle, cachedData });
if (script.cachedDataRejected) throw new Error('compiled code was rejected');
const module_ = { exports: {} };
script.runInThisContext()(module_, module_.exports, require);
const text = readFileSync(input, 'utf8');
const times = Array.from({ length: ${WARM_RUNS + 1} }, () => {
  const start = process.cpuUsage();
  const { diagnostics } = module_.exports.parse(text);
  if (diagnostics.length > 0) throw new Error(diagnostics[0].message);
  const used = process.cpuUsage(start);
  return (used.user + used.system) / 1000;
});
if (cachedData === undefined) writeFileSync(compiled, script.createCachedData());
console.log(times[0], Math.min(...times.slice(1)));`;

const PEER = `
import sys, time
from crmsh import parse
statements = [one for one in open(sys.argv[1]).read().replace('\\\\\\n', ' ').split('\\n') if one.strip()]
times = []
for _ in range(${WARM_RUNS + 1}):
    start = time.process_time()
    for one in statements:
        parse.parse(one)
    times.append((time.process_time() - start) * 1000)
print(times[0], min(times[1:]))`;

/** Medians over the rounds, both in turn; no peer where crmsh is not installed. */
export function compareParsers(root: string, directory: string, rounds: number): ParserComparison {
  const text = crmText(PRIMITIVES);
  const paths = { text: join(directory, 'parser.crm'), bundle: join(directory, 'parser.cjs'), ours: join(directory, 'ours.cjs'), peer: join(directory, 'peer.py') };
  buildSync({ absWorkingDir: root, entryPoints: ['src/language/parse.ts'], outfile: paths.bundle, bundle: true, minify: true, format: 'cjs', platform: 'node', target: 'node20' });
  writeFileSync(paths.text, text);
  writeFileSync(paths.ours, OURS);
  writeFileSync(paths.peer, PEER);
  const argv = [process.execPath, ...patience('crm'), paths.ours, paths.bundle, paths.text];
  // The first run keeps its compiled code.
  timesOf(argv);
  const ours: ParserTimes[] = [];
  const peer: ParserTimes[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(timesOf(argv)!);
    const times = timesOf(['/usr/bin/python3', paths.peer, paths.text]);
    if (times !== undefined) peer.push(times);
  }
  return { lines: text.split('\n').length - 1, ours: medians(ours), peer: peer.length === 0 ? undefined : medians(peer) };
}

function timesOf([program, ...args]: readonly string[]): ParserTimes | undefined {
  const done = spawnSync(program!, args, { encoding: 'utf8' });
  const [cold, warm] = (done.stdout ?? '').trim().split(' ').map(Number);
  return done.status === 0 && cold !== undefined && warm !== undefined ? { coldMs: cold, warmMs: warm } : undefined;
}

function medians(times: readonly ParserTimes[]): ParserTimes {
  return { coldMs: median(times.map((one) => one.coldMs)), warmMs: median(times.map((one) => one.warmMs)) };
}
