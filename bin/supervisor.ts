// SPDX-License-Identifier: GPL-2.0-or-later
/** The daemon of an embedded cluster. */
import { answersAt } from '../src/backends/index.ts';
import { dateTime, loadXPath, type DateTime } from '../src/cib/index.ts';
import { embeddedCluster, readNodeWords, runSupervisor, type SupervisorSetup, type ToolAnswer, type ToolCall } from '../src/engine/index.ts';
import { isDead, ownMark, parseMark, realPlatform, type RealFace } from '../src/platform/real/index.ts';
import { schedule } from '../src/scheduler/index.ts';
import { daemonFiles } from './daemon.ts';

const CANNOT_START = 1;
const BOOT = '--boot=';

/** Runs until the cluster is stopped. `argv`: state directory, `--boot=NAMES` of those to be switched on (else all), the nodes. */
export async function supervise(argv: readonly string[], face: RealFace): Promise<number> {
  const [stateDirectory, ...words] = argv;
  const boot = words.find((word) => word.startsWith(BOOT))?.slice(BOOT.length).split(',');
  const nodes = words.filter((word) => !word.startsWith(BOOT));
  if (stateDirectory === undefined || nodes.length === 0) {
    face.err('quorate-supervisor: expected a state directory and names of nodes\n');
    return 64;
  }
  const problem = readNodeWords(nodes);
  if (typeof problem === 'string') {
    face.err(`quorate-supervisor: ${problem}\n`);
    return 64;
  }
  // Daemons cannot wait in the middle of a request, and any request may bring an XPath.
  await loadXPath();
  const files = daemonFiles(stateDirectory);
  const platform = realPlatform({ log: (level, source, text) => face.out(`${new Date().toISOString()} ${source} ${level}: ${text}\n`) });
  if (!(await becomeOwner(face, files.owner, () => answersAt({ sockets: platform.sockets, stateDirectory, sleep: face.sleep })))) {
    face.err(`quorate-supervisor: a cluster is running already in ${stateDirectory}\n`);
    return CANNOT_START;
  }
  const setup = embeddedCluster(
    platform,
    {
      stateDirectory,
      nodes,
      environment: new Map([...face.env, ['QUORATE_DIR', stateDirectory]]),
      programDirectory: face.programDirectory,
      processId: face.processId,
      version: face.version,
    },
    // Dates in rules are told in local time.
    (cib, epochMs) => schedule(cib, { now: localTime(face, Math.floor(epochMs / 1000)) }).graph,
  );
  return new Promise((resolve, reject) => {
    // Whatever still waits for something must not keep the process when its work is over.
    const end = (code: number): void => {
      resolve(code);
      setImmediate(() => process.exit(code));
    };
    const remember = (configured: typeof setup.cluster.nodes): void => face.disk.write(files.cluster, `${JSON.stringify({ nodes: configured.map(({ id, name }) => `${id}:${name}`) })}\n`);
    try {
      const runTool: SupervisorSetup['runTool'] = (call, done) => void runInside(call, face).then(done, () => done(undefined));
      runSupervisor(platform, { ...setup, runTool, nodesChanged: remember, ...(boot === undefined ? {} : { boot }) }, () => {
        face.disk.remove(files.pid);
        face.disk.remove(files.owner);
        end(0);
      });
      face.disk.write(files.pid, `${face.processId}\n`);
      remember(setup.cluster.nodes);
    } catch (problem) {
      reject(problem instanceof Error ? problem : new Error(String(problem)));
      setImmediate(() => process.exit(CANNOT_START));
    }
  });
}

/** A tool as its program would run it, but in this process: nothing is typed to it, and what it prints is kept. */
async function runInside({ tool, args, environment }: ToolCall, face: RealFace): Promise<ToolAnswer | undefined> {
  const { tools } = await import('../src/tools/index.ts');
  const run = await tools.get(tool)?.();
  if (run === undefined) return undefined;
  let [stdout, stderr] = ['', ''];
  const inside: RealFace = { ...face, env: environment, terminal: { isInput: false, isOutput: false, columns: 80, rows: 24 }, out: (text) => void (stdout += text), err: (text) => void (stderr += text), readInput: () => Promise.resolve('') };
  const { connectEmbedded } = await import('./cluster.ts');
  const code = await run(args, { ...inside, openBackend: () => connectEmbedded(inside) });
  return { code, stdout, stderr };
}

/** A daemon that has begun and does not answer yet is waited for: there must not be two. */
const BEGIN_WAIT_MS = 20_000;
const BEGIN_POLL_MS = 50;

/** False when another daemon answers. One of which nothing is heard for that long, on another machine perhaps, has ended. */
async function becomeOwner(face: RealFace, file: string, isAnswering: () => Promise<boolean>): Promise<boolean> {
  for (let waitedMs = 0; ; waitedMs += BEGIN_POLL_MS) {
    const release = await face.disk.lock?.(file);
    const owner = parseMark(face.disk.read(file));
    const isFree = owner === undefined || isDead(owner) || waitedMs >= BEGIN_WAIT_MS;
    const answers = await isAnswering();
    if (isFree && !answers) face.disk.write(file, JSON.stringify(ownMark()));
    release?.();
    if (answers) return false;
    if (isFree) return true;
    await face.sleep(BEGIN_POLL_MS);
  }
}

function localTime(face: RealFace, epochSeconds: number): DateTime {
  return dateTime(epochSeconds, face.zoneOffsetSeconds(epochSeconds));
}
