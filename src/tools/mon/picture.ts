// SPDX-License-Identifier: GPL-2.0-or-later
/** One picture of a cluster in any form: sections in their order, made from the working set alone. */
import type { XmlElement } from '../../cib/index.ts';
import {
  attributeList,
  attributesXml,
  banList,
  bansXml,
  clusterSummary,
  clusterSummaryXml,
  failureList,
  failuresXml,
  fencingList,
  fencingXml,
  historyList,
  historyXml,
  htmlPage,
  legacyText,
  nodeList,
  nodesXml,
  outlinesToText,
  reducedHistory,
  resourceList,
  resourcesXml,
  styledNodeList,
  ticketList,
  ticketsXml,
  type FencingRecord,
  type OutlineNode,
  type SummaryFacts,
  type SummaryParts,
  type View,
} from '../../scheduler/index.ts';
import type { MonRequest } from './request.ts';
import type { Sections } from './sections.ts';

/** Everything a picture is made of. */
export interface Picture {
  readonly view: View;
  readonly facts: SummaryFacts;
  readonly fencing: readonly FencingRecord[];
  readonly request: MonRequest;
}

export function pictureText(picture: Picture): string {
  return outlinesToText(outlines(picture, false));
}

/** The picture in the layout of Pacemaker 1.1. */
export function pictureLegacy({ view, facts, request }: Picture): string {
  const { sections } = request;
  return legacyText(view, facts, {
    ...summaryParts(sections),
    nodes: sections.has('nodes'),
    resources: sections.has('resources'),
    attributes: sections.has('attributes'),
    operations: sections.has('operations'),
    failCounts: sections.has('failcounts'),
    failures: sections.has('failures'),
    tickets: sections.has('tickets'),
    bansPrefix: sections.has('bans') ? sections.bansPrefix : undefined,
  });
}

export function pictureHtml(picture: Picture): string {
  const { request } = picture;
  const page = {
    title: request.page.title,
    ...(request.page.stylesheet === undefined ? {} : { stylesheet: request.page.stylesheet }),
    ...(request.isOneShot ? {} : { refreshSeconds: Math.floor(request.intervalMs / 1000) }),
    sections: outlines(picture, true).filter((section) => section !== undefined),
  };
  return `${request.page.isCgi ? 'Content-Type: text/html\n\n' : ''}${htmlPage(page)}`;
}

function outlines({ view, facts, fencing, request }: Picture, isStyled: boolean): (OutlineNode | undefined)[] {
  const { sections } = request;
  const shown = (isShown: boolean, make: () => OutlineNode | undefined): OutlineNode | undefined => (isShown ? make() : undefined);
  return [
    clusterSummary(view, facts, summaryParts(sections)),
    shown(sections.has('nodes'), () => (isStyled ? styledNodeList(view) : nodeList(view))),
    shown(sections.has('resources'), () => resourceList(view, true)),
    shown(sections.has('attributes'), () => attributeList(view)),
    shown(showsHistory(sections), () => historyList(view, sections.has('operations'))),
    shown(sections.has('failures'), () => failureList(view)),
    ...fencingOutlines(view, fencing, request),
    shown(sections.has('tickets'), () => ticketList(view)),
    shown(sections.has('bans'), () => banList(view, sections.bansPrefix)),
  ];
}

function showsHistory(sections: Sections): boolean {
  return sections.has('operations') || sections.has('failcounts');
}

function summaryParts(sections: Sections): SummaryParts {
  return {
    stack: sections.has('stack'),
    dc: sections.has('dc'),
    times: sections.has('times'),
    counts: sections.has('counts'),
    options: sections.has('options'),
    maintenance: sections.has('maint-mode'),
  };
}

/** Everything in one list when successes are shown as well, else failures and what is under way. */
function fencingOutlines(view: View, fencing: readonly FencingRecord[], request: MonRequest): (OutlineNode | undefined)[] {
  const { sections, keepsAllFencing } = request;
  const records = reducedHistory(fencing, keepsAllFencing).filter((record) => view.nodes.has(record.target));
  const of = (state: FencingRecord['state']): FencingRecord[] => records.filter((record) => record.state === state);
  const isShown = { failed: sections.has('fencing-failed'), pending: sections.has('fencing-pending'), success: sections.has('fencing-succeeded') };
  if (isShown.failed && isShown.pending && isShown.success) return [fencingList('Fencing History', records, view, !keepsAllFencing)];
  return [
    isShown.failed ? fencingList('Failed Fencing Actions', of('failed'), view, !keepsAllFencing) : undefined,
    isShown.pending ? fencingList('Pending Fencing Actions', of('pending'), view, !keepsAllFencing) : undefined,
    isShown.success ? fencingList('Fencing History', of('success'), view, !keepsAllFencing) : undefined,
  ];
}

/** The sections as elements, in the order of the schema of results. */
export function pictureElements({ view, facts, fencing, request }: Picture): XmlElement[] {
  const { sections } = request;
  const shown = (isShown: boolean, make: () => XmlElement | undefined): XmlElement | undefined => (isShown ? make() : undefined);
  const showsFencing = fencing.length > 0 && (sections.has('fencing-failed') || sections.has('fencing-pending') || sections.has('fencing-succeeded'));
  return [
    clusterSummaryXml(view, facts, summaryParts(sections)),
    shown(sections.has('nodes'), () => nodesXml(view)),
    shown(sections.has('resources'), () => resourcesXml(view)),
    shown(sections.has('attributes'), () => attributesXml(view)),
    shown(showsHistory(sections), () => historyXml(view, sections.has('operations'))),
    shown(sections.has('failures'), () => failuresXml(view)),
    shown(showsFencing, () => fencingXml(reducedHistory(fencing, request.keepsAllFencing), view)),
    shown(sections.has('tickets'), () => ticketsXml(view)),
    shown(sections.has('bans'), () => bansXml(view, sections.bansPrefix)),
  ].filter((section) => section !== undefined);
}
