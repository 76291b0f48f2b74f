// SPDX-License-Identifier: GPL-2.0-or-later
/** The `constraints` section, in document order. */
import type { Scheduler } from '../../model/index.ts';
import { unpackColocation } from './colocation.ts';
import { unpackLocation } from './location.ts';
import { unpackOrder } from './order.ts';
import { unpackTicketConstraint } from './ticket.ts';

export function unpackConstraints(scheduler: Scheduler): void {
  for (const xml of scheduler.cib.at('configuration', 'constraints')?.elements() ?? []) {
    if (xml.id === undefined) {
      scheduler.messages.push({ severity: 'error', text: `Ignoring <${xml.name}> without id` });
      continue;
    }
    switch (xml.name) {
      case 'rsc_order':
        unpackOrder(scheduler, xml);
        break;
      case 'rsc_colocation':
        unpackColocation(scheduler, xml);
        break;
      case 'rsc_location':
        unpackLocation(scheduler, xml);
        break;
      case 'rsc_ticket':
        unpackTicketConstraint(scheduler, xml);
        break;
    }
  }
}

export { addLocation } from './location.ts';
