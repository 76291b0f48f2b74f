// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * How 2.1.5 decides otherwise than 3.0, by rule. Each was judged by the reference documents or by recorded results of 3.0. A rule looks at the
 * lines that differ and at the CIB, so that other differences in the same case are seen as soon as this one does not explain all.
 */
import { dateTime, parseDateTime } from '../../../src/cib/index.ts';
import type { Difference } from './outputs.ts';

const DAY_SECONDS = 86_400;

export interface KnownDifference {
  readonly name: string;
  explains(difference: Difference, cib: string): boolean;
}

const inputsOf = (line: string): ReadonlySet<string> => new Set((line.split(' <- ')[1] ?? '').split(' ').filter((name) => name !== ''));
const headOf = (line: string): string => line.split(' <- ')[0]!;

/** All that differs is what actions wait for, and ours wait for more: only for what matches. */
function waitsForMore({ part, peer, ours }: Difference, matches: RegExp): boolean {
  if (part !== 'graph' || peer.length !== ours.length) return false;
  return peer.every((line) => {
    const other = ours.find((candidate) => headOf(candidate) === headOf(line));
    if (other === undefined) return false;
    const [theirs, mine] = [inputsOf(line), inputsOf(other)];
    return [...theirs].every((name) => mine.has(name)) && [...mine].every((name) => theirs.has(name) || matches.test(name));
  });
}

