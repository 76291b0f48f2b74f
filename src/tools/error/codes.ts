// SPDX-License-Identifier: GPL-2.0-or-later
/** The three families of result codes: exit codes, standard return codes, legacy return codes. */
import { describeExit, exitCodes } from '../exit/codes.ts';
import { SYSTEM_ERRORS } from './errno.ts';

export type CodeFamily = 'exit' | 'standard' | 'legacy';

export interface ResultCode {
  readonly name: string;
  readonly text: string;
}

const STANDARD: ReadonlyArray<readonly [number, string, string]> = [
  [0, 'pcmk_rc_ok', 'OK'],
  [-1001, 'pcmk_rc_error', 'Error'],
  [-1002, 'pcmk_rc_unknown_format', 'Unknown output format'],
  [-1003, 'pcmk_rc_bad_nvpair', 'Bad name/value pair given'],
  [-1004, 'pcmk_rc_already', 'Already in requested state'],
  [-1005, 'pcmk_rc_node_unknown', 'Node not found'],
  [-1006, 'pcmk_rc_multiple', 'Resource active on multiple nodes'],
  [-1007, 'pcmk_rc_cib_corrupt', 'Could not parse on-disk configuration'],
  [-1008, 'pcmk_rc_cib_save', 'Could not save new configuration to disk'],
  [-1009, 'pcmk_rc_cib_backup', 'Could not archive previous configuration'],
  [-1010, 'pcmk_rc_cib_modified', 'On-disk configuration was manually modified'],
  [-1011, 'pcmk_rc_diff_resync', 'Application of update diff failed, requesting full refresh'],
  [-1012, 'pcmk_rc_diff_failed', 'Application of update diff failed'],
  [-1013, 'pcmk_rc_old_data', 'Update was older than existing configuration'],
  [-1014, 'pcmk_rc_transform_failed', 'Schema transform failed'],
  [-1015, 'pcmk_rc_schema_unchanged', 'Schema is already the latest available'],
  [-1016, 'pcmk_rc_schema_validation', 'Update does not conform to the configured schema'],
  [-1017, 'pcmk_rc_no_quorum', 'Operation requires quorum'],
  [-1018, 'pcmk_rc_ipc_unauthorized', 'IPC server is blocked by unauthorized process'],
  [-1019, 'pcmk_rc_ipc_unresponsive', 'IPC server is unresponsive'],
  [-1020, 'pcmk_rc_ipc_pid_only', 'IPC server process is active but not accepting connections'],
  [-1021, 'pcmk_rc_op_unsatisfied', 'Not applicable under current conditions'],
  [-1022, 'pcmk_rc_undetermined', 'Result undetermined'],
  [-1023, 'pcmk_rc_before_range', 'Result occurs before given range'],
  [-1024, 'pcmk_rc_within_range', 'Result occurs within given range'],
  [-1025, 'pcmk_rc_after_range', 'Result occurs after given range'],
  [-1026, 'pcmk_rc_no_output', 'Output message produced no output'],
  [-1027, 'pcmk_rc_no_input', 'Input file not available'],
  [-1028, 'pcmk_rc_underflow', 'Value too small to be stored in data type'],
  [-1029, 'pcmk_rc_dot_error', 'Error writing dot(1) file'],
  [-1030, 'pcmk_rc_graph_error', 'Error writing graph file'],
  [-1031, 'pcmk_rc_invalid_transition', 'Cluster simulation produced invalid transition'],
  [-1032, 'pcmk_rc_unpack_error', 'Unable to parse CIB XML'],
  [-1033, 'pcmk_rc_duplicate_id', 'Two or more XML elements have the same ID'],
  [-1034, 'pcmk_rc_disabled', 'Disabled'],
  [-1035, 'pcmk_rc_bad_input', 'Bad input value provided'],
  [-1036, 'pcmk_rc_bad_xml_patch', 'Bad XML patch format'],
  [-1037, 'pcmk_rc_no_transaction', 'No active transaction found'],
  [-1038, 'pcmk_rc_ns_resolution', 'Nameserver resolution error'],
  [-1039, 'pcmk_rc_compression', 'Compression/decompression error'],
  [-1040, 'pcmk_rc_no_dc', 'DC is not yet elected'],
  [-1041, 'pcmk_rc_ipc_more', 'More IPC message fragments to send'],
  [-1042, 'pcmk_rc_cs_internal', 'Internal corosync error'],
  [-1043, 'pcmk_rc_digest_mismatch', 'Digest does not match expected value'],
];

