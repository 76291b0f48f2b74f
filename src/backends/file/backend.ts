// SPDX-License-Identifier: GPL-2.0-or-later
/** A CIB that lies in a file: `CIB_file`, or the file of a shadow. Nothing runs behind it. */
import { accessApplies, applyRequest, isSimpleXPath, loadXPath, permissionXPaths, readableCib, readXml, writeXml, type CibChange, type CibReply, type CibRequest, type XmlElement } from '../../cib/index.ts';
import type { FaceDisk } from '../../platform/index.ts';
import { BackendError, type Backend } from '../backend.ts';

export interface FileBackendSetup {
  readonly kind: 'file' | 'shadow';
  readonly path: string;
  readonly disk: FaceDisk;
  /** Access rules of this user apply to every request. */
  readonly user?: string;
  /** Content that came from elsewhere (standard input) and cannot be written back. */
  readonly text?: string;
}

const DENIED = 4;
const NO_SUCH_OBJECT = 105;
const INVALID_CONFIGURATION = 78;
const PROTOCOL = 76;

export class FileBackend implements Backend {
  readonly kind: 'file' | 'shadow';
  readonly path: string;
  readonly user: string | undefined;
  readonly #disk: FaceDisk;
  readonly #text: string | undefined;
  /** What was read last: a command looks several times at a file that seldom changes meanwhile. */
  #known: { readonly text: string; readonly root: XmlElement } | undefined;

  constructor(setup: FileBackendSetup) {
    this.kind = setup.kind;
    this.path = setup.path;
    this.user = setup.user;
    this.#disk = setup.disk;
    this.#text = setup.text;
  }

  async query(): Promise<XmlElement> {
    const cib = this.#read();
    if (this.user === undefined) return cib;
    await loadXPathFor(cib, this.user, undefined);
    const visible = readableCib(cib, { name: this.user });
    if (visible === undefined) throw new BackendError(DENIED, 'Permission denied');
    return visible;
  }

  /** Reads, changes and replaces the file under a lock, so that two commands at once both count. */
  async apply(request: CibRequest): Promise<CibReply> {
    if (this.#text !== undefined) return { ok: false, code: PROTOCOL, message: 'Read-only file system' };
    const unlock = (await this.#disk.lock?.(this.path)) ?? noLock;
    try {
      const user = request.user ?? this.user;
      const cib = this.#read();
      await loadXPathFor(cib, user, request.change);
      const reply = applyRequest(cib, user === undefined ? request : { ...request, user });
      if (reply.ok && reply.changed) this.#disk.write(this.path, writeXml(reply.cib, { indent: 2 }));
      return reply;
    } finally {
      unlock();
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #read(): XmlElement {
    const text = this.#text ?? this.#disk.read(this.path);
    if (text === undefined) throw new BackendError(NO_SUCH_OBJECT, 'No such device or address');
    if (this.#known?.text === text) return this.#known.root;
    const result = readXml(text);
    if (!result.ok) throw new BackendError(INVALID_CONFIGURATION, 'Unable to parse CIB XML');
    this.#known = { text, root: result.root };
    return result.root;
  }
}

/** The XPath library takes time to load; most requests select by plain paths or by none. */
async function loadXPathFor(cib: XmlElement, user: string | undefined, change: CibChange | undefined): Promise<void> {
  const asked = change === undefined ? [] : xpathsOf(change);
  const permitted = user !== undefined && accessApplies(cib, user) ? permissionXPaths(cib) : [];
  if ([...asked, ...permitted].some((xpath) => !isSimpleXPath(xpath))) await loadXPath();
}

function xpathsOf(change: CibChange): string[] {
  if (change.op === 'transaction') return change.changes.flatMap((one) => xpathsOf(one));
  return 'xpath' in change && change.xpath !== undefined ? [change.xpath] : [];
}

function noLock(): void {
  // A disk of a test, or of one user, needs none.
}
