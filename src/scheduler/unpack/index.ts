// SPDX-License-Identifier: GPL-2.0-or-later
/** Everything the CIB says about configuration and status, as a working set; nothing is decided here. */
import type { DateTime, XmlElement } from '../../cib/index.ts';
import { Scheduler, type Recorder } from '../model/index.ts';
import { unpackNodes } from './nodes.ts';
import { unpackOptions } from './options.ts';
import { unpackResources } from './resources/index.ts';
import { unpackStatus } from './status/index.ts';
import { unpackTags } from './tags.ts';

export function unpackCluster(cib: XmlElement, clock: DateTime, recorder?: Recorder): Scheduler {
  const scheduler = new Scheduler(cib, clock, recorder);
  unpackOptions(scheduler);
  unpackNodes(scheduler);
  unpackResources(scheduler);
  unpackTags(scheduler);
  unpackStatus(scheduler);
  return scheduler;
}

export { unpackConstraints } from './constraints/index.ts';
