// SPDX-License-Identifier: GPL-2.0-or-later
import { describe, expect, it } from 'vitest';
import { aShell } from './a-shell.ts';

describe('delete', () => {
  it('deletes what there is, reports what there is not, and fails', async () => {
    const { out, err, code } = await aShell().feed('primitive a Dummy\nprimitive b Dummy\ndelete a nosuch\nshow type:primitive\n', 'configure');
    expect(out).toContain('primitive b Dummy');
    expect(out).not.toContain('primitive a');
    expect([err.includes('object nosuch does not exist'), code]).toEqual([true, 1]);
  });
});
