// SPDX-License-Identifier: GPL-2.0-or-later
/** Fence agents of this machine: they are asked directly, without a cluster. */
import { fenceInput } from '../../agents/index.ts';
import { element } from '../../cib/index.ts';
import { agentLibrary } from '../agents.ts';
import { EXIT } from '../exit/codes.ts';
import { quotedXml } from '../output/index.ts';
import { ToolFailure, type ToolRun } from '../run.ts';
import { listed } from './index.ts';

const AGENT_TIMEOUT_MS = 10_000;

export function listInstalled(run: ToolRun): number {
  const types = [...new Set(agentLibrary(run.context).types('stonith'))].sort();
  return listed(run, 'installed fence devices', 'fence device', types);
}

export function showMetadata({ options, output, context }: ToolRun): number {
  const type = options.value('agent') ?? '';
  const text = agentLibrary(context).metadataText({ class: 'stonith', provider: undefined, type });
  if (text === undefined) throw new ToolFailure(EXIT.noSuch, `Could not get metadata for ${type}: No such device or address`, false);
  output.raw(text.endsWith('\n') ? text : `${text}\n`);
  output.element(quotedXml('metadata', text));
  return EXIT.ok;
}

export async function validate(run: ToolRun): Promise<number> {
  const { options, output, context } = run;
  const type = options.value('agent') ?? '';
  const path = agentLibrary(context).path({ class: 'stonith', provider: undefined, type });
  if (path === undefined) {
    output.text(`Validation of ${type} failed`, `Agent ${type} not found`);
    output.element(element('validate', { agent: type, valid: 'false' }));
    return EXIT.noSuch;
  }
  const result = await context.spawn({ program: path, args: [], input: fenceInput(parametersOf(run), 'validate-all'), timeoutMs: AGENT_TIMEOUT_MS });
  const isValid = result.code === 0;
  output.text(`Validation of ${type} ${isValid ? 'succeeded' : 'failed'}`, ...(isValid ? [] : result.stderr.split('\n').filter((line) => line !== '')));
  output.element(element('validate', { agent: type, valid: String(isValid) }, [element('command', { code: String(result.code) })]));
  return isValid ? EXIT.ok : EXIT.error;
}

function parametersOf({ options, context }: ToolRun): (readonly [string, string])[] {
  const given = options.values('option').map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const);
  const inherited = options.values('env-option').flatMap((name) => {
    const value = context.env.get(`OCF_RESKEY_${name}`);
    return value === undefined ? [] : [[name, value] as const];
  });
  return [...given, ...inherited];
}
