// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Takes the commands out of a pasted dialogue (`--strip-prompts`; IN-4, IN-5): `root@host:/path# crm ...` and `# crm ...` are
 * commands, other lines are the output they gave. A word broken at the margin is joined, and so is a word list spread over lines.
 */

const PROMPT = /^(?:\S*@\S+[#$%>]|\S*@\S+:\S*[#$%]|\[[^\]]*\][#$%]|crm\([^)]*\)\S*[#>]|[#$%])\s+(.*)$/;
const CONTROL_TOOLS = new Set(['crm', 'pcs']);

export interface TranscriptCommand {
  readonly text: string;
  /** Number of its first line, from 1. */
  readonly line: number;
}

/** Commands with the program word they start with; the caller decides which programs it can run. */
export function commandsOfTranscript(text: string): readonly TranscriptCommand[] {
  const lines = text.split(/\r?\n/);
  const commands: TranscriptCommand[] = [];
  for (let at = 0; at < lines.length; ) {
    const first = commandText(lines[at]!);
    if (first === undefined) {
      at++;
      continue;
    }
    const { text: joined, next } = join(first, lines, at + 1);
    commands.push({ text: joined, line: at + 1 });
    at = next;
  }
  return commands;
}

/** A line with a prompt, or a bare line that begins with a control tool. */
function commandText(line: string): string | undefined {
  const prompted = PROMPT.exec(line.trim());
  if (prompted !== null) return prompted[1]!.trim();
  const text = line.trim();
  // Prose may begin with the name of a tool, but not with an option behind it.
  return CONTROL_TOOLS.has(text.split(/\s+/)[0] ?? '') || /^crm_\w+\s+-/.test(text) ? text : undefined;
}

function join(first: string, lines: readonly string[], start: number): { readonly text: string; readonly next: number } {
  let text = first;
  let next = start;
  while (next < lines.length) {
    const line = lines[next]!.trim();
    if (text.endsWith('\\')) text = `${text.slice(0, -1)}${line}`;
    else if (hasOpenQuote(text)) text += line;
    else if (isBrokenList(text)) text = line === '' ? text : `${text} ${line}`;
    else break;
    next++;
  }
  return { text, next };
}

function hasOpenQuote(text: string): boolean {
  const unquoted = text.replaceAll(/\\./g, '').replaceAll(/'[^']*'/g, '');
  return unquoted.split('"').length % 2 === 0;
}

/** `pcs`, `pcs resource`, `pcs resource create`, `pcs resource create NAME` still wait for their last words. */
const LIST_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['pcs resource create', 5],
  ['pcs resource', 3],
  ['pcs', 3],
  ['crm configure', 3],
  ['crm resource', 3],
  ['crm', 2],
]);

function isBrokenList(text: string): boolean {
  const words = text.split(/\s+/);
  for (const [beginning, length] of LIST_LENGTHS) {
    if (text === beginning || text.startsWith(`${beginning} `)) return words.length < length;
  }
  return false;
}
