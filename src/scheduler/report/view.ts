// SPDX-License-Identifier: GPL-2.0-or-later
/** What a report is to show: the cluster, which of its nodes and resources, and how much of each. */
import type { XmlElement } from '../../cib/index.ts';
import { dateTime, formatCtime } from '../../cib/index.ts';
import type { Node, Resource, Scheduler } from '../model/index.ts';
import { maskedProbes, type MaskedProbes } from './masked-probe.ts';

/** A set of names; without a set every name is in it. */
export class NameFilter {
  static readonly everything = new NameFilter(undefined);
  readonly #names: ReadonlySet<string> | undefined;

  constructor(names: ReadonlySet<string> | undefined) {
    this.#names = names;
  }

  get isEverything(): boolean {
    return this.#names === undefined;
  }

  has(name: string): boolean {
    return this.#names === undefined || this.#names.has(name);
  }
}

/** Switches of a report; all default to off. */
export interface ViewSettings {
  readonly isByNode?: boolean;
  readonly showsInactive?: boolean;
  readonly isBrief?: boolean;
  /** Node ids, every instance, what a bundle consists of. */
  readonly isDetailed?: boolean;
  /** Operations in progress instead of roles. */
  readonly showsPending?: boolean;
  readonly showsDescriptions?: boolean;
  readonly showsTiming?: boolean;
  /** Leaves out the node of a resource, because it stands under its node. */
  readonly omitsNodes?: boolean;
  readonly nodes?: NameFilter;
  readonly resources?: NameFilter;
}

export class View {
  readonly cluster: Scheduler;
  readonly settings: ViewSettings;
  readonly #zoneOffset: (epochSeconds: number) => number;
  #masked: MaskedProbes | undefined;

  constructor(cluster: Scheduler, settings: ViewSettings, zoneOffset: (epochSeconds: number) => number = () => 0) {
    this.cluster = cluster;
    this.settings = settings;
    this.#zoneOffset = zoneOffset;
  }

  get nodes(): NameFilter {
    return this.settings.nodes ?? NameFilter.everything;
  }

  get resources(): NameFilter {
    return this.settings.resources ?? NameFilter.everything;
  }

  /** The same cluster with some switches changed. */
  with(changes: ViewSettings): View {
    const view = new View(this.cluster, { ...this.settings, ...changes }, this.#zoneOffset);
    view.#masked = this.#masked;
    return view;
  }

  /** A point in time as people read it, in local time. */
  time(epochSeconds: number): string {
    return formatCtime(dateTime(epochSeconds, this.#zoneOffset(epochSeconds)));
  }

  zoneOffset(epochSeconds: number): number {
    return this.#zoneOffset(epochSeconds);
  }

  /** A probe of the resource (on that node) whose failure only says that it cannot run there. */
  maskedProbe(resource: Resource, node: Node | undefined): XmlElement | undefined {
    this.#masked ??= maskedProbes(this.cluster);
    return this.#masked.find(resource, node?.name);
  }
}
