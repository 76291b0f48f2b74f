// SPDX-License-Identifier: GPL-2.0-or-later
/** The CIB on disk survives a power cut at any moment. */
import { describe, expect, it } from 'vitest';
import { emptyCib, type XmlElement } from '../../src/cib/index.ts';
import { CibFiles } from '../../src/engine/store/durable.ts';
import { Simulation } from '../../src/platform/sim/index.ts';
import type { Disk } from '../../src/platform/index.ts';

class PowerCut extends Error {}

/** Lets only so many operations through. */
function failingDisk(disk: Disk, operations: number): Disk {
  let left = operations;
  const limited = <Arguments extends unknown[]>(operation: (...values: Arguments) => void) => (...values: Arguments): void => {
    if (left-- <= 0) throw new PowerCut();
    operation.apply(disk, values);
  };
  return {
    read: (path) => disk.read(path),
    list: (path) => disk.list(path),
    isExecutable: (path) => disk.isExecutable(path),
    makeDirectory: () => {},
    write: limited(disk.write),
    append: limited(disk.append),
    sync: limited(disk.sync),
    syncDirectory: limited(disk.syncDirectory),
    rename: limited(disk.rename),
    link: limited(disk.link),
    remove: limited(disk.remove),
  };
}

function withEpoch(epoch: number): XmlElement {
  return emptyCib().with('epoch', String(epoch));
}

describe('the CIB on disk', () => {
  it('comes back as it was saved, without its status', () => {
    const { disk } = new Simulation(1);
    new CibFiles(disk, '/cib').save(withEpoch(7));
    expect(new CibFiles(disk, '/cib').load().cib?.get('epoch')).toBe('7');
  });

  it.each(Array.from({ length: 40 }, (_, i) => [i]))('is the old or the new document after a power cut at operation %i', (operations) => {
    for (let seed = 0; seed < 10; seed++) {
      const { disk } = new Simulation(seed);
      const files = new CibFiles(disk, '/cib');
      for (let epoch = 1; epoch <= 3; epoch++) files.save(withEpoch(epoch));
      let isSaved = false;
      try {
        new CibFiles(failingDisk(disk, operations), '/cib').save(withEpoch(4));
        isSaved = true;
      } catch (problem) {
        expect(problem).toBeInstanceOf(PowerCut);
      }
      disk.powerCut('/cib');
      const epoch = new CibFiles(disk, '/cib').load().cib?.get('epoch');
      expect(isSaved ? ['4'] : ['3', '4']).toContain(epoch);
    }
  });

  it('puts a damaged document aside and takes the newest backup that fits its signature', () => {
    const { disk } = new Simulation(1);
    const files = new CibFiles(disk, '/cib');
    for (let epoch = 1; epoch <= 3; epoch++) files.save(withEpoch(epoch));
    disk.remove('/cib/cib.xml');
    disk.write('/cib/cib.xml', '<cib epoch="9"><configuration/></cib>');
    const { cib, problems } = files.load();
    expect(cib?.get('epoch')).toBe('2');
    expect(problems).toEqual(['cib.xml does not match its signature']);
    expect(disk.read('/cib/cib.auto.0')).toContain('epoch="9"');
  });

  it('accepts a document that was put there by hand, without a signature', () => {
    const { disk } = new Simulation(1);
    disk.write('/cib/cib.xml', '<cib epoch="5" num_updates="0" admin_epoch="0"><configuration/><status/></cib>');
    expect(new CibFiles(disk, '/cib').load().cib?.get('epoch')).toBe('5');
  });
});
