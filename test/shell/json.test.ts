// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { aShell } from './a-shell.ts';

/** Commands and the names their data must have (docs/shell-output.md). */
const TOOL = ['api-version', 'request', 'results'];
const SHAPES: ReadonlyArray<readonly [command: string, names: readonly string[] | 'strings' | 'text']> = [
  ['ls', 'strings'],
  ['ra list ocf quorate', 'strings'],
  ['ra providers Dummy', 'strings'],
  ['cib list', 'strings'],
  ['node server', 'strings'],
  ['ra classes', ['class']],
  ['ra info ocf:quorate:web', ['actions', 'agent', 'isPartial', 'longDescription', 'name', 'parameters', 'shortDescription', 'version']],
  ['ra validate ocf:quorate:Dummy', ['agent', 'code', 'reason', 'word']],
  ['node show', ['attributes', 'id', 'isOnline', 'name', 'type']],
  ['configure show', ['id', 'kind', 'text']],
  ['configure log', ['back', 'epochMs', 'format', 'number', 'summary', 'user', 'version']],
  ['script list', ['name', 'shortdesc']],
  ['options show core.wait', ['core.wait']],
  ['help ra', ['text']],
  ['configure show xml', ['xml']],
  ['configure show changed', ['diff']],
  ['configure show changed patch', ['patch']],
  ['configure show changed outcome', ['actions', 'dueAnyway', 'hasNodes', 'version']],
  ['configure compare 0', 'strings'],
  ['configure property', 'strings'],
  ['configure get_property no-quorum-policy', ['name', 'value']],
  ['configure verify', ['isValid']],
  ['resource cleanup', TOOL],
  ['resource refresh a', TOOL],
  ['configure ptest', TOOL],
  ['configure schema', ['schema']],
  ['cib cibstatus origin', 'text'],
  ['cib cibstatus run', TOOL],
  ['resource status', TOOL],
  ['resource locate a', ['answer', 'resource']],
  ['resource operations', TOOL],
  ['resource constraints a', TOOL],
  ['resource scores', TOOL],
  ['resource failcount a show node1', []],
  ['resource param a show x', TOOL],
  ['verify scores', ['simulation', 'verify']],
  ['script show virtual-ip', ['name', 'shortdesc', 'steps']],
  ['script verify virtual-ip ip=10.0.0.1', ['steps']],
  ['configure template list', ['configs', 'templates']],
  ['history session list', 'strings'],
  ['history source', 'text'],
  ['wait', ['hasFailed', 'isSettled']],
];

/** Their code says what the data say. */
const MAY_FAIL = new Set(['verify scores']);

describe('--json', () => {
  it.each(SHAPES)('%s has the documented shape', async (command, names) => {
    const shell = aShell();
    await shell.run('configure', 'primitive', 'a', 'ocf:quorate:Dummy');
    for (const argv of [['--json', ...command.split(' ')], [...command.split(' '), '--json']]) {
      const { out, code } = await shell.run(...argv);
      expect(MAY_FAIL.has(command) || code === 0, `${command}: exit code ${code}`).toBe(true);
      const answer = JSON.parse(out) as { format: number; command: string; data: unknown };
      expect(answer.format).toBe(1);
      expect(command.startsWith(answer.command)).toBe(true);
      const first = Array.isArray(answer.data) ? (answer.data[0] as unknown) : answer.data;
      if (names === 'text') expect(typeof answer.data).toBe('string');
      else if (names === 'strings') expect(Array.isArray(answer.data) && answer.data.every((one) => typeof one === 'string')).toBe(true);
      else expect(Object.keys((first as object | undefined) ?? {}).sort()).toEqual(names);
    }
  });

  it('a command that has more to say than its data says it in one document', async () => {
    const { out } = await aShell().run('--json', 'configure', 'primitive', 'p', 'ocf:quorate:Dummy', 'params', 'nosuch=1');
    const answer = JSON.parse(out) as { diagnostics: readonly { code: string }[] };
    expect(answer.diagnostics.length).toBeGreaterThan(0);
  });

  it('errors stay on standard error, with an exit code', async () => {
    const { out, err, code } = await aShell().run('--json', 'ra', 'list', 'nosuch');
    expect({ out, code }).toEqual({ out: '', code: 1 });
    expect(err).toContain('class nosuch does not exist');
  });
});
