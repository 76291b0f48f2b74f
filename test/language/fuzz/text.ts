// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Throws mutated configuration texts at lexer, parser and printer: `npx tsx test/language/fuzz/text.ts [COUNT] [SEED]`. Each must be
 * answered within a second of CPU time, without an exception and without growing memory; what is accepted must print as a fixed point, and what
 * is refused must be refused at a place, with words.
 */
import { pathToFileURL } from 'node:url';
import { parse, printDocument } from '../../../src/language/index.ts';
import { randomNumbers } from '../../chance.ts';

const SEEDS = [
  'node 1: n1 description="a b" attributes standby=off utilization cpu=8\n# note\nprimitive r1 ocf:heartbeat:Dummy params $id=x 3: rule $role=Started inf: #uname eq n1 and date spec hours=9-16 state="/run/x" @y:z $v:a=b meta target-role=Started op monitor interval=10s \\\n  timeout=20s OCF_CHECK_LEVEL=10 op_params a=b op_meta rule defined x b=1\n',
  'rsc_template t Dummy utilization mem=1\nprimitive p @t operations $id-ref=t\ngroup g a b c description=x meta is-managed=true\nclone c g meta interleave=true\nms m p meta master-max=1\ntag t1: a b\n',
  'bundle b docker image="x:1" replicas=2 network ip-range-start=10.0.0.1 port-mapping id=p port=80 storage storage-mapping source-dir=/a target-dir=/b meta a=b primitive p\n',
  'location l { a ( b c sequential=true ) [ d ] } resource-discovery=never rule 10: a number:gt 5 or ( role=Promoted 5: b eq param{c} and date in start=2024-01-01 days=2 )\nlocation l2 /a.*/ -inf: n1 role=Started\n',
  'colocation c inf: a:Promoted b node-attribute=rack\norder o Mandatory: [ a:start b ] ( c $id=s d ordering=listed ) symmetrical=false\nrsc_ticket t T: a:Started loss-policy=fence\n',
  'property o: rule $id-ref=x a=1 b\nrsc_defaults 5: resource-stickiness=1\nop_defaults rule op_expression monitor:10s and rsc_expression ocf:*:IPaddr2 timeout=5s\nfencing_topology n1: st1,st2 index=3 st3 attr:a=b st1 pattern:n.* $id=q st\n',
  'role r description=d read p1: xpath:"//a[@b=\'c\']" write type:node attr:x deny meta:p1:target-role\nuser u role:r read cib\nacl_target a r r2\nalert al "/a b.sh" meta timeout=5s select nodes attributes { a $id=i b } to { x description=y meta m=1 } to z\nmonitor p:Started 60s:30s\nxml <primitive id="x" class="ocf" \\\n  provider="p" type="t"/>\n',
];
const PIECES = [' ', '\n', '\\\n', '\\', '"', "'", '\u201d', '\u00a0', '\u200b', '\ufeff', '\u0000', '\ud800', '#', '=', ':', '$id=', '$id-ref=', '@', '(', ')', '[', ']', '{', '}', 'rule', 'and', 'or', 'date', 'in', 'spec', 'params', 'meta', 'op', 'inf:', '_rsc_set_', 'primitive', 'xml <a>', '__proto__', 'constructor', '\t', '\r\n', 'a=b', 'x'.repeat(200), '( '.repeat(50)];
const SLOW_MS = 1000;
const MAX_LENGTH = 4000;
const MAX_GROWTH_BYTES = 256 * 1024 * 1024;

function mutate(text: string, next: () => number): string {
  const pick = (limit: number): number => Math.floor(next() * limit);
  const at = pick(text.length + 1);
  const end = Math.min(text.length, at + 1 + pick(12));
  switch (pick(7)) {
    case 0:
    case 1:
      return text.slice(0, at) + PIECES[pick(PIECES.length)]! + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(end);
    case 3:
      return text.slice(0, at) + text.slice(at, end).repeat(1 + pick(20)) + text.slice(end);
    case 4:
      return text.slice(0, at) + String.fromCharCode(pick(0x10000)) + text.slice(at + 1);
    case 5: {
      const other = SEEDS[pick(SEEDS.length)]!;
      return text.slice(0, at) + other.slice(pick(other.length));
    }
    default:
      return text.slice(0, at);
  }
}

export interface FuzzResult {
  readonly accepted: number;
  readonly refused: number;
  readonly slowestMs: number;
  readonly failures: readonly string[];
}

export function fuzz(count: number, seed: number): FuzzResult {
  const next = randomNumbers(seed);
  const failures: string[] = [];
  let [accepted, refused, slowestMs] = [0, 0, 0];
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < count && failures.length < 10; i++) {
    let text = SEEDS[Math.floor(next() * SEEDS.length)]!;
    for (let rounds = 1 + Math.floor(next() * 6); rounds > 0; rounds--) text = mutate(text, next).slice(0, MAX_LENGTH);
    const start = process.cpuUsage();
    try {
      const problem = problemWith(text);
      if (problem === 'refused') refused++;
      else accepted++;
      if (problem !== undefined && problem !== 'refused') failures.push(`${problem}: ${JSON.stringify(text)}`);
    } catch (error) {
      failures.push(`${String(error)}: ${JSON.stringify(text)}`);
    }
    const { user, system } = process.cpuUsage(start);
    const spent = (user + system) / 1000;
    slowestMs = Math.max(slowestMs, spent);
    if (spent > SLOW_MS) failures.push(`${Math.round(spent)} ms: ${JSON.stringify(text)}`);
  }
  const growth = process.memoryUsage().heapUsed - before;
  if (growth > MAX_GROWTH_BYTES) failures.push(`heap grew by ${growth} bytes`);
  return { accepted, refused, slowestMs, failures };
}

function problemWith(text: string): string | undefined {
  const parsed = parse(text, { file: 'f' });
  const errors = parsed.diagnostics.filter((one) => one.severity === 'error');
  for (const one of errors) {
    if (one.message === '' || one.span.start < 0 || one.span.end > text.length || one.span.end < one.span.start) return `refused without saying where (${one.code})`;
  }
  const printed = printDocument(parsed);
  const again = parse(printed);
  const broken = again.diagnostics.find((one) => one.severity === 'error');
  if (broken !== undefined) return `its print is refused (${broken.message})`;
  if (printDocument(again) !== printed) return 'its print is no fixed point';
  return errors.length > 0 ? 'refused' : undefined;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [count = 100_000, seed = 1] = process.argv.slice(2).map(Number);
  const { accepted, refused, slowestMs, failures } = fuzz(count, seed);
  for (const failure of failures) console.log(failure.slice(0, 2000));
  console.log(`text: ${count} inputs (seed ${seed}): ${accepted} accepted, ${refused} refused, slowest ${slowestMs.toFixed(1)} ms, ${failures.length} failures`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
