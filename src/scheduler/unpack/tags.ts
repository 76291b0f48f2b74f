// SPDX-License-Identifier: GPL-2.0-or-later
/** Tags: names for several resources. */
import type { Scheduler } from '../model/index.ts';

export function unpackTags(scheduler: Scheduler): void {
  for (const xml of scheduler.cib.at('configuration', 'tags')?.elements('tag') ?? []) {
    const id = xml.id;
    if (id === undefined) continue;
    const tag = scheduler.tags.get(id) ?? { id, references: [] };
    for (const reference of xml.elements('obj_ref')) if (reference.id !== undefined) tag.references.push(reference.id);
    scheduler.tags.set(id, tag);
  }
}