const untold = (lines: readonly string[]): string => lines.map((line) => line.replace(/ CRM_meta_notify_\w+="[^"]*"/g, '')).sort().join('\n');
const everyLine = ({ peer, ours }: Difference, pattern: RegExp): boolean => [...peer, ...ours].every((line) => pattern.test(line));
const hasTwo = (cib: string, element: string): boolean => cib.split(`<${element}`).length > 2;
const INSTANCE_SCORE = /^\w+: (?:\S+:\d+|\S+-(?:\d+|ip-[\d.]+)) allocation/;
const INSTANCE_SCORE_OR_PROMOTION = new RegExp(`${INSTANCE_SCORE.source}|promotion score`);
/** What the status after the transition says of a resource, of a list of nodes, or of one node. */
const STATE = /^\S+ \(\S+:\S+\): |^\[ .* \]$|^\w*Node \S+(?: \(.*\))?: /;

const RANGE = /^(?:\d+-?\d*|-\d+)$/;
const WHOLE = /^[+-]?\d+$/;

/** Of rules: a range or a length that is none, or a date that cannot be read. */
function hasInvalidTime(cib: string): boolean {
  const values = (element: string): string[] => [...cib.matchAll(new RegExp(`<${element} ([^>]*)`, 'g'))].flatMap((found) => [...found[1]!.matchAll(/ (?!id=)\w+="([^"]*)"/g)].map((pair) => pair[1]!));
  const dates = [...cib.matchAll(/ (?:start|end)="([^"]*)"/g)].map((found) => found[1]!);
  return values('date_spec').some((value) => !RANGE.test(value)) || values('duration').some((value) => !WHOLE.test(value)) || dates.some((date) => parseDateTime(date, dateTime(0)) === undefined);
}

/** Whether the CIB is of another day than this one. */
function isSimulated(cib: string): boolean {
  const seconds = Number(/execution-date="(\d+)"/.exec(cib)?.[1] ?? Number.NaN);
  return Math.floor(seconds / DAY_SECONDS) !== Math.floor(Date.now() / 1000 / DAY_SECONDS);
}

export const KNOWN: readonly KnownDifference[] = [
  { name: 'the start of a member waits for the stop of a later one that is active', explains: (found, cib) => cib.includes('<group') && waitsForMore(found, /_(?:stop|monitor)_0@/) },
  { name: 'an unmanaged later member blocks the start of an earlier one', explains: ({ part, ours }, cib) => part === 'graph' && ours.length === 0 && cib.includes('<group') && /is-managed|operation="stop"[^>]*rc-code="[1-9]/.test(cib) },
  { name: 'ordered instances wait for all before them, not only for the last', explains: (found, cib) => /name="ordered" value="true"|<bundle/.test(cib) && waitsForMore(found, /:\d+_(?:start|stop|monitor|running|stopped)_0@/) },
  { name: 'a cancellation recorded by the simulation is no sign of activity', explains: (found) => found.part === 'summary' && found.summary.some((line) => / cancel=\d/.test(line)) && everyLine(found, STATE) },
  { name: 'a node that is brought up makes no cluster nodes of the Pacemaker Remote nodes where something is done', explains: (found) => found.part === 'summary' && found.args.includes('-u') && everyLine(found, STATE) },
  { name: 'roles of negative colocations have to match', explains: (_found, cib) => /<rsc_colocation [^>]*(?:score="-[^>]*role=|role=[^>]*score="-)/.test(cib) },
  { name: 'a primary likes what its dependent avoids if that has one node only', explains: ({ part, peer, ours }, cib) => part === 'scores' && peer.length === ours.length && /<rsc_colocation [^>]*score="-/.test(cib) },
  { name: 'wishes over several colocations are multiplied', explains: ({ part, peer, ours }, cib) => part === 'scores' && peer.length === ours.length && (hasTwo(cib, 'rsc_colocation') || /<resource_set|<tag |<template/.test(cib)) },
  { name: 'what colocations are weighed at shows in where instances are placed', explains: ({ part }, cib) => part === 'scores' && hasTwo(cib, 'rsc_colocation') && /<clone|<bundle/.test(cib) },
  { name: 'mandatory colocations count before others, whatever their direction', explains: ({ part, peer, ours }, cib) => part === 'scores' && peer.length === ours.length && hasTwo(cib, 'rsc_colocation') && /score="[+-]?INFINITY"/.test(cib) },
  { name: 'a colocation of a clone counts for its instances', explains: (found, cib) => found.part === 'scores' && cib.includes('<rsc_colocation') && everyLine(found, INSTANCE_SCORE) },
  { name: 'an early placement of an instance is tried again', explains: (found, cib) => found.part === 'scores' && /<clone|<bundle/.test(cib) && everyLine(found, INSTANCE_SCORE_OR_PROMOTION) },
  { name: 'colocations of promoted dependents are not merged into the clone', explains: (found, cib) => found.part === 'scores' && /rsc-role="(?:Promoted|Master)"/.test(cib) && everyLine(found, /promotion score/) },
  { name: 'a failed early placement leaves the next role open', explains: (found, cib) => found.part === 'scores' && cib.includes('placement-strategy') && everyLine(found, /promotion score/) },
  { name: 'on-fail=demote is for promoted monitors only', explains: ({ peer }, cib) => cib.includes('on-fail="demote"') && peer.some((line) => line.includes('on_fail="demote"')) },
  { name: 'a group that cannot start keeps its dependents down', explains: ({ part, ours, summary }, cib) => part === 'graph' && ours.length === 0 && cib.includes('<group') && summary.some((line) => line.includes('due to colocation with')) },
  { name: 'an offset may follow a time at once', explains: ({ part, peer, ours }, cib) => part === 'scores' && peer.length === ours.length && /(?:start|end)="[^"]*\d:\d+[+-]\d/.test(cib) },
  { name: 'a date or a T with no time behind it is invalid', explains: ({ part, peer, ours }, cib) => part === 'scores' && peer.length === ours.length && /(?:start|end)="(?:T|[-\d]+[T ])"/.test(cib) },
  { name: 'invalid dates, durations and ranges make a condition fail', explains: ({ part, peer, ours }, cib) => (part === 'scores' && peer.length === ours.length && hasInvalidTime(cib)) || (part === 'graph' && ours.length === 0 && peer.every((line) => line === 'recheck') && hasInvalidTime(cib)) },
  { name: 'a time alone is of the day that is simulated', explains: ({ part, peer, ours }, cib) => part === 'scores' && peer.length === ours.length && /(?:start|end)="(?:T\d|\d\d:)/.test(cib) && isSimulated(cib) },
  { name: 'an order after a demote or a stop does not block', explains: ({ part }, cib) => part === 'graph' && /action="(?:demote|stop)"/.test(cib) },
  { name: 'a node in maintenance flags what runs there', explains: ({ part }, cib) => part !== 'scores' && /name="maintenance" value="(?:true|on)"/.test(cib) },
  { name: 'guest connections take no shutdown lock', explains: ({ part }, cib) => part === 'scores' && cib.includes('name="shutdown-lock"') && /name="remote-node"|type="remote"/.test(cib) },
  { name: 'cancelled entries of a history are ignored', explains: (_found, cib) => cib.includes('op-status="1"') },
  { name: 'entries of a history without a valid result or status are ignored', explains: (_found, cib) => /<lrm_rsc_op (?![^>]*rc-code="-?\d+")|<lrm_rsc_op (?![^>]*op-status="-?\d+")/.test(cib) },
  { name: 'fail counts are those of operations, also without a feature set', explains: (_found, cib) => !/<cib [^>]*crm_feature_set=/.test(cib) && cib.includes('name="fail-count-') },
  { name: 'entries of a history for other operations say nothing of the state', explains: (_found, cib) => /<lrm_rsc_op (?![^>]* operation="(?:monitor|start|stop|promote|demote|migrate_to|migrate_from|asyncmon)")/.test(cib) },
  { name: 'probes are not asked for again, whatever probe_complete says', explains: ({ part }, cib) => part !== 'scores' && /name="probe_complete" value="(?!true|1|yes|on|y")/.test(cib) },
  { name: 'entries of one history can be of several nodes', explains: (_found, cib) => [...cib.matchAll(/<lrm_rsc_op [^>]* on_node="([^"]*)"/g)].some(([, name]) => !cib.includes(`uname="${name}"`)) },
  { name: 'of two nodes with one id both are kept, though no such document is valid', explains: (_found, cib) => { const ids = [...cib.matchAll(/<node (?:[^>]* )?id="([^"]*)"/g)].map(([, id]) => id); return new Set(ids).size < ids.length; } },
  { name: 'the simulation writes no result into a history without an id', explains: ({ part }, cib) => part === 'summary' && /<lrm_resource (?![^>]*\bid=)/.test(cib) },
  { name: 'text behind a number makes it no number', explains: (_found, cib) => /<lrm_rsc_op [^>]*(?:call-id|interval|rc-code|op-status|last-rc-change)="-?\d+[^\d"]/.test(cib) },
  { name: 'rules on the agent count in all meta-attributes', explains: (_found, cib) => cib.includes('<rsc_expression') },
  { name: 'rules add their own score only', explains: ({ part, peer, ours }, cib) => part === 'scores' && peer.length === ours.length && /boolean-op="or"|score-attribute=/.test(cib) },
  { name: 'a remote node is not fenced without quorum', explains: ({ peer }, cib) => cib.includes('have-quorum="0"') && peer.some((line) => /stonith-remote|Fence \(\w+\) remote/.test(line)) },
  { name: 'an expired failure sets no role and does not block', explains: (_found, cib) => cib.includes('failure-timeout') && /rc-code="9"|operation="stop"/.test(cib) },
  { name: 'the first reason of an action stays', explains: ({ part, ours }) => part === 'summary' && ours.some((line) => line.includes('resource definition change')) },
  { name: 'a wish to be fenced comes before other reasons', explains: ({ part, ours }) => part === 'summary' && ours.some((line) => line.includes("'fencing was requested'")) },
  { name: 'fail counts of removed resources are cleared', explains: ({ peer, ours }) => ours.some((line) => line.includes('clear_failcount')) && !peer.some((line) => line.includes('clear_failcount')) },
  { name: 'unmanaged members on lost nodes are listed', explains: ({ part, peer, ours }, cib) => part === 'summary' && /is-managed|maintenance|operation="stop"[^>]*rc-code="[1-9]/.test(cib) && peer.every((line) => /^\[ .* \]$/.test(line)) && ours.every((line) => / (?:Started|FAILED|Unpromoted|Promoted)|^\[ .* \]$/.test(line)) },
  { name: 'promotion scores are read on the host that was assigned', explains: ({ part }, cib) => part === 'scores' && cib.includes('container-attribute-target') },
  { name: 'later rounds of notifications overwrite what earlier ones told', explains: ({ part, peer, ours }, cib) => part === 'graph' && cib.includes('name="notify"') && untold(peer) === untold(ours) },
  { name: 'a bundle that is assigned is not asked again by what is colocated with it', explains: ({ part, peer, ours }) => part === 'scores' && ours.length === 0 && peer.every((line) => line.startsWith('bundle: ')) },
  { name: 'instance attributes are evaluated when they are needed', explains: ({ part, peer, ours }) => part === 'graph' && ours.length === 0 && peer.every((line) => line === 'recheck') },
];
