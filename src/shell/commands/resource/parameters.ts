// SPDX-License-Identifier: GPL-2.0-or-later
/** param, meta, utilization of resources and attribute, utilization, status-attr of nodes: `NAME set N V`, `delete N`, `show N`. */
import type { Session } from '../../session.ts';

export interface SettingWords {
  readonly owner: string;
  readonly action: 'set' | 'delete' | 'show';
  readonly name: string;
  readonly value: string | undefined;
}

/** `set NAME=VALUE` in one word is accepted. A sentence when the words do not fit. */
export function settingWords([owner, action, first, second]: readonly string[]): SettingWords | string {
  if (action !== 'set' && action !== 'delete' && action !== 'show') return `expected set, delete or show, found "${action ?? ''}"`;
  if (owner === undefined || first === undefined) return `${action} needs a name`;
  if (action !== 'set') return second === undefined ? { owner, action, name: first, value: undefined } : `${action} takes one name, found "${second}" too`;
  const equals = first.indexOf('=');
  if (second !== undefined) return { owner, action, name: first, value: second };
  return equals > 0 ? { owner, action, name: first.slice(0, equals), value: first.slice(equals + 1) } : 'set needs a name and a value';
}

const KIND_OPTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['param', []],
  ['meta', ['--meta']],
  ['utilization', ['--utilization']],
]);

export async function resourceSetting(session: Session, kind: string, args: readonly string[]): Promise<number> {
  const words = settingWords(args);
  if (typeof words === 'string') return session.error(`resource.${kind}: ${words}`);
  const options = [...KIND_OPTIONS.get(kind)!, '--resource', words.owner];
  const code = await session.tool('crm_resource', ...options, ...actionOptions(words));
  return code === 0 ? 0 : 1;
}

function actionOptions({ action, name, value }: SettingWords): readonly string[] {
  if (action === 'set') return ['--set-parameter', name, '--parameter-value', value!];
  return action === 'delete' ? ['--delete-parameter', name] : ['--get-parameter', name];
}
