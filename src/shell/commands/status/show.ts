// SPDX-License-Identifier: GPL-2.0-or-later
/** `crm status`: what crm_mon prints once, with the shell's words for its options. */
import type { Session } from '../../session.ts';

const WORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['bynode', ['--group-by-node']],
  ['inactive', ['--inactive']],
  ['ops', ['--operations']],
  ['timing', ['--timing-details']],
  ['failcounts', ['--failcounts']],
  ['verbose', ['-V']],
  ['quiet', ['--quiet']],
  ['html', ['--output-as=html']],
  ['xml', ['--output-as=xml']],
  ['tickets', ['--tickets']],
  ['noheaders', ['--hide-headers']],
  ['detail', ['--show-detail']],
  ['brief', ['--brief']],
  ['full', ['--inactive', '--operations', '--timing-details', '--failcounts', '--tickets', '--show-detail']],
]);

export const STATUS_WORDS: readonly string[] = [...WORDS.keys()];

/** Without words inactive resources are shown too; options of crm_mon are passed on. */
export async function showStatus(args: readonly string[], session: Session): Promise<number> {
  const options: string[] = [];
  for (const word of args) {
    const known = WORDS.get(word);
    if (known === undefined && !word.startsWith('-')) return session.error(`status: "${word}" is not one of ${STATUS_WORDS.join(' ')}`);
    options.push(...(known ?? [word]));
  }
  const legacy = session.options.isOn('output.legacy') ? ['--output-format=legacy'] : [];
  const json = session.flags.json ? ['--output-as=json'] : [];
  return session.tool('crm_mon', '-1', ...(args.length === 0 ? ['--inactive'] : options), ...legacy, ...json);
}
