// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_simulate beside the installed one: the same command lines on the same CIBs, and what of the difference is known. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tools } from '../../src/tools/index.ts';
import { runTool } from './world.ts';

export const PEER = '/usr/sbin/crm_simulate';
/** The rules below are about this release. */
export const PEER_VERSION = 'Pacemaker 2.1.5';

export interface Simulated {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Contents by name, of what lay there and what was written. */
  readonly files: ReadonlyMap<string, string>;
}

const PEER_LIMIT_MS = 60_000;
/** Where the CIB lies for ours; a path of the peer is rewritten to it. */
const PLACE = '/cibs';
export const CIB_NAME = 'cib.xml';

export function hasPeer(): boolean {
  return spawnSync(PEER, ['--version'], { encoding: 'utf8' }).stdout?.startsWith(PEER_VERSION) === true;
}

/** Code -1 when the peer died of a signal. */
export function runPeer(argv: readonly string[], cib: string): Simulated {
  const directory = mkdtempSync(join(tmpdir(), 'quorate-simulate-'));
  try {
    writeFileSync(join(directory, CIB_NAME), cib);
    const env = { PATH: '/usr/bin:/bin', TZ: 'UTC', LC_ALL: 'C', CIB_file: join(directory, CIB_NAME) };
    const done = spawnSync(PEER, argv, { cwd: directory, env, encoding: 'utf8', input: cib, timeout: PEER_LIMIT_MS });
    const placed = (text: string): string => text.replaceAll(directory, PLACE);
    const files = readdirSync(directory).filter((name) => !name.endsWith('.sig')).map((name): [string, string] => [name, readFileSync(join(directory, name), 'utf8')]);
    return { code: done.status ?? -1, stdout: placed(done.stdout), stderr: placed(done.stderr), files: new Map(files) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

export async function runOurs(argv: readonly string[], cib: string): Promise<Simulated> {
  const files = new Map([[`${PLACE}/${CIB_NAME}`, cib]]);
  const env = new Map([['CIB_file', `${PLACE}/${CIB_NAME}`], ['TZ', 'UTC']]);
  const done = await runTool(tools, 'crm_simulate', argv, { files, cwd: PLACE, env, input: cib, nowEpochMs: Date.now() });
  return { ...done, files: new Map([...files].map(([path, text]) => [path.slice(PLACE.length + 1), text])) };
}

/** A difference between the releases: what both texts become so that it is not seen. */
export interface KnownDifference {
  readonly name: string;
  readonly why: string;
  /** Command lines it is about; all, where it is absent. */
  isAbout?(argv: readonly string[]): boolean;
  hidden(text: string): string;
}

const isList = (argv: readonly string[]): boolean => argv.includes('-s') || argv.includes('-U');
const HEADINGS = /^(?:Current cluster status|Performing Requested Modifications|Assignment Scores(?: and Utilization Information)?|Utilization Information|Transition Summary|Executing Cluster Transition|Revised Cluster Status|Node List|Full List of Resources|Resource Group: .*|Clone Set: .*|Container bundle set: .*):?$/;

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    name: 'layout of scores',
    why: '2.1.5 loses headings and indentation of everything when it prints scores or utilization; recorded results of 3.0 have them',
    isAbout: isList,
    hidden: (text) => text.split('\n').map((line) => line.trim().replace(/^\* /, '').replace(/^\w+(?: \(disabled\))?: (?=\[)/, '').trimEnd()).filter((line) => line !== '' && !HEADINGS.test(line)).join('\n'),
  },
  {
    name: 'names of functions in scores',
    why: 'the functions of the scheduler that assign resources were renamed; 3.0 names the new ones',
    hidden: (text) => text.replace(/pcmk__\w+_(?:allocate|assign): /g, 'assign: ').replace(/function="pcmk__\w+"/g, 'function=""').replace(/pcmk__(?:finalize_assignment|assign_resource|assign_primitive): (?=\S+ utilization)/g, 'assign: '),
  },
  {
    name: 'promotion scores of inactive instances',
    why: '3.0 says that the instance is inactive, 2.1.5 gives it a score on no node, in another place',
    isAbout: isList,
    hidden: (text) => text.replace(/^.*promotion score (?:on none: 0|\(inactive\): -INFINITY)\n?/gm, '').replace(/^ *<promotion_score[^>]*(?:score="-INFINITY"|score="0")[^>]*\/>\n/gm, ''),
  },
  {
    name: 'values of fail counts',
    why: '2.1.5 tells the expression it adds by, 3.0 the value that comes of it',
    hidden: (text) => text.replace(/(Injecting attribute \S+)=(?:value\+\+|INFINITY|\d+) into/g, '$1 into').replace(/(<inject_attr name="[^"]*") value="[^"]*"/g, '$1'),
  },
  {
    name: 'clearing of an injected fail count',
    why: '2.1.5 does not work the expression out before it plans, so that it has no fail count to clear',
    isAbout: (argv) => argv.includes('-i'),
    hidden: (text) => text.replace(/^ *\* Cluster action: +clear_failcount for .*\n/gm, '').replace(/^ *<cluster_action task="clear_failcount".*\n/gm, ''),
  },
  { name: 'attributes of resources', why: '3.0 adds removed and maintenance to every resource', hidden: (text) => text.replace(/ (?:removed|maintenance)="\w+"/g, '') },
  { name: 'names of results', why: '3.0 has new words for exit codes and states', hidden: (text) => text.replace(/'(?:error|Error occurred)' \(1\)/g, "'error' (1)").replace(/'(?:not running|Not running)' \(7\)/g, "'not running' (7)").replace(/status='(?:complete|Done)'/g, "status=''").replace(/exitstatus="[^"]*"/g, '').replace(/ status="(?:complete|Done)"/g, ' status=""') },
  { name: 'version of results', why: 'each release has its own', hidden: (text) => text.replace(/api-version="[^"]*"/g, '').replace(/request="\S*crm_simulate/g, 'request="crm_simulate') },
  { name: 'version of the CIB', why: 'each release upgrades to its newest schema and writes its feature set', hidden: (text) => text.replace(/ validate-with="[^"]*"/g, '').replace(/ crm_feature_set="[^"]*"/g, '') },
  { name: 'node of a result', why: '3.0 writes the node into each result', hidden: (text) => text.replace(/ on_node="[^"]*"/g, '') },
  { name: 'numbers of graphs', why: '2.1.5 counts them from 0, 3.0 from 1', hidden: (text) => text.replace(/ transition_id="\d+"/g, '') },
  { name: 'notes of the unpacking', why: '2.1.5 leaves what it noted on failed operations in the CIB that it saves', hidden: (text) => text.replace(/ uname="[^"]*" rsc-id="[^"]*"(?=\/>)/g, '') },
  { name: 'names of options in graphs', why: '3.0 says fencing-timeout for stonith-timeout', hidden: (text) => text.replace(/(?:stonith|fencing)-timeout=/g, 'fencing-timeout=') },
  { name: 'quorum alone', why: '2.1.5 drops --quorum when nothing else is supposed; programs are told ours', isAbout: (argv) => argv.includes('-q'), hidden: (text) => text.replace(/^ *<modifications quorum="\w+"\/>\n/gm, '') },
];

/** Times of a run: both programs look at the clock by themselves. */
const RECENT_SECONDS = 3600;

function timeless(text: string): string {
  const now = Math.floor(Date.now() / 1000);
  return text.replace(/\b\d{10}\b/g, (digits) => (Math.abs(Number(digits) - now) < RECENT_SECONDS ? 'NOW' : digits));
}

/** Text with every known difference hidden; `used` learns what there was to hide. */
function plain(text: string, argv: readonly string[], used: Set<string>): string {
  return KNOWN_DIFFERENCES.reduce((now, { name, isAbout, hidden }) => {
    if (isAbout?.(argv) === false) return now;
    const next = hidden(now);
    if (next !== now) used.add(name);
    return next;
  }, timeless(text));
}

/** What of two results differs and is not known, one line each. */
export function unknownDifferences(argv: readonly string[], peer: Simulated, ours: Simulated, used: Set<string>): string[] {
  const found: string[] = [];
  const compare = (what: string, one: string, other: string): void => {
    const [a, b] = [plain(one, argv, used).split('\n'), plain(other, argv, used).split('\n')];
    const at = a.findIndex((line, i) => line !== b[i]);
    if (at >= 0 || a.length !== b.length) found.push(`${what}: peer ${JSON.stringify(a[Math.max(at, 0)])}, ours ${JSON.stringify(b[Math.max(at, 0)])}`);
  };
  if (peer.code !== ours.code) found.push(`exit code: peer ${peer.code}, ours ${ours.code}`);
  compare('output', peer.stdout.trimEnd(), ours.stdout.trimEnd());
  for (const name of new Set([...peer.files.keys(), ...ours.files.keys()])) {
    const [one, other] = [peer.files.get(name), ours.files.get(name)];
    if (one === undefined || other === undefined) found.push(`${name}: written by ${one === undefined ? 'us' : 'the peer'} alone`);
    // The edges of a drawing have no order.
    else compare(name, ...(name.endsWith('.dot') ? ([sorted(one), sorted(other)] as const) : ([one, other] as const)));
  }
  return found;
}

const sorted = (text: string): string => text.split('\n').sort().join('\n');
