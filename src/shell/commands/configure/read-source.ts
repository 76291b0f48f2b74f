// SPDX-License-Identifier: GPL-2.0-or-later
/** Text from a file, a web address or standard input. */
import { absolute } from '../../../platform/index.ts';
import type { Session } from '../../session.ts';

export type Source = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/** Nobody writes a configuration of this size; a wrong address should not fill the memory. */
const LARGEST_DOWNLOAD = 64 * 1024 * 1024;

export async function readSource(session: Session, source: string): Promise<Source> {
  if (source === '-') return { ok: true, text: await session.context.readInput() };
  if (/^https?:\/\//.test(source)) return download(session, source);
  const path = source.startsWith('file://') ? source.slice('file://'.length) : absolute(session.context.cwd, source);
  const text = session.context.disk.read(path);
  return text === undefined ? { ok: false, message: `could not open ${source}: no such file, or not readable` } : { ok: true, text };
}

async function download(session: Session, address: string): Promise<Source> {
  const { code, stdout, stderr } = await session.context.spawn({ program: 'curl', args: ['--fail', '--silent', '--show-error', '--location', '--max-filesize', String(LARGEST_DOWNLOAD), '--', address], timeoutMs: 60_000 });
  if (code === 127) return { ok: false, message: `could not open ${address}: the program curl is not installed` };
  return code === 0 ? { ok: true, text: stdout } : { ok: false, message: `could not open ${address}: ${stderr.trim()}` };
}
