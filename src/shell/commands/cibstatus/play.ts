// SPDX-License-Identifier: GPL-2.0-or-later
/** The status that is played with, and the injections made in it; crm_simulate carries them out. */
import { shadowPath } from '../../../backends/index.ts';
import { EXECUTION_STATUS_NAMES, EXIT_CODE_NAMES } from '../../../agents/index.ts';
import { findResource, isTrue, parseBoolean, parseInterval, readXml, writeXml, type XmlElement } from '../../../cib/index.ts';
import { absolute } from '../../../platform/index.ts';
import { FAILURE, SUCCESS } from '../../command.ts';
import type { Session, StateKey } from '../../session.ts';
import { nodesOf } from '../resource/names.ts';

interface Play {
  origin: string;
  /** Undefined: the CIB of the session as it is. */
  cib: XmlElement | undefined;
  readonly injections: (readonly string[])[];
}

const PLAY: StateKey<Play> = { name: 'cibstatus.play' };

export function playOf(session: Session): Play {
  return session.state(PLAY, () => ({ origin: session.shadow === undefined ? 'live' : `shadow:${session.shadow}`, cib: undefined, injections: [] }));
}

async function cibOf(session: Session): Promise<XmlElement> {
  return playOf(session).cib ?? session.cib();
}

export async function loadStatus(session: Session, source: string): Promise<number> {
  const play = playOf(session);
  const cib = source === 'live' ? await session.cib() : readCib(session, source);
  if (cib === undefined) return session.error(`cibstatus.load: cannot read a CIB from ${source}`);
  play.origin = source;
  play.cib = source === 'live' ? undefined : (await session.cib()).withChildren(withStatusOf(await session.cib(), cib));
  play.injections.length = 0;
  return SUCCESS;
}

/** The configuration of the session with another status. */
function withStatusOf(own: XmlElement, other: XmlElement): XmlElement['children'] {
  const status = other.first('status');
  const others = own.children.filter((child) => child.kind !== 'element' || child.name !== 'status');
  return status === undefined ? others : [...others, status];
}

function pathOf(session: Session, name: string): string {
  const { context } = session;
  if (name.startsWith('shadow:')) return shadowPath(name.slice('shadow:'.length), context.env, context.userName);
  return absolute(context.cwd, name);
}

function readCib(session: Session, name: string): XmlElement | undefined {
  const text = session.context.disk.read(pathOf(session, name));
  const result = text === undefined ? undefined : readXml(text);
  return result?.ok === true && result.root.name === 'cib' ? result.root : undefined;
}

/** Runs crm_simulate on the CIB of the play with all injections. */
async function simulate(session: Session, options: readonly string[]): Promise<number> {
  const { disk, processId } = session.context;
  const file = `${session.context.env.get('TMPDIR') || '/tmp'}/crm-status-${processId}.xml`;
  disk.write(file, writeXml(await cibOf(session), { indent: 2 }), 0o600);
  try {
    return (await session.tool('crm_simulate', '--xml-file', file, ...playOf(session).injections.flat(), ...options)) === 0 ? SUCCESS : FAILURE;
  } finally {
    disk.remove(file);
  }
}

export async function saveStatus(session: Session, target: string): Promise<number> {
  return simulate(session, ['--save-output', pathOf(session, target), '--quiet']);
}

export async function showStatus(session: Session, changedOnly: boolean): Promise<number> {
  const { injections } = playOf(session);
  if (changedOnly) {
    session.present({ data: injections, text: () => injections.map((words) => words.join(' ').replace(/^--/, '')).join('\n') });
    return SUCCESS;
  }
  return simulate(session, []);
}

export async function injectQuorum(session: Session, word: string): Promise<number> {
  if (parseBoolean(word) === undefined) return session.error(`cibstatus.quorum: expected true or false, found "${word}"`);
  playOf(session).injections.push([`--quorum=${isTrue(word)}`]);
  return SUCCESS;
}

const NODE_OPTIONS: ReadonlyMap<string, string> = new Map([['online', '--node-up'], ['offline', '--node-down'], ['unclean', '--node-fail']]);

export async function injectNode(session: Session, node: string, state: string): Promise<number> {
  if (!nodesOf(await cibOf(session)).includes(node)) return session.error(`cibstatus.node: Not our node: ${node}`);
  playOf(session).injections.push([`${NODE_OPTIONS.get(state)!}=${node}`]);
  return SUCCESS;
}

export async function injectTicket(session: Session, ticket: string, state: string): Promise<number> {
  playOf(session).injections.push([`--ticket-${state}=${ticket}`]);
  return SUCCESS;
}

/** `op OPERATION RSC EXITCODE [OPSTATUS] [NODE]`; without a node on every node. */
export async function injectOperation(session: Session, [operation, resource, code, status, node]: readonly string[]): Promise<number> {
  const cib = await cibOf(session);
  const place = findResource(cib, resource!);
  if (place === undefined) return session.error(`cibstatus.op: resource ${resource} does not exist`);
  const rc = EXIT_CODE_NAMES.get(code!) ?? (/^\d+$/.test(code!) ? Number(code) : undefined);
  if (rc === undefined) return session.error(`cibstatus.op: expected an exit code (${[...EXIT_CODE_NAMES.keys()].join(' ')}), found "${code}"`);
  if (status !== undefined && !EXECUTION_STATUS_NAMES.has(status)) return session.error(`cibstatus.op: expected an operation status (${[...EXECUTION_STATUS_NAMES.keys()].join(' ')}), found "${status}"`);
  const known = nodesOf(cib);
  if (node !== undefined && !known.includes(node)) return session.error(`cibstatus.op: Not our node: ${node}`);
  const interval = operation === 'monitor' ? monitorIntervalMs(place.element) : 0;
  const name = operation === 'probe' ? 'monitor' : operation;
  for (const one of node === undefined ? known : [node]) playOf(session).injections.push([`--op-inject=${resource}_${name}_${interval}@${one}=${rc}`]);
  return SUCCESS;
}

function monitorIntervalMs(primitive: XmlElement): number {
  const monitors = primitive.first('operations')?.elements('op').filter((op) => op.get('name') === 'monitor') ?? [];
  return parseInterval(monitors[0]?.get('interval') ?? '0') ?? 0;
}

export async function runPlay(session: Session, isFull: boolean, words: readonly string[]): Promise<number> {
  const options = [isFull ? '--simulate' : '--run'];
  if (words.includes('scores')) options.push('--show-scores');
  if (words.includes('utilization')) options.push('--show-utilization');
  const verbosity = words.filter((word) => /^v+$/.test(word)).join('').length;
  return simulate(session, [...options, ...Array.from({ length: verbosity }, () => '--verbose')]);
}
