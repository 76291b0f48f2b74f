// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { compatible } from '../../src/lint/compatible.ts';
import { applyEdits, offsetsBefore, type Edit } from '../../src/lint/finding.ts';

const edit = (start: number, end: number, text: string): Edit => ({ start, end, text });

describe('repairs at once', () => {
  it.each([
    ['far from each other are all made', [[edit(0, 1, 'x')], [edit(3, 4, 'y')]], 2],
    ['of one place are made one at a time', [[edit(0, 2, 'x')], [edit(1, 3, 'y')]], 1],
    ['are never made in part', [[edit(0, 2, 'x')], [edit(1, 3, 'y'), edit(7, 7, ' z')]], 1],
    ['that add different things at one place wait for each other', [[edit(5, 5, ' op start')], [edit(5, 5, ' interval=10s')]], 1],
    ['that add pairs at one place are all made', [[edit(5, 5, ' a=1')], [edit(5, 5, ' b=2 c=3')]], 2],
    ['that add lines at one place are all made', [[edit(5, 5, 'a\n')], [edit(5, 5, 'b\n')]], 2],
    ['that ask for the same are one', [[edit(5, 5, ' a=1')], [edit(5, 5, ' a=1')]], 1],
    ['do not add into what is changed', [[edit(0, 6, '')], [edit(3, 3, ' a=1')]], 1],
    ['may add where a change ends', [[edit(0, 6, 'x')], [edit(6, 6, ' a=1')]], 2],
  ] as const)('%s', (_what, repairs, made) => {
    expect(compatible(repairs)).toHaveLength(made);
  });
});

describe('an offset of an edited text', () => {
  it.each([
    ['abcdef', [edit(2, 4, 'XYZ')], [0, 1, 2, 3, 4, 4, 5]],
    ['abcdef', [edit(1, 1, '--')], [0, 1, 1, 1, 2, 3, 4, 5]],
    ['abcdef', [edit(0, 2, ''), edit(4, 5, '')], [2, 3, 5]],
  ] as const)('of %j is known in the text before', (text, edits, offsets) => {
    const back = offsetsBefore(edits);
    const after = applyEdits(text, edits);
    expect([...after].map((_, i) => back(i)).slice(0, offsets.length)).toEqual([...offsets].slice(0, after.length));
  });
});
