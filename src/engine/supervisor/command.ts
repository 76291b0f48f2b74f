// SPDX-License-Identifier: GPL-2.0-or-later
/** Commands about an embedded cluster as a whole: what its rings and daemons do, and programs run on its nodes. */
import type { Platform } from '../../platform/index.ts';
import { configurationText, groupText, linkText, quorumText } from './corosync-text.ts';
import { inspectNetwork } from './inspector.ts';
import { readNodeWords } from './node-words.ts';
import type { Supervisor } from './supervisor.ts';

export interface CommandAnswer {
  readonly code: number;
  readonly text: string;
}

const OK = 0;
const FAILED = 1;
const USAGE = 64;
const CANNOT_START = 127;
const TIME_RAN_OUT = 124;
/** A program run by hand on a node may take this long. */
const RUN_LIMIT_MS = 10 * 60 * 1000;

/** `answer` is called once. */
export function runCommand(platform: Platform, supervisor: Supervisor, name: string, args: readonly string[], answer: (result: CommandAnswer) => void): void {
  switch (name) {
    case 'run':
      return runOnNode(platform, supervisor, args, answer);
    case 'fault':
      return answer(fault(supervisor, args));
    case 'add':
      return answer(addNodes(supervisor, args));
    case 'remove':
      return answer(removeNode(supervisor, args[0] ?? ''));
    case 'corosync-conf':
      return answer({ code: OK, text: configurationText(supervisor) });
    case 'quorum':
      return answer({ code: OK, text: quorumText(supervisor) });
    case 'cpg':
      return answer({ code: OK, text: groupText(supervisor) });
    case 'links':
      return answer({ code: OK, text: linkText(supervisor) });
    case 'totem':
      return answer({ code: OK, text: ringLines(supervisor) });
    case 'modules':
      return answer({ code: OK, text: moduleLines(supervisor) });
    default:
      return answer({ code: USAGE, text: `an embedded cluster has no command "${name}"` });
  }
}

const FAULTS = 'link-down NODE, link-up NODE, partition NODE ..., heal';

/** Pulls and plugs the cables of virtual hosts. */
function fault(supervisor: Supervisor, [kind = '', ...names]: readonly string[]): CommandAnswer {
  const ids = names.map((name) => supervisor.nodes().find((node) => node.name === name)?.id);
  const unknown = names[ids.indexOf(undefined)];
  if (unknown !== undefined) return { code: USAGE, text: `there is no node ${unknown}` };
  const nodes = ids.filter((id): id is number => id !== undefined);
  const { cables } = supervisor;
  if (kind === 'heal' && nodes.length === 0) cables.heal();
  else if (kind === 'partition' && nodes.length > 0) cables.partition(nodes);
  else if (kind === 'link-down' && nodes.length === 1) cables.pull(nodes[0]!);
  else if (kind === 'link-up' && nodes.length === 1) cables.plug(nodes[0]!);
  else return { code: USAGE, text: `expected one of: ${FAULTS}` };
  return { code: OK, text: '' };
}

/** `NAME` or `ID:NAME` of new nodes, which are booted; the answer names those that were made. */
function addNodes(supervisor: Supervisor, words: readonly string[]): CommandAnswer {
  const present = supervisor.nodes();
  const nodes = readNodeWords([...present.map(({ id, name }) => `${id}:${name}`), ...words]);
  if (typeof nodes === 'string') return { code: USAGE, text: nodes };
  const added = nodes.filter((node) => !present.some((one) => one.id === node.id));
  supervisor.add(added);
  return { code: OK, text: added.map(({ id, name }) => `node ${name} is added with id ${id}`).join('\n') };
}

function removeNode(supervisor: Supervisor, name: string): CommandAnswer {
  if (supervisor.nodes().length < 2) return { code: FAILED, text: 'one node has to stay' };
  return supervisor.remove(name) ? { code: OK, text: '' } : { code: FAILED, text: `there is no node ${name} that is off` };
}

/** NODE PROGRAM ARGUMENT...: in the surroundings that the node's agents have; what concerns its network alone is told here. */
function runOnNode(platform: Platform, supervisor: Supervisor, args: readonly string[], answer: (result: CommandAnswer) => void): void {
  const [node, program, ...rest] = args;
  const surroundings = node === undefined ? undefined : supervisor.surroundingsOf(node);
  if (surroundings === undefined || program === undefined) return answer({ code: FAILED, text: `${node ?? 'no node'} is not running` });
  const id = supervisor.nodes().find(({ name }) => name === node)?.id;
  const cib = supervisor.daemonsOf(node!)?.store.query();
  const seen = cib === undefined ? undefined : inspectNetwork(cib, String(id), program, rest);
  if (seen !== undefined) return answer({ code: OK, text: seen });
  const path = program.includes('/') ? program : findProgram(platform, surroundings.environment.get('PATH') ?? '', program);
  if (path === undefined) return answer({ code: CANNOT_START, text: `${program}: there is no such program` });
  const request = { label: 'run', path, args: rest, env: surroundings.environment, cwd: surroundings.directory, timeoutMs: RUN_LIMIT_MS, brand: surroundings.brand };
  platform.processes.spawn(request, ({ kind, code, stdout, stderr }) => {
    const codes = { exited: code, signaled: FAILED, timeout: TIME_RAN_OUT, missing: CANNOT_START, forbidden: CANNOT_START };
    answer({ code: codes[kind], text: `${stdout}${stderr}` });
  });
}

function findProgram(platform: Platform, path: string, program: string): string | undefined {
  return path
    .split(':')
    .map((directory) => `${directory}/${program}`)
    .find((candidate) => platform.disk.isExecutable(candidate));
}

function ringLines(supervisor: Supervisor): string {
  return supervisor
    .nodes()
    .map(({ name }) => {
      const ring = supervisor.daemonsOf(name)?.ring;
      return ring === undefined ? `${name}: off` : `${name}: ${ring.state}, ring ${ring.ringId}, members ${ring.members.join(' ')}, aru ${ring.aru}, seq ${ring.seq}`;
    })
    .join('\n');
}

/** The daemons of a node, in the order in which they start (engine.md, section 1). */
const DAEMONS = ['corosync', 'pacemaker-based', 'pacemaker-fenced', 'pacemaker-execd', 'pacemaker-attrd', 'pacemaker-schedulerd', 'pacemaker-controld'];

function moduleLines(supervisor: Supervisor): string {
  return supervisor
    .nodes()
    .map(({ name }) => {
      const daemons = supervisor.daemonsOf(name);
      if (daemons === undefined) return `${name}: off`;
      const role = daemons.controller.isDc ? ' (DC)' : '';
      return [`${name}:${role}`, ...DAEMONS.map((daemon) => `  ${daemon}: running`)].join('\n');
    })
    .join('\n');
}
