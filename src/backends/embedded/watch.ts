// SPDX-License-Identifier: GPL-2.0-or-later
/** Follows the CIB of a running cluster by the patches its supervisor tells. */
import { applyPatch, readXml, type XmlElement } from '../../cib/index.ts';
import type { ControlNotice } from '../../engine/index.ts';
import type { ControlClient } from './client.ts';

/** Resolves when the connection has ended. Notices are taken one after the other, so that no state is skipped or told twice. */
export async function watchCib(client: ControlClient, query: () => Promise<XmlElement>, listener: (cib: XmlElement) => void): Promise<void> {
  let cib: XmlElement | undefined;
  const waiting: ControlNotice[] = [];
  let isBusy = true;
  const ended = new Promise<void>((resolve) => (client.onClosed = resolve));
  const takeAll = async (): Promise<void> => {
    isBusy = true;
    for (let notice = waiting.shift(); notice !== undefined; notice = waiting.shift()) {
      const next = await follow(cib, notice, query);
      if (next !== undefined) listener((cib = next));
    }
    isBusy = false;
  };
  // A query fails only when the connection has ended, which `ended` tells.
  const take = (): void => void takeAll().catch(() => client.close());
  client.onNotice = (notice) => {
    waiting.push(notice);
    if (!isBusy) take();
  };
  await client.request({ verb: 'subscribe' });
  listener((cib = await query()));
  take();
  return ended;
}

/** The CIB after a notice; undefined when it is known already. */
async function follow(cib: XmlElement | undefined, notice: ControlNotice, query: () => Promise<XmlElement>): Promise<XmlElement | undefined> {
  const patch = notice.patch === undefined ? undefined : readXml(notice.patch);
  if (cib === undefined || patch === undefined || !patch.ok) return query();
  const result = applyPatch(cib, patch.root);
  if (result.ok) return result.cib;
  return result.problem === 'new' ? undefined : query();
}