const LEGACY: ReadonlyArray<readonly [number, string, string]> = [
  [201, 'pcmk_err_generic', 'Error'],
  [202, 'pcmk_err_no_quorum', 'Operation requires quorum'],
  [203, 'pcmk_err_schema_validation', 'Update does not conform to the configured schema'],
  [204, 'pcmk_err_transform_failed', 'Schema transform failed'],
  [205, 'pcmk_err_old_data', 'Update was older than existing configuration'],
  [206, 'pcmk_err_diff_failed', 'Application of update diff failed'],
  [207, 'pcmk_err_diff_resync', 'Application of update diff failed, requesting full refresh'],
  [208, 'pcmk_err_cib_modified', 'On-disk configuration was manually modified'],
  [209, 'pcmk_err_cib_backup', 'Could not archive previous configuration'],
  [210, 'pcmk_err_cib_save', 'Could not save new configuration to disk'],
  [211, 'pcmk_err_schema_unchanged', 'Schema is already the latest available'],
  [212, 'pcmk_err_cib_corrupt', 'Could not parse on-disk configuration'],
  [213, 'pcmk_err_multiple', 'Resource active on multiple nodes'],
  [214, 'pcmk_err_node_unknown', 'Node not found'],
  [215, 'pcmk_err_already', 'Already in requested state'],
  [216, 'pcmk_err_bad_nvpair', 'Bad name/value pair given'],
  [217, 'pcmk_err_unknown_format', 'Unknown output format'],
];

/** What is no number at all is told as this code. */
export const LEAST_CODE = -(2 ** 31);

export function describeCode(family: CodeFamily, code: number): ResultCode {
  if (family === 'exit') return code === 255 ? { name: 'CRM_EX_UNKNOWN', text: 'Error occurred' } : describeExit(code);
  const table = family === 'standard' ? STANDARD : LEGACY;
  const own = table.find(([number]) => number === (family === 'standard' ? code : Math.abs(code)));
  if (own !== undefined) return { name: own[1], text: own[2] };
  // The least number has no positive one to be looked up.
  if (code === LEAST_CODE || (family === 'standard' && code < 0)) return { name: 'Unknown', text: 'Error' };
  const system = SYSTEM_ERRORS.find(([number]) => number === Math.abs(code));
  if (system !== undefined) return { name: system[1], text: system[2] };
  return code === 0 ? { name: 'pcmk_ok', text: 'OK' } : { name: 'Unknown', text: `Unknown error ${Math.abs(code)}` };
}

/** Every code of a family in ascending order, as `crm_error --list` shows them. */
export function listCodes(family: CodeFamily): ReadonlyArray<readonly [number, ResultCode]> {
  if (family === 'exit') return exitCodes().map(([code, name, text]) => [code, { name, text }]);
  if (family === 'standard') {
    const rows = [...STANDARD].sort(([a], [b]) => a - b);
    return [...rows, ...SYSTEM_ERRORS].map(([code, name, text]) => [code, { name, text }]);
  }
  const unnamed = 211;
  const own = LEGACY.filter(([code]) => code !== unnamed);
  return [[0, 'pcmk_ok', 'OK'] as const, ...SYSTEM_ERRORS, ...own].map(([code, name, text]) => [code, { name, text }]);
}
