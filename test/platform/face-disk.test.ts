// SPDX-License-Identifier: GPL-2.0-or-later
/** Files as a face reads and writes them. */
import { lstatSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { realFaceDisk as disk } from '../../src/platform/real/face-disk.ts';

const scratch = mkdtempSync(join(tmpdir(), 'quorate-face-disk-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the disk of a face', () => {
  it('answers undefined for what is not there', () => {
    expect(disk.read(join(scratch, 'absent'))).toBeUndefined();
    expect(disk.status(join(scratch, 'absent'))).toBeUndefined();
    expect(disk.list(join(scratch, 'absent'))).toEqual([]);
  });

  it('keeps a new file private and leaves no temporary file behind', () => {
    const folder = join(scratch, 'new');
    disk.write(join(folder, 'cib.xml'), '<cib/>');
    expect(readdirSync(folder)).toEqual(['cib.xml']);
    if (process.platform !== 'win32') expect(statSync(join(folder, 'cib.xml')).mode & 0o777).toBe(0o600);
  });

  it('keeps the mode of a file it replaces', () => {
    const file = join(scratch, 'kept');
    writeFileSync(file, 'a', { mode: 0o640 });
    disk.write(file, 'b');
    expect(readFileSync(file, 'utf8')).toBe('b');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it.skipIf(process.platform === 'win32')('writes through a symbolic link to the file behind it', () => {
    const [file, link] = [join(scratch, 'real'), join(scratch, 'link')];
    writeFileSync(file, 'a');
    symlinkSync(file, link);
    disk.write(link, 'b');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('b');
  });

  it.skipIf(process.platform === 'win32')('writes to a device instead of replacing it', () => {
    disk.write('/dev/null', 'x');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});
