// SPDX-License-Identifier: GPL-2.0-or-later
/** Configuration or status of transitions, and what changed from one to another. */
import { CibDraft, element, writeXml } from '../../../cib/index.ts';
import { SUCCESS } from '../../command.ts';
import type { Session } from '../../session.ts';
import { shownText } from '../configure/text.ts';
import { oneInput } from './choose.ts';
import type { SchedulerInput } from './source.ts';

export async function showInput(session: Session, which: string, isStatus: boolean): Promise<number> {
  const input = which === 'live' ? await session.cib() : await oneInput(session, which);
  if (typeof input === 'string') return session.error(input);
  const text = 'number' in input ? told(session, input, isStatus) : toldCib(session, input, isStatus);
  session.present({ data: text, text: () => text });
  return SUCCESS;
}

export async function compareInputs(session: Session, [first, second, word]: readonly string[], how: 'lines' | 'words'): Promise<number> {
  const [before, after] = [await oneInput(session, first), await oneInput(session, second)];
  if (typeof before === 'string') return session.error(before);
  if (typeof after === 'string') return session.error(after);
  const isStatus = word === 'status';
  const texts = [told(session, before, isStatus), told(session, after, isStatus)] as const;
  const text = how === 'lines' ? await lineDifference(texts, before, after) : await wordDifference(texts);
  session.present({ data: text.split('\n'), text: () => text });
  return SUCCESS;
}

function told(session: Session, input: SchedulerInput, isStatus: boolean): string {
  return toldCib(session, input.cib(), isStatus);
}

function toldCib(session: Session, cib: ReturnType<SchedulerInput['cib']>, isStatus: boolean): string {
  if (isStatus) return writeXml(cib.first('status') ?? element('status'), { indent: 2 }).trimEnd();
  return shownText(session, new CibDraft(cib));
}

async function lineDifference([before, after]: readonly [string, string], from: SchedulerInput, to: SchedulerInput): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  const patch = createTwoFilesPatch(String(from.number), String(to.number), `${before}\n`, `${after}\n`, undefined, undefined, { context: 3 });
  return patch.split('\n').slice(1).join('\n').trimEnd();
}

/** Only lines that differ, with `[-gone-]{+come+}`. */
async function wordDifference([before, after]: readonly [string, string]): Promise<string> {
  const { diffWordsWithSpace } = await import('diff');
  const marked = diffWordsWithSpace(before, after)
    .map((part) => (part.added ? `{+${part.value}+}` : part.removed ? `[-${part.value}-]` : part.value))
    .join('');
  return marked.split('\n').filter((line) => /\[-|-\]|\{\+|\+\}/.test(line)).join('\n');
}
