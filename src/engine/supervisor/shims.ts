// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Small programs put first in the PATH of a node's agents, so that the node's name and the cluster's tools answer for
 * that node. The frequent questions are answered by plain `sh` through a named pipe, because starting a JavaScript
 * engine costs more than many an agent; everything else goes on to the real tool.
 */
import type { Disk } from '../../platform/index.ts';
import { INSIDE_TOOLS } from './inside.ts';

/** Tools an agent may call that exist in the program's `bin` directory; those that may run inside the supervisor ask it first. */
const TOOLS: readonly string[] = ['crm', 'crm_diff', 'crm_error', 'crm_rule', 'crm_simulate', 'crm_ticket', 'crm_verify', 'crmadmin', 'iso8601', 'stonith_admin'];

/** Separates the words of a request. */
const US = '\x1f';
/** A longer line would not be written in one piece (PIPE_BUF). */
const LINE_LIMIT = 4000;

/** `identity` are the variables that tell a program which node it is on; an agent that becomes another user (`su -`) loses them. */
export function writeShims(disk: Disk, directory: string, tools: string, identity: ReadonlyMap<string, string>): void {
  disk.makeDirectory(directory);
  const restored = `[ -n "$QUORATE_DIR" ] || export ${[...identity].map(([name, value]) => `${name}=${quoted(value)}`).join(' ')}\n`;
  const write = (name: string, script: string): void => disk.write(`${directory}/${name}`, `#!/bin/sh\n${restored}${script}`, 0o755);
  for (const name of TOOLS) write(name, `exec ${quoted(`${tools}/${name}`)} "$@"\n`);
  for (const name of INSIDE_TOOLS) write(name, `${name === 'crm_node' ? NODE_QUESTIONS : ''}${quickScript(name, tools)}`);
  write('uname', `[ "$*" = -n ] && { printf '%s\\n' "$QUORATE_NODE_NAME"; exit 0; }\ncommand -p uname "$@"\n`);
  write('hostname', `case "$*" in ''|-s|--short|-f) printf '%s\\n' "$QUORATE_NODE_NAME"; exit 0 ;; esac\ncommand -p hostname "$@"\n`);
}

const NODE_QUESTIONS = `case "$*" in -n|--name) printf '%s\\n' "$QUORATE_NODE_NAME"; exit 0 ;; -i|--cluster-id) printf '%s\\n' "$QUORATE_NODE_ID"; exit 0 ;; esac\n`;

/**
 * One line to the request pipe: answer pipe, tool, node, resource and arguments, separated by US characters. The answer is a line
 * with the exit code and the numbers of lines for both streams, then these lines; `files` instead of the numbers when files beside
 * the pipe hold them; `run` instead of a code asks for the real tool. What looks at other surroundings than the node's is no quick question.
 */
function quickScript(name: string, tools: string): string {
  return `real=${quoted(`${tools}/${name}`)}
[ -z "$CIB_file$CIB_shadow$CIB_user$OCF_RESKEY_CRM_meta_container_attribute_target" ] || exec "$real" "$@"
case "$*" in *'
'*) exec "$real" "$@" ;; esac
kill -0 "$QUORATE_SUPERVISOR" 2>/dev/null || exec "$real" "$@"
answer="$QUORATE_RUN/answer.$$"
line="$answer${US}${name}${US}$QUORATE_NODE_NAME${US}$OCF_RESOURCE_INSTANCE"
for word in "$@"; do line="$line${US}$word"; done
[ \${#line} -lt ${LINE_LIMIT} ] || exec "$real" "$@"
mkfifo -m 600 "$answer" 2>/dev/null || exec "$real" "$@"
exec 3<>"$answer" 4<>"$QUORATE_DIR/requests"
printf '%s\\n' "$line" >&4
IFS=' ' read -r code out err <&3
files=
if [ "$out" = files ]; then
  files="$answer.out $answer.err"
  cat "$answer.out"
  cat "$answer.err" >&2
  out=0
fi
while [ "\${out:-0}" -gt 0 ]; do
  IFS= read -r line <&3
  printf '%s\\n' "$line"
  out=$((out - 1))
done
while [ "\${err:-0}" -gt 0 ]; do
  IFS= read -r line <&3
  printf '%s\\n' "$line" >&2
  err=$((err - 1))
done
exec 3>&- 4>&-
rm -f "$answer" $files
[ "$code" = run ] && exec "$real" "$@"
exit "$code"
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
