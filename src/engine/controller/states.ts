// SPDX-License-Identifier: GPL-2.0-or-later
/** States and inputs of a controller, and where each input leads (engine.md, section 4). */

export type ControllerState =
  | 'STARTING'
  | 'PENDING'
  | 'ELECTION'
  | 'NOT_DC'
  | 'INTEGRATION'
  | 'FINALIZE_JOIN'
  | 'POLICY_ENGINE'
  | 'TRANSITION_ENGINE'
  | 'IDLE'
  | 'STOPPING';

export type ControllerInput =
  | 'pending'
  | 'election'
  | 'election-dc'
  | 'release-dc'
  | 'join-offer'
  | 'join-result'
  | 'node-join'
  | 'integrated'
  | 'finalized'
  | 'pe-calc'
  | 'pe-success'
  | 'te-success'
  | 'stop';

const DC_STATES: readonly ControllerState[] = ['INTEGRATION', 'FINALIZE_JOIN', 'POLICY_ENGINE', 'TRANSITION_ENGINE', 'IDLE'];

type Row = readonly [from: readonly ControllerState[], to: ControllerState];

const TABLE: Readonly<Record<ControllerInput, readonly Row[]>> = {
  pending: [[['STARTING', 'NOT_DC', 'ELECTION', ...DC_STATES], 'PENDING']],
  election: [[['STARTING', 'NOT_DC', 'PENDING', ...DC_STATES], 'ELECTION']],
  'election-dc': [[['ELECTION', 'NOT_DC', ...DC_STATES], 'INTEGRATION']],
  'release-dc': [[['ELECTION', ...DC_STATES], 'PENDING']],
  'join-offer': [[['NOT_DC', 'ELECTION'], 'PENDING']],
  'join-result': [[['PENDING'], 'NOT_DC']],
  'node-join': [[['IDLE', 'FINALIZE_JOIN', 'POLICY_ENGINE', 'TRANSITION_ENGINE'], 'INTEGRATION']],
  integrated: [[['INTEGRATION'], 'FINALIZE_JOIN']],
  finalized: [[['FINALIZE_JOIN'], 'POLICY_ENGINE']],
  'pe-calc': [[['IDLE', 'TRANSITION_ENGINE'], 'POLICY_ENGINE']],
  'pe-success': [[['POLICY_ENGINE'], 'TRANSITION_ENGINE']],
  'te-success': [[['TRANSITION_ENGINE'], 'IDLE']],
  stop: [[['STARTING', 'PENDING', 'ELECTION', 'NOT_DC', ...DC_STATES], 'STOPPING']],
};

/** Pairs that are not listed keep the state. */
export function nextState(state: ControllerState, input: ControllerInput): ControllerState {
  return TABLE[input].find(([from]) => from.includes(state))?.[1] ?? state;
}

export function isDcState(state: ControllerState): boolean {
  return DC_STATES.includes(state);
}
