// SPDX-License-Identifier: GPL-2.0-or-later
/** crm_mon: the state of the cluster, once or again and again. */
import { BackendError, isFileNamed } from '../../backends/index.ts';
import type { Tool } from '../context.ts';
import { EXIT } from '../exit/codes.ts';
import { parseOptions } from '../options/index.ts';
import { tool, type ToolRun } from '../run.ts';
import { table } from './options.ts';
import type { Picture } from './picture.ts';
import { readRequest, type MonRequest } from './request.ts';
import { show, takePicture } from './take.ts';

export { table };

/** `console` is text on a terminal, and a page for a web server is HTML, whatever else is said. */
export const run: Tool = (argv, context) => {
  const words = argv.map((word) => (word === '--output-as=console' ? '--output-as=text' : word));
  const at = words.indexOf('--output-as');
  if (at >= 0 && words[at + 1] === 'console') words[at + 1] = 'text';
  const isCgi = words.includes('--html-cgi') && !words.some((word) => word.startsWith('--output-as'));
  return program([...words, ...(isCgi ? ['--output-as=html'] : []), ...pageWords(words)], context);
};

/** The agent ocf:heartbeat:ClusterMon still names the file of the page as releases before 2.0 wanted it. */
function pageWords(words: readonly string[]): readonly string[] {
  if (!words.some((word) => /^-[^-]*h|^--as-h/.test(word))) return [];
  const parsed = parseOptions(table, words);
  const path = parsed.ok ? parsed.options.value('as-html') : undefined;
  return path === undefined ? [] : ['--output-as=html', `--output-to=${path}`];
}

const program = tool(table, async (run) => {
  const { options, output } = run;
  const read = readRequest(options, output.format);
  if (!read.ok) {
    if (read.showsUsage) output.error(run.usageText().trimEnd());
    return run.fail(read.code, read.message);
  }
  const { request } = read;
  if (options.has('daemonize') || options.has('external-agent') || !(request.isOneShot || isStill(run))) {
    const { monitor } = await import('./monitor.ts');
    return monitor(run, request);
  }
  return showOnce(run, request);
});

/** A file is shown once unless it is to be looked at again: nothing happens in it by itself. */
function isStill({ options, context }: ToolRun): boolean {
  return !options.has('interval') && (options.has('xml-file') || isFileNamed(context.env));
}

async function showOnce(run: ToolRun, request: MonRequest): Promise<number> {
  const { output } = run;
  let picture: Picture;
  try {
    picture = await takePicture(run, request);
  } catch (error) {
    if (!(error instanceof BackendError)) throw error;
    output.error(`Could not connect to the CIB: ${error.message}`);
    return error.code === EXIT.noSuch ? EXIT.ok : error.code;
  }
  show(output, picture);
  return EXIT.ok;
}
