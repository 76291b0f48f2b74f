// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_rule with several rules: each is told, and one exit code stands for all. */
import { expect, it } from 'vitest';
import { tools } from '../../src/tools/index.ts';
import { runTool } from './world.ts';

const RULES = [
  ['past', '<date_expression id="d1" operation="lt" end="2020-01-01"/>'],
  ['now', '<date_expression id="d2" operation="gt" start="2020-01-01"/>'],
  ['future', '<date_expression id="d3" operation="gt" start="2040-01-01"/>'],
  ['years', '<date_expression id="d4" operation="date_spec"><date_spec id="s4" years="2000-"/></date_expression>'],
  ['hours', '<date_expression id="d5" operation="date_spec"><date_spec id="s5" hours="0-23"/></date_expression>'],
] as const;
const CONSTRAINTS = RULES.map(([id, date]) => `<rsc_location id="l-${id}" rsc="a"><rule id="${id}" score="1">${date}</rule></rsc_location>`).join('');
const CIB = `<cib validate-with="pacemaker-4.0" crm_feature_set="3.20.5" epoch="1" num_updates="0" admin_epoch="0"><configuration><crm_config/><nodes/><resources/><constraints>${CONSTRAINTS}</constraints></configuration><status/></cib>`;

// As pacemaker 2.1.5 and 3.0 do: a range that holds counts as an answer, a specification that holds as none.
it.each([
  ['now years', 0],
  ['past now', 0],
  ['hours now', 0],
  ['now past', 110],
  ['now future now', 0],
  ['past years', 110],
  ['future years past', 110],
  ['past nosuch', 105],
  ['nosuch hours', 3],
])('the rules %s come to exit code %i', async (ids, code) => {
  const argv = ['--check', ...ids.split(' ').flatMap((id) => ['-r', id])];
  const done = await runTool(tools, 'crm_rule', argv, { files: new Map([['/cib.xml', CIB]]), env: new Map([['CIB_file', '/cib.xml']]) });
  expect(done.code).toBe(code);
  expect(`${done.stdout}${done.stderr}`.trim().split('\n')).toHaveLength(ids.split(' ').length);
});
