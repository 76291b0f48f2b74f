// SPDX-License-Identifier: GPL-2.0-or-later
/** Takes a picture of a cluster and puts it out in the form that is asked for. */
import { BackendError, type Backend } from '../../backends/index.ts';
import { dateTime, readXml, upgradeCib, writeXml, XmlElement } from '../../cib/index.ts';
import { clusterStatus, View, type FencingRecord } from '../../scheduler/index.ts';
import { absolute } from '../../platform/index.ts';
import { EXIT } from '../exit/codes.ts';
import { Output } from '../output/index.ts';
import { PACEMAKER_VERSION, ToolFailure, type ToolRun } from '../run.ts';
import { pictureElements, pictureHtml, pictureLegacy, pictureText, type Picture } from './picture.ts';
import type { MonRequest } from './request.ts';
import { nodeFilter, resourceFilter } from './selection.ts';

/** Puts a picture out in the form that is asked for. */
export function show(output: Output, picture: Picture): void {
  switch (picture.request.form) {
    case 'text':
      output.raw(pictureText(picture));
      return;
    case 'html':
      output.page(pictureHtml(picture));
      return;
    case 'old-xml':
      output.raw(writeXml(new XmlElement('crm_mon', ['version', PACEMAKER_VERSION], pictureElements(picture)), { indent: 2 }));
      return;
    case 'xml':
    case 'json':
      output.element(...pictureElements(picture));
      return;
    case 'legacy':
      output.raw(pictureLegacy(picture));
  }
}

/** A picture as one text, for screens and files that are written again and again. */
function pictureDocument({ context }: ToolRun, picture: Picture): string {
  let text = '';
  const sink = { out: (more: string) => void (text += more), err: (more: string) => context.err(more) };
  const { form } = picture.request;
  const output = new Output(form === 'xml' || form === 'json' || form === 'html' ? form : 'text', 'crm_mon', sink);
  show(output, picture);
  output.finish(EXIT.ok);
  return text;
}

/** A picture as text; while there is no cluster, why. */
export async function pictureOrReason(run: ToolRun, request: MonRequest): Promise<string> {
  try {
    return pictureDocument(run, await takePicture(run, request));
  } catch (error) {
    if (error instanceof BackendError || error instanceof ToolFailure) return `Could not connect to the CIB: ${error.message}\n`;
    throw error;
  }
}

/** Asks the cluster (or reads the file) and unpacks what it says. */
export async function takePicture(run: ToolRun, request: MonRequest): Promise<Picture> {
  const { context, options } = run;
  const file = options.value('xml-file');
  if (file !== undefined) return pictureOf(run, request, readFile(run, file), [], undefined);
  const backend = await context.openBackend();
  try {
    const cib = await backend.query();
    return pictureOf(run, request, cib, await fencingOf(backend), await backend.cluster?.localNode());
  } finally {
    await backend.close();
  }
}

function readFile({ context }: ToolRun, file: string): XmlElement {
  const text = context.disk.read(absolute(context.cwd, file));
  const read = text === undefined ? undefined : readXml(text);
  if (read === undefined || !read.ok) throw new ToolFailure(EXIT.noInput, `Could not read ${file}`);
  return read.root;
}

async function fencingOf(backend: Backend): Promise<FencingRecord[]> {
  const events = (await backend.cluster?.fencingHistory()) ?? [];
  return events.map((event) => ({
    target: event.target,
    action: event.action,
    delegate: event.device,
    client: event.client,
    origin: event.origin,
    state: event.state,
    epochMs: event.epochMs,
    ...(event.exitReason === undefined ? {} : { exitReason: event.exitReason }),
  }));
}

function pictureOf({ context }: ToolRun, request: MonRequest, cib: XmlElement, fencing: readonly FencingRecord[], localNode: string | undefined): Picture {
  const now = Math.floor(context.epochMs() / 1000);
  const upgraded = upgradeCib(cib);
  for (const note of upgraded.notes) if (note.level === 'warning') context.err(`WARNING: ${note.message}\n`);
  // Constraints name tickets that were never granted, and say what becomes of a node when one is lost.
  const cluster = clusterStatus(upgraded.cib, dateTime(now, context.zoneOffsetSeconds(now)), { constraints: request.sections.has('bans') || request.sections.has('tickets') });
  const { isDetailed, showsDescriptions } = request.view;
  const settings = { ...request.view, showsDescriptions: isDetailed === true || showsDescriptions === true, nodes: nodeFilter(cluster, request.node), resources: resourceFilter(cluster, request.resource) };
  const view = new View(cluster, settings, (epochSeconds) => context.zoneOffsetSeconds(epochSeconds));
  return { view, facts: { now, ...(localNode === undefined ? {} : { localNode }) }, fencing, request };
}
