// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The CIB on disk (cib.md, section 9): document and digest side by side, numbered backups. The document is replaced
 * before its digest, so that after a power cut either both fit or the newest backup that fits is used.
 */
import { digestV1, readXml, writeXml, type XmlElement } from '../../cib/index.ts';
import type { Disk } from '../../platform/index.ts';

/** Backups 0 to 99; then the numbers begin again. */
const BACKUPS = 100;

export interface LoadedCib {
  readonly cib: XmlElement | undefined;
  /** What was wrong with files that were passed over. */
  readonly problems: readonly string[];
}

export class CibFiles {
  private readonly disk: Disk;
  private readonly directory: string;

  constructor(disk: Disk, directory: string) {
    this.disk = disk;
    this.directory = directory;
    disk.makeDirectory(directory);
  }

  load(): LoadedCib {
    const problems: string[] = [];
    for (const name of ['cib.xml', ...this.backupsNewestFirst()]) {
      const text = this.disk.read(`${this.directory}/${name}`);
      if (text === undefined) continue;
      const cib = this.verified(name, text, problems);
      if (cib !== undefined) return { cib, problems };
      if (name === 'cib.xml') this.setAside(text);
    }
    return { cib: undefined, problems };
  }

  /** Returns when the document would survive a power cut. The status section is not kept. */
  save(cib: XmlElement): void {
    const kept = withoutStatus(cib);
    const { disk, directory } = this;
    const [file, signature] = [`${directory}/cib.xml`, `${directory}/cib.xml.sig`];
    // A leftover of a save that did not end must not be written through.
    disk.remove(`${file}.new`);
    disk.remove(`${signature}.new`);
    disk.write(`${file}.new`, writeXml(kept, { indent: 2 }));
    disk.sync(`${file}.new`);
    disk.write(`${signature}.new`, digestV1(kept));
    disk.sync(`${signature}.new`);
    this.archive(file, signature);
    disk.rename(`${file}.new`, file);
    disk.rename(`${signature}.new`, signature);
    disk.syncDirectory(directory);
  }

  /** Sequence of the latest quorate configuration; 0 when there was none. */
  loadQuorate(): number {
    const sequence = Number((this.disk.read(`${this.directory}/quorate`) ?? '0').trim());
    return Number.isSafeInteger(sequence) ? sequence : 0;
  }

  saveQuorate(sequence: number): void {
    const file = `${this.directory}/quorate`;
    this.disk.remove(`${file}.new`);
    this.disk.write(`${file}.new`, `${sequence}\n`);
    this.disk.sync(`${file}.new`);
    this.disk.rename(`${file}.new`, file);
    this.disk.syncDirectory(this.directory);
  }

  private archive(file: string, signature: string): void {
    const { disk, directory } = this;
    if (disk.read(signature) === undefined || disk.read(file) === undefined) return;
    const sequence = this.nextBackup();
    disk.link(file, `${directory}/cib-${sequence}.raw`);
    disk.link(signature, `${directory}/cib-${sequence}.raw.sig`);
    disk.write(`${directory}/cib.last`, `${(sequence + 1) % BACKUPS}\n`);
    disk.sync(`${directory}/cib.last`);
    // The backup must be there before the document it replaces goes away.
    disk.syncDirectory(directory);
  }

  private nextBackup(): number {
    const last = Number((this.disk.read(`${this.directory}/cib.last`) ?? '0').trim());
    return Number.isInteger(last) && last >= 0 && last < BACKUPS ? last : 0;
  }

  private backupsNewestFirst(): string[] {
    const next = this.nextBackup();
    return Array.from({ length: BACKUPS }, (_, back) => `cib-${(next - 1 - back + 2 * BACKUPS) % BACKUPS}.raw`);
  }

  private verified(name: string, text: string, problems: string[]): XmlElement | undefined {
    const result = readXml(text);
    if (!result.ok) {
      problems.push(`${name} cannot be read`);
      return undefined;
    }
    const signature = this.disk.read(`${this.directory}/${name}.sig`);
    // A file put there by hand has no signature and is taken as it is.
    if (signature === undefined && name === 'cib.xml') return result.root;
    if (signature?.trim() === digestV1(result.root)) return result.root;
    problems.push(`${name} does not match its signature`);
    return undefined;
  }

  private setAside(text: string): void {
    const taken = this.disk.list(this.directory).filter((name) => name.startsWith('cib.auto.')).length;
    this.disk.write(`${this.directory}/cib.auto.${taken}`, text);
  }
}

export function withoutStatus(cib: XmlElement): XmlElement {
  const status = cib.first('status');
  return status === undefined ? cib : cib.replaceChild(status, status.withChildren([]));
}
